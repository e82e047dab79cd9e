"""Finding records while somebody types, in any script: the finder folds names as the search does.

The words of every record lie in memory, sorted by how they are written and by how they sound; the store is asked only for what
changed since the last question. A record is found when each typed word begins one of its words, or sounds like it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from watchlists.records.records import ACTIVE
from watchlists.records.schema import RecordRow, RecordVersionRow
from watchlists.traits.name_sounds import Word, alike, begins_alike, listed_word, word
from watchlists.traits.number_fields import fold
from watchlists.traits.numbers import written
from watchlists.traits.writing import tidy, twinless
from watchlists.traits.writing import words as words_of

_LEAST_SPELLING = 4
"""Letters from which a typed word finds other spellings of the same name too."""
_LEAST_SOUND = 2
"""Consonants from which a typed word finds words of another script."""
_AT_ONCE = 500
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a question needs of a record beside its words."""

    sort: tuple[str, str, int]
    watchlist_id: int
    active: bool
    words: frozenset[str]


class Finder:
    def __init__(self) -> None:
        self._versions = 0
        self._read: dict[int, int] = {}
        self._records: dict[int, _Place] = {}
        self._of_word: dict[str, set[int]] = {}
        self._written: list[tuple[str, str]] = []
        """How a word is written, without case, marks and letters that keyboards exchange; and the word."""
        self._sounds: list[tuple[str, str]] = []

    def find(self, session: Session, text: str, watchlist_id: int | None, *, withdrawn: bool, most: int) -> list[int]:
        """The ids of the records found, in the order of their names, at most `most`."""
        self._keep_up(session)
        typed = list(words_of(tidy(text)))
        number = fold(text)
        found: set[int] = set()
        if typed:
            found = set.intersection(*(self._having(each) for each in typed))
            found |= self._having("".join(typed)) if len(typed) > 1 else set()
        if number and any(each.isdecimal() for each in text):
            found |= self._numbered(number)
        kept = (self._records[each] for each in found)
        wanted = (each for each in kept if watchlist_id in {None, each.watchlist_id} and (withdrawn or each.active))
        return [each.sort[2] for each in sorted(wanted, key=lambda each: each.sort)[:most]]

    def _keep_up(self, session: Session) -> None:
        """Read the versions that came since the last question: they are only ever added."""
        versions = session.scalar(select(func.count()).select_from(RecordVersionRow)) or 0
        if versions == self._versions:
            return
        here = session.execute(select(RecordRow.id, RecordRow.version)).all()
        changed = [record for record, version in here if self._read.get(record) != version]
        for start in range(0, len(changed), _AT_ONCE):
            query = (
                select(RecordRow.id, RecordRow.watchlist_id, RecordVersionRow)
                .join(RecordVersionRow, RecordVersionRow.record_id == RecordRow.id)
                .where(RecordVersionRow.version == RecordRow.version, RecordRow.id.in_(changed[start : start + _AT_ONCE]))
            )
            for record, watchlist, version in session.execute(query):
                self._take(record, watchlist, version)
        self._versions = versions
        self._read = {row.id: row.version for row in here}
        self._written.sort()
        self._sounds.sort()

    def _take(self, record: int, watchlist: int, version: RecordVersionRow) -> None:
        for each in self._records[record].words if record in self._records else ():
            self._of_word[each].discard(record)
        keys = frozenset(_keys(version))
        self._records[record] = _Place(
            (version.surname, version.given_names, record), watchlist, version.status == ACTIVE, keys
        )
        for each in keys:
            if each not in self._of_word:
                self._add(each)
            self._of_word[each].add(record)

    def _add(self, key: str) -> None:
        self._of_word[key] = set()
        if key.startswith("#"):
            self._written.append((key, key))
            return
        self._written.append((_folded(key), key))
        self._sounds += [(sound.consonants, key) for sound in listed_word(key).sounds]

    def _having(self, typed: str) -> set[int]:
        """Records with a word that begins so, or sounds so."""
        asked = word(typed)
        near = {each for _, each in _between(self._written, _folded(typed))}
        for sound in asked.sounds:
            if len(sound.consonants) >= _LEAST_SOUND or (sound.consonants and len(asked.plain) >= _LEAST_SPELLING):
                near |= {each for _, each in _between(self._sounds, sound.consonants) if self._sounds_so(asked, each)}
        return set().union(*(self._of_word[each] for each in near))

    def _sounds_so(self, asked: Word, key: str) -> bool:
        listed = listed_word(key)
        if bool(asked.native) != bool(listed.native):
            return begins_alike(asked, listed)
        return len(asked.plain) >= _LEAST_SPELLING and alike(asked, listed)

    def _numbered(self, number: str) -> set[int]:
        near = {each for _, each in _between(self._written, "#" + number)}
        return set().union(*(self._of_word[each] for each in near))


def _folded(each: str) -> str:
    there = listed_word(each)
    return there.native or there.plain or twinless(tidy(each))


def _keys(version: RecordVersionRow) -> Iterator[str]:
    """Each word of the names, two that follow one another as one, and each number with # before it."""
    for name in (version.surname, version.given_names, *version.other_names.splitlines()):
        every = list(words_of(tidy(name)))
        yield from every
        yield from (one + other for one, other in pairwise(every))
    yield from ("#" + each.folded for each in written(version.document_number))


def _between(rows: list[tuple[str, str]], beginning: str) -> list[tuple[str, str]]:
    if not beginning:
        return []
    return rows[bisect_left(rows, (beginning,)) : bisect_left(rows, (beginning + _LAST,))]
