"""From what two readers saw to one row of probabilities for each place, and how many places the lines of a zone have."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workstation.documents.zone_reader.columns import BESIDE, LENGTHS, Columns
from workstation.documents.zone_reader.glyphs import NOTHING
from workstation.documents.zone_reader.reading import ALPHABET

_NET, _TOKENS = 1.5, 0.7
"""What the logarithms of either reader count: together more than one, since their errors are mostly not the same."""
_MISTAKEN = {
    ("0", "O"): 0.46, ("O", "0"): 0.25, ("1", "I"): 0.38, ("I", "1"): 0.08, ("0", "Q"): 0.01, ("0", "D"): 0.02,
    ("O", "D"): 0.02, ("O", "Q"): 0.02, ("Q", "O"): 0.03, ("D", "0"): 0.02, ("D", "O"): 0.02, ("L", "<"): 0.02,
    ("K", "<"): 0.05, ("C", "<"): 0.05, ("S", "<"): 0.01, ("E", "<"): 0.01, ("<", "K"): 0.005, ("<", "C"): 0.005,
    ("8", "B"): 0.03, ("B", "8"): 0.03, ("5", "S"): 0.03, ("S", "5"): 0.03, ("2", "Z"): 0.03, ("Z", "2"): 0.03,
    ("6", "G"): 0.02, ("G", "6"): 0.02, ("V", "Y"): 0.01, ("U", "V"): 0.01, ("M", "N"): 0.01, ("W", "M"): 0.01,
    ("6", "8"): 0.01, ("8", "6"): 0.01, ("3", "8"): 0.01, ("9", "8"): 0.01, ("F", "P"): 0.01, ("P", "F"): 0.01,
    ("T", "I"): 0.01, ("L", "I"): 0.01, ("1", "L"): 0.02, ("1", "T"): 0.01, ("7", "T"): 0.01, ("J", "I"): 0.01,
}  # fmt: skip # a table
"""(read, printed): how often the general recogniser gives the first where the second stands in OCR-B."""
_TWINS = [(ALPHABET.index(one), ALPHABET.index(other)) for one, other in ("O0", "I1", "B8", "S5", "Z2", "G6")]
_TWIN = 1e-3
"""However sure both readers are of one of a pair, the other keeps this: where only letters stand it is the letter."""
_RARELY = 10.0
_ANYTHING = 0.03
_LEAST = -6.0
_NOTHING_AT_MOST = np.log(0.5)
"""Where the recogniser saw a character the net may say at most this much against it."""
_ASLANT = 1.5
_UNSEEN = 2.0
"""What a place costs that was not looked at."""
_FAR = 16
"""Columns of a line that the detector may not have seen at its beginning."""


def _confusion() -> NDArray[np.float64]:
    table = np.full((NOTHING, NOTHING), _ANYTHING / NOTHING)
    for (read, printed), share in _MISTAKEN.items():
        table[ALPHABET.index(read), ALPHABET.index(printed)] += share
    table[np.arange(NOTHING), np.arange(NOTHING)] += 1 - table.sum(axis=1)
    return table


_CONFUSION = _confusion()


def rows(logs: NDArray[np.float32], columns: Columns) -> NDArray[np.float32]:
    """(count, 37): probabilities from the net's (count, CLASSES) logarithms and the recogniser's tokens."""
    net = logs[:, :NOTHING].astype(np.float64)
    # Where the net sees no character, what it thinks of the characters means little.
    nothing = np.exp(logs[:, NOTHING].astype(np.float64))[:, None]
    net = np.log(np.exp(net - np.log1p(-np.minimum(nothing, 0.999))) * (1 - nothing) + nothing / NOTHING + 2e-4)
    total = _NET * net
    for token, column in enumerate(columns.token_columns):
        if 0 <= column < len(total):
            total[column] += _TOKENS * np.log(columns.tokens.scores[token].astype(np.float64) @ _CONFUSION)
    total -= total.max(axis=1, keepdims=True)
    found = np.exp(total)
    found /= found.sum(axis=1, keepdims=True)
    _by_neighbours(found)
    for one, other in _TWINS:
        for best, twin in ((one, other), (other, one)):
            sure = found[:, best] > 0.5
            found[sure, twin] = np.maximum(found[sure, twin], _TWIN)
    return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float32)


def _by_neighbours(found: NDArray[np.float64]) -> None:
    """Among digits a sign that may be O or 0, I or 1 is a digit, among letters a letter: States mix them rarely."""
    best = found.argmax(axis=1)
    kind = np.where(best == NOTHING - 1, 0, np.where(best < 10, 1, -1))
    around = np.sign(np.pad(kind, 1)[:-2] + np.pad(kind, 1)[2:])
    for letter, digit in _TWINS[:2]:
        found[around > 0, letter] /= _RARELY
        found[around < 0, digit] /= _RARELY
    found /= found.sum(axis=1, keepdims=True)


def counted(lines: Sequence[Columns], logs: Sequence[NDArray[np.float32]]) -> tuple[tuple[Columns, ...], float]:
    """The lines with column 0 at their first character and the length that fits all of them best; how well it fits, at best 0.

    `logs` are those of `columns.settled`.
    """
    worths = [_Worth(seen, line) for seen, line in zip(logs, lines, strict=True)]
    beside = [_column_beside(lines[0], line) for line in lines]
    first = min(range(len(lines)), key=lambda n: beside[n])
    best, found = -np.inf, tuple(lines)
    for length in LENGTHS:
        for shift in range(-BESIDE - _FAR, max(line.count for line in lines)):
            # Lines of a zone begin one below the other, or a place aside where the page is seen from aslant.
            near = [shift + each - beside[first] for each in beside]
            fits = [
                max((worth.of(length, each + aside) - _ASLANT * abs(aside) / length, each + aside) for aside in (-1, 0, 1))
                for worth, each in zip(worths, near, strict=True)
            ]
            shifts = [each for _, each in fits]
            total = float(np.mean([worth for worth, _ in fits]))
            if total > best:
                best = total
                found = tuple(_from(line, each, length) for line, each in zip(lines, shifts, strict=True))
    return found, best


def _column_beside(first: Columns, other: Columns) -> int:
    """The column of the other line that stands below or above column 0 of the first one."""
    way = float((first.at(np.zeros(1))[0] - other.line.origin) @ other.line.along)
    columns = np.arange(-60.0, 61.0)
    return int(columns[np.abs(np.polyval(other.ways, columns) - way).argmin()])


class _Worth:
    """How well lines of some length fit what the net saw, at best 0."""

    def __init__(self, seen: NDArray[np.float32], line: Columns) -> None:
        nothing = seen[:, NOTHING].astype(np.float64)
        for column in line.token_columns:
            if column >= 0:
                # In another type face than OCR-B the net sees nothing where the recogniser reads well.
                nothing[column + BESIDE] = min(nothing[column + BESIDE], _NOTHING_AT_MOST)
        full = np.log(np.maximum(-np.expm1(np.minimum(nothing, -1e-4)), 1e-4))
        self._empty = np.concatenate([[0.0], np.cumsum(np.maximum(nothing, _LEAST))])
        self._full = np.concatenate([[0.0], np.cumsum(np.maximum(full, _LEAST))])

    def of(self, length: int, shift: int) -> float:
        """Of a line whose first character stands in column `shift`."""
        places = len(self._full) - 1
        first, last = (min(max(each + BESIDE, 0), places) for each in (shift, shift + length))
        inside = self._full[last] - self._full[first]
        outside = self._empty[first] + self._empty[places] - self._empty[last]
        return float((inside + outside - _UNSEEN * (length - (last - first))) / length)


def _from(line: Columns, shift: int, length: int) -> Columns:
    a, b, c = line.ways
    ways = np.array([a, b + 2 * a * shift, c + b * shift + a * shift * shift])
    placed = line.token_columns - shift
    placed[(line.token_columns < 0) | (placed < 0) | (placed >= length)] = -1
    return replace(line, ways=ways, count=length, token_columns=placed)
