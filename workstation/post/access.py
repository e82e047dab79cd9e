"""Who may do what, in one table, and how a person shows who they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.errors import OperatorError
from workstation.schema import PersonRow

SHORTEST_PASSWORD = 12
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=5)
_LOGIN = re.compile(r"[a-z0-9._-]{2,40}")
_HASHER = PasswordHasher()
# What an unknown login is checked against, so that it takes as long as a known one.
_NOBODY = _HASHER.hash("nobody has this password")


class Role(StrEnum):
    OFFICER = "officer"
    SECOND_LINE = "second line"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Act(StrEnum):
    SCREEN = "screen travellers"
    REVIEW = "review alerts"
    READ_RECORDS = "read records"
    CHANGE_RECORDS = "change records"
    CHANGE_LISTS = "change lists"
    CHANGE_PEOPLE = "change people"
    CHANGE_SETTINGS = "change settings"
    READ_AUDIT = "read the log"
    VERIFY_AUDIT = "verify the log"


MAY: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.OFFICER: frozenset({Act.SCREEN}),
        Role.SECOND_LINE: frozenset({Act.SCREEN, Act.REVIEW}),
        Role.SUPERVISOR: frozenset({Act.SCREEN, Act.REVIEW, Act.READ_RECORDS, Act.CHANGE_SETTINGS}),
        Role.ADMINISTRATOR: frozenset(
            {Act.READ_RECORDS, Act.CHANGE_RECORDS, Act.CHANGE_LISTS, Act.CHANGE_PEOPLE, Act.CHANGE_SETTINGS}
        ),
        Role.AUDITOR: frozenset({Act.READ_AUDIT, Act.VERIFY_AUDIT}),
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    login: str
    name: str
    role: Role


def require(person: Person, act: Act) -> None:
    """OperatorError unless the person's role may do this."""
    if act not in MAY[person.role]:
        raise OperatorError("The role {role} may not {act}. Ask somebody who may.", role=person.role, act=act)


def people(session: Session) -> tuple[Person, ...]:
    """Everybody who has not left, by login."""
    rows = session.scalars(select(PersonRow).where(PersonRow.left_at.is_(None)).order_by(PersonRow.login))
    return tuple(_person(row) for row in rows)


def add_person(session: Session, now: datetime, login: str, name: str, role: Role, password: str) -> int:
    """The id of a new person. OperatorError names what is wrong with login, name or password."""
    if not _LOGIN.fullmatch(login):
        raise OperatorError("A login takes 2 to 40 small letters, digits, dots, dashes and underscores.")
    if not name.strip():
        raise OperatorError("Enter the person's name.")
    if session.scalar(select(PersonRow.id).where(PersonRow.login == login)) is not None:
        raise OperatorError("The login “{login}” was given before. Choose another one.", login=login)
    _check_password(login, password)
    row = PersonRow(
        login=login,
        name=name.strip(),
        role=Role(role),
        password_hash=_HASHER.hash(password),
        failures=0,
        locked_until=None,
        created_at=now,
        left_at=None,
    )
    session.add(row)
    session.flush()
    return row.id


def sign_in(session: Session, now: datetime, login: str, password: str) -> Person | OperatorError:
    """The person, or the refusal, which the caller raises after this transaction has kept the failure."""
    row = session.scalar(select(PersonRow).where(PersonRow.login == login, PersonRow.left_at.is_(None)))
    if row is not None and row.locked_until is not None and now < row.locked_until:
        return OperatorError(
            "This login is locked until {time} because of wrong passwords.", time=f"{row.locked_until.astimezone():%H:%M}"
        )
    right = _is_right(row.password_hash if row else _NOBODY, password)
    if row is None or not right:
        if row is not None:
            row.failures += 1
            if row.failures >= MOST_FAILURES:
                row.failures, row.locked_until = 0, now + LOCKED_FOR
        return OperatorError("Login or password is wrong. Enter both again.")
    row.failures, row.locked_until = 0, None
    if _HASHER.check_needs_rehash(row.password_hash):
        row.password_hash = _HASHER.hash(password)
    return _person(row)


def change_password(session: Session, login: str, old: str, new: str) -> None:
    row = session.scalars(select(PersonRow).where(PersonRow.login == login, PersonRow.left_at.is_(None))).one()
    if not _is_right(row.password_hash, old):
        raise OperatorError("The present password is wrong. Enter it again.")
    _check_password(login, new)
    row.password_hash = _HASHER.hash(new)


def let_go(session: Session, now: datetime, person_id: int) -> str:
    """The login of the person, who can no longer sign in. The last administrator stays."""
    row = session.get(PersonRow, person_id)
    if row is None or row.left_at is not None:
        raise OperatorError("There is no such person. Choose one from the list.")
    if row.role == Role.ADMINISTRATOR:
        others = select(func.count()).where(
            PersonRow.role == Role.ADMINISTRATOR, PersonRow.left_at.is_(None), PersonRow.id != person_id
        )
        if not session.scalar(others):
            raise OperatorError("The last administrator cannot be let go. Add another one first.")
    row.left_at = now
    return row.login


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _check_password(login: str, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise OperatorError("A password takes at least {shortest} characters. Choose a longer one.", shortest=SHORTEST_PASSWORD)
    if login in password.lower() and len(password) < 2 * len(login) + 4:
        raise OperatorError("The password is the login with little more. Choose another one.")


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.login, row.name, Role(row.role))
