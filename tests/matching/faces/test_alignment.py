"""A face is turned upright by the least squares similarity, and by nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.faces import finding
from matching.faces.alignment import PLACES, SIDE, aligned, similarity
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person


@given(turn=st.floats(-180, 180), scale=st.floats(0.05, 20), x=st.floats(-1000, 1000), y=st.floats(-1000, 1000))
def test_that_points_turned_scaled_and_moved_come_back_to_their_places(turn: float, scale: float, x: float, y: float) -> None:
    angle = np.radians(turn)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = PLACES @ rotation.T * scale + (x, y)
    found = similarity(points)
    assert points @ found[:, :2].T + found[:, 2] == pytest.approx(PLACES, abs=1e-6)


def test_that_no_other_similarity_lies_nearer() -> None:
    random = np.random.default_rng(3)
    points = PLACES + random.normal(0, 4, PLACES.shape)
    best = similarity(points)

    def error(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        return float(np.square(points @ matrix[:, :2].T + matrix[:, 2] - PLACES).sum())

    for _ in range(200):
        along, across, x, y = random.normal(0, 0.05, 4)
        other = best + np.array([[along, -across, x], [across, along, y]])
        assert error(other) >= error(best)


def test_that_points_in_one_place_are_a_bug() -> None:
    with pytest.raises(ValueError, match="no direction"):
        similarity(np.ones((5, 2)))


@pytest.mark.parametrize("view", [View(), View(scale=0.7, shift_x=0.1), View(yaw=10)])
def test_that_the_eyes_come_to_their_places(view: View) -> None:
    picture = portrait(person(5), view, moment=1)
    (face,) = finding.find(picture)
    for points in (face.points, face.five_landmarks):
        chip = aligned(picture, points)
        assert chip.shape == (SIDE, SIDE, 3)
        found = finding.landmarks(chip, finding.Box(12, 26, 99, 113))
        eyes = np.array([found[36:42].mean(axis=0), found[42:48].mean(axis=0)])
        assert eyes == pytest.approx(PLACES[:2], abs=6)
