"""Frames that are used together are of one track of one face."""

from dataclasses import dataclass

import numpy as np

from matching.faces.finding import Box, Face
from tests.fakes import GOOD, POOR
from workstation.capture.camera import Frame
from workstation.capture.face_reader import Sighting
from workstation.capture.recent_frames import FRAMES, LOST_SECONDS, RecentFrames, overlap

NONE = np.empty((0, 2), dtype=np.float32)


@dataclass(frozen=True)
class Seen:
    frame: Frame
    sightings: tuple[Sighting, ...]
    fresh: bool = True


def seen(moment: float, *lefts: int, good: bool = True, fresh: bool = True) -> Seen:
    faces = [Face(Box(left, 0, left + 100, 100), NONE, NONE) for left in lefts]
    frame = Frame(np.zeros((8, 8, 3), dtype=np.uint8), 0, moment)
    return Seen(frame, tuple(Sighting(each, GOOD if good else POOR) for each in faces), fresh)


def frames(*given: Seen) -> RecentFrames[Seen]:
    recent: RecentFrames[Seen] = RecentFrames()
    for each in given:
        recent.add(each)
    return recent


def together(recent: RecentFrames[Seen]) -> list[float]:
    best = recent.best(0.0)
    return [] if best is None else sorted(each.frame.taken for each in (best, *recent.others(best, FRAMES - 1)))


def test_that_a_face_that_moves_a_little_is_one_track() -> None:
    assert together(frames(*(seen(0.2 * step, 10 * step) for step in range(3)))) == [0.0, 0.2, 0.4]


def test_that_a_face_that_jumps_begins_anew() -> None:
    assert together(frames(seen(0.0, 0), seen(0.2, 5), seen(0.4, 300))) == [0.4]


def test_that_a_face_that_left_is_forgotten() -> None:
    gone = [seen(0.2 + 0.1 * step) for step in range(round(LOST_SECONDS / 0.1) + 2)]
    assert together(frames(seen(0.0, 0), seen(0.2, 0), *gone)) == []
    assert together(frames(seen(0.0, 0), *gone, seen(1.0, 0))) == [1.0]


def test_that_a_glance_that_misses_the_face_once_ends_nothing() -> None:
    assert together(frames(seen(0.0, 0), seen(0.2), seen(0.3, 4))) == [0.0, 0.3]


def test_that_a_second_face_ends_the_track() -> None:
    assert together(frames(seen(0.0, 0), seen(0.2, 0, 300), seen(0.4, 300))) == [0.4]
    assert together(frames(seen(0.0, 0), seen(0.2, 0, 300))) == []


def test_that_a_frame_of_an_ended_track_has_no_others() -> None:
    first = seen(0.0, 0)
    recent = frames(first, seen(0.2, 2))
    assert len(recent.others(first, 4)) == 1
    recent.add(seen(0.4, 300))
    assert recent.others(first, 4) == ()


def test_that_poor_and_stale_frames_are_not_used() -> None:
    assert together(frames(seen(0.0, 0), seen(0.2, 0, good=False), seen(0.35, 0, fresh=False), seen(0.4, 0))) == [0.0, 0.4]
    assert frames(seen(0.0, 0)).best(0.1) is None


def test_that_the_frame_that_came_last_is_given_whatever_it_shows() -> None:
    recent = frames(seen(0.0, 0), seen(0.2, 0, 300))
    latest = recent.latest()
    assert latest is not None
    assert len(latest.sightings) == 2
    recent.forget()
    assert recent.latest() is None
    assert recent.best(0.0) is None


def test_that_boxes_overlap_by_what_they_share() -> None:
    assert overlap(Box(0, 0, 10, 10), Box(0, 0, 10, 10)) == 1
    assert overlap(Box(0, 0, 10, 10), Box(5, 0, 15, 10)) == 1 / 3
    assert overlap(Box(0, 0, 10, 10), Box(20, 20, 30, 30)) == 0
