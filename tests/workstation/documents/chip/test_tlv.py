import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.documents.chip import tlv
from workstation.documents.chip.tlv import Malformed, element

TREES = st.recursive(
    st.binary(max_size=40).map(lambda content: (0x04, content)),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: (0x30, parts)),
    max_leaves=12,
)
Tree = tuple[int, "bytes | list[Tree]"]


def written(tree: Tree, wrap: Callable[[int, bytes], bytes]) -> bytes:
    tag, content = tree
    return element(tag, content) if isinstance(content, bytes) else wrap(tag, b"".join(written(part, wrap) for part in content))


def endless(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x80]) + content + b"\x00\x00"


@given(TREES)
def test_that_end_marks_become_lengths(tree: Tree) -> None:
    assert tlv.definite(written(tree, endless)) == written(tree, element)


@given(TREES)
def test_that_what_has_lengths_keeps_its_bytes(tree: Tree) -> None:
    data = written(tree, element)
    assert tlv.definite(data) == data
    tlv.check(data)


@given(st.binary(max_size=60))
def test_that_any_bytes_are_taken_apart_or_refused(data: bytes) -> None:
    for read in (tlv.check, tlv.definite, tlv.only, lambda given: list(tlv.elements(given))):
        with contextlib.suppress(Malformed):
            read(data)


def test_that_octet_strings_in_parts_are_joined() -> None:
    parts = element(4, b"ab") + endless(0x24, element(4, b"c") + element(4, b"d"))
    assert tlv.definite(endless(0x24, parts)) == element(4, b"abcd")


def test_that_lengths_longer_than_need_be_are_kept() -> None:
    data = b"\x30\x82\x00\x03\x04\x01a"
    assert tlv.definite(data) == data
    assert tlv.only(data).parts[0].content == b"a"


@pytest.mark.parametrize("padding", [b"", b"\x00" * 9, b"\xff" * 9])
def test_that_padding_of_the_chip_is_left_out(padding: bytes) -> None:
    data = element(0x61, element(0x5F1F, b"text"))
    assert tlv.only(data + padding).whole == data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing"),
        (b"\x61", "cut off"),
        (b"\x61\x05ab", "cut off"),
        (b"\x61\x84\xff\xff\xff\xffab", "4294967295 bytes are announced"),
        (b"\x61\x89" + b"\x00" * 9, "length of 9 bytes"),
        (b"\x7f\xff\xff\xff\x01\x00", "tag of more than 3 bytes"),
        (b"\x61\x01a\x61\x01b", "3 more bytes follow"),
        (b"\x61\x80\x00\x00", "without a length"),
    ],
)
def test_that_broken_elements_are_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        tlv.only(data)


def test_that_deep_nesting_is_refused_whatever_its_depth() -> None:
    data = b""
    for _ in range(3000):
        data = element(0x30, data)
    with pytest.raises(Malformed, match="nested deeper"):
        tlv.check(data)
    assert tlv.definite(data) == data, "what has a length is not looked into further than DEPTH"
    with pytest.raises(Malformed):
        tlv.definite(b"\x30\x80" * 100_000)


def test_that_many_elements_are_refused() -> None:
    data = element(0x30, b"\x04\x00" * (tlv.ELEMENTS + 1))
    for read in (tlv.check, tlv.definite, lambda given: tlv.only(given).parts):
        with pytest.raises(Malformed, match="more than"):
            read(data)
