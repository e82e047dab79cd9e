"""Importing at a desk: the dry run, the photographs in the background, then all rows or the accepted ones in one transaction.

Until `take` nothing of a record is saved. One import is under way at a time, and it belongs to whoever began it.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy.orm import Session

from matching.rates.scale import Scale
from watchlists.exchange.comparing import Comparison, Outcome, Plan, PlannedRow
from watchlists.exchange.encodings import NAMED
from watchlists.exchange.incoming import Delivery, IncomingPhoto
from watchlists.exchange.photo_files import read_photo
from watchlists.exchange.reading import folder_of, read_bytes, read_delivery
from watchlists.exchange.remarks import Remark, remark
from watchlists.exchange.usual import Usual
from watchlists.records import deliveries, reading
from watchlists.records.deliveries import Delivered
from watchlists.records.records import NewPortrait, RecordRefused
from watchlists.records.standing import Standing, standing
from watchlists.traits.calendar_day import day_of
from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.accountability.log import Told
from workstation.capture.face_reader import Faces
from workstation.errors import OperatorError
from workstation.exchange import read_photographs
from workstation.exchange.photographs import Read, Reading
from workstation.post.access import Act, Person
from workstation.post.acting import Done, Seat

MOST_TOLD = 20
"""Rows that a refusal names; the dry run shows them all."""
_ACTS = {
    Outcome.ADDED: deliveries.Act.ADD,
    Outcome.DOUBLED: deliveries.Act.ADD,
    Outcome.CHANGED: deliveries.Act.CHANGE,
    Outcome.WITHDRAWN: deliveries.Act.WITHDRAW,
}
_LOGGED = {
    deliveries.Act.ADD: Deed.RECORD_ADDED,
    deliveries.Act.CHANGE: Deed.RECORD_AMENDED,
    deliveries.Act.WITHDRAW: Deed.RECORD_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever imports says beside the file."""

    path: Path
    usual: Usual = field(default_factory=Usual)
    encoding: str = ""
    """Name of the text's encoding, where the person knows it."""
    notice_kind: str = ""
    """Colour of notices that do not say theirs."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Photographs read, of how many."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Imported:
    records: tuple[int, ...]
    """Added, changed or withdrawn, in the order of the rows."""
    plan: Plan
    left_out: int
    """Rows that were refused or doubled."""


@dataclass(slots=True, eq=False)
class _Underway:
    person: Person
    asked: Asked
    digest: str
    """SHA-256 of the file; empty for a folder."""
    delivery: Delivery
    compared: "_Compared"
    reading: Reading
    plan: Plan


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """The store as a delivery was compared with it. Every change of a record raises the version of its list."""

    comparison: Comparison
    today: date
    versions: dict[int, int]


class Importing:
    def __init__(
        self, seat: Seat, faces: Faces, scale: Scale, changed: Callable[..., Done[Imported]], processes: int | None = None
    ) -> None:
        """`changed` tells the searches which records they are to read again."""
        self._seat, self._faces, self._scale, self._changed = seat, faces, scale, changed
        self._processes = processes
        self._now: _Underway | None = None

    def begin(self, asked: Asked) -> Plan:
        """The dry run, as far as it needs no photograph. RecordRefused when the file cannot be read."""
        person = self._seat.require(Act.CHANGE_RECORDS)
        self.stop()
        today = day_of(self._seat.clock())
        delivery = read_delivery(asked.path, asked.usual, today, asked.encoding, asked.notice_kind)
        with self._seat.post.store.reading() as session:
            compared = self._compared(session)
            plan = compared.comparison.plan(delivery, asked.usual.list_name)
            known = read_photographs.known_digests(session, self._faces.encoder.digest)
        photos = [photo for row in plan.rows for photo in _photos_of(row)]
        pictures = Reading(self._faces, folder_of(asked.path), photos, known, self._processes)
        digest = "" if asked.path.is_dir() else hashlib.sha256(read_bytes(asked.path)).hexdigest()
        self._now = _Underway(person, asked, digest, delivery, compared, pictures, plan)
        return plan

    def go_on(self, seconds: float = 0.2) -> Progress:
        """Read photographs for so long. What was read is kept, so that a stop costs nothing."""
        now = self._underway()
        found = now.reading.step(seconds)
        if found:
            with self._seat.post.store.writing() as session:
                read_photographs.keep(session, self._seat.clock(), self._faces.encoder.digest, found)
        return Progress(now.reading.done, now.reading.total)

    def plan(self) -> Plan:
        """The dry run with what is known of the photographs."""
        now = self._underway()
        with self._seat.post.store.reading() as session:
            now.plan = self._weighed(session, now)
        return now.plan

    def take(
        self,
        reason: str,
        *,
        accepted_only: bool = False,
        keep_doubled: bool = False,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> Done[Imported]:
        """Save all rows, or those that were accepted, in one transaction. OperatorError when something stands against it."""
        now = self._underway()
        if not reason.strip():
            raise RecordRefused("Enter why the records are imported.", "reason")
        _refuse_guess(now)
        if not now.reading.finished:
            raise OperatorError(
                "The photographs are still being read: {done} of {total}.", done=now.reading.done, total=now.reading.total
            )
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, at):
            plan = now.plan
            if not self._is_fresh(session, now) and (plan := self._weighed(session, now)) != now.plan:
                now.plan = plan
                raise OperatorError("The records changed since the dry run. Look at it again, then import.")
            stopping = [row for row in plan.rows if row.stops_all and not (keep_doubled and row.outcome is Outcome.DOUBLED)]
            if stopping and not accepted_only:
                raise OperatorError(
                    "Nothing was imported from {file}. {faults}", file=now.asked.path.name, faults=_told(stopping)
                )
            rows = [row for row in plan.rows if row.outcome in _ACTS and not _left_out(row, keep_doubled=keep_doubled)]
            records = self._saved(session, now, rows, person.login, at, reason, progress)
            read_photographs.forget(session, [each.digest for each in now.reading.results.values()], at)
        self._now = None
        return self._changed(Imported(records, plan, len(plan.rows) - len(records)), *records)

    def stop(self) -> None:
        """Leave the import. Photographs that were read stay read for a week, should somebody begin again."""
        if self._now is not None:
            self._now.reading.stop()
            self._now = None

    def _underway(self) -> _Underway:
        person = self._seat.require(Act.CHANGE_RECORDS)
        if self._now is not None and self._now.person is not person:
            self.stop()
        if self._now is None:
            raise OperatorError("No import is under way. Choose a file first.")
        return self._now

    def _compared(self, session: Session) -> _Compared:
        today = day_of(self._seat.clock())
        comparison = Comparison(standing(session), reading.watchlists(session), today)
        return _Compared(comparison, today, reading.list_versions(session))

    def _is_fresh(self, session: Session, now: _Underway) -> bool:
        """Whether the store is still as it was compared: the lists' versions tell it, without reading a record."""
        same_day = now.compared.today == day_of(self._seat.clock())
        return same_day and now.compared.versions == reading.list_versions(session)

    def _weighed(self, session: Session, now: _Underway) -> Plan:
        """The plan, with rows refused whose photographs cannot be searched."""
        if not self._is_fresh(session, now):
            now.compared = self._compared(session)
        results = self._results(session, now)
        digests = {name: each.digest for name, each in results.items()}
        plan = now.compared.comparison.plan(now.delivery, now.asked.usual.list_name, digests)
        return replace(plan, rows=tuple(_with_photos(row, results) for row in plan.rows))

    def _results(self, session: Session, now: _Underway) -> dict[str, Read]:
        """Every photograph by name; those that were known already are taken from the store."""
        encoder = self._faces.encoder.digest
        bare = [each.digest for each in now.reading.results.values() if each.digest and not each.vector and not each.refusal]
        known = read_photographs.on_records(session, encoder, bare) | read_photographs.kept(session, encoder) if bare else {}
        return {name: known.get(each.digest, each) for name, each in now.reading.results.items()}

    def _saved(
        self,
        session: Session,
        now: _Underway,
        rows: Sequence[PlannedRow],
        by: str,
        at: datetime,
        reason: str,
        progress: Callable[[int, int], None],
    ) -> tuple[int, ...]:
        """The ids of the records. One entry for the whole and one for each record, in the same transaction."""
        training, results = self._seat.post.facts.training, self._results(session, now)
        counts = {outcome.value: count for outcome, count in now.plan.counts.items() if count}
        whole = {"file": now.asked.path.name, "digest": now.digest, "rows": counts, "saved": len(rows), "reason": reason}
        deliveries.raise_versions(session, [row.watchlist_id for row in rows])
        log.append_all(session, at, by, [Told(Deed.RECORDS_IMPORTED, "post", whole)], training=training)
        records: list[int] = []
        for start in range(0, len(rows), deliveries.AT_ONCE):
            some = rows[start : start + deliveries.AT_ONCE]
            delivered = self._delivered(session, now, some, results)
            saved = deliveries.take_in(session, at, by, delivered, reason)
            entries = [
                Told(_LOGGED[each.act], f"record:{done.record_id}", {
                    "list": each.watchlist_id, "version": done.version, "portraits": [one.digest for one in each.portraits],
                    "line": row.line, "reason": reason,
                })
                for each, done, row in zip(delivered, saved, some, strict=True)
            ]  # fmt: skip # one entry a record
            log.append_all(session, at, by, entries, training=training)
            records += [each.record_id for each in saved]
            progress(len(records), len(rows))
        return tuple(records)

    def _delivered(
        self, session: Session, now: _Underway, rows: Sequence[PlannedRow], results: dict[str, Read]
    ) -> list[Delivered]:
        before = {each.record_id: each for each in standing(session, [row.record_id for row in rows if row.record_id])}
        done = []
        for row in rows:
            if row.incoming is None:
                raise ValueError(f"row {row.line} was accepted without a record")
            act = _ACTS[row.outcome]
            known = before.get(row.record_id) if act is not deliveries.Act.ADD else None
            withdrawn = known if act is deliveries.Act.WITHDRAW else None
            particulars = withdrawn.particulars if withdrawn else row.incoming.particulars
            portraits = [] if withdrawn else self._portraits(now, row, results, known)
            record = row.record_id if act is not deliveries.Act.ADD else 0
            done.append(Delivered(act, row.watchlist_id, particulars, record, row.incoming.reference, portraits))
        return done

    def _portraits(
        self, now: _Underway, row: PlannedRow, results: dict[str, Read], known: Standing | None
    ) -> list[NewPortrait]:
        """Those that are not on the record yet, each file read once more and compared with what was looked at."""
        seen = set(known.photos) if known else set()
        portraits = []
        for photo in _photos_of(row):
            read = results[photo.name]
            if read.digest in seen:
                continue
            seen.add(read.digest)
            image = photo.data or read_photo(folder_of(now.asked.path), photo.name)
            if hashlib.sha256(image).hexdigest() != read.digest:
                raise OperatorError(
                    "{file} changed since it was looked at. Nothing was imported; begin again.", file=photo.name
                )
            portraits.append(self._portrait(photo, image, read))
        return portraits

    def _portrait(self, photo: IncomingPhoto, image: bytes, read: Read) -> NewPortrait:
        vector = np.frombuffer(read.vector, dtype="<f4").astype(np.float32)
        return NewPortrait(
            image=image,
            digest=read.digest,
            face=read.face,
            vector=read.vector,
            vector_digest=hashlib.sha256(read.vector).hexdigest(),
            encoder=self._faces.encoder.digest,
            cohort=self._scale.digest,
            normaliser=float(self._scale.cohort.normaliser(vector[None])[0]),
            taken_on=photo.taken_on,
            age=photo.age,
        )


def _photos_of(row: PlannedRow) -> Sequence[IncomingPhoto]:
    """Of rows that may still be saved."""
    return row.incoming.photos if row.incoming is not None and row.outcome is not Outcome.REFUSED else ()


def _with_photos(row: PlannedRow, results: dict[str, Read]) -> PlannedRow:
    """A row is refused for the first of its photographs that cannot be searched."""
    if row.outcome not in {Outcome.ADDED, Outcome.CHANGED, Outcome.DOUBLED}:
        return row
    for photo in _photos_of(row):
        read = results.get(photo.name)
        if read is not None and read.refusal is not None:
            template, values = read.refusal
            return row.refused(Remark(template, values, "photos"))
    return row


def _left_out(row: PlannedRow, *, keep_doubled: bool) -> bool:
    return row.outcome is Outcome.DOUBLED and not (keep_doubled and row.record_id)


def _refuse_guess(now: _Underway) -> None:
    if now.plan.encoding_guess:
        raise OperatorError(
            "{file} is not UTF-8 and was read as {encoding}, which is a guess. Name the encoding, or save it as CSV UTF-8.",
            file=now.asked.path.name,
            encoding=NAMED[now.plan.encoding_guess],
        )


def spoken(row: PlannedRow) -> str:
    """What is said of a row, after its line where a sentence does not name it itself."""
    said = " ".join(str(each) for each in row.remarks)
    itself = said.startswith("line ")
    return said[:1].upper() + said[1:] if itself else f"Line {row.line}: {said}".strip() if said else f"Line {row.line}."


def _told(rows: Sequence[PlannedRow]) -> str:
    """Why rows stand against an import, the first of them."""
    said = [spoken(row) for row in rows[:MOST_TOLD]]
    more = len(rows) - MOST_TOLD
    return " ".join([*said, str(remark("And {count} more rows.", count=more))] if more > 0 else said)
