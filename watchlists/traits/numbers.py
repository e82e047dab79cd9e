"""Document numbers as they are compared: without case, spaces, hyphens and fillers, each with its State of issue where known.

Equal after folding is the rule. A look-alike (O for 0) counts only where whoever read the number was in doubt about it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_STATE = re.compile(r"\(\s*([A-Z]{1,3})\s*\)\s*$")
_PARTED = re.compile(r"[;\n]")
_LOOK_ALIKES = str.maketrans("OQDILZSGBP", "0001125" + "68F", "K")
"""Letters and what they are taken for, on paper and modulo 10 (ICAO Doc 9303-3, 4.9); K for a filler, which falls away."""


@dataclass(frozen=True, slots=True)
class Number:
    folded: str
    state: str = ""
    """State of issue as in Doc 9303 without fillers, or empty when it is not known."""


def fold(text: str) -> str:
    """The letters A to Z and digits of a number, in capitals: `35202-1234567-1` becomes `3520212345671`."""
    bare = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.decimal(each, each)) for each in bare if each.isdecimal() or "A" <= each <= "Z")


def written(text: str) -> tuple[Number, ...]:
    """The numbers of a record's field: parted by semicolons, a State of issue in brackets after its number."""
    found = []
    for part in _PARTED.split(text):
        state = _STATE.search(part.upper())
        number = fold(part[: state.start()] if state else part)
        if number:
            found.append(Number(number, state[1] if state else ""))
    return tuple(dict.fromkeys(found))


def for_finding(text: str) -> str:
    """The folded numbers of a record's field with a space around each, as `names.fold` does with names."""
    numbers = dict.fromkeys(each.folded for each in written(text))
    return f" {' '.join(numbers)} " if numbers else ""


def look_alike(folded: str) -> str:
    """The same for every number that may be misread for this one."""
    return folded.translate(_LOOK_ALIKES)


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
    """Whoever read it was in doubt, or its check digit does not agree: look-alikes count too."""


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
        self._folded = _digests([number.folded for number in self._numbers])
        self._alike = _digests([look_alike(number.folded) for number in self._numbers])
        self.owners = frozenset(self._owners.tolist())
        """Those whom a search compares."""

    def find(self, asked: Sequence[Asked]) -> dict[int, list[NumberAgreement]]:
        """What agrees, by owner. A record is named once for each of its numbers and each number asked for."""
        found: dict[int, list[NumberAgreement]] = {}
        for each in asked:
            near = look_alike(each.folded)
            rows = np.flatnonzero(self._alike == _digest(near) if each.doubtful else self._folded == _digest(each.folded))
            for row in rows.tolist():
                number = self._numbers[row]
                if number.folded == each.folded or (each.doubtful and look_alike(number.folded) == near):
                    state = _state(each.state, number.state)
                    agreement = NumberAgreement(each.which, number.folded, number.folded != each.folded, state)
                    found.setdefault(int(self._owners[row]), []).append(agreement)
        return found


def _state(one: str, other: str) -> State:
    if not one or not other:
        return State.UNKNOWN
    return State.AGREES if one == other else State.DIFFERS


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _digests(texts: Sequence[str]) -> NDArray[np.uint64]:
    return np.array([_digest(each) for each in texts], dtype=np.uint64)
