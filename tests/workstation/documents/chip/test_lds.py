import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.faces.images import jpeg
from tests.chip_files import LINES, com, dg1, dg2, dg2_of_2019, drawn_portrait
from workstation.documents.chip import lds, tlv
from workstation.documents.chip.face_record import pictures_of
from workstation.documents.chip.lds import Detail
from workstation.documents.chip.tlv import Malformed, element

PICTURE = jpeg(drawn_portrait())


@pytest.mark.parametrize(("length", "count", "wide"), [(90, 3, 30), (72, 2, 36), (88, 2, 44)])
def test_that_the_zone_is_cut_into_its_lines(length: int, count: int, wide: int) -> None:
    lines = lds.zone_lines(element(0x61, element(0x5F1F, b"A" * length)))
    assert [len(line) for line in lines] == [wide] * count


def test_that_the_zone_on_the_chip_is_the_zone() -> None:
    assert lds.zone_lines(dg1()) == LINES
    assert lds.zone_lines(dg1() + b"\x00" * 40) == LINES


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (element(0x61, element(0x5F1F, b"A" * 87)), "87 characters"),
        (element(0x61, element(0x5F1F, b"\xc3" * 88)), "characters that no zone has"),
        (element(0x61, element(0x5F0E, b"A" * 88)), "5F1F is missing"),
        (element(0x75, b""), "begins with element 75, not 61"),
    ],
)
def test_that_a_broken_first_group_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        lds.zone_lines(data)


@pytest.mark.parametrize("data", [dg2(PICTURE), dg2(PICTURE, points=0), dg2_of_2019(PICTURE)])
def test_that_both_encodings_hold_the_picture(data: bytes) -> None:
    assert lds.pictures(data) == (PICTURE,)


def test_that_several_pictures_are_all_given() -> None:
    record = tlv.only(dg2(PICTURE)).part(0x7F61).part(0x7F60).part(0x5F2E).content
    face = record[14:]
    two = record[:12] + b"\x00\x02" + face + face
    assert pictures_of(two) == [PICTURE, PICTURE]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda record: record[:12] + b"\xff\xff" + record[14:], "65535 pictures"),
        (lambda record: record[:-3], "cut off"),
        (lambda record: record[:14] + b"\x00\x00\x00\x01" + record[18:], "cut off"),
        (lambda record: record[:18] + b"\xff\xff" + record[20:], "cut off"),
        (lambda record: b"JAR\x00" + record[4:], "neither in ISO/IEC 19794-5 nor"),
    ],
)
def test_that_a_broken_record_says_why(change: Callable[[bytes], bytes], why: str) -> None:
    record = tlv.only(dg2(PICTURE)).part(0x7F61).part(0x7F60).part(0x5F2E).content
    with pytest.raises(Malformed, match=why):
        pictures_of(change(record))


@given(st.binary(max_size=200), st.sampled_from([b"FAC\x00", b"\xa1", b"\x65", b""]))
def test_that_any_block_gives_pictures_or_a_reason(tail: bytes, head: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert pictures_of(head + tail)


def test_that_the_list_of_groups_is_read() -> None:
    assert lds.groups_in_com(com([1, 2, 11])) == {1, 2, 11}


def test_that_further_details_are_given_as_text() -> None:
    group = element(
        0x6B,
        element(0x5C, b"\x5f\x0e\x5f\x2b")
        + element(0x5F0E, "ERIKSSON<<ANNA<MARIÄ".encode())
        + element(0x5F2B, b"\x19\x74\x08\x12"),
    )
    assert lds.details(11, group) == (Detail("full name", "ERIKSSON ANNA MARIÄ"), Detail("full date of birth", "1974-08-12"))
    other = element(0x6C, element(0x5F26, b"20210305") + element(0x5F19, b"UTOPIA\x07"))
    assert lds.details(12, other) == (Detail("date of issue", "2021-03-05"), Detail("issuing authority", "UTOPIA"))
