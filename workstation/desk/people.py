"""Who sits at the post and who may: signing in and out, people and their passwords."""

from workstation.errors import OperatorError
from workstation.post import access
from workstation.post.access import Act, Person, Role
from workstation.post.acting import Changed, Done, Seat


class People:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def first_start(self) -> bool:
        """Whether the post has no people yet, so that the first administrator is made now."""
        with self._seat.post.store.reading() as session:
            return not access.people(session)

    def make_first_administrator(self, login: str, name: str, password: str) -> Done[Person]:
        with self._seat.post.store.writing() as session:
            if access.people(session):
                raise OperatorError("This post has people already. Sign in as one of them.")
            access.add_person(session, self._seat.clock(), login, name, Role.ADMINISTRATOR, password)
            details = {"role": Role.ADMINISTRATOR, "first": True}
            self._seat.log(session, login, "person.added", f"person:{login}", details)
        return self.sign_in(login, password)

    def sign_in(self, login: str, password: str) -> Done[Person]:
        """OperatorError when login or password is wrong or locked; the failure is counted and logged all the same."""
        with self._seat.post.store.writing() as session:
            outcome = access.sign_in(session, self._seat.clock(), login, password)
            if isinstance(outcome, Person):
                self._seat.log(session, outcome.login, "signed.in", f"person:{outcome.login}", {"role": outcome.role})
            else:
                self._seat.log(session, login[:40], "sign.in.refused", "post", {"reason": outcome.template})
        if not isinstance(outcome, Person):
            raise outcome
        self._seat.person = outcome
        return Done(outcome, Changed.SESSION | Changed.AUDIT)

    def sign_out(self, reason: str = "asked") -> Done[None]:
        """Leave, and sign the log as it stands."""
        person = self._seat.person
        if person is None:
            return Done(None, Changed.NOTHING)
        with self._seat.post.store.writing() as session:
            self._seat.log(session, person.login, "signed.out", f"person:{person.login}", {"reason": reason})
        self._seat.person = None
        self._seat.post.checkpoint(self._seat.clock())
        return Done(None, Changed.SESSION | Changed.AUDIT)

    def signed_in(self) -> Person:
        """OperatorError when nobody is."""
        return self._seat.someone()

    def everybody(self) -> tuple[Person, ...]:
        self._seat.require(Act.CHANGE_PEOPLE)
        with self._seat.post.store.reading() as session:
            return access.people(session)

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

    def change_password(self, old: str, new: str) -> Done[None]:
        with self._seat.post.store.writing() as session:
            person = self._seat.someone()
            access.change_password(session, person.login, old, new)
            self._seat.log(session, person.login, "password.changed", f"person:{person.login}", {})
        return Done(None, Changed.AUDIT)
