"""Who may do what, in one table, and how a person shows who they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.errors import OperatorError
from workstation.post import passwords
from workstation.schema import PersonRow

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=5)
_LOGIN = re.compile(r"[a-z0-9._-]{2,40}")


class Role(StrEnum):
    OFFICER = "officer"
    SECOND_LINE = "second line"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Act(StrEnum):
    SCREEN = "screen travellers"
    REVIEW = "review alerts"
    OVERSEE = "oversee the post"
    READ_RECORDS = "read records"
    CHANGE_RECORDS = "change records"
    CHANGE_LISTS = "change lists"
    CHANGE_PEOPLE = "change people"
    UNLOCK_PEOPLE = "unlock logins"
    CHANGE_SETTINGS = "change settings"
    ANSWER_FOR_FAULTS = "answer for an altered log"
    READ_AUDIT = "read the log"
    VERIFY_AUDIT = "verify the log"


MAY: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.OFFICER: frozenset({Act.SCREEN}),
        Role.SECOND_LINE: frozenset({Act.SCREEN, Act.REVIEW}),
        Role.SUPERVISOR: frozenset(
            {
                Act.SCREEN,
                Act.REVIEW,
                Act.OVERSEE,
                Act.READ_RECORDS,
                Act.CHANGE_SETTINGS,
                Act.UNLOCK_PEOPLE,
                Act.ANSWER_FOR_FAULTS,
            }
        ),
        Role.ADMINISTRATOR: frozenset(
            {
                Act.READ_RECORDS,
                Act.CHANGE_RECORDS,
                Act.CHANGE_LISTS,
                Act.CHANGE_PEOPLE,
                Act.CHANGE_SETTINGS,
                Act.UNLOCK_PEOPLE,
            }
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
    must_change_password: bool = False
    last_sign_in: datetime | None = None
    """The one before this one."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as those see who keep the people of the post."""

    id: int
    login: str
    name: str
    role: Role
    last_sign_in: datetime | None
    locked_until: datetime | None
    must_change_password: bool


def require(person: Person, act: Act) -> None:
    """OperatorError unless the person's role may do this."""
    if act not in MAY[person.role]:
        raise OperatorError("The role {role} may not {act}. Ask somebody who may.", role=person.role, act=act)


def people(session: Session, now: datetime) -> tuple[PersonLine, ...]:
    """Everybody who has not left, by login."""
    rows = session.scalars(select(PersonRow).where(PersonRow.left_at.is_(None)).order_by(PersonRow.login))
    return tuple(
        PersonLine(
            row.id,
            row.login,
            row.name,
            Role(row.role),
            row.last_sign_in_at,
            row.locked_until if _is_locked(row, now) else None,
            row.must_change_password,
        )
        for row in rows
    )


def add_person(session: Session, now: datetime, login: str, name: str, role: Role, password: str) -> int:
    """The id of a new person. OperatorError names what is wrong with login, name or password."""
    if not _LOGIN.fullmatch(login):
        raise OperatorError("A login takes 2 to 40 small letters, digits, dots, dashes and underscores.")
    if not name.strip():
        raise OperatorError("Enter the person's name.")
    if session.scalar(select(PersonRow.id).where(PersonRow.login == login)) is not None:
        raise OperatorError("The login “{login}” was given before. Choose another one.", login=login)
    passwords.check_new(login, password)
    row = PersonRow(
        login=login,
        name=name.strip(),
        role=Role(role),
        password_hash=passwords.hashed(password),
        failures=0,
        locked_until=None,
        created_at=now,
        left_at=None,
    )
    session.add(row)
    session.flush()
    return row.id


def sign_in(session: Session, now: datetime, login: str, password: str) -> Person | OperatorError:
    """The person, or the refusal, which the caller raises after this transaction has kept the failure.

    A login or password that was not typed is no attempt and counts as none.
    """
    if not login:
        return OperatorError("Type your login.")
    if not password:
        return OperatorError("Type your password.")
    row = session.scalar(select(PersonRow).where(PersonRow.login == login, PersonRow.left_at.is_(None)))
    if row is not None and row.locked_until is not None and _is_locked(row, now):
        return OperatorError(
            "This login is locked until {time} because of wrong passwords. A supervisor can unlock it.",
            time=f"{row.locked_until.astimezone():%H:%M}",
        )
    right = passwords.is_right(row.password_hash if row else passwords.NOBODY, password)
    if row is None or not right:
        if row is not None:
            row.failures += 1
            if row.failures >= MOST_FAILURES:
                row.failures, row.locked_until = 0, now + LOCKED_FOR
        return OperatorError("Login or password is wrong. Enter both again.")
    row.failures, row.locked_until = 0, None
    if passwords.needs_rehash(row.password_hash, password):
        row.password_hash = passwords.hashed(password)
    person = Person(row.id, row.login, row.name, Role(row.role), row.must_change_password, row.last_sign_in_at)
    row.last_sign_in_at = now
    return person


def change_password(session: Session, login: str, old: str, new: str) -> None:
    """One's own. OperatorError when the present one is wrong or the new one cannot be one."""
    row = session.scalars(select(PersonRow).where(PersonRow.login == login, PersonRow.left_at.is_(None))).one()
    if not old:
        raise OperatorError("Type your present password.")
    if not passwords.is_right(row.password_hash, old):
        raise OperatorError("The present password is wrong. Enter it again.")
    passwords.check_new(login, new)
    if passwords.is_right(row.password_hash, new):
        raise OperatorError("The new password is the present one. Choose another one.")
    row.password_hash, row.must_change_password = passwords.hashed(new), False


def reset_password(session: Session, person_id: int, password: str) -> str:
    """The login of the person, who signs in with this password once and then chooses another one; a lock is taken away."""
    row = _present(session, person_id)
    passwords.check_new(row.login, password)
    row.password_hash, row.must_change_password = passwords.hashed(password), True
    row.failures, row.locked_until = 0, None
    return row.login


def unlock(session: Session, now: datetime, person_id: int) -> str:
    """The login of the person, who may try again at once. OperatorError when the login is not locked."""
    row = _present(session, person_id)
    if not _is_locked(row, now):
        raise OperatorError("The login “{login}” is not locked. Nothing was changed.", login=row.login)
    row.failures, row.locked_until = 0, None
    return row.login


def change_role(session: Session, by: Person, person_id: int, role: Role) -> tuple[str, Role]:
    """The login of the person and the role until now. Nobody changes their own; the last administrator stays one."""
    row = _present(session, person_id)
    before = Role(row.role)
    if person_id == by.id:
        raise OperatorError("You cannot change your own role. Ask another administrator.")
    if before is Role(role):
        raise OperatorError("“{login}” has this role already. Nothing was changed.", login=row.login)
    _keep_an_administrator(session, row, "The last administrator must stay one. Make another one first.")
    row.role = Role(role)
    return row.login, before


def let_go(session: Session, now: datetime, person_id: int) -> str:
    """The login of the person, who can no longer sign in. The last administrator stays."""
    row = _present(session, person_id)
    _keep_an_administrator(session, row, "The last administrator cannot be let go. Add another one first.")
    row.left_at = now
    return row.login


def _present(session: Session, person_id: int) -> PersonRow:
    row = session.get(PersonRow, person_id)
    if row is None or row.left_at is not None:
        raise OperatorError("There is no such person. Choose one from the list.")
    return row


def _keep_an_administrator(session: Session, row: PersonRow, sentence: str) -> None:
    if row.role == Role.ADMINISTRATOR:
        others = select(func.count()).where(
            PersonRow.role == Role.ADMINISTRATOR, PersonRow.left_at.is_(None), PersonRow.id != row.id
        )
        if not session.scalar(others):
            raise OperatorError(sentence)


def _is_locked(row: PersonRow, now: datetime) -> bool:
    return row.locked_until is not None and now < row.locked_until
