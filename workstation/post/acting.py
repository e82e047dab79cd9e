"""Who sits at the post, and what every act of theirs needs: the right, one transaction, one entry in the log."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from workstation.accountability import log as audit
from workstation.errors import OperatorError
from workstation.post import access
from workstation.post.access import Act, Person
from workstation.post.post import Post

T = TypeVar("T")
PROGRAM = "program"
"""Who acts when the program does something by itself."""


class Changed(Flag):
    """What an act changed; each view decides for itself whether to read again."""

    NOTHING = 0
    SESSION = auto()
    PEOPLE = auto()
    RECORDS = auto()
    ALERTS = auto()
    AUDIT = auto()
    SETTINGS = auto()
    OPERATING = auto()


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T
    changed: Changed


class Seat:
    def __init__(self, post: Post, clock: Callable[[], datetime]) -> None:
        self.post = post
        self.person: Person | None = None
        self.clock = clock
        self._waiting: list[tuple[str, str, str, Mapping[str, object]]] = []

    def may(self, act: Act) -> bool:
        return self.person is not None and act in access.MAY[self.person.role]

    def someone(self) -> Person:
        if self.person is None:
            raise OperatorError("Nobody is signed in. Sign in first.")
        return self.person

    def require(self, act: Act) -> Person:
        person = self.someone()
        if person.must_change_password:
            raise OperatorError("Your password was set by somebody else. Choose a new one first.")
        access.require(person, act)
        return person

    @contextmanager
    def acting(self, act: Act) -> Iterator[tuple[Session, Person, datetime]]:
        person = self.require(act)
        with self.post.store.writing() as session:
            yield session, person, self.clock()

    def log(self, session: Session, actor: str, act: str, subject: str, details: Mapping[str, object]) -> None:
        audit.append(session, self.clock(), actor, act, subject, details, training=self.post.facts.training)

    def wait_to_log(self, actor: str, act: str, subject: str, details: Mapping[str, object]) -> None:
        """An entry for which the store could not be written: kept until it can be."""
        self._waiting.append((actor, act, subject, {**details, "happened": self.clock().isoformat(timespec="seconds")}))

    def log_what_waits(self, session: Session) -> None:
        for entry in self._waiting:
            self.log(session, *entry)

    def nothing_waits(self) -> None:
        """What waited is in the store, and its transaction committed."""
        self._waiting.clear()

    def sign_the_log(self) -> None:
        """As it stands, where that can be written; the next checkpoint covers what this one would have."""
        with suppress(OperatorError, OSError):
            self.post.checkpoint(self.clock())
