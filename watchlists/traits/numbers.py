"""Document numbers as they are compared: without case, spaces, hyphens and fillers, each with its State of issue where known.

Equal after folding is the rule. What is equal but for one sign that looks alike (O for 0), or but for zeros at its beginning,
is close and is shown as such; more look-alikes count only where whoever read the number was in doubt about it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from watchlists.traits.number_fields import parts
from watchlists.traits.states import state as state_of

_LOOK_ALIKES = str.maketrans("OQDILZSGBP", "0001125" + "68F", "K")
"""Letters and what they are taken for, on paper and modulo 10 (ICAO Doc 9303-3, 4.9); K for a filler, which falls away."""
_LEAST_BARE = 5
"""Signs that a number has without the zeros at its beginning, where those may have been lost."""


@dataclass(frozen=True, slots=True)
class Number:
    folded: str
    state: str = ""
    """State of issue in three letters, or empty when it is not known."""


def written(text: str) -> tuple[Number, ...]:
    """The numbers of a record's field, each with its State of issue where one stands beside it."""
    return tuple(dict.fromkeys(Number(each.folded, each.state) for each in parts(text) if each.folded))


def for_finding(text: str) -> str:
    """The folded numbers of a record's field with a space around each, as `names.fold` does with names."""
    numbers = dict.fromkeys(each.folded for each in written(text))
    return f" {' '.join(numbers)} " if numbers else ""


def look_alike(folded: str) -> str:
    """The same for every number that may be misread for this one."""
    return folded.translate(_LOOK_ALIKES)


def without_zeros(folded: str) -> str:
    """The number without zeros at its beginning, which spreadsheets drop; itself where hardly anything else is left."""
    bare = folded.lstrip("0")
    return bare if len(bare) >= _LEAST_BARE else folded


class Which(StrEnum):
    """Which number of a traveller was asked for."""

    DOCUMENT = "document number"
    IDENTITY = "identity number"
    OPTIONAL = "optional data"
    AS_READ = "document number before changes"
    PRINTED = "document number in print"


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of the traveller, folded."""

    which: Which
    folded: str
    state: str = ""
    doubtful: bool = False
    """Whoever read it was in doubt, or its check digit does not agree: every look-alike counts, not one alone."""


class State(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class NumberAgreement:
    """A number of a record that agrees with one of the traveller's."""

    which: Which
    number: str
    """As it stands on the record, folded."""
    look_alike: bool
    """Not equal: equal only where look-alikes are taken for one another."""
    state: State
    zeros: bool = False
    """Not equal: equal only without zeros at the beginning."""

    @property
    def close(self) -> bool:
        """Not equal, and shown as such."""
        return self.look_alike or self.zeros

    @property
    def weak(self) -> bool:
        """Of another State: numbers are unique within their State only, so that more must agree."""
        return self.state is State.DIFFERS


class NumberIndex:
    """Every number of the lists in memory. A search reads all of them: rows with an equal digest are then compared as text."""

    def __init__(self, numbers: Iterable[tuple[int, Number]]) -> None:
        rows = list(numbers)
        self._owners = np.array([owner for owner, _ in rows], dtype=np.int64)
        self._numbers = [number for _, number in rows]
        self._alike = _digests([look_alike(number.folded) for number in self._numbers])
        self._bare = _digests([without_zeros(number.folded) for number in self._numbers])
        self.owners = frozenset(self._owners.tolist())
        """Those whom a search compares."""

    def find(self, asked: Sequence[Asked]) -> dict[int, list[NumberAgreement]]:
        """What agrees, by owner. A record is named once for each of its numbers and each number asked for."""
        found: dict[int, list[NumberAgreement]] = {}
        for each in asked:
            near = (self._alike == _digest(look_alike(each.folded))) | (self._bare == _digest(without_zeros(each.folded)))
            for row in np.flatnonzero(near).tolist():
                agreement = agreement_of(each, self._numbers[row])
                if agreement is not None:
                    found.setdefault(int(self._owners[row]), []).append(agreement)
        return found


def agreement_of(asked: Asked, listed: Number) -> NumberAgreement | None:
    """How a number of a record agrees with one of the traveller's, or None."""
    one, other = asked.folded, listed.folded
    alike = one != other and (_one_sign(one, other) or (asked.doubtful and look_alike(one) == look_alike(other)))
    zeros = one != other and not alike and without_zeros(one) == without_zeros(other)
    if one != other and not alike and not zeros:
        return None
    return NumberAgreement(asked.which, other, alike, _state(asked.state, listed.state), zeros)


def _one_sign(one: str, other: str) -> bool:
    """Whether the two differ in one place, by signs that look alike."""
    if len(one) != len(other):
        return False
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(different) == 1 and look_alike(different[0][0]) == look_alike(different[0][1]) != ""


def _state(one: str, other: str) -> State:
    if not one or not other:
        return State.UNKNOWN
    return State.AGREES if state_of(one) == state_of(other) else State.DIFFERS


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _digests(texts: Sequence[str]) -> NDArray[np.uint64]:
    return np.array([_digest(each) for each in texts], dtype=np.uint64)
