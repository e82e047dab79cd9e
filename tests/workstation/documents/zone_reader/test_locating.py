"""Lines on a map of print, pieces made whole, and what may be a zone."""

import numpy as np
from numpy.typing import NDArray

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import locating


def drawn(*lines: tuple[tuple[int, int], tuple[int, int]], thickness: int = 4) -> NDArray[np.float32]:
    seen = np.zeros((480, 640), dtype=np.float32)
    for start, end in lines:
        cv2.line(seen, start, end, 1.0, thickness)
    return seen


def test_that_a_line_in_pieces_is_made_whole() -> None:
    found = locating.joined(locating.lines(drawn(((50, 300), (250, 305)), ((258, 305), (600, 314))), (480, 640, 3)))
    assert len(found) == 1
    assert 540 < found[0].length < 570


def test_that_two_long_lines_in_any_direction_may_be_a_zone() -> None:
    for along in ((1.0, 0.0), (0.0, 1.0), (0.7, 0.7), (0.7, -0.7)):
        way, across = np.array(along), np.array([-along[1], along[0]])
        ends = []
        for shift in (0, 1):
            left, right = (
                np.round(np.array([320, 240]) + shift * 20 * across + side * 180 * way).astype(int) for side in (-1, 1)
            )
            ends.append(((int(left[0]), int(left[1])), (int(right[0]), int(right[1]))))
        (candidate,) = locating.candidates(locating.lines(drawn(*ends), (480, 640, 3)))
        assert len(candidate.lines) == 2
        assert 18 < candidate.spacing < 22
        assert candidate.lines[0].along @ candidate.lines[1].along > 0.99


def test_that_three_lines_are_one_candidate_and_short_ones_none() -> None:
    three = [((100, 300 + 25 * n), (440, 300 + 25 * n)) for n in range(3)]
    (candidate,) = locating.distinct(locating.candidates(locating.lines(drawn(*three), (480, 640, 3))))
    assert len(candidate.lines) == 3
    assert locating.candidates(locating.lines(drawn(((100, 100), (115, 100)), ((100, 110), (115, 110))), (480, 640, 3))) == []


def test_that_a_turned_line_has_the_same_points() -> None:
    (line,) = locating.lines(drawn(((50, 100), (600, 140))), (480, 640, 3))
    ways = np.linspace(line.start, line.end, 9)
    np.testing.assert_allclose(line.turned().at(-ways), line.at(ways), atol=1e-6)
