"""Numbers are equal after folding or close, as is shown; a State keeps its own numbers, by whatever code it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.traits.number_fields import fold
from watchlists.traits.numbers import (
    Asked,
    Number,
    NumberAgreement,
    NumberIndex,
    State,
    Which,
    agreement_of,
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


def test_that_one_look_alike_is_close_and_more_only_in_doubt() -> None:
    index = NumberIndex([(1, Number("AB0123456")), (2, Number("XY0123456")), (3, Number("A80123456"))])
    one, two = Asked(Which.DOCUMENT, "ABO123456"), Asked(Which.DOCUMENT, "ABO12345G")
    close = NumberAgreement(Which.DOCUMENT, "AB0123456", look_alike=True, state=State.UNKNOWN)
    assert index.find([one]) == {1: [close]}
    assert close.close
    assert index.find([two]) == {}
    doubtful = Asked(Which.DOCUMENT, "ABO12345G", doubtful=True)
    assert set(index.find([doubtful])) == {1, 3}


def test_that_lost_zeros_are_close_where_enough_is_left() -> None:
    index = NumberIndex([(1, Number("1234567")), (2, Number("12"))])
    found = index.find([Asked(Which.DOCUMENT, "001234567"), Asked(Which.DOCUMENT, "0012")])
    assert found == {1: [NumberAgreement(Which.DOCUMENT, "1234567", look_alike=False, state=State.UNKNOWN, zeros=True)]}


@pytest.mark.parametrize(("one", "other"), [("D", "DEU"), ("PK", "PAK"), ("ROM", "ROU"), ("D<<", "DE"), ("UK", "GBR")])
def test_that_every_code_of_a_state_is_that_state(one: str, other: str) -> None:
    index = NumberIndex([(1, Number("AB1", other))])
    assert [each.state for each in index.find([Asked(Which.DOCUMENT, "AB1", one)])[1]] == [State.AGREES]


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
    asking = Asked(Which.DOCUMENT, asked, doubtful=doubtful)
    naive = {owner for owner, text in rows if agreement_of(asking, Number(text)) is not None}
    assert set(found) == naive
    if doubtful:
        assert naive >= {owner for owner, text in rows if look_alike(text) == look_alike(asked)}
