"""Who sits at the post, and what every act of theirs needs: the right, one transaction, one entry in the log.

An act that is refused is an entry too. A look that changes nothing is one entry as long as the same person looks at the same.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Flag, auto
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from workstation.accountability import log as audit
from workstation.accountability.acts import Deed
from workstation.errors import OperatorError
from workstation.post import access, altered
from workstation.post.access import Act, Person
from workstation.post.altered import Standing
from workstation.post.log_signing import PROGRAM
from workstation.post.post import Post

__all__ = ["PROGRAM", "Changed", "Done", "Seat"]

T = TypeVar("T")
NOBODY = "nobody"
"""Who acts when nobody is signed in: only ever refused."""
ONE_LOOK = timedelta(minutes=10)
"""For so long the same look by the same person is told once."""


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
        self._waiting: list[tuple[str, Deed, str, Mapping[str, object]]] = []
        self._looks: dict[tuple[str, Deed, str, str], datetime] = {}

    def may(self, act: Act) -> bool:
        return self.person is not None and act in access.MAY[self.person.role]

    def someone(self) -> Person:
        if self.person is None:
            raise OperatorError("Nobody is signed in. Sign in first.")
        return self.person

    def require(self, act: Act) -> Person:
        """The person, who may do this. OperatorError otherwise, and an entry that says who was refused what."""
        if self.person is not None and act in access.MAY[self.person.role] and not self.person.must_change_password:
            return self.person
        self._refused(act)
        person = self.someone()
        if person.must_change_password:
            raise OperatorError("Your password was set by somebody else. Choose a new one first.")
        access.require(person, act)
        return person

    def require_somebody(self, act: str) -> Person:
        """Whoever is signed in, for what everybody may. OperatorError, and an entry, when nobody is."""
        if self.person is None:
            self._refused(act)
        return self.someone()

    @contextmanager
    def acting(self, act: Act) -> Iterator[tuple[Session, Person, datetime]]:
        person = self.require(act)
        with self.post.store.writing() as session:
            yield session, person, self.clock()

    def looked(self, deed: Deed, subject: str, details: Mapping[str, object]) -> None:
        """An entry that the person looked at this, unless the same look was told a moment ago."""
        person, now = self.someone(), self.clock()
        look = (person.login, deed, subject, repr(sorted(details.items())))
        before = self._looks.get(look)
        if before is not None and timedelta(0) <= now - before < ONE_LOOK:
            return
        self._looks = {each: at for each, at in self._looks.items() if timedelta(0) <= now - at < ONE_LOOK} | {look: now}
        with self.post.store.writing() as session:
            self.log(session, person.login, deed, subject, details)

    def _refused(self, act: str) -> None:
        with self.post.store.writing() as session:
            who = self.person.login if self.person is not None else NOBODY
            self.log(session, who, Deed.ACT_REFUSED, "post", {"act": act, "role": self.person.role if self.person else ""})

    def standing(self) -> Standing:
        """Whether the post was proved altered, and who answers for it."""
        if not self.post.faults and not self.post.faults_kept:
            return Standing(())
        with self.post.store.reading() as session:
            return altered.standing(session, self.clock(), self.post.faults)

    def require_sound(self) -> Standing:
        """OperatorError while the post is altered and nobody answers for it."""
        found = self.standing()
        if not found.may_go_on:
            raise OperatorError(altered.NOBODY)
        return found

    def log(self, session: Session, actor: str, act: Deed, subject: str, details: Mapping[str, object]) -> None:
        audit.append(session, self.clock(), actor, act, subject, details, training=self.post.facts.training)

    def wait_to_log(self, actor: str, act: Deed, subject: str, details: Mapping[str, object]) -> None:
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
