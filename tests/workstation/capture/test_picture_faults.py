"""What is wrong with a picture as a whole is told apart; a dark room and a grey wall are pictures."""

import numpy as np
import pytest

from matching.faces.images import Image
from tests.fakes import picture
from workstation.capture.picture_faults import BLACK, COVERED, GREEN, WHITE, fault_of
from workstation.sentences import Sentence

DRAWN = np.random.default_rng(7)


def even(red: int, green: int, blue: int, noise: int = 0) -> Image:
    whole = np.tile(np.array([red, green, blue], dtype=np.int16), (480, 640, 1))
    return np.asarray(np.clip(whole + DRAWN.integers(0, noise + 1, whole.shape), 0, 255), dtype=np.uint8)


def half_green() -> Image:
    room: Image = np.asarray(DRAWN.integers(30, 220, (480, 640, 3)), dtype=np.uint8)
    room[240:] = (0, 135, 0)
    return room


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (even(0, 0, 0), BLACK),
        (even(1, 1, 1), BLACK),
        (even(0, 0, 0, noise=18), BLACK),
        (even(0, 135, 0), GREEN),
        (even(0, 77, 0), GREEN),
        (half_green(), GREEN),
        (even(255, 255, 255), WHITE),
        (even(60, 22, 15, noise=6), COVERED),
        (even(40, 40, 40, noise=3), COVERED),
        (even(140, 140, 140, noise=6), None),
        (DRAWN.integers(0, 70, (480, 640, 3)).astype(np.uint8), None),
        (DRAWN.integers(0, 255, (480, 640, 3)).astype(np.uint8), None),
        (picture(), None),
    ],
    ids=[
        "black", "nearly black", "a cover in the dark", "green", "dark green", "half green", "white", "a hand", "a cover",
        "a wall", "a dark room", "a room", "nobody",
    ],
)  # fmt: skip # a table
def test_that_a_fault_of_the_picture_is_named(image: Image, expected: Sentence | None) -> None:
    assert fault_of(image) == expected
