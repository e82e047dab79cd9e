"""The auditor reads every act in words, and those that decided or warn have a dot of their own."""

from ui.words.log import DECISIONS, WARNINGS, act_words
from workstation.accountability.acts import SIGNED_AT_ONCE, Deed


def test_that_every_act_has_words_of_its_own() -> None:
    words = [act_words(deed) for deed in Deed]
    assert len(set(words)) == len(words)
    assert not [word for word in words if "." in word or not word[0].isupper()]


def test_that_an_act_of_a_later_program_stays_as_it_is() -> None:
    assert act_words("something.later") == "something.later"


def test_that_what_is_signed_at_once_is_never_an_ordinary_dot() -> None:
    assert SIGNED_AT_ONCE - {Deed.PASSWORD_CHANGED} <= DECISIONS | WARNINGS
    assert not DECISIONS & WARNINGS
