"""The lists as a search by name and number sees them: every record that counts today, in memory, kept in step with the store.

Nothing is approximate: each search compares every record, counts them, and says which it left out and why.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from watchlists.records import reading
from watchlists.records.reading import Known
from watchlists.records.records import GRACE, OVERDUE
from watchlists.traits import births
from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_index import NameIndex
from watchlists.traits.name_rule import NameScore
from watchlists.traits.numbers import Asked, Number, NumberAgreement, NumberIndex, Which
from watchlists.traits.person_names import PersonName, read_names

NO_NUMBER = "no document number on the record"
NO_NAME = "no name on the record"
_PROOF = -1
"""Owner of a made-up name and number in every index: a search that does not find it is not complete."""
_PROOF_NUMBER = Number("AMAANPROOF0000000000000000000000000000")
_PROOF_NAME, _PROOF_BORN = PersonName(("zzyxq", "vvkwj"), ()), "1900-02-03"
_MANY = 1000
"""Changed records from which on everything is indexed again."""
LOST = "the made-up entry was not found"
MISCOUNTED = "the records in memory are not those of the store"


@dataclass(frozen=True, slots=True)
class Traveller:
    """What a document says of its holder, as far as lists are searched for it."""

    numbers: tuple[Asked, ...] = ()
    names: tuple[PersonName, ...] = ()
    """The name of the zone, and what else stands on the document for it."""
    birth_date: str = ""
    """ISO 8601, as much as is known."""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Records that agree, and what was compared: eligible = compared + excluded."""

    numbers: Mapping[int, tuple[NumberAgreement, ...]]
    names: Mapping[int, NameScore]
    eligible: int
    compared: int
    excluded: Mapping[str, int]
    faults: tuple[str, ...]


class _LeftOut:
    """Why each record is left out that is."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        self._reasons = reasons
        self._counts = Counter(reasons.values())

    def but(self, changed: AbstractSet[int]) -> Counter[str]:
        """How many, by reason, without these records."""
        return self._counts - Counter(self._reasons[each] for each in changed if each in self._reasons)


class _Indexes:
    """Names and numbers of some records on one day."""

    def __init__(self, records: Sequence[Known], today: date, proof: int | None) -> None:
        due = (today - GRACE).isoformat()
        counting = [each for each in records if each.review_date >= due]
        named = [(each, names_of(each)) for each in counting]
        overdue = {each.record_id: OVERDUE for each in records if each.review_date < due}
        self.no_number = _LeftOut(overdue | {each.record_id: NO_NUMBER for each in counting if not each.numbers})
        self.no_name = _LeftOut(overdue | {each.record_id: NO_NAME for each, names in named if not names})
        numbers = [(each.record_id, number) for each in counting for number in each.numbers]
        rows = [(each.record_id, name, each.birth_date, each.sex) for each, names in named for name in names]
        if proof is not None:
            numbers.append((proof, _PROOF_NUMBER))
            rows.append((proof, _PROOF_NAME, _PROOF_BORN, ""))
        self.numbers, self.names = NumberIndex(numbers), NameIndex(rows)


class Register:
    """Belongs to the thread of its Desk. What changed since the lists were read has an index beside the large one."""

    def __init__(self, records: Iterable[Known], list_versions: Mapping[int, int], today: date) -> None:
        self.list_versions = list_versions
        self.today = today
        self._records = {each.record_id: each for each in records}
        self._stored = len(self._records)
        """Records that count, as the store itself counted them when it was last read."""
        self._begin()

    def __len__(self) -> int:
        return len(self._records)

    def update(self, session: Session, record_ids: Iterable[int]) -> None:
        """Take over what the store now says of these records; the next search knows it."""
        changed = set(record_ids)
        for gone in changed:
            self._records.pop(gone, None)
        self._records |= {each.record_id: each for each in reading.known(session, changed)}
        self.list_versions = reading.list_versions(session)
        self._stored = reading.count_known(session)
        self._take_over(changed)

    def begin_day(self, today: date) -> None:
        """Leave out the records whose review has become overdue, and take in those whose has not."""
        first, last = sorted(((self.today - GRACE).isoformat(), (today - GRACE).isoformat()))
        self.today = today
        self._take_over({each.record_id for each in self._records.values() if first <= each.review_date < last})

    def _begin(self) -> None:
        self._base = _Indexes(list(self._records.values()), self.today, _PROOF)
        self._changed: set[int] = set()
        self._fresh = _Indexes([], self.today, None)

    def _take_over(self, changed: set[int]) -> None:
        self._changed |= changed
        if len(self._changed) > _MANY:
            self._begin()
            return
        here = [self._records[each] for each in sorted(self._changed) if each in self._records]
        self._fresh = _Indexes(here, self.today, None)

    def find_numbers(self, traveller: Traveller) -> Found:
        """Records with one of the traveller's numbers. A number of another State counts only beside an agreeing birth date."""
        proof = [Asked(Which.DOCUMENT, _PROOF_NUMBER.folded)]
        lost = _PROOF not in self._base.numbers.find(proof)
        found = self._base.numbers.find(traveller.numbers)
        known = {record: each for record, each in found.items() if record not in self._changed and record != _PROOF}
        born = births.parts(traveller.birth_date)
        kept: dict[int, tuple[NumberAgreement, ...]] = {}
        for record, agreements in (known | self._fresh.numbers.find(traveller.numbers)).items():
            birth = births.births(births.parts(self._records[record].birth_date), born)
            beside = birth not in {Birth.UNKNOWN, Birth.DIFFERS}
            counting = tuple(each for each in agreements if beside or not each.weak)
            if counting:
                kept[record] = counting
        compared = self._compared([each.numbers.owners for each in (self._base, self._fresh)])
        return self._found(kept, {}, compared, [each.no_number for each in (self._base, self._fresh)], lost=lost)

    def find_names(self, traveller: Traveller) -> Found:
        """Records whose name and birth date agree with the traveller's by `name_rule`."""
        best: dict[int, NameScore] = {}
        for index in (self._base, self._fresh):
            for name in traveller.names:
                for record, score in index.names.find(name, traveller.birth_date, traveller.sex):
                    stale = record == _PROOF or (index is self._base and record in self._changed)
                    if not stale and (record not in best or score.rank > best[record].rank):
                        best[record] = score
        lost = not any(record == _PROOF for record, _ in self._base.names.find(_PROOF_NAME, _PROOF_BORN, ""))
        compared = self._compared([each.names.owners for each in (self._base, self._fresh)])
        return self._found({}, best, compared, [each.no_name for each in (self._base, self._fresh)], lost=lost)

    def beside(self, record_id: int, traveller: Traveller) -> tuple[Birth, Sex]:
        """How birth date and sex of a record agree with the traveller's."""
        record = self._records.get(record_id)
        if record is None:
            return Birth.UNKNOWN, Sex.UNKNOWN
        birth = births.births(births.parts(record.birth_date), births.parts(traveller.birth_date))
        return birth, births.sexes(record.sex, traveller.sex)

    def _compared(self, owners: Sequence[AbstractSet[int]]) -> int:
        """Records that the base compared and that count, and those of the small index beside it."""
        base, fresh = owners
        return len(base) - 1 - len(base & self._changed) + len(fresh)

    def _found(
        self,
        numbers: Mapping[int, tuple[NumberAgreement, ...]],
        names: Mapping[int, NameScore],
        compared: int,
        without: Sequence[_LeftOut],
        *,
        lost: bool,
    ) -> Found:
        base, fresh = without
        told = dict(base.but(self._changed) + fresh.but(set()))
        counted = self._stored == len(self._records) == compared + sum(told.values())
        faults = [*([LOST] if lost else []), *([] if counted else [MISCOUNTED])]
        return Found(numbers, names, len(self._records), compared, told, tuple(faults))


def names_of(record: Known) -> Sequence[PersonName]:
    """The names under which a record is looked for: the main one, and each of the others."""
    fields = [(record.surname, record.given_names), *((other, "") for other in record.other_names)]
    return list(dict.fromkeys(name for surname, given in fields for name in read_names(surname, given).names))


def load(session: Session, today: date) -> Register:
    """RuntimeError when the store gave another number of records than it counts: that must not pass in silence."""
    read = Register(reading.known(session), reading.list_versions(session), today)
    counted = reading.count_known(session)
    if len(read) != counted:
        raise RuntimeError(f"the store counts {counted} records and gave {len(read)}")
    return read
