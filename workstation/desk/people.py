"""Who sits at the post and who may: signing in and out, people, their roles and their passwords."""

from dataclasses import replace

from workstation import settings
from workstation.errors import OperatorError
from workstation.post import access
from workstation.post.access import Act, Person, PersonLine, Role
from workstation.post.acting import Changed, Done, Seat


class People:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def first_start(self) -> bool:
        """Whether the post has no people yet, so that the first administrator is made now."""
        with self._seat.post.store.reading() as session:
            return not access.anybody(session)

    def make_first_administrator(self, login: str, name: str, password: str) -> Done[Person]:
        with self._seat.post.store.writing() as session:
            if access.anybody(session):
                raise OperatorError("This post has people already. Sign in as one of them.")
            access.add_person(session, self._seat.clock(), login, name, Role.ADMINISTRATOR, password)
            details = {"role": Role.ADMINISTRATOR, "first": True}
            self._seat.log(session, login, "person.added", f"person:{login}", details)
        return self.sign_in(login, password)

    def sign_in(self, login: str, password: str) -> Done[Person]:
        """OperatorError when login or password is wrong or locked; the failure is counted and logged all the same.

        What was not typed is no attempt: neither counted nor logged.
        """
        if not login or not password:
            raise OperatorError("Type your login." if not login else "Type your password.")
        with self._seat.post.store.writing() as session:
            self._seat.log_what_waits(session)
            settings.seal_passwords(session, self._seat.post.signing_key)
            outcome = access.sign_in(session, self._seat.clock(), login, password)
            if isinstance(outcome, Person):
                self._seat.log(session, outcome.login, "signed.in", f"person:{outcome.login}", {"role": outcome.role})
            else:
                self._seat.log(session, login[:40], "sign.in.refused", "post", {"reason": outcome.template})
        self._seat.nothing_waits()
        if not isinstance(outcome, Person):
            raise outcome
        self._seat.person = outcome
        return Done(outcome, Changed.SESSION | Changed.AUDIT)

    def sign_out(self, reason: str = "asked") -> Done[None]:
        """Leave, and sign the log as it stands.

        Nobody stays signed in because the store cannot be written: the entry waits for the next one that can be.
        """
        person, self._seat.person = self._seat.person, None
        if person is None:
            return Done(None, Changed.NOTHING)
        entry = (person.login, "signed.out", f"person:{person.login}", {"reason": reason})
        try:
            with self._seat.post.store.writing() as session:
                self._seat.log_what_waits(session)
                self._seat.log(session, *entry)
        except OperatorError:
            self._seat.wait_to_log(*entry)
            return Done(None, Changed.SESSION)
        self._seat.nothing_waits()
        self._seat.sign_the_log()
        return Done(None, Changed.SESSION | Changed.AUDIT)

    def signed_in(self) -> Person:
        """OperatorError when nobody is."""
        return self._seat.someone()

    def everybody(self) -> tuple[PersonLine, ...]:
        self._seat.require(Act.UNLOCK_PEOPLE)
        with self._seat.post.store.reading() as session:
            return access.people(session, self._seat.clock())

    def add_person(self, login: str, name: str, role: Role, password: str) -> Done[int]:
        with self._seat.acting(Act.CHANGE_PEOPLE) as (session, person, now):
            added = access.add_person(session, now, login, name, role, password)
            self._seat.log(session, person.login, "person.added", f"person:{login}", {"role": role})
        return Done(added, Changed.PEOPLE | Changed.AUDIT)

    def let_go(self, person_id: int) -> Done[None]:
        with self._seat.acting(Act.CHANGE_PEOPLE) as (session, person, now):
            login = access.let_go(session, now, person_id)
            self._seat.log(session, person.login, "person.let.go", f"person:{login}", {})
        return Done(None, Changed.PEOPLE | Changed.AUDIT)

    def change_role(self, person_id: int, role: Role) -> Done[None]:
        with self._seat.acting(Act.CHANGE_PEOPLE) as (session, person, _):
            login, before = access.change_role(session, person, person_id, role)
            self._seat.log(session, person.login, "role.changed", f"person:{login}", {"before": before, "role": role})
        return Done(None, Changed.PEOPLE | Changed.AUDIT)

    def reset_password(self, person_id: int, password: str) -> Done[None]:
        """For somebody who forgot it; the person chooses another one at the next sign-in."""
        with self._seat.acting(Act.CHANGE_PEOPLE) as (session, person, _):
            login = access.reset_password(session, person_id, password)
            self._seat.log(session, person.login, "password.reset", f"person:{login}", {})
        return Done(None, Changed.PEOPLE | Changed.AUDIT)

    def unlock(self, person_id: int) -> Done[None]:
        """After wrong passwords: the person may try again at once."""
        with self._seat.acting(Act.UNLOCK_PEOPLE) as (session, person, now):
            login = access.unlock(session, now, person_id)
            self._seat.log(session, person.login, "login.unlocked", f"person:{login}", {})
        return Done(None, Changed.PEOPLE | Changed.AUDIT)

    def change_password(self, old: str, new: str) -> Done[None]:
        """One's own; the first act of a person whose password was set by somebody else."""
        with self._seat.post.store.writing() as session:
            person = self._seat.someone()
            access.change_password(session, person.login, old, new)
            self._seat.log(session, person.login, "password.changed", f"person:{person.login}", {})
        changed = Changed.PEOPLE | Changed.AUDIT
        if person.must_change_password:
            self._seat.person = replace(person, must_change_password=False)
            changed |= Changed.SESSION
        return Done(None, changed)
