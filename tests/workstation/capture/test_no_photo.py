"""No photograph is a path with a reason, and never a suspicion."""

import pytest

from workstation.capture.no_photo import INSTEAD, MOST_WORDS, NoPhoto, without_photo
from workstation.errors import OperatorError
from workstation.screening.screening import Answer

_SUSPICIOUS = ("refer", "suspic", "refus", "second line", "match", "detain", "alert")


@pytest.mark.parametrize("reason", NoPhoto)
def test_that_every_reason_says_what_to_do_and_suspects_nobody(reason: NoPhoto) -> None:
    chosen = without_photo(reason, "The picture shows a glare." if reason is NoPhoto.OTHER else "")
    said = f"{chosen.sentence} {chosen.instead}".lower()
    assert "no reason to stop anybody" in said
    assert not any(word in said for word in _SUSPICIOUS)
    assert reason.value not in {each.value for each in Answer}


def test_that_the_list_is_closed() -> None:
    assert set(INSTEAD) == set(NoPhoto)
    with pytest.raises(ValueError, match="looks odd"):
        NoPhoto("looks odd")


@pytest.mark.parametrize(
    ("reason", "words", "said"),
    [
        (NoPhoto.OTHER, " \n ", "few words"),
        (NoPhoto.OTHER, "x" * (MOST_WORDS + 1), "at most"),
        (NoPhoto.DRESSING, "burnt left cheek", "says enough"),
    ],
)
def test_that_words_are_for_another_reason_only(reason: NoPhoto, words: str, said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        without_photo(reason, words)


def test_that_the_words_of_another_reason_are_the_reason() -> None:
    chosen = without_photo(NoPhoto.OTHER, " a  storm took\nthe light ")
    assert chosen.text == "a storm took the light"
    assert chosen.text in str(chosen.sentence)
