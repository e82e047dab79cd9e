"""The exposure follows the face, rests within its band, never swings, and lets go of a camera that does not obey."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.capture.exposure import (
    ABSENT_SECONDS,
    BRIGHT,
    DIM,
    LONGEST,
    MOST_STEPS,
    Exposure,
    FaceLight,
    Steering,
    face_light,
    settings_for,
    steer,
)

FPS = 25


class Room:
    """A V4L2 camera before a face and a window: its automatic exposes for the whole; a change shows after `delay` frames."""

    def __init__(self, face: float, window: float, *, delay: int = 4, obeys: bool = True, backend: str = "V4L2") -> None:
        self._face, self._window, self._delay, self._obeys, self._backend = face, window, delay, obeys, backend
        self.automatic = True
        self.exposure, self.gain = 0.0, 16.0
        self._expose()
        self._shown = [self._factor()] * (delay + 1)
        self.asked: list[float] = []

    def getBackendName(self) -> str:
        return self._backend

    def get(self, name: int) -> float:
        return {cv2.CAP_PROP_EXPOSURE: self.exposure, cv2.CAP_PROP_GAIN: self.gain}[name]

    def set(self, name: int, value: float) -> bool:
        if name == cv2.CAP_PROP_AUTO_EXPOSURE:
            self.automatic = value == 3
            self._expose()
        elif self._obeys and name == cv2.CAP_PROP_EXPOSURE:
            self.asked.append(value)
            self.exposure = value
        elif self._obeys and name == cv2.CAP_PROP_GAIN:
            self.gain = value
        return True

    def light(self) -> FaceLight:
        """The next frame, as it would be measured."""
        self._shown = [*self._shown[1:], self._factor()]
        face, window = (255 * min(each * self._shown[0], 1.0) ** (1 / 2.2) for each in (self._face, self._window))
        return FaceLight(face, 0.5 if face >= 254 else 0.0, window)

    def _factor(self) -> float:
        return self.exposure * 2 ** ((self.gain - 16) / 36)

    def _expose(self) -> None:
        if self.automatic:
            self.exposure = round(0.6 / (0.3 * self._face + 0.7 * self._window))


def steered(room: Room, seconds: float = 15) -> list[FaceLight]:
    exposure, seen = Exposure(room), []
    for number in range(round(seconds * FPS)):
        seen.append(room.light())
        exposure.act(seen[-1], number / FPS)
    return seen


def test_that_a_face_before_a_window_is_exposed_for() -> None:
    room = Room(face=0.0005, window=0.01)
    seen = steered(room)
    assert seen[0].light < DIM
    assert seen[0].against_the_light
    assert DIM <= seen[-1].light <= BRIGHT
    assert not room.automatic


def test_that_a_face_in_a_spotlight_is_exposed_for() -> None:
    room = Room(face=0.02, window=0.0004)
    seen = steered(room)
    assert seen[0].burnt > 0
    assert seen[-1].light <= BRIGHT


def test_that_a_camera_is_left_alone_while_the_face_is_well_exposed() -> None:
    room = Room(face=0.002, window=0.004)
    steered(room)
    assert room.automatic
    assert room.asked == []


@given(face=st.floats(1e-5, 0.1), window=st.floats(1e-4, 0.1), delay=st.integers(0, 12))
def test_that_the_exposure_never_swings(face: float, window: float, delay: int) -> None:
    room = Room(face, window, delay=delay)
    steered(room)
    turns = [later - earlier for earlier, later in pairwise([room.asked[0] if room.asked else 0.0, *room.asked])]
    assert all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)
    assert len(room.asked) <= MOST_STEPS
    assert all(1 <= asked <= max(LONGEST, room.asked[0] * 2) for asked in room.asked)


def test_that_the_automatic_takes_over_when_nobody_is_there() -> None:
    room = Room(face=0.0005, window=0.01)
    exposure = Exposure(room)
    for number in range(5 * FPS):
        exposure.act(room.light(), number / FPS)
    assert not room.automatic
    exposure.act(None, 5 + ABSENT_SECONDS - 1)
    assert not room.automatic
    exposure.act(None, 5 + ABSENT_SECONDS)
    assert room.automatic
    assert room.gain == 16


@pytest.mark.parametrize("room", [Room(0.0005, 0.01, obeys=False), Room(0.0005, 0.01, backend="FFMPEG")])
def test_that_a_camera_that_does_not_obey_is_given_back(room: Room) -> None:
    before = room.exposure
    steered(room)
    assert room.automatic
    assert room.exposure == before


def test_that_longer_than_a_face_stands_still_is_gained_instead() -> None:
    assert settings_for(100, 16, 3) == (200, 16)
    exposure, gain = settings_for(400, 16, 4)
    assert exposure == LONGEST
    assert gain > 16
    assert settings_for(2, 0, -MOST_STEPS) == (1.0, 0)


def test_that_steps_have_an_end() -> None:
    dim, steering = FaceLight(20, 0, 100), Steering()
    for number in range(100):
        steering = steer(dim, steering, float(number))
    assert steering.steps == MOST_STEPS


def _scene(skin: int, wall: int) -> Image:
    image = np.full((240, 320, 3), wall, dtype=np.uint8)
    cv2.ellipse(image, (160, 120), (40, 55), 0, 0, 360, (skin, skin, skin), -1)
    return image


def test_that_the_light_on_the_face_is_told_from_the_light_behind() -> None:
    face = Face(Box(115, 60, 205, 180), np.empty((0, 2), dtype=np.float32))
    light = face_light(_scene(60, 250), face)
    assert light is not None
    assert light.light == pytest.approx(60, abs=3)
    assert light.behind == pytest.approx(250, abs=3)
    assert light.against_the_light
    even = face_light(_scene(150, 160), face)
    assert even is not None
    assert not even.against_the_light


@pytest.mark.parametrize("box", [Box(0, 0, 10, 10), Box(-50, 10, -2, 90), Box(310, 200, 400, 300)])
def test_that_a_face_too_small_or_outside_has_no_light(box: Box) -> None:
    assert face_light(_scene(100, 100), Face(box, np.empty((0, 2), dtype=np.float32))) is None
