"""Records that may be one person twice: by a number, or by names and birth date. A person decides what each pair is."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from watchlists.records.records import ACTIVE, Particulars
from watchlists.records.standing import Standing
from watchlists.traits import numbers
from watchlists.traits.births import parts
from watchlists.traits.names import fold

MOST_ALIKE = 50
"""Records with one and the same key beyond which pairs say nothing: each is told with the first."""


@dataclass(frozen=True, slots=True)
class Pair:
    record_id: int
    other_id: int
    """The larger id."""
    why: tuple[str, ...]
    """number, name: what they share."""


def duplicates(standing: Iterable[Standing]) -> tuple[Pair, ...]:
    """Pairs of records that count today, by their ids."""
    by_key: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for each in standing:
        if each.status == ACTIVE:
            for key in keys_of(each.particulars):
                by_key[key].append(each.record_id)
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (why, _), records in by_key.items():
        for pair in _pairs(sorted(set(records))):
            found[pair].add(why)
    return tuple(Pair(one, other, tuple(sorted(why))) for (one, other), why in sorted(found.items()))


def keys_of(given: Particulars) -> Iterator[tuple[str, Hashable]]:
    """What two records of one person have in common: a number, or all words of a name in any order and the birth date."""
    for number in numbers.written(given.document_number):
        yield "number", number.folded
    born = parts(given.birth_date)
    if born[0]:
        for name in (f"{given.given_names} {given.surname}", *given.other_names):
            words = tuple(sorted(fold(name).split()))
            if words:
                yield "name", (words, born)


def _pairs(records: list[int]) -> Iterator[tuple[int, int]]:
    if len(records) > MOST_ALIKE:
        yield from ((records[0], other) for other in records[1:])
    else:
        yield from combinations(records, 2)
