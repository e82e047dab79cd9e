from math import cos, hypot, isclose, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.eye_alignment import EYE_LINE, EYES_APART, Similarity, between, looked_at, places

coordinates = st.floats(-5000, 5000)
points = st.tuples(coordinates, coordinates)


def close(one: tuple[float, float], other: tuple[float, float], within: float = 1e-6) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) <= within


@given(points, points, points, points)
def test_that_both_eyes_come_to_their_places(
    left: tuple[float, float], right: tuple[float, float], to_left: tuple[float, float], to_right: tuple[float, float]
) -> None:
    if hypot(left[0] - right[0], left[1] - right[1]) < 1:
        return
    laid = between((left, right), (to_left, to_right))
    assert close(laid.at(left), to_left)
    assert close(laid.at(right), to_right)


def test_that_eyes_in_their_places_leave_the_picture_as_it_is() -> None:
    eyes = ((10.0, 20.0), (50.0, 20.0))
    assert between(eyes, eyes) == Similarity(1.0, 0.0, 0.0, 0.0)


def test_that_a_tilted_face_is_turned_upright_and_scaled() -> None:
    angle, apart = pi / 6, 80.0
    left = (100.0, 200.0)
    right = (left[0] + apart * cos(angle), left[1] + apart * sin(angle))
    laid = between((left, right), ((0.0, 0.0), (40.0, 0.0)))
    assert isclose(laid.scale, 0.5)
    below = (left[0] - 10 * sin(angle), left[1] + 10 * cos(angle))  # ten pixels below the left eye, seen along the face
    assert close(laid.at(below), (0.0, 5.0))


def test_that_a_face_is_never_mirrored() -> None:
    laid = between(((0.0, 0.0), (10.0, 0.0)), ((30.0, 5.0), (10.0, 5.0)))
    assert laid.a * laid.a + laid.b * laid.b > 0  # the determinant of a turn with a scale; a mirror would be negative
    assert close(laid.at((0.0, 10.0)), (30.0, -15.0))


def test_that_one_similarity_after_another_is_the_same_as_both_in_turn() -> None:
    first, second = Similarity(0.5, 0.2, 3.0, -4.0), Similarity(-1.5, 0.7, 11.0, 2.0)
    assert close(first.then(second).at((17.0, 23.0)), second.at(first.at((17.0, 23.0))))


def test_that_eyes_at_one_point_are_refused() -> None:
    with pytest.raises(ValueError, match="one point"):
        between(((5.0, 5.0), (5.0, 5.0)), ((0.0, 0.0), (1.0, 0.0)))


def test_that_the_eyes_belong_level_in_the_middle_of_a_pane() -> None:
    (left, height), (right, same) = places(400, 300)
    assert height == same == EYE_LINE * 300
    assert isclose((left + right) / 2, 200)
    assert isclose(right - left, EYES_APART * 300)


def test_that_two_pictures_of_different_size_come_to_equal_scale_on_one_line() -> None:
    small, large = ((40.0, 50.0), (70.0, 52.0)), ((900.0, 1210.0), (1500.0, 1100.0))
    pane = places(500, 400)
    for eyes in (small, large):
        laid = between(eyes, pane)
        assert close(laid.at(eyes[0]), pane[0])
        assert close(laid.at(eyes[1]), pane[1])


def test_that_the_wheel_zooms_about_the_point_between_the_eyes() -> None:
    centre = (250.0, 170.0)
    view = looked_at(2.0, (0.0, 0.0), centre)
    assert view.at(centre) == centre
    assert view.at((260.0, 170.0)) == (270.0, 170.0)
    assert looked_at(2.0, (7.0, -3.0), centre).at(centre) == (257.0, 167.0)
