import pytest

from watchlists.records.list_names import checked, seen
from watchlists.records.records import RecordRefused


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u200f", "\ufeff", "\x07", "\u2066"])
def test_that_a_sign_that_nobody_sees_is_refused_by_its_code(sign: str) -> None:
    with pytest.raises(RecordRefused, match=f"U\\+{ord(sign):04X}"):
        checked(f"Wan{sign}ted", "name", "name")


@pytest.mark.parametrize("other", ["wanted", "\uff37anted", " Wanted ", "WANTED"])
def test_that_names_that_look_the_same_are_the_same(other: str) -> None:
    assert seen(other) == seen("Wanted")


def test_that_persian_names_keep_their_joiners() -> None:
    assert checked("می\u200cرود", "name", "name") == "می\u200cرود"


def test_that_a_list_needs_a_name() -> None:
    with pytest.raises(RecordRefused, match="Enter the owner"):
        checked("  ", "owner", "owner")
