"""The names of the lists in memory, searched exactly: what this finds is what `name_rule.score` of every record finds.

A search decides for each distinct word of the lists how it agrees, counts over every name how many of its words do, and scores
the names that are left. Words that are written as one are looked for by their beginnings and ends, and the other way round.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from watchlists.traits import births
from watchlists.traits.births import Birth, Parts
from watchlists.traits.name_rule import STRONG, NameScore, agreement, comparing, runs, score, splits, together
from watchlists.traits.name_sounds import Word, is_frequent, listed_word, word
from watchlists.traits.person_names import PersonName

Row = tuple[int, PersonName, str, str]
"""Owner, name, date of birth as far as it is known, sex."""


class NameIndex:
    def __init__(self, rows: Iterable[Row]) -> None:
        kept = sorted(rows, key=lambda row: -len(_words(row[1])))
        self._owners = [owner for owner, *_ in kept]
        self._names = [name for _, name, _, _ in kept]
        self._births = [births.parts(born) for *_, born, _ in kept]
        self._sexes = [sex for *_, sex in kept]
        self._born = np.array(self._births, dtype=np.int16).reshape(-1, 3)
        self.owners = frozenset(self._owners)
        """Those whom a search compares."""
        numbers: dict[str, int] = {}
        placed = [[numbers.setdefault(each, len(numbers)) for each in _words(name)] for name in self._names]
        self._lengths = np.array([len(name.tokens) for name in self._names], dtype=np.int64)
        longest = len(placed[0]) if placed else 0
        columns = ([each[n] for each in placed if len(each) > n] for n in range(longest))
        self._columns = [np.array(column, dtype=np.int64) for column in columns]
        """The n-th word of each name that has so many: names with more words come first, so that a column begins with them."""
        self._words = [listed_word(each) for each in numbers]
        rare = np.array([not is_frequent(each) for each in numbers], dtype=np.uint8)
        self._rare = np.zeros(len(kept), dtype=bool)
        for column in self._columns:
            self._rare[: len(column)] |= rare[column] > 0
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
        for row in np.flatnonzero(self._enough(name) & self._may_agree(born)).tolist():
            birth = births.births(born, self._births[row])
            if birth is Birth.DIFFERS:
                continue
            found = score(name, self._names[row], birth, births.sexes(sex, self._sexes[row]), compare)
            if found is not None:
                yield self._owners[row], found

    def _enough(self, name: PersonName) -> NDArray[np.bool_]:
        """The names of which so many words agree that the rule may take them; it has the last word."""
        counts = self._counted(
            {
                number
                for place, each in enumerate(name.tokens)
                for number in self._agreeing(word(each), cut=name.may_go_on(place))
            }
        )
        # One agreeing word is enough where either side has no other; the rule refuses it elsewhere.
        enough: NDArray[np.bool_] = (counts >= 2) | ((counts == 1) & ((self._lengths == 1) | (len(name.tokens) == 1)))
        for each in name.tokens:
            first, last = set[int](), set[int]()
            for left, right in splits(each):
                first.update(self._strong(left))
                last.update(self._strong(right))
            if first and last:
                enough |= (self._counted(first) > 0) & (self._counted(last) > 0)
        for places in runs(len(name.tokens)):
            for text in together([name.tokens[place] for place in places]):
                if joined := self._strong(text):
                    enough |= self._counted(joined) > 0
        return enough

    def _counted(self, numbers: Collection[int]) -> NDArray[np.uint8]:
        """How many of these distinct words each name has."""
        agreeing = np.zeros(len(self._words), dtype=np.uint8)
        agreeing[list(numbers)] = 1
        counts = np.zeros(len(self._names), dtype=np.uint8)
        if numbers:
            for column in self._columns:
                counts[: len(column)] += agreeing[column]
        return counts

    def _strong(self, text: str) -> list[int]:
        """The distinct words of the lists that are the same word, in whatever spelling."""
        asked = word(text)
        near = {number for key in _keys(asked) for number in self._by_key.get(key, ())}
        return [number for number in near if agreement(asked, self._words[number]) in STRONG]

    def _agreeing(self, asked: Word, *, cut: bool) -> list[int]:
        """The distinct words of the lists that agree with this one."""
        near = {number for key in _keys(asked) for number in self._by_key.get(key, ())}
        if asked.initial:
            near.update(self._beginning(asked.plain))
        elif asked.plain:
            near.update(self._beginning(asked.plain) if cut else (), self._by_key.get("initial " + asked.plain[0], ()))
        return [number for number in near if agreement(asked, self._words[number], cut=cut) is not None]

    def _beginning(self, text: str) -> list[int]:
        first, last = bisect_left(self._sorted, (text, -1)), bisect_left(self._sorted, (text + "~", -1))
        return [number for _, number in self._sorted[first:last]]

    def _may_agree(self, born: Parts) -> NDArray[np.bool_]:
        """Rows whose year of birth does not exclude them; without one, those with a word that is no frequent name."""
        years = self._born[:, 0]
        unknown = (years == 0) | (born[0] == 0)
        near: NDArray[np.bool_] = (unknown & self._rare) | (~unknown & (np.abs(years - born[0]) <= 1))
        return near


def _words(name: PersonName) -> tuple[str, ...]:
    """The words of the name, and those of a relative that speak for it."""
    return (*name.tokens, *name.relatives)


def _keys(each: Word) -> Sequence[str]:
    """Words that agree otherwise than by a cut or by an initial have one of these in common.

    For slips: two words are at most one letter apart exactly when they, or what is left without one letter of either, meet.
    """
    if each.initial:
        return ["initial " + each.plain, "= " + each.native]
    slips = (each.folded[:n] + each.folded[n + 1 :] for n in range(len(each.folded))) if len(each.folded) >= 5 else ()
    return [
        *dict.fromkeys([
            *(["= " + each.plain] if each.plain else []),
            *(["= " + each.native] if each.native else []),
            *(f"line {number}" for number in each.known),
            "~ " + each.folded,
            *("? " + sound.consonants for sound in each.sounds),
            *(["family " + each.family] if each.family else []),
            *("- " + slip for slip in (each.folded, *slips)),
        ])
    ]  # fmt: skip # a list
