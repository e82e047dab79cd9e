"""A grid and a frame are measured on simulated screens and papers, and not on people."""

import numpy as np
import pytest

from matching.faces.finding import Box
from matching.faces.images import Image, decode, jpeg
from matching.faces.opencv import cv2
from tests.rephotographed import held_up
from workstation.capture.presentation import GRID, SIDE, frame_around, grid_strength
from workstation.training_post.cast import STRANGER_SEEDS
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person

_UNIT = 480 / 4.4
FACE = Box(round(320 - 0.8 * _UNIT), round(225 - 0.9 * _UNIT), round(320 + 0.8 * _UNIT), round(225 + 0.9 * _UNIT))


def traveller(number: int) -> Image:
    """Before a wall, with a window behind every fourth."""
    return frame([(person(STRANGER_SEEDS[number]), View(background=number % 4))], moment=number)


@pytest.mark.parametrize("number", range(8))
def test_that_a_person_shows_neither_grid_nor_frame(number: int) -> None:
    image = traveller(number)
    for each in (image, decode(jpeg(image, 80))):
        strength = grid_strength(each, FACE)
        assert strength is not None
        assert strength < GRID
        assert frame_around(each, FACE) is None


@pytest.mark.parametrize("pitch", [1.5, 2.6])
def test_that_a_screen_shows_its_grid(pitch: float) -> None:
    strengths = [
        grid_strength(*held_up(traveller(number), FACE, pitch=pitch, turn=3.0 - number, size=(288, 288), moment=number)) or 0.0
        for number in range(4)
    ]
    assert sum(strength >= GRID for strength in strengths) >= 3


@pytest.mark.parametrize("screen", [True, False])
def test_that_a_device_and_a_paper_show_their_frame(*, screen: bool) -> None:
    image, box = held_up(traveller(1), FACE, pitch=0.6, turn=5.0, screen=screen)
    found = frame_around(image, box)
    assert found is not None
    assert cv2.contourArea(np.array(found.corners, dtype=np.float32)) > 1.3 * box.area


def test_that_a_frame_that_leaves_the_picture_is_not_seen() -> None:
    image, box = held_up(traveller(1), FACE, pitch=1.2)
    assert frame_around(image, box) is None


def test_that_a_door_behind_a_person_is_no_frame() -> None:
    image = traveller(0).copy()
    behind = image.copy()
    cv2.rectangle(behind, (140, 20), (500, 470), (20, 20, 20), 6)
    body = np.zeros(image.shape[:2], dtype=np.uint8)
    cv2.ellipse(body, (320, 480), (230, 130), 0, 0, 360, 1, -1)
    behind[body == 1] = image[body == 1]
    assert frame_around(behind, FACE) is None


def test_that_a_small_picture_has_no_grid_to_be_looked_for() -> None:
    assert grid_strength(np.zeros((SIDE - 1, 640, 3), dtype=np.uint8), FACE) is None


@pytest.mark.parametrize("box", [Box(-50, -50, 20, 20), Box(600, 440, 700, 520)])
def test_that_a_face_at_the_edge_is_looked_at_as_far_as_it_goes(box: Box) -> None:
    assert grid_strength(traveller(0), box) is not None
    assert frame_around(traveller(0), box) is None
