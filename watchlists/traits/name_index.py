"""The names of the lists in memory, searched exactly: what this finds is what `name_rule.score` of every record finds.

A search decides for each distinct word of the lists how it agrees, counts over every name how many of its words do, and scores
the names that are left.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from watchlists.traits import births
from watchlists.traits.births import Birth, Parts
from watchlists.traits.name_rule import NameScore, PersonName, agreement, comparing, score
from watchlists.traits.name_sounds import Word, listed_word, word

Row = tuple[int, PersonName, str, str]
"""Owner, name, date of birth as far as it is known, sex."""


class NameIndex:
    def __init__(self, rows: Iterable[Row]) -> None:
        kept = sorted(rows, key=lambda row: -len(row[1].tokens))
        self._owners = [owner for owner, *_ in kept]
        self._names = [name for _, name, _, _ in kept]
        self._births = [births.parts(born) for *_, born, _ in kept]
        self._sexes = [sex for *_, sex in kept]
        self._parts = np.array(self._births, dtype=np.int16).reshape(-1, 3)
        self.owners = frozenset(self._owners)
        """Those whom a search compares."""
        numbers: dict[str, int] = {}
        placed = [[numbers.setdefault(each, len(numbers)) for each in name.tokens] for name in self._names]
        self._lengths = np.array([len(each) for each in placed], dtype=np.int64)
        longest = len(placed[0]) if placed else 0
        columns = ([each[n] for each in placed if len(each) > n] for n in range(longest))
        self._columns = [np.array(column, dtype=np.int64) for column in columns]
        """The n-th word of each name that has so many: names with more words come first, so that a column begins with them."""
        self._words = [listed_word(each) for each in numbers]
        self._by_key: dict[str, list[int]] = {}
        for number, each in enumerate(self._words):
            for key in _keys(each):
                self._by_key.setdefault(key, []).append(number)
        self._sorted = sorted((each.plain, number) for number, each in enumerate(self._words))

    def find(self, name: PersonName, birth_date: str, sex: str) -> Iterator[tuple[int, NameScore]]:
        """Each name that is a candidate, with its owner and why."""
        if not name.tokens or not self._names:
            return
        born = births.parts(birth_date)
        compare = comparing()
        agreeing = np.zeros(len(self._words), dtype=bool)
        last = len(name.tokens) - 1
        for place, each in enumerate(name.tokens):
            agreeing[self._agreeing(word(each), cut=name.cut_short and place == last)] = True
        counts = np.zeros(len(self._names), dtype=np.uint8)
        for column in self._columns:
            counts[: len(column)] += agreeing[column]
        # One agreeing word is enough where either side has no other; the rule refuses it elsewhere.
        enough = (counts >= 2) | ((counts == 1) & ((self._lengths == 1) | (len(name.tokens) == 1)))
        for row in np.flatnonzero(enough & self._may_agree(born)).tolist():
            birth = births.births(born, self._births[row])
            if birth is Birth.DIFFERS:
                continue
            found = score(name, self._names[row], birth, births.sexes(sex, self._sexes[row]), compare)
            if found is not None:
                yield self._owners[row], found

    def _agreeing(self, asked: Word, *, cut: bool) -> list[int]:
        """The distinct words of the lists that agree with this one."""
        near = {number for key in _keys(asked) for number in self._by_key.get(key, ())}
        if asked.initial:
            near.update(self._beginning(asked.plain))
        else:
            near.update(self._beginning(asked.plain) if cut else (), self._by_key.get("initial " + asked.plain[0], ()))
        return [number for number in near if agreement(asked, self._words[number], cut=cut) is not None]

    def _beginning(self, text: str) -> list[int]:
        first, last = bisect_left(self._sorted, (text, -1)), bisect_left(self._sorted, (text + "~", -1))
        return [number for _, number in self._sorted[first:last]]

    def _may_agree(self, born: Parts) -> NDArray[np.bool_]:
        """Rows whose year of birth does not exclude them; `births` has the last word."""
        years = self._parts[:, 0]
        near: NDArray[np.bool_] = (years == 0) | (np.abs(years - born[0]) <= (1 if born[0] else np.iinfo(np.int16).max))
        return near


def _keys(each: Word) -> Sequence[str]:
    """Words that agree otherwise than by a cut or by an initial have one of these in common.

    For slips: two words are at most one letter apart exactly when they, or what is left without one letter of either, meet.
    """
    if each.initial:
        return ["initial " + each.plain]
    slips = (each.folded[:n] + each.folded[n + 1 :] for n in range(len(each.folded))) if len(each.folded) >= 5 else ()
    return [
        *dict.fromkeys([
            "= " + each.plain,
            "~ " + each.folded,
            *("? " + sound.consonants for sound in each.sounds),
            *(["family " + each.family] if each.family else []),
            *("- " + slip for slip in (each.folded, *slips)),
        ])
    ]  # fmt: skip # a list
