"""The post's single face towards windows and the command line: one short method per thing a person can do.

Each checks the role, opens one transaction, calls one function, appends one audit entry and returns what changed.
A Desk belongs to one thread at a time.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from matching.faces.finding import Face
from matching.faces.images import Image
from matching.search.engine import engine
from watchlists.records import changes, reading
from watchlists.records.purposes import Purpose
from watchlists.records.records import NewPortrait, NewRecord, Particulars, RecordLine, RecordView, Watchlist
from workstation import settings
from workstation.accountability import log
from workstation.accountability.log import AuditEntry, AuditReport
from workstation.alerts import raising, verdicts
from workstation.alerts.raising import AlertLine, AlertView
from workstation.alerts.verdicts import View
from workstation.capture.sightings import described
from workstation.desk.counter import Counter
from workstation.desk.status import PostStatus
from workstation.errors import OperatorError
from workstation.post import access
from workstation.post.access import Act, Person, Role
from workstation.post.acting import Changed, Done
from workstation.review import investigation
from workstation.review.investigation import Investigation
from workstation.screening import screening
from workstation.search import enrolment
from workstation.search.enrolment import UNKNOWN, PhotoCheck, Taken
from workstation.search.lists import LookAlike
from workstation.settings import Settings

__all__ = ["Changed", "Desk", "Done", "PostStatus"]

T = TypeVar("T")


class Desk(Counter):
    def close(self) -> None:
        """Sign out, sign the log as it stands, and let go of the post."""
        self.sign_out("the program ended")
        self.post.checkpoint(self.clock())
        self.post.close()

    # Who is here

    def first_start(self) -> bool:
        """Whether the post has no people yet, so that the first administrator is made now."""
        with self.post.store.reading() as session:
            return not access.people(session)

    def make_first_administrator(self, login: str, name: str, password: str) -> Done[Person]:
        with self.post.store.writing() as session:
            if access.people(session):
                raise OperatorError("This post has people already. Sign in as one of them.")
            access.add_person(session, self.clock(), login, name, Role.ADMINISTRATOR, password)
            self.log(session, login, "person.added", f"person:{login}", {"role": Role.ADMINISTRATOR, "first": True})
        return self.sign_in(login, password)

    def sign_in(self, login: str, password: str) -> Done[Person]:
        """OperatorError when login or password is wrong or locked; the failure is counted and logged all the same."""
        with self.post.store.writing() as session:
            outcome = access.sign_in(session, self.clock(), login, password)
            if isinstance(outcome, Person):
                self.log(session, outcome.login, "signed.in", f"person:{outcome.login}", {"role": outcome.role})
            else:
                self.log(session, login[:40], "sign.in.refused", "post", {"reason": outcome.template})
        if not isinstance(outcome, Person):
            raise outcome
        self.person = outcome
        return Done(outcome, Changed.SESSION | Changed.AUDIT)

    def sign_out(self, reason: str = "asked") -> Done[None]:
        """Leave, and sign the log as it stands."""
        if self.person is None:
            return Done(None, Changed.NOTHING)
        with self.post.store.writing() as session:
            self.log(session, self.person.login, "signed.out", f"person:{self.person.login}", {"reason": reason})
        self.person = None
        self.post.checkpoint(self.clock())
        return Done(None, Changed.SESSION | Changed.AUDIT)

    def status(self) -> PostStatus:
        found = self._lists()
        points = self.operating.points(found)
        with self.post.store.reading() as session:
            return PostStatus(
                post=self.post.facts.name,
                training=self.post.facts.training,
                lane=settings.settings(session).lane,
                officer=self.person.name if self.person else "",
                entries=found.entries,
                not_searched=found.excluded,
                lists_changed_at=reading.changed_at(session),
                points=points,
                drift=self.operating.drift,
                open_alerts=len(raising.alerts(session)),
                faults=tuple(str(fault) for fault in self.post.faults),
                search_fault=found.fault,
                search_loops=engine.state,
            )

    # The second line

    def alerts(self, *, everything: bool = False) -> tuple[AlertLine, ...]:
        self.require(Act.REVIEW)
        with self.post.store.reading() as session:
            return raising.alerts(session, everything=everything)

    def alert(self, alert_id: int) -> AlertView:
        """The alert as the person may see it now. Looking is an entry in the log too."""
        with self.acting(Act.REVIEW) as (session, person, _):
            view = raising.alert(session, alert_id, person.login)
            opened = [each.rank for each in view.candidates if each.record is not None]
            self.log(session, person.login, "alert.opened", f"alert:{alert_id}", {"details_of": opened})
        return view

    def investigate(self, image: Image, face: Face | None = None) -> Done[Investigation]:
        """The nearest missing children to a picture, for calm review. Nothing of the picture is kept; the look is logged."""
        self.require(Act.REVIEW)
        seen = screening.look(self._faces, image, face, by_hand=True)
        if seen.template is None or seen.sighting is None:
            raise OperatorError(seen.reasons[0].template, **seen.reasons[0].values)
        lists, probe = self._lists(), described(seen.sighting.face, seen.sighting.quality)
        points = self.operating.points(lists)
        with self.acting(Act.REVIEW) as (session, person, now):
            found = investigation.investigate(session, now, seen.template, probe, lists, points, self._scale)
            self.log(session, person.login, "investigated", "post", found.for_the_log())
        return Done(found, Changed.AUDIT)

    def give_verdict(self, alert_id: int, rank: int, view: View, reasons: Sequence[str], note: str = "") -> Done[int]:
        with self.acting(Act.REVIEW) as (session, person, now):
            verdict = verdicts.give_verdict(session, now, person.login, alert_id, rank, view, reasons, note)
            details = {"candidate": rank, "view": view, "reasons": list(reasons), "verdict": verdict}
            self.log(session, person.login, "verdict.given", f"alert:{alert_id}", details)
        return Done(verdict, Changed.ALERTS | Changed.AUDIT)

    # Records

    def watchlists(self) -> tuple[Watchlist, ...]:
        self.require(Act.READ_RECORDS)
        with self.post.store.reading() as session:
            return reading.watchlists(session)

    def add_watchlist(self, name: str, purpose: Purpose, owner: str, contact: str) -> Done[int]:
        with self.acting(Act.CHANGE_LISTS) as (session, person, now):
            watchlist = changes.add_watchlist(session, now, name, purpose, owner, contact)
            details = {"name": name, "purpose": purpose, "owner": owner}
            self.log(session, person.login, "list.added", f"list:{watchlist}", details)
        return self._records_changed(watchlist)

    def find_records(
        self, text: str = "", watchlist_id: int | None = None, *, withdrawn: bool = False
    ) -> tuple[RecordLine, ...]:
        self.require(Act.READ_RECORDS)
        with self.post.store.reading() as session:
            return reading.find(session, text, watchlist_id, withdrawn=withdrawn)

    def look_alikes(self) -> tuple[LookAlike, ...]:
        """Pairs of records that lie within the operating distance of each other, nearest first."""
        self.require(Act.READ_RECORDS)
        lists = self._lists()
        distance = self.operating.points(lists).largest
        with self.acting(Act.READ_RECORDS) as (session, person, _):
            found = lists.look_alikes(session, distance)
            self.log(session, person.login, "records.compared", "post", {"pairs": len(found)})
        return found

    def record(self, record_id: int) -> RecordView:
        """All of one record. Reading it is an entry in the log."""
        with self.acting(Act.READ_RECORDS) as (session, person, _):
            view = reading.record(session, record_id)
            self.log(session, person.login, "record.read", f"record:{record_id}", {"version": view.version})
        return view

    def check_photo(self, data: bytes) -> PhotoCheck:
        self.require(Act.CHANGE_RECORDS)
        return self.operating.weighed(enrolment.check_photo(self._faces, data), self._faces)

    def portrait(self, data: bytes, taken: Taken = UNKNOWN) -> NewPortrait:
        """The photograph ready for a record. OperatorError when it could not be found again."""
        self.require(Act.CHANGE_RECORDS)
        return enrolment.portrait(self._faces, self._scale, data, taken)

    def add_record(
        self,
        watchlist_id: int,
        particulars: Particulars,
        photos: Sequence[bytes],
        reason: str,
        taken: Sequence[Taken] = (),
    ) -> Done[int]:
        """`taken`: when each of the photographs was taken, in their order, as far as it is known."""
        self.require(Act.CHANGE_RECORDS)
        with self.post.store.reading() as session:
            changes.check_new(session, watchlist_id, particulars, len(photos), reason)
        when = [*taken, *[UNKNOWN] * (len(photos) - len(taken))]
        portraits = [
            enrolment.portrait(self._faces, self._scale, photo, each) for photo, each in zip(photos, when, strict=True)
        ]
        added = self.add_records([NewRecord(watchlist_id, particulars, portraits)], reason)
        return Done(added.value[0], added.changed)

    def add_records(self, records: Sequence[NewRecord], reason: str) -> Done[tuple[int, ...]]:
        """All of them, or none when one cannot stand."""
        with self.acting(Act.CHANGE_RECORDS) as (session, person, now):
            added = []
            for new in records:
                portraits = new.portraits
                record = changes.add_record(session, now, person.login, new.watchlist_id, new.particulars, portraits, reason)
                details = {"list": new.watchlist_id, "portraits": [each.digest for each in portraits], "reason": reason}
                self.log(session, person.login, "record.added", f"record:{record}", details)
                added.append(record)
        return self._records_changed(tuple(added), *added)

    def amend_record(self, record_id: int, particulars: Particulars, reason: str) -> Done[int]:
        with self.acting(Act.CHANGE_RECORDS) as (session, person, now):
            version = changes.amend(session, now, person.login, record_id, particulars, reason)
            details = {"version": version, "reason": reason}
            self.log(session, person.login, "record.amended", f"record:{record_id}", details)
        return self._records_changed(version, record_id)

    def add_portrait(self, record_id: int, photo: bytes, reason: str, taken: Taken = UNKNOWN) -> Done[int]:
        self.require(Act.CHANGE_RECORDS)
        portrait = enrolment.portrait(self._faces, self._scale, photo, taken)
        with self.acting(Act.CHANGE_RECORDS) as (session, person, now):
            added = changes.add_portrait(session, now, person.login, record_id, portrait)
            details = {"portrait": added, "digest": portrait.digest, "reason": reason}
            self.log(session, person.login, "portrait.added", f"record:{record_id}", details)
        return self._records_changed(added, record_id)

    def withdraw_record(self, record_id: int, reason: str) -> Done[None]:
        with self.acting(Act.CHANGE_RECORDS) as (session, person, now):
            changes.withdraw(session, now, person.login, record_id, reason)
            self.log(session, person.login, "record.withdrawn", f"record:{record_id}", {"reason": reason})
        return self._records_changed(None, record_id)

    # People

    def people(self) -> tuple[Person, ...]:
        self.require(Act.CHANGE_PEOPLE)
        with self.post.store.reading() as session:
            return access.people(session)

    def add_person(self, login: str, name: str, role: Role, password: str) -> Done[int]:
        with self.acting(Act.CHANGE_PEOPLE) as (session, person, now):
            added = access.add_person(session, now, login, name, role, password)
            self.log(session, person.login, "person.added", f"person:{login}", {"role": role})
        return Done(added, Changed.PEOPLE | Changed.AUDIT)

    def let_go(self, person_id: int) -> Done[None]:
        with self.acting(Act.CHANGE_PEOPLE) as (session, person, now):
            login = access.let_go(session, now, person_id)
            self.log(session, person.login, "person.let.go", f"person:{login}", {})
        return Done(None, Changed.PEOPLE | Changed.AUDIT)

    def change_password(self, old: str, new: str) -> Done[None]:
        with self.post.store.writing() as session:
            person = self.someone()
            access.change_password(session, person.login, old, new)
            self.log(session, person.login, "password.changed", f"person:{person.login}", {})
        return Done(None, Changed.AUDIT)

    # Settings

    def change_settings(self, wanted: Settings) -> Done[None]:
        with self.acting(Act.CHANGE_SETTINGS) as (session, person, _):
            different = settings.change(session, wanted)
            self.log(session, person.login, "settings.changed", "post", different)
        return Done(None, Changed.SETTINGS | Changed.AUDIT)

    # The log

    def audit_entries(self, *, offset: int = 0, limit: int = 200, text: str = "") -> tuple[AuditEntry, ...]:
        self.require(Act.READ_AUDIT)
        with self.post.store.reading() as session:
            return log.entries(session, offset=offset, limit=limit, text=text)

    def verify_audit(self) -> Done[AuditReport]:
        self.require(Act.VERIFY_AUDIT)
        report = self.post.verify_audit()
        with self.acting(Act.VERIFY_AUDIT) as (session, person, _):
            details = {"size": report.size, "root": report.root, "faults": len(report.faults)}
            self.log(session, person.login, "audit.verified", "audit", details)
        return Done(report, Changed.AUDIT)

    def export_audit(self, path: Path) -> Done[Path]:
        with self.acting(Act.READ_AUDIT) as (session, person, _):
            self.log(session, person.login, "audit.exported", "audit", {"file": path.name})
        self.post.export_audit(path)
        return Done(path, Changed.AUDIT)
