"""A file against the store: what each row would do, and to which record. The dry run is this and nothing else.

A row is the record of its reference. Where the source gives none it is the record with the same names, birth date and
numbers on the same list, so that the same file read twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

from watchlists.exchange.incoming import DeliveredRow, Delivery, Incoming
from watchlists.exchange.remarks import Remark, of, remark
from watchlists.records.days import check_days
from watchlists.records.not_searched import not_searched
from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE, Particulars, RecordRefused, Unsearched, Watchlist, check
from watchlists.records.standing import Standing
from watchlists.traits import numbers
from watchlists.traits.names import fold


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBLED = "doubled"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row would do."""

    line: int
    outcome: Outcome
    name: str
    incoming: Incoming | None
    """With its particulars as they would be saved; None when it could not be read."""
    watchlist_id: int = 0
    record_id: int = 0
    """The record that it changes, withdraws, or repeats; 0 when it would be a new one."""
    fields: tuple[str, ...] = ()
    """What a change would change."""
    remarks: tuple[Remark, ...] = ()

    @property
    def stops_all(self) -> bool:
        """Whether the row must be left out or settled before a whole file can be taken: a plain repetition harms nothing."""
        return self.outcome is Outcome.REFUSED or (self.outcome is Outcome.DOUBLED and bool(self.record_id))

    def refused(self, *why: Remark) -> "PlannedRow":
        return replace(self, outcome=Outcome.REFUSED, remarks=(*self.remarks, *why))


@dataclass(frozen=True, slots=True)
class Plan:
    rows: tuple[PlannedRow, ...]
    remarks: tuple[Remark, ...]
    encoding_guess: str = ""

    @property
    def counts(self) -> Mapping[Outcome, int]:
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome}


class Comparison:
    """The store's records, found by reference, by what they say, by number and by name."""

    def __init__(self, standing: Iterable[Standing], lists: Sequence[Watchlist], today: date) -> None:
        self._lists = {each.name: each for each in lists}
        self._names = {each.id: each.name for each in lists}
        self._today = today
        self._by_reference: dict[tuple[int, str], Standing] = {}
        self._by_identity: dict[_Identity, Standing] = {}
        self._by_number: dict[str, Standing] = {}
        self._by_name: dict[tuple[str, str], Standing] = {}
        for each in standing:
            if each.reference:
                self._by_reference[each.watchlist_id, each.reference] = each
            known = self._by_identity.get(identity := _identity(each.watchlist_id, each.particulars))
            if known is None or known.status != ACTIVE:
                self._by_identity[identity] = each
            if each.status == ACTIVE:
                for number in numbers.written(each.particulars.document_number):
                    self._by_number.setdefault(number.folded, each)
                if each.particulars.birth_date:
                    self._by_name.setdefault((_names(each.particulars), each.particulars.birth_date), each)

    def plan(self, delivery: Delivery, usual_list: str = "", digests: Mapping[str, str] | None = None) -> Plan:
        """What every row would do. `usual_list`: for rows that name none. `digests`: of the photographs that were read."""
        seen = _Seen()
        rows = [self._planned(row, usual_list, digests or {}, seen) for row in delivery.rows]
        return Plan(tuple(rows), delivery.remarks, delivery.encoding_guess)

    def _planned(self, row: DeliveredRow, usual: str, digests: Mapping[str, str], seen: "_Seen") -> PlannedRow:
        blank = PlannedRow(row.line, Outcome.REFUSED, row.name, None, remarks=(*row.remarks, *row.faults))
        if row.incoming is None or row.faults:
            return blank
        try:
            watchlist = self._list_of(row.incoming, usual)
            clean = replace(row.incoming, particulars=check(row.incoming.particulars, watchlist.purpose))
            planned = replace(blank, incoming=clean, watchlist_id=watchlist.id, remarks=row.remarks)
            repeated = seen.repeats(planned)
            if repeated is not None:
                return repeated
            standing = self._standing(planned)
            if clean.withdrawn:
                return _withdrawn(planned, standing)
            if standing is not None:
                return self._changed(planned, standing, digests)
            return self._added(planned, watchlist.purpose)
        except RecordRefused as refusal:
            return blank.refused(of(refusal))

    def _list_of(self, incoming: Incoming, usual: str) -> Watchlist:
        name = incoming.list_name or usual
        watchlist = self._lists.get(name)
        if watchlist is None:
            raise RecordRefused("There is no list “{name}”.", "list", name=name)
        asked, kept = incoming.purpose, watchlist.purpose
        if asked is not None and asked is not kept and Purpose.PROTECT in {asked, kept}:
            raise RecordRefused(
                "The source looks for this person for {purpose}, the list “{name}” is for {other}. Choose another list.",
                "list", purpose=asked.value, name=name, other=kept.value,
            )  # fmt: skip # the values of one sentence
        return watchlist

    def _standing(self, row: PlannedRow) -> Standing | None:
        """The record that this row is."""
        incoming = _of(row)
        if incoming.reference:
            known = self._by_reference.get((row.watchlist_id, incoming.reference))
            if known is not None:
                return known
        same = self._by_identity.get(_identity(row.watchlist_id, incoming.particulars))
        return same if same is not None and (not incoming.reference or not same.reference) else None

    def _changed(self, row: PlannedRow, standing: Standing, digests: Mapping[str, str]) -> PlannedRow:
        incoming = _of(row)
        row = replace(row, record_id=standing.record_id)
        if standing.status != ACTIVE:
            return row.refused(
                remark("Record {record} was withdrawn here. A file does not bring it back.", record=standing.record_id)
            )
        before, after = asdict(standing.particulars), asdict(incoming.particulars)
        different = [name for name, value in after.items() if value != before[name]]
        if incoming.reference and incoming.reference != standing.reference:
            different.append("reference")
        fresh = [each.name for each in incoming.photos if digests.get(each.name, "") not in standing.photos]
        if fresh:
            different.append("photos")
        if not different:
            return replace(row, outcome=Outcome.UNCHANGED)
        check_days(incoming.particulars, self._today)
        return replace(row, outcome=Outcome.CHANGED, fields=tuple(different))

    def _added(self, row: PlannedRow, purpose: Purpose) -> PlannedRow:
        incoming = _of(row)
        given = incoming.particulars
        check_days(given, self._today)
        unsearched = not_searched(given, len(incoming.photos))
        if not incoming.photos and not given.document_number and any(each.short == "name" for each in unsearched):
            why = " ".join(str(each) for each in unsearched)
            return row.refused(remark("Nothing could be searched. {why}", "photos", why=why))
        remarks = [*row.remarks, *(remark(each.template, "", **each.values) for each in _worth_saying(unsearched, purpose))]
        like, why = self._like(given)
        if like is not None:
            where = self._names.get(like.watchlist_id, "")
            remarks.append(
                remark(
                    "Record {record} on the list “{name}” has the same {why}.", why, record=like.record_id, name=where, why=why
                )
            )
            if like.watchlist_id == row.watchlist_id:
                return replace(row, outcome=Outcome.DOUBLED, record_id=like.record_id, remarks=tuple(remarks))
        return replace(row, outcome=Outcome.ADDED, remarks=tuple(remarks))

    def _like(self, given: Particulars) -> tuple[Standing | None, str]:
        """Another record that may be the same person, and what they share."""
        for number in numbers.written(given.document_number):
            if number.folded in self._by_number:
                return self._by_number[number.folded], "document_number"
        like = self._by_name.get((_names(given), given.birth_date)) if given.birth_date else None
        return like, "name and birth_date" if like else ""


def _worth_saying(unsearched: Iterable[Unsearched], purpose: Purpose) -> list[Unsearched]:
    """A list of documents has no faces, and most records of people have no number: neither is news."""
    usual = {"number", "face"} if purpose is Purpose.DOCUMENT else {"number"}
    return [each for each in unsearched if each.short not in usual]


_Identity = tuple[int, str, str, tuple[str, ...]]


class _Seen:
    """The rows of the file so far."""

    def __init__(self) -> None:
        self._whole: dict[tuple[int, Incoming], int] = {}
        self._references: dict[tuple[int, str], int] = {}
        self._identities: dict[_Identity, int] = {}

    def repeats(self, row: PlannedRow) -> PlannedRow | None:
        """The row as a repetition of an earlier one, or as its contradiction; None when it is the first of its kind."""
        incoming = _of(row)
        whole, reference = (row.watchlist_id, incoming), (row.watchlist_id, incoming.reference)
        identity = _identity(row.watchlist_id, incoming.particulars)
        if whole in self._whole:
            said = remark("line {line} repeats line {earlier}.", line=row.line, earlier=self._whole[whole])
            return replace(row, outcome=Outcome.DOUBLED, remarks=(*row.remarks, said))
        earlier = self._references.get(reference) if incoming.reference else self._identities.get(identity)
        if earlier is not None:
            return row.refused(
                remark(
                    "line {line} is of the same record as line {earlier} and says something else. Keep one of them.",
                    line=row.line, earlier=earlier,
                )
            )  # fmt: skip # the values of one sentence
        self._whole[whole] = row.line
        self._references.setdefault(reference, row.line)
        self._identities.setdefault(identity, row.line)
        return None


def _withdrawn(row: PlannedRow, standing: Standing | None) -> PlannedRow:
    if standing is None:
        return row.refused(remark("There is no such record that could be withdrawn.", "status"))
    outcome = Outcome.WITHDRAWN if standing.status == ACTIVE else Outcome.UNCHANGED
    return replace(row, outcome=outcome, record_id=standing.record_id)


def _of(row: PlannedRow) -> Incoming:
    if row.incoming is None:
        raise ValueError(f"row {row.line} has no record")
    return row.incoming


def _names(given: Particulars) -> str:
    """All names of the main one in one order, so that exchanged fields are the same person."""
    return " ".join(sorted(fold(given.given_names, given.surname).split()))


def _identity(watchlist_id: int, given: Particulars) -> _Identity:
    folded = tuple(sorted(each.folded for each in numbers.written(given.document_number)))
    return watchlist_id, _names(given), given.birth_date, folded
