"""From lines of print to the zones among them: which way they are read, lines that were not seen, and rows of scores.

What decides is how well a fixed pitch with characters in every place and none beside them explains the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from workstation.documents.zone_reader import columns as laid
from workstation.documents.zone_reader import glyphs, recognising, scoring
from workstation.documents.zone_reader.columns import BESIDE, SPACING, Columns, Grey
from workstation.documents.zone_reader.glyphs import NOTHING
from workstation.documents.zone_reader.locating import Candidate, Line
from workstation.documents.zone_reader.reading import LineScores, Quad

FITS = -0.45
"""From this on a candidate is a zone; the best that can be is 0."""
PERHAPS = -1.1
"""From this on it is one that can hardly be read."""
_STRIP = 0.62
"""Height of a line's strip, in distances from line to line."""
_FINENESS = 0.6
"""Pixels along a strip to one across: characters of a zone stand wide, and the recogniser's time goes with the width."""
_HALF_HEIGHT = 0.6
"""Of a line's quad, in pitches."""
_SETTLED = 0.03
_SURE = 0.68
"""Of the net's best character in the worst tenth of places: below, it may be another type face."""
_AGREEING = 0.96
"""Share of characters that the recogniser and the net read alike, below which it may be another type face."""

Logs = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FoundZone:
    lines: tuple[Columns, ...]
    logs: tuple[Logs, ...]
    """(count, CLASSES) of each line: what the net saw."""
    fit: float

    @property
    def pitch(self) -> float:
        return float(np.mean([line.pitch for line in self.lines]))

    def scores(self, scale: float) -> tuple[LineScores, ...]:
        """`scale`: pixels of the picture that was given to one of the picture that was read."""
        return tuple(
            LineScores(scoring.rows(logs, line), _quad(line, scale)) for line, logs in zip(self.lines, self.logs, strict=True)
        )


def attempt(image: Image, grey: Grey, candidate: Candidate, print_around: Sequence[Line]) -> FoundZone | None:
    """The candidate as a zone, read in the direction that fits; None where its lines have no common pitch in either."""
    first = _upright(candidate, print_around)
    found = _read(image, grey, first)
    if found is None or found.fit < FITS:
        other = _read(image, grey, _turned(first))
        if found is None or (other is not None and other.fit > found.fit):
            found = other
    return found and _completed(image, grey, found)


def _upright(candidate: Candidate, print_around: Sequence[Line]) -> Candidate:
    """A zone is the lowest print of its page: with more print below than above, the page stands on its head."""
    first = candidate.lines[0]
    above = 0.0
    for line in print_around:
        across = float((line.middle - first.middle) @ first.across)
        along = float((line.middle - first.origin) @ first.along)
        if first.start - first.length * 0.1 < along < first.end + first.length * 0.1 and abs(across) < first.length:
            above += line.length * (1 if across < -0.5 * candidate.spacing else -1 if across > 2.7 * candidate.spacing else 0)
    return _turned(candidate) if above < 0 else candidate


def _turned(candidate: Candidate) -> Candidate:
    return Candidate(tuple(line.turned() for line in reversed(candidate.lines)), candidate.spacing)


def _read(image: Image, grey: Grey, candidate: Candidate, *, again: bool = False) -> FoundZone | None:
    seen = recognising.tokens(image, candidate.lines, candidate.spacing * _STRIP, _FINENESS)
    lines = [laid.fitted(line, tokens) for line, tokens in zip(candidate.lines, seen, strict=True)]
    fitting = [line for line in lines if line is not None]
    if not fitting:
        return None
    found = _settled(grey, fitting)
    if found.fit > PERHAPS and _seen_in_part(found) and not again:
        # The detector missed an end: once more, from the first column to the last.
        whole = tuple(_over_its_columns(line) for line in found.lines)
        return _read(image, grey, Candidate(whole, candidate.spacing), again=True)
    return found


def _seen_in_part(found: FoundZone) -> bool:
    """Whether a place at an end of a line lies beyond what the recogniser was shown."""
    for line in found.lines:
        first, last = np.polyval(line.ways, np.array([0.5, line.count - 1.5]))
        if first < line.line.start or last > line.line.end:
            return True
    return False


def _over_its_columns(line: Columns) -> Line:
    start, end = np.polyval(line.ways, np.array([-0.4, line.count - 0.6]))
    return replace(line.line, start=float(start), end=float(end))


def _settled(grey: Grey, lines: Sequence[Columns]) -> FoundZone:
    """The net's view of the lines, once more where their columns turned out to be others."""
    downs = [laid.downwards(lines, place) for place in range(len(lines))]
    settled = [laid.settled(grey, line, down) for line, down in zip(lines, downs, strict=True)]
    counted, fit = scoring.counted([line for line, _ in settled], [logs for _, logs in settled])
    now = [laid.downwards(counted, place) for place in range(len(counted))]
    logs = []
    final = []
    for place, line in enumerate(counted):
        before, seen = settled[place]
        same = line.count == before.count and np.allclose(line.ways, before.ways)
        if not same or np.linalg.norm(now[place] - downs[place]) > _SETTLED * line.pitch:
            line, seen = laid.settled(grey, line, now[place])  # noqa: PLW2901 - the line, better laid
        final.append(line)
        logs.append(seen[BESIDE:-BESIDE])
    return FoundZone(tuple(final), tuple(logs), fit)


def _completed(image: Image, grey: Grey, found: FoundZone) -> FoundZone:
    """With the line that the detector did not see, where one is missing: 30 characters come in three lines, others in two."""
    wanted = 3 if found.lines[0].count == 30 else 2
    while len(found.lines) < wanted and found.fit > PERHAPS:
        better = None
        step = SPACING * found.pitch
        if len(found.lines) > 1:
            step = float(np.linalg.norm(found.lines[1].at(np.array([9.0])) - found.lines[0].at(np.array([9.0]))))
        for above in (True, False):
            beside = (found.lines[0] if above else found.lines[-1]).line.moved(-step if above else step)
            tokens = recognising.tokens(image, (beside,), step * _STRIP, _FINENESS)[0]
            more = laid.fitted(beside, tokens)
            if more is None:
                continue
            lines = (more, *found.lines) if above else (*found.lines, more)
            tried = _settled(grey, lines)
            if tried.fit > FITS and (better is None or tried.fit > better.fit):
                better = tried
        if better is None:
            return found
        found = better
    return found


def in_ocr_b(found: FoundZone) -> bool:
    """Whether the lines are set in the type face that the net was fitted to.

    In another one the net is unsure of many places and the general recogniser often reads otherwise; on drawn pages of OCR-B,
    however bad, only one of the two happens. Measured over drawn pages in OCR-B and five other faces.
    """
    tops, agreeing = [], []
    for line, logs in zip(found.lines, found.logs, strict=True):
        characters = logs[:, :NOTHING]
        tops.append(np.exp(characters.max(axis=1)))
        best = characters.argmax(axis=1)
        placed = (line.token_columns >= 0) & (line.token_columns < len(best))
        agreeing.append(best[line.token_columns[placed]] == line.tokens.scores[placed].argmax(axis=1))
    unsure = float(np.percentile(np.concatenate(tops), 10)) < _SURE
    return not (unsure and float(np.mean(np.concatenate(agreeing))) < _AGREEING)


def _quad(line: Columns, scale: float) -> Quad:
    """Around the characters of a line, in pixels of the picture that was given."""
    ends = np.array([-0.5, line.count - 0.5])
    left, right = line.at(ends)
    slope = np.polyval(np.polyder(line.ways), ends)
    down = line.line.across * _HALF_HEIGHT
    corners = [left - down * slope[0], right - down * slope[1], right + down * slope[1], left + down * slope[0]]
    first, second, third, fourth = (tuple(float(each) for each in (corner + 0.5) * scale - 0.5) for corner in corners)
    return first, second, third, fourth  # type: ignore[return-value] # two numbers each


def warm_up() -> None:
    """Use the net once."""
    glyphs.net().log_probabilities(np.zeros((1, glyphs.CELL_HEIGHT, glyphs.CELL_WIDTH), dtype=np.float32))
