"""Passwords, lockout, and who may go."""

from datetime import timedelta

import pytest

from tests.factory import NOW
from workstation.errors import OperatorError
from workstation.post import access
from workstation.post.access import LOCKED_FOR, MOST_FAILURES, Person, Role
from workstation.post.post import Post


def test_that_five_wrong_passwords_lock_the_login_for_a_while(post: Post) -> None:
    with post.store.writing() as session:
        for _ in range(MOST_FAILURES):
            assert isinstance(access.sign_in(session, NOW, "officer", "a wrong password"), OperatorError)
        right = "training-counter"
        locked = access.sign_in(session, NOW + timedelta(seconds=1), "officer", right)
        assert isinstance(locked, OperatorError)
        assert "locked" in str(locked)
        assert isinstance(access.sign_in(session, NOW + LOCKED_FOR, "officer", right), Person)


def test_that_an_unknown_login_is_refused_in_the_same_words(post: Post) -> None:
    with post.store.writing() as session:
        refusals = {str(access.sign_in(session, NOW, login, "a wrong password")) for login in ("officer", "nobody")}
    assert len(refusals) == 1


@pytest.mark.parametrize(
    ("login", "name", "password", "said"),
    [
        ("Ali", "Ali", "long enough words", "login takes"),
        ("ali", " ", "long enough words", "name"),
        ("ali", "Ali", "short", "at least 12"),
        ("alibabaali", "Ali", "alibabaali12", "login with little more"),
        ("officer", "Ali", "long enough words", "given before"),
    ],
)
def test_that_a_person_that_cannot_be_added_is_explained(post: Post, login: str, name: str, password: str, said: str) -> None:
    with post.store.writing() as session, pytest.raises(OperatorError, match=said):
        access.add_person(session, NOW, login, name, Role.OFFICER, password)


def test_that_the_last_administrator_stays_and_who_left_cannot_sign_in(post: Post) -> None:
    with post.store.writing() as session:
        who = {person.login: person.id for person in access.people(session)}
        with pytest.raises(OperatorError, match="last administrator"):
            access.let_go(session, NOW, who["admin"])
        assert access.let_go(session, NOW, who["officer"]) == "officer"
        assert isinstance(access.sign_in(session, NOW, "officer", "training-counter"), OperatorError)
        with pytest.raises(OperatorError, match="no such person"):
            access.let_go(session, NOW, who["officer"])


def test_that_a_password_is_changed_only_with_the_old_one(post: Post) -> None:
    with post.store.writing() as session:
        with pytest.raises(OperatorError, match="present password"):
            access.change_password(session, "officer", "not the old one", "quite another one")
        access.change_password(session, "officer", "training-counter", "quite another one")
        assert isinstance(access.sign_in(session, NOW, "officer", "quite another one"), Person)


def test_that_real_passwords_are_hashed_at_full_cost() -> None:
    """Tests hash quickly; this one was made by the program's own hasher when it was imported."""
    assert access._NOBODY.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
