"""Which keys are a reader's, and what they spell, from strokes alone: no window, no layout of this machine."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factory import NOW, passport_zone
from ui.keys.bursts import BUSY_SECONDS, FEWEST, HOLD_SECONDS, PAUSE_SECONDS, Bursts, Stroke, is_swiped, zone_text
from ui.keys.positions import PLAIN, SHIFTED, position, sign_at
from workstation.documents.mrz import mrz

TODAY = NOW.date()
LINES = passport_zone("Khan", "Palwasha Gul", number="PN1234567").lines
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
PLACES = {sign: (place, shifted) for shifted, table in ((True, SHIFTED), (False, PLAIN)) for place, sign in table.items()}
URDU = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "اںثڈےفغحیجکلمنوپقرسشطوںزیذ")
RUSSIAN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def strokes(text: str, every: float = 0.008) -> tuple[Stroke, ...]:
    return tuple(Stroke(sign, 0, shifted=False, at=number * every) for number, sign in enumerate(text))


def by_place(text: str, layout: dict[int, str]) -> tuple[Stroke, ...]:
    """A United States reader on another layout: where the keys lie, and what that layout makes of them."""
    made = []
    for number, sign in enumerate(text):
        place, shifted = PLACES.get(sign, (0, False))
        made.append(Stroke(sign.translate(layout) if sign != "<" else ">", place, shifted, number * 0.008))
    return tuple(made)


def held(given_strokes: Sequence[Stroke]) -> tuple[int, bool]:
    """How many are held at the end, and whether as a reader's."""
    bursts = Bursts()
    for each in given_strokes:
        if bursts.apart(each.at):
            bursts.take()
        bursts.add(each)
    found, reader = bursts.take()
    return len(found), reader


@pytest.mark.parametrize("every", [0.001, 0.008, 0.02, 0.045])
def test_that_a_reader_is_known_by_its_speed(every: float) -> None:
    assert held(strokes("\r".join(LINES), every)) == (89, True)


@pytest.mark.parametrize("every", [0.06, 0.1, 0.2])
def test_that_a_hand_is_never_a_reader(every: float) -> None:
    assert held(strokes("a word of a fast hand", every)) == (1, False)


def test_that_a_few_fast_keys_are_a_hand_s() -> None:
    assert held(strokes("abcd"[: FEWEST - 1], 0.02)) == (FEWEST - 1, False)


def test_that_a_reader_may_rest_between_its_lines() -> None:
    first = strokes(LINES[0] + "\r")
    second = tuple(Stroke(each.text, 0, False, first[-1].at + PAUSE_SECONDS * 0.9 + each.at) for each in strokes(LINES[1]))
    assert held((*first, *second)) == (89, True)
    assert PAUSE_SECONDS > HOLD_SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "\r".join(LINES) + "\r",
        "\r".join(LINES).lower(),
        "".join(LINES),
        "\x02" + "\r".join(LINES) + "\r\x03",
        "\x02" + "\x03\x02".join(LINES) + "\x03",
        "\ufeff" + "\r".join(LINES),
        "]L0" + "\r".join(LINES) + "\r",
        "\t".join(LINES) + "\t",
        "\r" + "\r\r".join(LINES),
        "\x1d".join(LINES) + "\x04",
    ],
    ids=["lines", "caps lock", "one line", "framed", "lines framed", "byte order mark", "symbology", "tabs", "empty lines", "GS"],
)  # fmt: skip # a table
def test_that_a_zone_is_found_in_what_a_reader_types(text: str) -> None:
    assert mrz.parse(zone_text(strokes(text), TODAY), TODAY).lines == LINES


def test_that_three_lines_are_a_zone() -> None:
    assert mrz.parse(zone_text(strokes("\r".join(CARD)), TODAY), TODAY).lines == CARD


@pytest.mark.parametrize(
    "layout", [URDU, RUSSIAN, {**URDU, **PERSIAN_DIGITS}], ids=["Urdu", "Russian", "Persian with its digits"]
)
def test_that_a_zone_is_read_by_where_the_keys_lie_under_another_alphabet(layout: dict[int, str]) -> None:
    text = zone_text(by_place("\r".join(LINES), layout), TODAY)
    assert mrz.parse(text, TODAY).lines == LINES


def test_that_the_reading_whose_digits_agree_is_the_zone() -> None:
    """Y and Z lie otherwise on a German layout; the reader is set to the United States."""
    swapped = {ord("Y"): "Z", ord("Z"): "Y"}
    lines = passport_zone("Azizy", "Yusuf", number="YZ1234567").lines
    made = tuple(
        Stroke(sign.translate(swapped), *PLACES.get(sign, (0, False)), number * 0.008)
        for number, sign in enumerate("\r".join(lines))
    )
    assert mrz.parse(zone_text(made, TODAY), TODAY).lines == lines


@pytest.mark.parametrize("text", ["4006381333931\r", "kareem hussain", "AB-12/34", "8712345\r", "0f" * 20])
def test_that_other_codes_and_words_are_no_swipe(text: str) -> None:
    assert zone_text(strokes(text), TODAY) == ""
    assert not is_swiped(strokes(text))


@given(st.integers(0, 87), st.integers(1, 87))
def test_that_a_torn_zone_is_still_a_swipe_and_no_zone(start: int, length: int) -> None:
    part = "\r".join(LINES)[start : start + length]
    if len(part) < len("".join(LINES)):
        assert zone_text(strokes(part), TODAY) == ""
    if part.count("<") > 1:
        assert is_swiped(strokes(part))


def test_that_every_sign_of_a_zone_lies_somewhere() -> None:
    for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<":
        place, shifted = PLACES[sign]
        assert sign_at(place, shifted=shifted) == sign
    assert position(24 + 8, "xcb") == 24
    assert position(24, "windows") == 24
    assert position(24, "offscreen") == 0


def test_that_the_first_keys_of_a_reader_that_stumbled_are_remembered() -> None:
    bursts = Bursts()
    bursts.add(Stroke("P", 0, shifted=False, at=0.0))
    assert bursts.take() == ((Stroke("P", 0, shifted=False, at=0.0),), False)
    for each in strokes("\r".join(LINES)[1:]):
        bursts.add(Stroke(each.text, 0, shifted=False, at=0.2 + each.at))
    before = bursts.just_before()
    rest, reader = bursts.take()
    assert reader
    assert mrz.parse(zone_text((*before, *rest), TODAY), TODAY).lines == LINES
    assert bursts.just_before() == ()


def test_that_a_late_machine_holds_keys_longer_and_a_quick_one_does_not() -> None:
    bursts = Bursts()
    assert bursts.hold == HOLD_SECONDS
    bursts.was_late(0.03)
    assert bursts.hold == pytest.approx(HOLD_SECONDS + 0.06)
    bursts.was_late(9.0)
    assert bursts.hold == pytest.approx(HOLD_SECONDS + BUSY_SECONDS)
    for _ in range(40):
        bursts.was_late(0.0)
    assert bursts.hold < HOLD_SECONDS + 0.002
