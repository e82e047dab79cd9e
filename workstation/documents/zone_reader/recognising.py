"""What the general recogniser sees in a line of print: characters, each with its place and with what else it may be.

Of its 18,709 characters only the 37 of a zone are kept, look-alikes of the filler counted with it.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.zone_reader import models
from workstation.documents.zone_reader.locating import Line
from workstation.documents.zone_reader.reading import ALPHABET

HEIGHT = 48
"""Of the strips that the recogniser takes, in pixels."""
_FILLERS = "<\uff1c\u3008\u2039\u304f\u300a\xab\u226a\u27e8\u3111"
_STEP = 8
"""Pixels of a strip from one answer of the recogniser to the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The characters that were told apart in a line, from left to right."""

    scores: NDArray[np.float32]
    """(n, 37), rows sum to 1."""
    ways: NDArray[np.float64]
    """(n,): where each stands, in pixels of the picture along the line's axis."""
    foreign: int
    """How many further characters were seen that no zone has."""

    @property
    def text(self) -> str:
        return "".join(ALPHABET[each] for each in self.scores.argmax(axis=1))


def strip(image: Image, line: Line, height: float, width: int) -> tuple[Image, float, float]:
    """The line unrolled to `width` x HEIGHT pixels, `height` of the picture high; the way of its left edge, way per pixel."""
    left, right = line.start - 0.5 * height, line.end + 0.5 * height
    fine = max(1, int((right - left) / width + 0.5), int(height / HEIGHT + 0.5))
    ways = left + (np.arange(width * fine) + 0.5) * (right - left) / (width * fine)
    down = ((np.arange(HEIGHT * fine) + 0.5) / (HEIGHT * fine) - 0.5) * height
    middle = line.at(ways)
    slope = np.polyval(np.polyder(line.bend), ways)
    normal = line.across[None] - slope[:, None] * line.along[None]
    grid = (middle[None] + down[:, None, None] * normal[None]).astype(np.float32)
    seen = cv2.remap(image, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if fine > 1:
        seen = cv2.resize(seen, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(seen, dtype=np.uint8), left, (right - left) / width


def tokens(image: Image, lines: tuple[Line, ...], height: float, pixels: float) -> list[Tokens]:
    """Read lines of one zone, `height` pixels of print each, at that many pixels of a strip to one of the picture's height."""
    width = max(round((line.length + height) / height * HEIGHT * pixels / _STEP) * _STEP for line in lines)
    strips = [strip(image, line, height, width) for line in lines]
    batch = np.stack([each[0] for each in strips]).astype(np.float32).transpose(0, 3, 1, 2) / 127.5 - 1
    seen = models.recogniser().run(np.ascontiguousarray(batch[:, ::-1]))
    return [_told_apart(rows, left, step) for rows, (_, left, step) in zip(seen, strips, strict=True)]


def _told_apart(rows: NDArray[np.float32], left: float, step: float) -> Tokens:
    """Neighbouring answers of one character are one token, at their weighted middle (greedy CTC, Graves 2006)."""
    folds, blank = _folds()
    kept = np.stack([rows[:, classes].sum(axis=1) for classes in folds], axis=1)
    foreign_mass = 1 - kept.sum(axis=1) - rows[:, blank]
    best = kept.argmax(axis=1)
    top = kept[np.arange(len(kept)), best]
    # A foreign character is a look-alike that was not thought of: what the 37 say there still counts.
    alive = (top > rows[:, blank]) | ((foreign_mass > rows[:, blank]) & (kept.sum(axis=1) > 1e-4))
    foreign = int(((foreign_mass > 0.5) & (top < 0.05)).sum())
    scores, ways = [], []
    place = 0
    while place < len(rows):
        if not alive[place]:
            place += 1
            continue
        end = place + 1
        while end < len(rows) and alive[end] and best[end] == best[place]:
            end += 1
        run = kept[place:end]
        mass = run.sum(axis=1)
        peak = run[mass.argmax()]
        scores.append(peak / peak.sum())
        ways.append(left + ((np.arange(place, end) + 0.5) @ mass / mass.sum()) * _STEP * step)
        place = end
    return Tokens(np.array(scores, dtype=np.float32).reshape(-1, 37), np.array(ways), foreign)


@functools.cache
def _folds() -> tuple[list[list[int]], int]:
    """The recogniser's classes of each of the 37 characters, and its blank."""
    names = models.recogniser().characters
    folds = [[place + 1 for place, name in enumerate(names) if name == each] for each in ALPHABET]
    folds[-1] = [place + 1 for place, name in enumerate(names) if name and name in _FILLERS]
    return folds, 0
