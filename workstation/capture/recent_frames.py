"""The frames of one face: what may be used together as pictures of one person.

A track begins with a face that was not there before and ends when it jumps, leaves, or another face comes into the picture.
Only frames of the newest track are ever given together; whoever stood there before is forgotten with it.
"""

from collections import deque
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from matching.faces.finding import Box
from workstation.capture.camera import Frame
from workstation.capture.face_reader import Sighting

FRAMES = 3
"""Of one face that are used together: the more, the nearer to the person's other pictures, at a tenth of a second each."""
TOGETHER_SECONDS = 1.5
"""Frames so close in time are of one traveller, who stands before the camera."""
APART_SECONDS = 0.15
"""Frames closer in time than this show the same picture."""
LOST_SECONDS = 0.4
"""A face that nobody finds for so long has left; a shorter gap is a glance that missed it."""
_OVERLAP = 0.3
"""Share of both boxes together that they must have in common to be of one face that moved."""
_KEPT = 16
"""Frames kept for taking: at 1080p each holds six megabytes, and a network that looks ten times a second fills the time."""


class Seen(Protocol):
    """A frame with the faces that were found in it."""

    @property
    def frame(self) -> Frame: ...
    @property
    def sightings(self) -> tuple[Sighting, ...]: ...
    @property
    def fresh(self) -> bool:
        """Whether the faces are of this very frame."""


S = TypeVar("S", bound=Seen)


class RecentFrames(Generic[S]):
    def __init__(self) -> None:
        self._latest: S | None = None
        self._track: deque[S] = deque(maxlen=_KEPT)
        """Frames of one face, alone in the picture, oldest first."""

    def add(self, seen: S) -> None:
        self._latest = seen
        if not seen.fresh:
            return
        last = self._track[-1] if self._track else None
        if last is not None and not self._follows(last, seen):
            self._track.clear()
        if len(seen.sightings) == 1:
            self._track.append(seen)

    def best(self, since: float) -> S | None:
        """The best good frame of the face that is there now, taken since then: nothing to fix, the highest score."""
        good = [each for each in self._track if each.frame.taken >= since and each.sightings[0].quality.good]
        return max(good, key=lambda each: each.sightings[0].quality.score, default=None)

    def others(self, best: S, most: int) -> tuple[S, ...]:
        """Further good frames of the same face, spread in time; none when its track has ended since."""
        if not any(each is best for each in self._track):
            return ()
        near = [each for each in self._track if abs(best.frame.taken - each.frame.taken) <= TOGETHER_SECONDS]
        return tuple(_spread(best, [each for each in near if each.sightings[0].quality.good], most))

    def latest(self) -> S | None:
        """The frame that came last, whatever it shows."""
        return self._latest

    def forget(self) -> None:
        self._latest = None
        self._track.clear()

    def _follows(self, last: S, seen: S) -> bool:
        if seen.frame.taken - last.frame.taken > LOST_SECONDS or len(seen.sightings) > 1:
            return False
        return not seen.sightings or overlap(last.sightings[0].face.box, seen.sightings[0].face.box) >= _OVERLAP


def overlap(one: Box, other: Box) -> float:
    """What two boxes have in common, as a share of what they cover together."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    common = max(wide, 0) * max(high, 0)
    return common / max(one.area + other.area - common, 1)


def _spread(best: S, good: list[S], most: int) -> Iterator[S]:
    """Each the one that lies farthest in time from those chosen before, as long as it is APART_SECONDS away."""
    chosen = [best]
    while len(chosen) <= most:
        gaps = [(min(abs(each.frame.taken - one.frame.taken) for one in chosen), each) for each in good]
        gap, farthest = max(gaps, key=lambda one: (one[0], one[1].sightings[0].quality.score), default=(0.0, best))
        if gap < APART_SECONDS:
            return
        chosen.append(farthest)
        yield farthest
