"""Up to five frames of one traveller give one template; a frame of somebody else gives nothing to it."""

import numpy as np
import pytest

from matching.faces.encoding import LOOKS, Template
from matching.faces.finding import Face
from matching.faces.images import Image
from tests.fakes import NumberedFaces, picture
from workstation.screening.screening import FRAMES, look


class Counting(NumberedFaces):
    def __init__(self) -> None:
        super().__init__()
        self.looks: list[int] = []

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        self.looks.append(looks)
        return super().encode(image, face, looks=looks)


def frames(*people: int) -> list[tuple[Image, Face]]:
    faces = NumberedFaces()
    images = [picture(person, moment=moment) for moment, person in enumerate(people, start=1)]
    return [(image, faces.look(image)[0].face) for image in images]


@pytest.mark.parametrize(("others", "looks"), [(0, [4]), (1, [2, 2]), (2, [1, 1, 1]), (4, [1] * 5), (9, [1] * FRAMES)])
def test_that_the_looks_are_shared_among_the_frames(others: int, looks: list[int]) -> None:
    faces = Counting()
    seen = look(faces, picture(7), None, by_hand=False, others=frames(*[7] * others))
    assert seen.template is not None
    assert faces.looks == looks


def test_that_the_template_is_the_mean_of_the_frames() -> None:
    faces = NumberedFaces()
    others = frames(7, 7, 7, 7)
    seen = look(faces, picture(7), None, by_hand=False, others=others)
    one = faces.encode(picture(7), others[0][1]).vector
    mean = np.mean([one, *(faces.encode(*each).vector for each in others)], axis=0)
    assert seen.template is not None
    np.testing.assert_allclose(seen.template.vector, mean, rtol=1e-5)


def test_that_a_frame_of_somebody_else_is_left_out() -> None:
    faces = NumberedFaces()
    alone = look(faces, picture(7), None, by_hand=False)
    seen = look(faces, picture(7), None, by_hand=False, others=frames(500, 501))
    assert seen.template is not None
    assert alone.template is not None
    np.testing.assert_allclose(seen.template.vector, alone.template.vector, rtol=1e-6)
