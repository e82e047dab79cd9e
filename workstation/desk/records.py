"""What an administrator does with lists and records: find, add, amend, weigh a photograph, withdraw."""

from collections.abc import Sequence

from matching.rates.scale import Scale
from watchlists.records import changes, photographs, reading
from watchlists.records.due import DueRecord, due
from watchlists.records.duplicates import Pair, duplicates
from watchlists.records.finder import Finder
from watchlists.records.purposes import Purpose
from watchlists.records.records import NewPortrait, NewRecord, Particulars, RecordLine, RecordView, Watchlist
from watchlists.records.standing import standing
from watchlists.traits.calendar_day import day_of
from workstation.accountability.acts import Deed
from workstation.capture.face_reader import Faces
from workstation.desk.lists import KeptLists
from workstation.desk.points import OperatingPoint
from workstation.post.access import Act
from workstation.post.acting import Done, Seat
from workstation.search import enrolment
from workstation.search.enrolment import UNKNOWN, PhotoCheck, Taken
from workstation.search.lists import LookAlike

_NAMED_IN_LOG = 20
"""Records that an entry names one by one; of more it says how many."""


class Records:
    def __init__(self, seat: Seat, faces: Faces, scale: Scale, lists: KeptLists, point: OperatingPoint) -> None:
        self._seat, self._faces, self._scale, self._lists, self._point = seat, faces, scale, lists, point
        self._finder = Finder()

    def watchlists(self) -> tuple[Watchlist, ...]:
        self._seat.require(Act.READ_RECORDS)
        with self._seat.post.store.reading() as session:
            found = reading.watchlists(session)
        self._seat.looked(Deed.LISTS_READ, "post", {"count": len(found)})
        return found

    def add_watchlist(self, name: str, purpose: Purpose, owner: str, contact: str) -> Done[int]:
        with self._seat.acting(Act.CHANGE_LISTS) as (session, person, now):
            watchlist = changes.add_watchlist(session, now, name, purpose, owner, contact)
            details = {"name": name, "purpose": purpose, "owner": owner}
            self._seat.log(session, person.login, Deed.LIST_ADDED, f"list:{watchlist}", details)
        return self._lists.changed(watchlist)

    def find_records(
        self, text: str = "", watchlist_id: int | None = None, *, withdrawn: bool = False
    ) -> tuple[RecordLine, ...]:
        """Records whose names or numbers hold the text. The look is an entry: whose records were seen, or how many at once."""
        self._seat.require(Act.READ_RECORDS)
        with self._seat.post.store.reading() as session:
            found = reading.find(session, text, watchlist_id, withdrawn=withdrawn, finder=self._finder)
        details: dict[str, object] = {"count": len(found), "everything": not text.strip(), "withdrawn": withdrawn}
        if len(found) <= _NAMED_IN_LOG:
            details["records"] = [each.record_id for each in found]
        self._seat.looked(Deed.RECORDS_FOUND, "post" if watchlist_id is None else f"list:{watchlist_id}", details)
        return found

    def look_alikes(self) -> tuple[LookAlike, ...]:
        """Pairs of records that lie within the operating distance of each other, nearest first."""
        self._seat.require(Act.READ_RECORDS)
        lists = self._lists.current()
        distance = self._point.points(lists).largest
        with self._seat.acting(Act.READ_RECORDS) as (session, person, _):
            found = lists.look_alikes(session, distance)
            self._seat.log(session, person.login, Deed.RECORDS_COMPARED, "post", {"pairs": len(found)})
        return found

    def due(self) -> tuple[DueRecord, ...]:
        """Records whose owners are to look at them again, the longest waiting first."""
        self._seat.require(Act.READ_RECORDS)
        with self._seat.post.store.reading() as session:
            found = due(session, day_of(self._seat.clock()))
        self._seat.looked(Deed.RECORDS_DUE_READ, "post", {"count": len(found)})
        return found

    def doubled(self) -> tuple[Pair, ...]:
        """Pairs of records that share a number, or names and birth date. Looking is an entry in the log."""
        with self._seat.acting(Act.READ_RECORDS) as (session, person, _):
            found = duplicates(standing(session))
            self._seat.log(session, person.login, Deed.RECORDS_COMPARED, "post", {"pairs": len(found), "by": "number and name"})
        return found

    def record(self, record_id: int) -> RecordView:
        """All of one record. Reading it is an entry in the log."""
        with self._seat.acting(Act.READ_RECORDS) as (session, person, _):
            view = reading.record(session, record_id)
            self._seat.log(session, person.login, Deed.RECORD_READ, f"record:{record_id}", {"version": view.version})
        return view

    def check_photo(self, data: bytes) -> PhotoCheck:
        self._seat.require(Act.CHANGE_RECORDS)
        found = self._point.weighed(enrolment.check_photo(self._faces, data), self._faces)
        alike = list(found.outlook.look_alikes) if found.outlook is not None else []
        self._seat.looked(Deed.PHOTO_CHECKED, "post", {"ok": found.ok, "records_alike": alike})
        return found

    def portrait(self, data: bytes, taken: Taken = UNKNOWN) -> NewPortrait:
        """The photograph ready for a record. OperatorError when it could not be found again."""
        self._seat.require(Act.CHANGE_RECORDS)
        found = enrolment.portrait(self._faces, self._scale, data, taken)
        self._seat.looked(Deed.PHOTO_CHECKED, "post", {"digest": found.digest})
        return found

    def add_record(
        self,
        watchlist_id: int,
        particulars: Particulars,
        photos: Sequence[bytes],
        reason: str,
        taken: Sequence[Taken] = (),
    ) -> Done[int]:
        """`taken`: when each of the photographs was taken, in their order, as far as it is known."""
        self._seat.require(Act.CHANGE_RECORDS)
        with self._seat.post.store.reading() as session:
            changes.check_new(session, watchlist_id, particulars, len(photos), reason, day_of(self._seat.clock()))
        when = [*taken, *[UNKNOWN] * (len(photos) - len(taken))]
        portraits = [
            enrolment.portrait(self._faces, self._scale, photo, each) for photo, each in zip(photos, when, strict=True)
        ]
        added = self.add_records([NewRecord(watchlist_id, particulars, portraits)], reason)
        return Done(added.value[0], added.changed)

    def add_records(self, records: Sequence[NewRecord], reason: str) -> Done[tuple[int, ...]]:
        """All of them, or none when one cannot stand."""
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            added = []
            for new in records:
                portraits = new.portraits
                record = changes.add_record(session, now, person.login, new.watchlist_id, new.particulars, portraits, reason)
                details = {"list": new.watchlist_id, "portraits": [each.digest for each in portraits], "reason": reason}
                self._seat.log(session, person.login, Deed.RECORD_ADDED, f"record:{record}", details)
                added.append(record)
        return self._lists.changed(tuple(added), *added)

    def amend_record(self, record_id: int, particulars: Particulars, reason: str) -> Done[int]:
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            version = changes.amend(session, now, person.login, record_id, particulars, reason)
            details = {"version": version, "reason": reason}
            self._seat.log(session, person.login, Deed.RECORD_AMENDED, f"record:{record_id}", details)
        return self._lists.changed(version, record_id)

    def add_portrait(self, record_id: int, photo: bytes, reason: str, taken: Taken = UNKNOWN) -> Done[int]:
        self._seat.require(Act.CHANGE_RECORDS)
        portrait = enrolment.portrait(self._faces, self._scale, photo, taken)
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            added = changes.add_portrait(session, now, person.login, record_id, portrait)
            details = {"portrait": added, "digest": portrait.digest, "reason": reason}
            self._seat.log(session, person.login, Deed.PORTRAIT_ADDED, f"record:{record_id}", details)
        return self._lists.changed(added, record_id)

    def remove_portrait(self, portrait_id: int, reason: str) -> Done[int]:
        """No search compares the photograph any more. The value: its record."""
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            record = photographs.remove(session, now, person.login, portrait_id, reason)
            details = {"portrait": portrait_id, "reason": reason}
            self._seat.log(session, person.login, Deed.PORTRAIT_REMOVED, f"record:{record}", details)
        return self._lists.changed(record, record)

    def set_portrait_first(self, portrait_id: int) -> Done[int]:
        """Show this photograph before the record's others. The value: its record."""
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            record = photographs.set_first(session, now, person.login, portrait_id)
            self._seat.log(session, person.login, Deed.PORTRAIT_SET_FIRST, f"record:{record}", {"portrait": portrait_id})
        return self._lists.changed(record, record)

    def withdraw_record(self, record_id: int, reason: str) -> Done[None]:
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            changes.withdraw(session, now, person.login, record_id, reason)
            self._seat.log(session, person.login, Deed.RECORD_WITHDRAWN, f"record:{record_id}", {"reason": reason})
        return self._lists.changed(None, record_id)
