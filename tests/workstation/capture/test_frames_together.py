"""A few frames of one traveller give one template; a frame of somebody else gives nothing to it."""

import numpy as np
import pytest

from matching.faces.encoding import Template
from matching.faces.finding import Face
from matching.faces.images import Image
from tests.fakes import NumberedFaces, picture
from workstation.capture.recent_frames import FRAMES
from workstation.screening.screening import look


class Counting(NumberedFaces):
    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0

    def encode(self, image: Image, face: Face) -> Template:
        self.encoded += 1
        return super().encode(image, face)


def frames(*people: int) -> list[tuple[Image, Face]]:
    faces = NumberedFaces()
    images = [picture(person, moment=moment) for moment, person in enumerate(people, start=1)]
    return [(image, faces.look(image)[0].face) for image in images]


@pytest.mark.parametrize(("others", "encoded"), [(0, 1), (1, 2), (2, 3), (9, FRAMES)])
def test_that_each_frame_is_encoded_as_a_record_is_and_no_more_than_are_needed(others: int, encoded: int) -> None:
    faces = Counting()
    seen = look(faces, picture(7), None, by_hand=False, others=frames(*[7] * others))
    assert seen.template is not None
    assert faces.encoded == encoded


def test_that_the_template_is_the_mean_of_the_frames() -> None:
    faces = NumberedFaces()
    others = frames(7, 7)
    seen = look(faces, picture(7), None, by_hand=False, others=others)
    rows = np.array([faces.encode(picture(7), others[0][1]).vector, *(faces.encode(*each).vector for each in others)])
    middle = rows.mean(axis=0)
    expected = middle / np.linalg.norm(middle) * np.linalg.norm(rows, axis=1).mean()
    assert seen.template is not None
    np.testing.assert_allclose(seen.template.vector, expected, rtol=1e-5)


def test_that_a_frame_of_somebody_else_is_left_out() -> None:
    faces = NumberedFaces()
    alone = look(faces, picture(7), None, by_hand=False)
    seen = look(faces, picture(7), None, by_hand=False, others=frames(500, 501))
    assert seen.template is not None
    assert alone.template is not None
    np.testing.assert_allclose(seen.template.vector, alone.template.vector, rtol=1e-6)
