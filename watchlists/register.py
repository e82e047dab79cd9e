"""The lists as a search by name and number sees them: every record that counts today, in memory, kept in step with the store.

Nothing is approximate: each search compares every record, counts them, and says which it left out and why.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from watchlists import births, finding
from watchlists.births import Birth, Sex
from watchlists.finding import Known
from watchlists.name_index import NameIndex
from watchlists.name_rule import NameScore, PersonName, written
from watchlists.numbers import Asked, Number, NumberAgreement, NumberIndex
from watchlists.records import GRACE, OVERDUE

NO_NUMBER = "no document number on the record"
NO_NAME = "no name on the record"
_PROOF = -1
"""Owner of a made-up name and number in every index: a search that does not find it is not complete."""
_PROOF_NUMBER = Number("AMAANPROOF0000000000000000000000000000")
_PROOF_NAME, _PROOF_BORN = PersonName(("zzyxq", "vvkwj"), ()), "1900-02-03"
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


class Register:
    """Belongs to the thread of its Desk."""

    def __init__(self, records: Iterable[Known], list_versions: Mapping[int, int], today: date) -> None:
        self.list_versions = list_versions
        self.today = today
        self._records = {each.record_id: each for each in records}
        self._numbers: NumberIndex | None = None
        self._names: NameIndex | None = None
        self._without: dict[str, Mapping[str, int]] = {}
        """Records that the numbers and the names leave out, by reason."""

    def __len__(self) -> int:
        return len(self._records)

    def update(self, session: Session, record_ids: Iterable[int]) -> None:
        """Take over what the store now says of these records; the next search knows it."""
        changed = set(record_ids)
        fresh = {each.record_id: each for each in finding.known(session, changed)}
        self._records = {key: each for key, each in self._records.items() if key not in changed} | fresh
        self.list_versions = finding.list_versions(session)
        self._numbers = self._names = None

    def begin_day(self, today: date) -> None:
        self.today = today
        self._numbers = self._names = None

    def find_numbers(self, traveller: Traveller) -> Found:
        """Records with one of the traveller's numbers. A number of another State counts only beside an agreeing birth date."""
        if self._numbers is None:
            pairs = [(each.record_id, number) for each in self._counting() for number in each.numbers]
            self._numbers = NumberIndex([*pairs, (_PROOF, _PROOF_NUMBER)])
            self._without[NO_NUMBER] = self._left_out(NO_NUMBER, lambda each: not each.numbers)
        asked = [*traveller.numbers, *(Asked(each.which, _PROOF_NUMBER.folded) for each in traveller.numbers[:1])]
        found = self._numbers.find(asked)
        lost = found.pop(_PROOF, None) is None
        born = births.parts(traveller.birth_date)
        kept: dict[int, tuple[NumberAgreement, ...]] = {}
        for record, agreements in found.items():
            birth = births.births(births.parts(self._records[record].birth_date), born)
            beside = birth not in {Birth.UNKNOWN, Birth.DIFFERS}
            counting = tuple(each for each in agreements if beside or not each.weak)
            if counting:
                kept[record] = counting
        return self._found(kept, {}, self._numbers.people - 1, self._without[NO_NUMBER], lost=lost)

    def find_names(self, traveller: Traveller) -> Found:
        """Records whose name and birth date agree with the traveller's by `name_rule`."""
        if self._names is None:
            rows = [(each.record_id, name, each.birth_date, each.sex) for each in self._counting() for name in names_of(each)]
            self._names = NameIndex([*rows, (_PROOF, _PROOF_NAME, _PROOF_BORN, "")])
            self._without[NO_NAME] = self._left_out(NO_NAME, lambda each: not names_of(each))
        best: dict[int, NameScore] = {}
        for name in traveller.names:
            for record, score in self._names.find(name, traveller.birth_date, traveller.sex):
                if record not in best or score.rank > best[record].rank:
                    best[record] = score
        lost = not any(record == _PROOF for record, _ in self._names.find(_PROOF_NAME, _PROOF_BORN, ""))
        best.pop(_PROOF, None)
        return self._found({}, best, self._names.people - 1, self._without[NO_NAME], lost=lost)

    def beside(self, record_id: int, traveller: Traveller) -> tuple[Birth, Sex]:
        """How birth date and sex of a record agree with the traveller's."""
        record = self._records.get(record_id)
        if record is None:
            return Birth.UNKNOWN, Sex.UNKNOWN
        birth = births.births(births.parts(record.birth_date), births.parts(traveller.birth_date))
        return birth, births.sexes(record.sex, traveller.sex)

    def _counting(self) -> list[Known]:
        return [each for each in self._records.values() if not self._overdue(each)]

    def _overdue(self, record: Known) -> bool:
        return record.review_date < (self.today - GRACE).isoformat()

    def _left_out(self, reason: str, lacks: Callable[[Known], bool]) -> Mapping[str, int]:
        reasons = (OVERDUE if self._overdue(each) else reason if lacks(each) else "" for each in self._records.values())
        return dict(Counter(each for each in reasons if each))

    def _found(
        self,
        numbers: Mapping[int, tuple[NumberAgreement, ...]],
        names: Mapping[int, NameScore],
        compared: int,
        excluded: Mapping[str, int],
        *,
        lost: bool,
    ) -> Found:
        counted = len(self._records) == compared + sum(excluded.values())
        faults = [*([LOST] if lost else []), *([] if counted else [MISCOUNTED])]
        return Found(numbers, names, len(self._records), compared, excluded, tuple(faults))


def names_of(record: Known) -> Sequence[PersonName]:
    """The names under which a record is looked for: the main one, and each of the others."""
    main = written(record.surname, record.given_names)
    return [each for each in (main, *(written(other, "") for other in record.other_names)) if each.tokens]


def load(session: Session, today: date) -> Register:
    return Register(finding.known(session), finding.list_versions(session), today)
