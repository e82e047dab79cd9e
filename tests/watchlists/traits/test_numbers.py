"""Numbers are equal after folding; look-alikes count only where the reading was doubtful, and a State keeps its own numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.traits.numbers import (
    Asked,
    Number,
    NumberAgreement,
    NumberIndex,
    State,
    Which,
    fold,
    for_finding,
    look_alike,
    written,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ab 123-456<<", "AB123456"),
        ("35202-1234567-1", "3520212345671"),
        ("۳۵۲۰۲", "35202"),
        ("\uff21\uff22\uff11", "AB1"),
        ("é", ""),
        ("", ""),
    ],
)
def test_that_numbers_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(fold(text)) == folded


def test_that_a_record_may_hold_several_numbers_with_their_states() -> None:
    assert written("ab-1 (pak); 35202-1234567-1;; ab-1 (PAK)") == (Number("AB1", "PAK"), Number("3520212345671"))
    assert for_finding("ab-1 (pak); ab 1; C2") == " AB1 C2 "
    assert for_finding(" - ") == ""


def test_that_look_alikes_count_only_in_doubt() -> None:
    index = NumberIndex([(1, Number("AB0123456")), (2, Number("XY0123456"))])
    sure, doubtful = Asked(Which.DOCUMENT, "ABO123456"), Asked(Which.DOCUMENT, "ABO123456", doubtful=True)
    assert index.find([sure]) == {}
    assert index.find([doubtful]) == {1: [NumberAgreement(Which.DOCUMENT, "AB0123456", look_alike=True, state=State.UNKNOWN)]}


def test_that_a_number_of_another_state_is_only_a_weak_agreement() -> None:
    index = NumberIndex([(1, Number("AB1", "IND")), (2, Number("AB1", "PAK")), (3, Number("AB1"))])
    found = index.find([Asked(Which.DOCUMENT, "AB1", "PAK")])
    assert {owner: [each.state for each in agreements] for owner, agreements in found.items()} == {
        1: [State.DIFFERS], 2: [State.AGREES], 3: [State.UNKNOWN],
    }  # fmt: skip # a table
    assert [owner for owner, (only,) in found.items() if only.weak] == [1]


TEXT = st.text("AB01O", max_size=5)


@given(st.lists(st.tuples(st.integers(1, 9), TEXT)), TEXT, st.booleans())
def test_that_a_search_finds_what_comparing_each_number_finds(
    rows: list[tuple[int, str]], asked: str, doubtful: bool
) -> None:  # drawn by Hypothesis
    found = NumberIndex([(owner, Number(text)) for owner, text in rows]).find([Asked(Which.DOCUMENT, asked, doubtful=doubtful)])
    naive = {owner for owner, text in rows if text == asked or (doubtful and look_alike(text) == look_alike(asked))}
    assert set(found) == naive
