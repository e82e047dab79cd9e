"""Every kind of picture comes out upright in RGB; whatever is not one is refused by a sentence before it is unpacked."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageFile

from matching.faces import images
from matching.faces.images import ImageRefused, decode, jpeg, png
from matching.faces.models import face_recognition_api

RED_LEFT = np.zeros((40, 60, 3), dtype=np.uint8)
RED_LEFT[:, :30] = (200, 30, 30)
RED_LEFT[:, 30:] = (30, 30, 200)


def saved(picture: Pillow.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "JPEG2000"])
def test_that_every_format_gives_the_same_picture(form: str) -> None:
    decoded = decode(saved(Pillow.fromarray(RED_LEFT), form))
    assert decoded.shape == RED_LEFT.shape
    assert np.abs(decoded.astype(int) - RED_LEFT).mean() < 8


@pytest.mark.parametrize("mode", ["L", "RGBA", "CMYK", "P", "LA", "1"])
def test_that_every_colour_mode_becomes_rgb(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    decoded = decode(saved(Pillow.fromarray(RED_LEFT).convert(mode), form))
    assert decoded.shape == RED_LEFT.shape
    assert decoded.dtype == np.uint8
    assert decoded.flags.c_contiguous


def test_that_sixteen_bits_are_scaled_and_not_cut() -> None:
    deep = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    decoded = decode(saved(Pillow.fromarray(deep), "PNG"))
    assert np.abs(decoded[..., 0].astype(int) - deep // 257).max() <= 1


def test_that_transparency_is_laid_over_white() -> None:
    clear = Pillow.new("RGBA", (32, 32), (255, 0, 0, 0))
    assert (decode(saved(clear, "PNG")) == 255).all()


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (-1, -1)), (6, (0, -1)), (8, (-1, 0))])
def test_that_a_turned_photograph_comes_upright(orientation: int, corner: tuple[int, int]) -> None:
    picture = np.zeros((40, 60, 3), dtype=np.uint8)
    picture[:20, :20] = 255
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    decoded = decode(saved(Pillow.fromarray(picture), "PNG", exif=exif))
    assert decoded[corner].min() > 200


def declared(width: int, height: int) -> bytes:
    """A PNG that declares a size and holds almost nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a picture"),
        (b"GIF89a" + bytes(50), "not a picture"),
        (b"%PDF-1.4", "not a picture"),
        (png(RED_LEFT)[:100], "damaged or cut off"),
        (jpeg(RED_LEFT)[:-200], "damaged or cut off"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "can be read|damaged"),
        (declared(40_000, 40_000), "50 million"),
        (declared(20_000, 20), "cannot show a face"),
        (declared(8, 8), "cannot show a face"),
        (declared(100, 100), "damaged or cut off"),
        (bytes(images.MAX_BYTES + 1), "MB"),
    ],
)
def test_that_what_cannot_be_used_is_refused_by_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ImageRefused, match=said):
        decode(data)


@pytest.mark.parametrize(("at", "value"), [(11, 0), (11, 26), (11, 84)])
def test_that_a_damaged_note_on_which_way_is_up_is_a_sentence(at: int, value: int) -> None:
    written = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 3, "camera"
    Pillow.new("RGB", (48, 64)).save(written, "JPEG", exif=exif)
    damaged = bytearray(written.getvalue())
    damaged[damaged.find(b"Exif\0\0") + 6 + at] = value
    with pytest.raises(ImageRefused, match="damaged"):
        decode(bytes(damaged))


def test_that_half_a_photograph_stays_refused_after_face_recognition_was_loaded() -> None:
    face_recognition_api()
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
    with pytest.raises(ImageRefused, match="damaged or cut off"):
        decode(jpeg(RED_LEFT)[:-200])


def test_that_png_keeps_every_pixel() -> None:
    assert (decode(png(RED_LEFT)) == RED_LEFT).all()
