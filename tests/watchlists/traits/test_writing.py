"""Names are tidied of what nobody sees, and letters that only a keyboard exchanges are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.traits.writing import tidy, twinless, words


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Khan\u200f", "khan"),
        ("\u202bعلی\u202c", "علی"),
        ("ka\u00adrim", "karim"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("O\u2019Brien", "obrien"),
        ("Jose\u0301", "josé"),
        ("Ｋｈａｎ", "khan"),
        ("خامنه\u200cای", "خامنەای"),
        ("राजेश", "राजेश"),
    ],
)
def test_that_what_nobody_sees_is_left_out(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("one", "other"), [("قريشي", "قریشی"), ("كريم", "کریم"), ("فاطمة", "فاطمہ"), ("أحمد", "احمد"), ("ګل", "گل"), ("هما", "ہما")]
)
def test_that_letters_of_other_keyboards_are_the_same(one: str, other: str) -> None:
    assert twinless(tidy(one)) == twinless(tidy(other))


def test_that_signs_part_words_and_vowels_of_india_do_not() -> None:
    assert list(words("sher-gul, 3 राजेश")) == ["sher", "gul", "राजेश"]


@given(st.text(max_size=20))
def test_that_tidying_twice_changes_nothing(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
