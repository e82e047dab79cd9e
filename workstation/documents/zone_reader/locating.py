"""Where print stands in a picture, as curved middle lines, and which of the lines may be a machine-readable zone.

A zone is two or three long lines of the same length, parallel, two and a half characters' widths apart (9303-3, 4.3).
Nothing is read here; whether the lines hold a zone is for the reader to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.zone_reader import models

_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
_SURE = 0.3
"""Of the detector's map, from which a point counts as print."""
_SLENDER = 7.0
"""Length by thickness of a piece from which it may belong to a zone's line."""
_NEAR_ENOUGH = 230
_CLOSE_SIDE = 640
"""Pixels of the detector's picture along a zone's lines that are enough, and along the part of a picture where they are not."""
_ALONE = 18.0
_SPACED = 1.6
"""From line to line, in thicknesses of the detector's marks, where only one line is there to tell."""
_GROWN = 0.8
"""The detector marks the inside of print: its marks are this much of their thickness short at each side."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of print: from `start` to `end` pixels along `along`, its middle away from that axis by a parabola."""

    origin: NDArray[np.float64]
    along: NDArray[np.float64]
    bend: NDArray[np.float64]
    """Three coefficients of the way across, highest power first."""
    start: float
    end: float
    thickness: float
    """Of the print, in pixels."""

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def across(self) -> NDArray[np.float64]:
        return np.array([-self.along[1], self.along[0]])

    def at(self, way: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2): the middle line's points after that way."""
        points: NDArray[np.float64] = (
            self.origin + way[:, None] * self.along + np.polyval(self.bend, way)[:, None] * self.across
        )
        return points

    @property
    def middle(self) -> NDArray[np.float64]:
        point: NDArray[np.float64] = self.at(np.array([(self.start + self.end) / 2]))[0]
        return point

    def shifted(self, by: NDArray[np.int64]) -> "Line":
        """In pixels of the picture of which this one's picture is the part that begins there."""
        return replace(self, origin=self.origin + by)

    def turned(self) -> "Line":
        """The same line, read from its other end."""
        bend = self.bend * np.array([-1, 1, -1])
        return replace(self, along=-self.along, bend=bend, start=-self.end, end=-self.start)

    def moved(self, across: float) -> "Line":
        """A line beside this one."""
        return replace(self, origin=self.origin + self.across * across)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Lines that may be a zone, the first one first if `upright`, all in the same direction."""

    lines: tuple[Line, ...]
    spacing: float
    """From line to line, in pixels, across."""


def print_map(image: Image, side: int) -> NDArray[np.float32]:
    """The detector's map of the picture reduced to that longest side: near 1 inside lines of print."""
    height, width = image.shape[:2]
    scale = min(side / max(height, width), 1.5)
    size = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    plane = (small.astype(np.float32) / 255 - _MEAN) / _SPREAD
    seen: NDArray[np.float32] = models.detector().run(np.ascontiguousarray(plane.transpose(2, 0, 1)[None]))[0, 0]
    return seen


def closer(image: Image, candidate: Candidate, side: int) -> list[Candidate]:
    """What the detector sees from nearby of about the candidate's length; nothing where it fills the picture already."""
    length = max(line.length for line in candidate.lines)
    if length * side / max(image.shape[:2]) > _NEAR_ENOUGH:
        return []
    ends = np.concatenate([line.at(np.array([line.start, line.end])) for line in candidate.lines])
    low = np.maximum(ends.min(axis=0) - 0.12 * length, 0).astype(int)
    high = np.minimum(ends.max(axis=0) + 0.12 * length, np.array([image.shape[1], image.shape[0]])).astype(int)
    part = image[low[1] : high[1], low[0] : high[0]]
    if min(part.shape[:2]) < 16:
        return []
    seen = [line.shifted(low) for line in joined(lines(print_map(part, _CLOSE_SIDE), part.shape))]
    return [each for each in candidates(seen) if max(line.length for line in each.lines) > 0.6 * length]


def lines(seen: NDArray[np.float32], shape: tuple[int, ...]) -> list[Line]:
    """Every line of print on the detector's map, in pixels of a picture of that shape."""
    scale = np.array([shape[1] / seen.shape[1], shape[0] / seen.shape[0]])
    marks = (seen > _SURE).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    found = []
    for label in range(1, count):
        left, top, width, height, area = stats[label]
        if area < 12:
            continue
        rows, columns = np.nonzero(labels[top : top + height, left : left + width] == label)
        points = (np.stack([columns + left, rows + top], axis=1) + 0.5) * scale - 0.5
        found.append(_through(points, area * scale[0] * scale[1]))
    return found


def _through(points: NDArray[np.float64], area: float, *, bent: bool = False) -> Line:
    """The line of one mark, or of several that lie on one line."""
    origin = points.mean(axis=0)
    _, _, axes = np.linalg.svd(points - origin, full_matrices=False)
    along = axes[0] if axes[0][0] > abs(axes[0][1]) or (axes[0][1] > 0 and abs(axes[0][0]) <= abs(axes[0][1])) else -axes[0]
    way = (points - origin) @ along
    across = (points - origin) @ np.array([-along[1], along[0]])
    start, end = float(way.min()), float(way.max())
    thickness = area / max(end - start, 1)
    slender = (end - start) / max(thickness, 1e-6)
    bend = np.polyfit(way, across, 2) if slender > _SLENDER or bent else np.array([0.0, 0.0, float(across.mean())])
    return Line(origin, along, bend, start - _GROWN * thickness, end + _GROWN * thickness, thickness * (1 + 2 * _GROWN))


def joined(found: Sequence[Line]) -> list[Line]:
    """Pieces that lie on one line, with less than four times their thickness between them, made one."""
    rest = sorted(found, key=lambda each: -each.length)
    whole: list[Line] = []
    while rest:
        line = rest.pop(0)
        again = True
        while again:
            again = False
            for other in rest:
                if _goes_on(line, other):
                    line = _as_one(line, other)
                    rest.remove(other)
                    again = True
                    break
        whole.append(line)
    return whole


def with_pieces(found: Sequence[Line]) -> list[Line]:
    """The lines made whole, then the pieces of those: two documents side by side may look like lines that go on."""
    whole = joined(found)
    kept = {id(line) for line in whole}
    return whole + [line for line in found if id(line) not in kept]


def _goes_on(line: Line, other: Line) -> bool:
    if not 0.5 < line.thickness / other.thickness < 2:
        return False
    ends = other.at(np.array([other.start, (other.start + other.end) / 2, other.end])) - line.origin
    way, across = ends @ line.along, ends @ line.across
    away = np.abs(across - np.polyval(line.bend, np.clip(way, line.start, line.end)))
    if away.max() > 0.6 * line.thickness:
        return False
    gap = max(way.min() - line.end, line.start - way.max())
    return bool(-0.5 * other.length < gap < 5 * line.thickness)


def _as_one(line: Line, other: Line) -> Line:
    first = line.at(np.linspace(line.start, line.end, max(int(line.length), 2)))
    second = other.at(np.linspace(other.start, other.end, max(int(other.length), 2)))
    points = np.concatenate([first, second])
    one = _through(points, 1.0, bent=True)
    return replace(one, start=one.start, end=one.end, thickness=max(line.thickness, other.thickness))


def candidates(found: Sequence[Line]) -> list[Candidate]:
    """What may be a zone, most like one by its form first, several in one place among them.

    Lines are in reading direction as far as the picture's sides tell.
    """
    long = [each for each in found if each.length > _SLENDER * each.thickness]
    pairs = [
        (first, second)
        for a, b in combinations(long, 2)
        for first, second in [(a, _same_way(b, a))]
        if _side_by_side(first, second)
    ]
    made: list[tuple[float, Candidate]] = []
    for first, second in pairs:
        group = [first, second]
        step = _spacing(first, second)
        for other in long:
            third = _same_way(other, first)
            away = _spacing(first, third)
            in_step = any(abs(away - place * step) < 0.25 * abs(step) for place in (-1, 2))
            if in_step and _side_by_side(first, third, apart=9):
                group.append(third)
        group = sorted({id(each): each for each in group}.values(), key=lambda each: _spacing(group[0], each))[:3]
        size = float(np.mean([each.length for each in group]))
        spacing = abs(_spacing(group[0], group[-1])) / (len(group) - 1)
        odd = abs(np.log(size / spacing / 15)) + 3 * abs(np.log(group[0].length / group[-1].length))
        made.append((size / (1 + odd) * (1.15 if len(group) == 3 else 1), Candidate(tuple(group), spacing)))
    made.sort(key=lambda each: -each[0])
    return [candidate for _, candidate in made] or _alone(long)


def distinct(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that stand in one place the first."""
    kept: list[Candidate] = []
    taken: list[NDArray[np.float64]] = []
    for candidate in ranked:
        middles = [each.middle for each in candidate.lines]
        if any(np.linalg.norm(middle - other) < candidate.spacing * 0.3 for middle in middles for other in taken):
            continue
        kept.append(candidate)
        taken += middles
    return kept


def _alone(long: Sequence[Line]) -> list[Candidate]:
    """The longest line as a candidate of its own, where no two lines go together: the other one may be in glare."""
    slender = [line for line in long if line.length > _ALONE * line.thickness]
    longest = sorted(slender, key=lambda each: -each.length)[:1]
    return [Candidate((line,), line.thickness * _SPACED) for line in longest]


def _same_way(line: Line, other: Line) -> Line:
    return line if line.along @ other.along > 0 else line.turned()


def _spacing(first: Line, second: Line) -> float:
    """From the first line's middle across to the second one; positive where that lies below it."""
    way = (first.start + first.end) / 2
    ends = second.at(np.array([second.start, second.end])) - first.origin
    along, across = ends @ first.along, ends @ first.across
    share = (way - along[0]) / max(along[1] - along[0], 1e-6)
    return float(across[0] + share * (across[1] - across[0]) - np.polyval(first.bend, way))


def _side_by_side(first: Line, second: Line, apart: float = 5) -> bool:
    """Parallel, of like length, one beside the other at the distance of a zone's lines."""
    if not 0.7 < first.length / second.length < 1.43 or first.along @ second.along < 0.98:
        return False
    ends = (second.at(np.array([second.start, second.end])) - first.origin) @ first.along
    shared = min(first.end, ends[1]) - max(first.start, ends[0])
    thick = (first.thickness + second.thickness) / 2
    return bool(shared > 0.75 * max(first.length, second.length) and 0.8 * thick < abs(_spacing(first, second)) < apart * thick)
