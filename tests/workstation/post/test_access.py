"""Passwords, lockout, and who may go."""

import unicodedata
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factory import NOW
from workstation.errors import OperatorError
from workstation.post import access, passwords
from workstation.post.access import LOCKED_FOR, MOST_FAILURES, Person, Role
from workstation.post.post import Post
from workstation.schema import PersonRow
from workstation.training_post.sign_ins import password_of

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


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
        who = {person.login: person.id for person in access.people(session, NOW)}
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
    assert passwords.NOBODY.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def ids(session: Session) -> dict[str, int]:
    return {person.login: person.id for person in access.people(session, NOW)}


@pytest.mark.parametrize(
    ("login", "password", "said"), [("officer", "", "Type your password"), ("", "words", "Type your login")]
)
def test_that_what_was_not_typed_is_no_attempt(post: Post, login: str, password: str, said: str) -> None:
    with post.store.writing() as session:
        for _ in range(MOST_FAILURES + 1):
            assert said in str(access.sign_in(session, NOW, login, password))
        assert isinstance(access.sign_in(session, NOW, "officer", "training-counter"), Person)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_that_a_password_is_the_same_word_on_every_keyboard(post: Post, form: Form) -> None:
    word = "pässwörter ﬁnden №7"
    with post.store.writing() as session:
        access.add_person(session, NOW, "zoe", "Zoe", Role.OFFICER, unicodedata.normalize("NFC", word))
        assert isinstance(access.sign_in(session, NOW, "zoe", unicodedata.normalize(form, word)), Person)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_that_a_password_kept_as_it_was_typed_still_signs_in(post: Post, form: Form) -> None:
    kept = unicodedata.normalize(form, "pässwörter finden")
    with post.store.writing() as session:
        row = session.scalars(select(PersonRow).where(PersonRow.login == "officer")).one()
        row.password_hash = PasswordHasher().hash(kept)
        for typed in ("NFD", "NFC"):
            assert isinstance(access.sign_in(session, NOW, "officer", unicodedata.normalize(typed, kept)), Person)
        assert not passwords.needs_rehash(row.password_hash, kept), "kept normalised from now on"


def test_that_a_reset_password_holds_until_its_owner_chooses_another(post: Post) -> None:
    with post.store.writing() as session:
        for _ in range(MOST_FAILURES):
            access.sign_in(session, NOW, "officer", "a wrong password")
        assert access.reset_password(session, ids(session)["officer"], "told by telephone") == "officer"
        assert isinstance(access.sign_in(session, NOW, "officer", "training-counter"), OperatorError)
        person = access.sign_in(session, NOW, "officer", "told by telephone")
        assert isinstance(person, Person)
        assert person.must_change_password
        with pytest.raises(OperatorError, match="is the present one"):
            access.change_password(session, "officer", "told by telephone", "told by telephone")
        access.change_password(session, "officer", "told by telephone", "only mine from now")
        again = access.sign_in(session, NOW, "officer", "only mine from now")
        assert isinstance(again, Person)
        assert not again.must_change_password


def test_that_a_locked_login_is_unlocked_by_hand(post: Post) -> None:
    with post.store.writing() as session:
        officer = ids(session)["officer"]
        with pytest.raises(OperatorError, match="is not locked"):
            access.unlock(session, NOW, officer)
        for _ in range(MOST_FAILURES):
            access.sign_in(session, NOW, "officer", "a wrong password")
        assert next(each for each in access.people(session, NOW) if each.id == officer).locked_until == NOW + LOCKED_FOR
        assert access.unlock(session, NOW, officer) == "officer"
        assert isinstance(access.sign_in(session, NOW, "officer", "training-counter"), Person)


def test_that_a_role_changes_except_ones_own_and_the_last_administrators(post: Post) -> None:
    with post.store.writing() as session:
        admin, officer = (access.sign_in(session, NOW, who, password_of(who) or "") for who in ("admin", "officer"))
        assert isinstance(admin, Person)
        assert isinstance(officer, Person)
        assert access.change_role(session, admin, officer.id, Role.SUPERVISOR) == ("officer", Role.OFFICER)
        for by, whom, said in (
            (admin, officer.id, "has this role already"),
            (admin, admin.id, "your own role"),
            (officer, admin.id, "last administrator"),
        ):
            with pytest.raises(OperatorError, match=said):
                access.change_role(session, by, whom, Role.SUPERVISOR)


def test_that_the_last_sign_in_is_told(post: Post) -> None:
    later = NOW + timedelta(days=1)
    with post.store.writing() as session:
        first = access.sign_in(session, NOW, "officer", "training-counter")
        second = access.sign_in(session, later, "officer", "training-counter")
        assert isinstance(first, Person)
        assert isinstance(second, Person)
        assert (first.last_sign_in, second.last_sign_in) == (None, NOW)
        assert {each.login: each.last_sign_in for each in access.people(session, later)}["officer"] == later
