"""Frames that came before are known by their digests; a live sensor never repeats itself."""

from itertools import chain

import numpy as np
import pytest

from matching.faces.images import Image
from tests.desk_frames import desk, frame
from workstation.capture.replayed import KEPT_SECONDS, LOOP, REPEATS, Replayed

FPS = 25


def shot(number: int) -> Image:
    return np.ascontiguousarray(np.random.default_rng(number).integers(0, 255, (48, 64, 3), dtype=np.uint8))


def seen(numbers: chain[int] | range | list[int], start: float = 0.0) -> Replayed:
    replayed = Replayed()
    for turn, number in enumerate(numbers):
        replayed.see(shot(number), start + turn / FPS)
    return replayed


def test_that_a_live_camera_of_a_still_scene_is_never_noted() -> None:
    live, random = Replayed(), np.random.default_rng(1)
    scene = frame(desk(grain=40), 0, noise=0.0)[:120, :160]
    for turn in range(200):
        still = np.clip(scene + random.normal(0, 0.6, (120, 160, 1)), 0, 255).astype(np.uint8)
        live.see(still, turn / FPS)
    assert not live.repeats
    assert not live.loops


def test_that_a_recording_that_goes_round_is_a_loop() -> None:
    played = chain(*(range(40) for _ in range(3)))
    loop = seen(played)
    assert loop.repeats
    assert loop.loops


@pytest.mark.parametrize(("again", "noted"), [(REPEATS - 1, False), (REPEATS, True)])
def test_that_a_picture_that_comes_again_and_again_is_a_repetition(again: int, *, noted: bool) -> None:
    numbers = list(range(1000))
    for turn in range(again):
        numbers[200 + 37 * turn * (turn + 1)] = 0
    assert seen(numbers[: 200 + 37 * again * (again + 1)]).repeats is noted


def test_that_a_frame_that_a_driver_gives_twice_is_none() -> None:
    twice = chain(*((number, number) for number in range(50)))
    assert not seen(twice).repeats


def test_that_a_covered_camera_may_repeat_itself() -> None:
    dark = Replayed()
    for turn in range(5 * LOOP * FPS):
        dark.see(np.zeros((48, 64, 3), dtype=np.uint8), float(turn))
    assert not dark.repeats


def test_that_frames_are_remembered_for_a_minute_only() -> None:
    replayed = seen(range(100))
    replayed.see(shot(500), 100 / FPS + KEPT_SECONDS)
    assert len(replayed._seen) == len(replayed._last) == 1
