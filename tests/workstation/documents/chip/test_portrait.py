import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.faces.images import ImageRefused, jpeg, png
from tests.chip_files import drawn_portrait, jpeg_2000
from workstation.documents.chip import codestream
from workstation.documents.chip.portrait import portrait
from workstation.documents.chip.tlv import Malformed

DRAWN = drawn_portrait()
JPEG, JP2 = jpeg(DRAWN), jpeg_2000(DRAWN)
RAW = JP2[JP2.find(codestream.START) :]


@pytest.mark.parametrize("file", [JPEG, JP2, RAW], ids=["JPEG", "JPEG 2000", "bare codestream"])
def test_that_the_portrait_is_shown(file: bytes) -> None:
    shown = portrait(file)
    assert shown.shape == DRAWN.shape
    assert np.abs(shown.astype(int) - DRAWN).mean() < 4


def test_that_the_codestream_announces_its_size() -> None:
    announced = codestream.announced(JP2)
    assert (announced.width, announced.height, announced.components) == (120, 160, 3)


def changed(at: int, value: bytes, start: bytes = codestream.START) -> bytes:
    place = JP2.find(start) + at
    return JP2[:place] + value + JP2[place + len(value) :]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (png(DRAWN), "neither JPEG nor JPEG 2000"),
        (b"", "neither JPEG nor JPEG 2000"),
        (JPEG[:40], "size is not told"),
        (JPEG.replace(b"\xff\xda", b"\xff\xda" * 3000), "too many passes"),
        (jpeg(np.zeros((2100, 2000, 3), np.uint8)), "2000 x 2100 points"),
        (JP2[:60], "no JPEG 2000 data"),
        (RAW[:60], "a header is cut off"),
        (changed(8, b"\x00\x01\x00\x00\x00\x01\x00\x00"), "65536 tiles|points|tiles"),
        (changed(24, b"\x00\x00\x00\x01\x00\x00\x00\x01"), "19200 tiles"),
        (changed(24, b"\x00\x00\x00\x00\x00\x00\x00\x00"), "no size"),
        (changed(40, b"\x40\x00"), "16384 colour planes"),
        (changed(6, b"\xff\xff", b"\xff\x52"), "more pieces"),
        (changed(9, b"\x21", b"\xff\x52"), "coding is not told"),
    ],
)
def test_that_a_picture_that_cannot_be_a_portrait_says_why(file: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        portrait(file)


@pytest.mark.parametrize("file", [JPEG[: len(JPEG) // 2], RAW[: RAW.find(b"\xff\x93") + 40] + b"\xff\xd9"])
def test_that_half_a_picture_is_no_portrait(file: bytes) -> None:
    with pytest.raises((ImageRefused, Malformed), match="damaged"):
        portrait(file)


def test_that_a_second_codestream_is_not_what_is_looked_at() -> None:
    """A harmless one in a box of text, a hostile one where the decoder looks."""
    at = JP2.find(b"jp2c") - 4
    text = b"xml " + RAW
    hostile = bytearray(JP2[at:])
    hostile[8 + 24 : 8 + 32] = b"\x00\x00\x00\x01\x00\x00\x00\x01"
    with pytest.raises(Malformed, match="19200 tiles"):
        portrait(JP2[:at] + (len(text) + 4).to_bytes(4, "big") + text + bytes(hostile))


@given(st.integers(0, len(JP2) - 1), st.integers(0, 7), st.sampled_from([JP2, RAW, JPEG]))
def test_that_a_flipped_bit_shows_a_picture_or_a_reason(at: int, bit: int, file: bytes) -> None:
    damaged = bytearray(file)
    damaged[at % len(file)] ^= 1 << bit
    with contextlib.suppress(Malformed, ImageRefused):
        assert portrait(bytes(damaged)).ndim == 3
