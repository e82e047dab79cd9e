"""The fixed pitch of a zone laid over its lines: where each character stands, and what the glyph net sees there.

The general recogniser says roughly where characters are; the net, which knows a place without one, says where exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import glyphs
from workstation.documents.zone_reader.glyphs import CELL_HEIGHT, NOTHING, PITCH, Cells, Strip
from workstation.documents.zone_reader.locating import Line
from workstation.documents.zone_reader.recognising import Tokens

LENGTHS = (30, 36, 44)
BESIDE = 3
"""Columns looked at beyond either end."""
SPACING = 2.5
"""From line to line, in pitches: 6.35 mm by 2.54 mm (9303-3, 4.3)."""
_FINE = 2
_ZOOMS = ((1.0, 1.0), (0.9, 0.9), (1.1, 1.1), (1.0, 0.9), (1.0, 1.1), (1.0, 0.84), (0.84, 0.84))
_UNUSUAL = 2.0
_AROUND = ((0.0, 0.0), (-0.06, 0.0), (0.06, 0.0), (0.0, -0.06), (0.0, 0.06))
"""In pitches: each place is looked at from so many sides, and what is seen averaged."""
_STIFF = 0.25
"""What a bend of one step costs."""
_SKIPPED = 1.55
_MOST = 60
"""Columns that a line of a zone, which has at most 44, may seem to have: to look through more takes seconds."""
_OFF = 0.6
_ASIDE = np.array([-0.24, -0.12, 0.0, 0.12, 0.24])
_BELOW = np.array([-0.45, -0.3, -0.15, 0.0, 0.15, 0.3, 0.45])
"""In pitches: how far off the first fit of the columns may be."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Where the characters of a line stand: the way along its axis is a parabola in the column."""

    line: Line
    ways: NDArray[np.float64]
    """Three coefficients, highest power first."""
    count: int
    tokens: Tokens
    token_columns: NDArray[np.int64]
    """Of each token; -1 for one that stands between columns."""

    @property
    def pitch(self) -> float:
        """In the middle of the line, in pixels of the picture."""
        return float(np.polyval(np.polyder(self.ways), (self.count - 1) / 2))

    def at(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.line.at(np.asarray(np.polyval(self.ways, column), dtype=np.float64))


def fitted(line: Line, seen: Tokens) -> Columns | None:
    """Columns through the tokens; None where they have no common pitch. Column 0 is the first token's."""
    if len(seen.ways) < 8:
        return None
    steps = np.diff(seen.ways)
    around = np.array([_usual(steps[max(0, n - 10) : n + 11]) for n in range(len(steps))])
    # The recogniser answers every 0.4 pitches: only a step of clearly more than one has left a character out.
    ratio = steps / np.maximum(around, 1e-3)
    columns = np.concatenate([[0.0], np.cumsum(np.where(ratio < _SKIPPED, 1.0, np.round(ratio)))])
    ways = np.concatenate([[0.0], np.polyfit(columns, seen.ways, 1)])
    for _ in range(4):
        slope = np.maximum(np.polyval(np.polyder(ways), columns), 1e-3)
        off = (seen.ways - np.polyval(ways, columns)) / slope
        columns = np.where(np.abs(off) > _OFF, columns + np.round(off), columns)
        off = np.abs(seen.ways - np.polyval(ways, columns)) / slope
        ways = np.polyfit(columns, seen.ways, 2, w=1 / np.sqrt(1 + (off / 0.25) ** 2))
    slope = np.polyval(np.polyder(ways), columns)
    if slope.min() <= 0:
        return None
    off = np.abs(seen.ways - np.polyval(ways, columns)) / slope
    if np.median(off) > 0.2:
        return None
    first = int(columns[off < _OFF].min())
    placed = np.where(off < _OFF, columns - first, -1).astype(np.int64)
    if placed.max() >= _MOST:
        return None
    return Columns(line, _from_column(ways, first), int(placed.max()) + 1, seen, _one_each(placed, off))


def _usual(steps: NDArray[np.float64]) -> float:
    """The mean step, without those that leave a character out."""
    return float(steps[steps < 1.7 * np.median(steps)].mean())


def _from_column(ways: NDArray[np.float64], first: float) -> NDArray[np.float64]:
    """The same parabola, its columns counted from `first`."""
    a, b, c = ways
    return np.array([a, b + 2 * a * first, c + b * first + a * first * first])


def _one_each(placed: NDArray[np.int64], off: NDArray[np.float64]) -> NDArray[np.int64]:
    """Of several tokens in a column the nearest to its middle stays."""
    kept = np.full(len(placed), -1)
    for column in set(placed.tolist()) - {-1}:
        same = np.flatnonzero(placed == column)
        kept[same[off[same].argmin()]] = column
    return kept


@dataclass(frozen=True, slots=True, eq=False)
class Unrolled:
    """A line with its characters PITCH pixels apart, ready for the net."""

    strip: Strip
    first: int
    """The column whose middle lies PITCH / 2 from the left."""

    def cells(
        self, columns: NDArray[np.float64], down: NDArray[np.float64] | float = 0.0, zoom: tuple[float, float] = (1.0, 1.0)
    ) -> Cells:
        """Around those columns, `down` pitches below the middle line."""
        x = (columns - self.first + 0.5) * PITCH - 0.5
        y = np.broadcast_to((self.strip.shape[0] - 1) / 2 + np.asarray(down) * PITCH, columns.shape)
        return glyphs.cut(self.strip, np.stack([x, y], axis=1), zoom)


def unrolled(grey: Grey, columns: Columns, down: NDArray[np.float64]) -> Unrolled:
    """`down` is a pitch downwards, in pixels of the picture."""
    fine = max(_FINE, int(np.ceil(columns.pitch / PITCH)))
    first = -BESIDE
    count = columns.count + 2 * BESIDE
    across = (np.arange(count * PITCH * fine) + 0.5) / (PITCH * fine) - 0.5 + first
    height = 2 * CELL_HEIGHT
    below = ((np.arange(height * fine) + 0.5) / fine - height / 2) / PITCH
    grid = (columns.at(across)[None] + below[:, None, None] * down).astype(np.float32)
    seen = cv2.remap(grey, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Unrolled(glyphs.ready(np.asarray(seen, dtype=np.uint8), PITCH * fine), first)


def downwards(all_columns: Sequence[Columns], place: int) -> NDArray[np.float64]:
    """A pitch downwards at a line: along the columns of its neighbours where they agree with a zone's spacing, else across."""
    own = all_columns[place]
    across = own.line.across * own.pitch
    others = [n for n in (place - 1, place + 1) if 0 <= n < len(all_columns)]
    ways = []
    for other in others:
        middle = np.array([(own.count - 1) / 2])
        apart = (all_columns[other].at(middle)[0] - own.at(middle)[0]) / ((other - place) * SPACING)
        size = np.linalg.norm(apart) / own.pitch
        turn = np.arccos(np.clip(apart @ across / (np.linalg.norm(apart) * np.linalg.norm(across) + 1e-9), -1, 1))
        if 0.7 < size < 1.3 and turn < np.radians(15):
            ways.append(apart / size * np.clip(size, 0.85, 1.05))
    return np.asarray(np.mean(ways, axis=0)) if ways else across


def settled(grey: Grey, columns: Columns, down: NDArray[np.float64]) -> tuple[Columns, NDArray[np.float32]]:
    """The columns where the net sees characters best, and its log-probabilities there.

    Those are (columns.count + 2 * BESIDE, CLASSES): of the columns from -BESIDE on.
    """
    net = glyphs.net()
    strip = unrolled(grey, columns, down)
    inside = np.arange(columns.count, dtype=np.float64)
    told = _told(columns)
    few = inside[:: 1 if columns.count < 24 else 2].astype(int)
    cells = np.concatenate([strip.cells(few.astype(float), each) for each in _BELOW])
    table = _agreement(net.log_probabilities(cells), np.tile(told[few], (len(_BELOW), 1))).reshape(len(_BELOW), -1)
    below = np.interp(inside, few, _best_path(table, _BELOW))
    cells = np.concatenate([strip.cells(few + each, below[few]) for each in _ASIDE])
    table = _agreement(net.log_probabilities(cells), np.tile(told[few], (len(_ASIDE), 1))).reshape(len(_ASIDE), -1)
    aside = np.interp(inside, few, _best_path(table, _ASIDE))
    shifted = np.polyfit(inside, np.polyval(columns.ways, inside + aside), 2)
    bend = np.polyfit(np.polyval(columns.ways, inside + aside), below * columns.pitch, 2)
    line = replace(columns.line, bend=columns.line.bend + bend)
    every = np.arange(-BESIDE, columns.count + BESIDE, dtype=np.float64)
    # The letter O and the digit 0 differ in size alone: what size means in this print is told by all its letters together.
    cells = np.concatenate([strip.cells(few + aside[few], below[few], zoom) for zoom in _ZOOMS])
    worth = _agreement(net.log_probabilities(cells), np.tile(told[few], (len(_ZOOMS), 1))).reshape(len(_ZOOMS), -1).sum(axis=1)
    worth[1:] -= _UNUSUAL
    zoom = _ZOOMS[int(worth.argmax())]
    across, down_ = every + np.interp(every, inside, aside), np.interp(every, inside, below)
    seen = [net.log_probabilities(strip.cells(across + x, down_ + y, zoom)) for x, y in _AROUND]
    logs = np.log(np.mean(np.exp(seen), axis=0)).astype(np.float32)
    return replace(columns, line=line, ways=shifted), logs


def _told(columns: Columns) -> NDArray[np.float32]:
    """(count, 37): what the recogniser said of each column, even chances where it said nothing."""
    told = np.full((columns.count, NOTHING), 1 / NOTHING, dtype=np.float32)
    for token, column in enumerate(columns.token_columns):
        if column >= 0:
            told[column] = 0.7 * columns.tokens.scores[token] + 0.3 / NOTHING
    return told


def _agreement(logs: NDArray[np.float32], told: NDArray[np.float32]) -> NDArray[np.float64]:
    """Logarithm of the probability that the net and the recogniser mean the same character."""
    return np.asarray(np.log((np.exp(logs[:, :NOTHING]) * told).sum(axis=1) + 1e-4), dtype=np.float64)


def _best_path(table: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far off each column is: the path of the greatest agreement that bends little from column to column (Viterbi).

    `table` holds the agreement of each column at each of the evenly spaced places.
    """
    fine = np.linspace(places[0], places[-1], 4 * (len(places) - 1) + 1)
    worth = np.stack([np.interp(fine, places, column) for column in table.T])
    worth -= 0.3 * np.abs(fine) / abs(places[0])
    cost = _STIFF * ((fine[:, None] - fine[None]) / (fine[1] - fine[0])) ** 2
    total, back = worth[0], []
    for each in worth[1:]:
        ways = total[None] - cost
        back.append(ways.argmax(axis=1))
        total = each + ways.max(axis=1)
    path = [int(total.argmax())]
    for each in reversed(back):
        path.append(int(each[path[-1]]))
    steps = np.pad(fine[path[::-1]], 2, mode="edge")
    return np.convolve(steps, np.full(5, 0.2), mode="valid")
