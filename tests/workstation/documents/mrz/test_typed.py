"""Lines as they are typed: what is accepted, and what each foreign sign is called."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.documents.mrz import mrz
from workstation.documents.mrz.typed import lines_of
from workstation.errors import OperatorError

TODAY = date(2026, 11, 24)
FIRST, SECOND = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n{SECOND}",
        f"{FIRST}{SECOND}",
        f"  {FIRST.lower()}\r\n\r\n{SECOND.lower()}  ",
        f"{' '.join(FIRST)}\n{SECOND[:10]}\u00a0{SECOND[10:]}",
        [FIRST, "", SECOND],
        f"\x02{FIRST}\r{SECOND}\r\x03",
        f"\x02{FIRST}\x03\x02{SECOND}\x03",
        f"\ufeff{FIRST}\n{SECOND}\n",
        f"]L0{FIRST}\r\n]L0{SECOND}\r\n",
        f"\x02]L0{FIRST}\x1d{SECOND}\x04",
        f"\u200e{FIRST}\u200e\n\u2066{SECOND}\u2069",
    ],
    ids=[
        "two lines", "without a break", "small letters", "spaced", "empty line", "framed", "lines framed", "byte order mark",
        "symbology", "symbology within a frame", "marks of direction",
    ],
)  # fmt: skip # a table
def test_that_lines_are_taken_as_they_are_typed(text: str | list[str]) -> None:
    assert lines_of(text) == (FIRST, SECOND)


@pytest.mark.parametrize("line", ["ح<حشن12", "Р<РФЛ12", "پ<پاک12"], ids=["Arabic", "Russian", "Urdu"])  # noqa: RUF001 - alike
def test_that_a_keyboard_of_another_alphabet_is_named_as_that(line: str) -> None:
    with pytest.raises(OperatorError, match=r"the keyboard is not on Latin letters\. Switch it to English"):
        lines_of(line)


def test_that_three_lines_sent_as_one_are_parted() -> None:
    assert lines_of("".join(CARD)) == CARD


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\u0410", "looks like A but is another sign .cyrillic capital letter a"),
        ("\u03a1", "looks like P but is another sign .greek capital letter rho"),
        ("\uff21", "looks like A but is another sign .fullwidth latin capital letter a"),
        ("٤", "looks like 4 but is another sign .arabic-indic digit four"),
        ("\u06f5", "looks like 5 but is another sign .extended arabic-indic digit five"),
        ("«", "looks like < but is another sign .left-pointing double angle"),
        ("\u0131", "latin small letter dotless i"),
        ("ß", "latin small letter sharp s"),
        ("ﬁ", "latin small ligature fi"),
        ("م", "arabic letter meem"),
        ("Ä", "latin capital letter a with diaeresis"),
        ("\u200f", "right-to-left mark"),
        ("\u0000", "u.0000"),
        (">", "greater-than sign"),
    ],
)  # fmt: skip # a table
def test_that_a_foreign_sign_is_named_with_its_place(sign: str, said: str) -> None:
    with pytest.raises(OperatorError, match=f"Line 2 holds “.” at place 4.*{said}"):
        lines_of([FIRST, SECOND[:3] + sign + SECOND[4:]])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (CARD[:2] + (CARD[2][:-1],), "Line 3 has 29 characters; in a document of the form TD1 it has 30"),
        ((CARD[0][:-1], CARD[1][:-2], CARD[2]), "Line 1 has 29"),
        ((FIRST, SECOND + "<"), "Line 2 has 45"),
        ((FIRST[:39], SECOND[:39]), "Line 1 has 39"),
        ((FIRST, SECOND, SECOND, SECOND), "2 or 3 lines; here are 4"),
        ((FIRST + SECOND[:-1],), "2 or 3 lines; here are 1"),
    ],
)
def test_that_a_wrong_length_names_its_line(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        mrz.parse(lines, TODAY)


NEAR = st.text(alphabet="ABKLMOPUVXYZ0123456789<< \u0664\u0410Ä\u200f", min_size=25, max_size=95)


def _zone_or_none(lines: list[str] | str) -> mrz.Zone | None:
    try:
        return mrz.parse(lines, TODAY)
    except OperatorError as refusal:
        said = str(refusal)
    assert len(said) > 20
    return None


@given(st.lists(NEAR, max_size=4) | st.text(max_size=100))
@settings(max_examples=2000, deadline=None)
def test_that_whatever_is_typed_gives_a_zone_or_a_sentence(lines: list[str] | str) -> None:
    zone = _zone_or_none(lines)
    if zone:
        assert {len(line) for line in zone.lines} == {zone.format.length}
        assert all(str(remark) for remark in zone.remarks)
