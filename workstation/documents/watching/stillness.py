"""Whether a page lies still under the document camera, told from small grey copies of the frames and their moments.

It knows how the empty desk looks once it was told so, or once a page was lifted. It never looks at the clock, and it says STILL
only when nothing moved and the lens has settled. Every stillness after a movement is another page: a document that was swapped
for one that looks the same must be read again.
"""

import math
from collections import deque
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2

CELLS_WIDE = 96
_SAMPLED_WIDTH = 768
"""Frames are thinned out to about this width first: enough samples a cell to average the sensor's noise away."""
STILL_SECONDS = 0.35
"""Nothing moves for so long before a page lies still."""
FOCUS_SECONDS = 1.5
"""A lens that still hunts after so long is not waited for."""
_CHANGED = 8.0
"""Grey levels of a cell: a change, well above the noise of one (about 2 levels) and below a line of print (30 and more)."""
_ARRIVED = 0.004
"""Share of cells that may change in stillness: a twentieth of an identity card on a field of A4."""
_DISTURBED = 0.015
_DISTURBED_FRAMES = 2
"""One torn frame is no movement."""
_SOMETHING, _NOTHING = 0.03, 0.015
"""Share of cells unlike the empty desk: above the one something lies there, below the other nothing. A card on A4 is 0.07."""
_UNLIKE = 14.0
_FOCUS_STEADY = 0.12
"""Change of the logarithm of the gradients' energy within STILL_SECONDS."""
_FORGET_SECONDS = 5.0
"""The picture of the empty desk follows daylight this slowly."""

_Cells = NDArray[np.float32]


class Lying(StrEnum):
    EMPTY = "the desk is empty"
    MOVING = "something moves"
    STILL = "a page lies still"


class LyingStill:
    def __init__(self) -> None:
        self.page = 0
        """Counts the stillnesses: another number is another page, or the same one laid anew."""
        self._lying = Lying.MOVING
        self._desk: _Cells | None = None
        self._anchor: _Cells | None = None
        self._since = 0.0
        self._taken = 0.0
        self._focus: deque[tuple[float, float]] = deque(maxlen=120)
        self._disturbed = 0
        self._had_page = False

    def see(self, image: Image, taken: float) -> Lying:
        """What the desk shows with this frame, taken at this moment in monotonic seconds."""
        now, past = _cells(image), self._taken
        self._taken = taken
        self._focus.append((taken, _focus(image)))
        if self._anchor is None or self._anchor.shape != now.shape:
            # The first frame, or a camera of another shape: what was known of the desk is worth nothing.
            self._begin_anew(now, taken)
            self._desk = None
            return self._lying
        moved = _share(now, self._anchor, _CHANGED)
        if self._lying is Lying.MOVING:
            self._settle(now, moved, taken)
        else:
            self._disturbed = self._disturbed + 1 if moved > _DISTURBED else 0
            if self._disturbed >= _DISTURBED_FRAMES:
                self._begin_anew(now, taken)
            elif self._lying is Lying.EMPTY and not self._disturbed:
                # The first frame of a page that is laid down is no daylight, least of all where frames come seldom.
                self._follow_daylight(now, taken - past)
        return self._lying

    def nothing_there(self) -> None:
        """What lies still now is the empty desk: it was looked at, and there is no page on it."""
        if self._lying is Lying.STILL and self._anchor is not None:
            self._desk, self._lying, self._had_page = self._anchor, Lying.EMPTY, False

    @property
    def desk_known(self) -> bool:
        return self._desk is not None

    @property
    def still_for(self) -> float:
        """Seconds since the last movement."""
        return self._taken - self._since

    def _settle(self, now: _Cells, moved: float, taken: float) -> None:
        if moved > _ARRIVED:
            self._begin_anew(now, taken)
        elif taken - self._since >= STILL_SECONDS:
            # What lay there last is easier to keep than to change.
            limit = _NOTHING if self._had_page else _SOMETHING
            if self._desk is not None and _share(now, self._desk, _UNLIKE) < limit:
                self._lying, self._anchor, self._had_page = Lying.EMPTY, now, False
            elif self._in_focus(taken) or taken - self._since >= FOCUS_SECONDS:
                self._lying, self._anchor, self._had_page = Lying.STILL, now, True
                self.page += 1

    def _begin_anew(self, now: _Cells, taken: float) -> None:
        self._lying, self._anchor, self._since, self._disturbed = Lying.MOVING, now, taken, 0

    def _in_focus(self, taken: float) -> bool:
        recent = [focus for moment, focus in self._focus if taken - moment <= STILL_SECONDS]
        return max(recent) - min(recent) <= _FOCUS_STEADY

    def _follow_daylight(self, now: _Cells, seconds: float) -> None:
        if self._desk is None or self._anchor is None:
            return
        share = np.float32(1 - math.exp(-max(seconds, 0.0) / _FORGET_SECONDS))
        self._desk = self._desk + share * (now - self._desk)
        self._anchor = self._anchor + share * (now - self._anchor)


def _cells(image: Image) -> _Cells:
    """Means of the green channel over CELLS_WIDE columns of square cells, (high, CELLS_WIDE)."""
    height, width = image.shape[:2]
    step = max(1, width // _SAMPLED_WIDTH)
    sampled = np.ascontiguousarray(image[::step, ::step, 1])
    high = max(1, round(CELLS_WIDE * height / width))
    return np.asarray(cv2.resize(sampled, (CELLS_WIDE, high), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _share(now: _Cells, before: _Cells, level: float) -> float:
    """Share of cells that differ by more than `level`, once a change of the light on all of it is taken off."""
    difference = now - before
    return float(np.mean(np.abs(difference - np.median(difference)) > level))


def _focus(image: Image) -> float:
    """Base-10 logarithm of the mean square of neighbouring points' differences, on every eighth row at full width."""
    rows = image[::8, :, 1].astype(np.int16)
    steps = np.diff(rows, axis=1)
    return math.log10(1.0 + float(np.mean(np.square(steps, dtype=np.int32))))
