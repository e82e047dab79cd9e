"""The portrait on a page: which face is taken, and when there is nothing to compare. Mostly with faces that are coloured squares."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from matching.faces import encoding, finding, quality
from matching.faces.encoding import LOOKS, Encoder, Template
from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.faces.opencv import cv2
from matching.faces.quality import Measure, Quality
from matching.rates.scale import Scale, shipped
from workstation.capture.face_reader import Sighting
from workstation.documents import portrait
from workstation.documents.mrz.mrz import MRV_B, TD3
from workstation.training_post.drawn.documents import document, page
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person

UNIT = Encoder("squares", hashlib.sha256(b"squares").hexdigest(), 3)
GREEN, TEAL = (20, 220, 40), (20, 200, 120)


class SquareFaces:
    """A face is a green square; what it measures is given. It stands upright only where the page's left edge is dark."""

    encoder = UNIT

    def __init__(self, *, burnt: float = 0.0, sharpness: float = 2.0) -> None:
        self.burnt, self.sharpness = burnt, sharpness
        self.encoded: list[tuple[int, int]] = []

    @property
    def scale(self) -> Scale:
        return shipped(encoding.unit().digest)

    def look(self, image: Image) -> tuple[Sighting, ...]:
        green = ((image[..., 1] > 150) & (image[..., 0] < 90)).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(green)
        boxes = [Box(x, y, x + wide, y + high) for x, y, wide, high, area in stats[1:count].tolist() if area > 30]
        measures = (Measure("too bright", self.burnt, "share", 50), Measure("sharpness", self.sharpness, "log energy", 50))
        found = [Sighting(Face(box, _points(box)), Quality(measures, None, 50, good=True)) for box in boxes]
        return tuple(sorted(found, key=lambda each: each.face.box.area, reverse=True))

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        assert looks == LOOKS
        self.encoded.append((face.box.width, face.box.height))
        inside = image[face.box.top + 2 : face.box.bottom - 2, face.box.left + 2 : face.box.right - 2]
        return Template(inside.reshape(-1, 3).mean(axis=0).astype(np.float32), UNIT.digest)


def _points(box: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Eyes half a side apart, brows above, mouth below."""
    x, y = box.centre
    points = np.full((68, 2), (x, y), dtype=np.float32)
    points[36:42] = (x - box.width / 4, y - box.height / 8)
    points[42:48] = (x + box.width / 4, y - box.height / 8)
    points[17:27] = (x, y - box.height / 4)
    points[48:60] = (x, y + box.height / 4)
    return points


def sheet(*squares: tuple[int, int, int, tuple[int, int, int]], size: tuple[int, int] = (700, 1000)) -> Image:
    """A grey page with squares: left, top, side, colour."""
    image = np.full((*size, 3), 200, dtype=np.uint8)
    for left, top, side, colour in squares:
        image[top : top + side, left : left + side] = colour
    return image


def templates(found: object) -> list[str]:
    return [each.template for each in getattr(found, "remarks", ())]


def test_that_the_largest_face_is_the_portrait_and_a_ghost_is_mentioned() -> None:
    here = SquareFaces()
    found = portrait.find(sheet((600, 100, 60, TEAL), (60, 200, 190, GREEN)), here)
    assert found is not None
    assert found.template is not None
    assert np.allclose(found.template.vector, GREEN, atol=3)
    assert [str(each) for each in found.remarks] == [
        "Smaller faces on the page, such as a ghost portrait or a label, were left out: 1."
    ]


def test_that_of_two_equal_portraits_the_left_one_is_taken_and_the_officer_is_told() -> None:
    found = portrait.find(sheet((600, 200, 186, TEAL), (60, 210, 180, GREEN)), SquareFaces())
    assert found is not None
    assert found.template is not None
    assert np.allclose(found.template.vector, GREEN, atol=3)
    assert portrait.SEVERAL in templates(found)


@pytest.mark.parametrize("side", [70, 180, 420])
def test_that_a_face_is_encoded_in_a_size_that_the_network_knows(side: int) -> None:
    here = SquareFaces()
    found = portrait.find(sheet((60, 120, side, GREEN)), here)
    assert found is not None
    assert found.face is not None
    assert found.face.box.height == here.encoded[0][1]
    assert portrait.LEAST - 2 <= here.encoded[0][1] <= portrait.MOST + 2
    inside = found.image[found.face.box.centre[1].__int__(), found.face.box.centre[0].__int__()]
    assert np.allclose(inside, GREEN, atol=3)


def test_that_a_page_without_a_face_has_no_portrait() -> None:
    assert portrait.find(sheet(), SquareFaces()) is None


def test_that_too_small_too_bright_and_too_blurred_say_so_and_are_not_compared() -> None:
    for here, picture, why in (
        (SquareFaces(), sheet((60, 120, 22, GREEN), size=(300, 420)), portrait.TOO_SMALL),
        (SquareFaces(burnt=0.6), sheet((60, 120, 180, GREEN)), portrait.BURNT),
        (SquareFaces(sharpness=0.1), sheet((60, 120, 180, GREEN)), portrait.BLURRED),
    ):
        found = portrait.find(picture, here)
        assert found is not None
        assert found.template is None
        assert found.remarks[-1] == why
        assert not here.encoded


def test_that_a_covered_forehead_is_said_and_still_compared() -> None:
    picture = sheet((60, 120, 200, GREEN))
    picture[130:190, 70:250] = (20, 160, 200)
    bare, covered = portrait.find(sheet((60, 120, 200, GREEN)), SquareFaces()), portrait.find(picture, SquareFaces())
    assert bare is not None
    assert covered is not None
    assert portrait.FOREHEAD not in bare.remarks
    assert portrait.FOREHEAD in covered.remarks
    assert covered.template is not None


def test_that_a_chip_portrait_says_where_it_comes_from() -> None:
    found = portrait.find(sheet((60, 120, 200, GREEN)), SquareFaces(), from_chip=True)
    assert found is not None
    assert found.from_chip


class ShortSighted(SquareFaces):
    """Sees nothing in pictures of these widths, as a detector may miss one face in one size."""

    def __init__(self, *widths: int) -> None:
        super().__init__()
        self.widths = widths

    def look(self, image: Image) -> tuple[Sighting, ...]:
        return () if image.shape[1] in self.widths else super().look(image)


def test_that_a_face_missed_in_one_size_is_found_in_another() -> None:
    picture = sheet((60, 120, 200, GREEN))
    for here in (ShortSighted(720), ShortSighted(720, 480)):
        found = portrait.find(picture, here)
        assert found is not None
        assert portrait.TURNED not in found.remarks
        assert found.template is not None
    assert portrait.find(picture, ShortSighted(720, 480, 840, 504, 336, 588)) is None


class LooksAside(SquareFaces):
    """Everything that it sees is turned far to the side, as print that passes for a face is."""

    def look(self, image: Image) -> tuple[Sighting, ...]:
        aside = Measure("yaw", -60.0, "degrees", 0)
        return tuple(
            Sighting(each.face, replace(each.quality, measures=(*each.quality.measures, aside))) for each in super().look(image)
        )


def test_that_what_looks_far_to_the_side_is_not_encoded() -> None:
    here = LooksAside()
    found = portrait.find(sheet((60, 120, 200, GREEN)), here)
    assert found is not None
    assert found.template is None
    assert found.remarks[-1] == portrait.DAMAGED
    assert not here.encoded


class RealFaces(SquareFaces):
    """The program's own detector and network, in this process."""

    encoder = encoding.unit()

    def look(self, image: Image) -> tuple[Sighting, ...]:
        found = finding.find(image)
        return tuple(Sighting(each, quality.assess(image, each, len(found) - 1)) for each in found)

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        return encoding.encode(image, face, looks=looks)


def test_that_a_drawn_traveller_lies_nearer_to_the_own_portrait_than_to_another() -> None:
    """Printed in two ways, one page upside down."""
    here = RealFaces()
    made = document(3, TD3)
    other = document(4, MRV_B)
    own = portrait.find(page(made, 200.0).image, here)
    strange = portrait.find(np.ascontiguousarray(page(other, 200.0).image[::-1, ::-1]), here)
    live = frame([(person(made.holder.seed), View(yaw=5, light_from=-15))], moment=2)
    (face,) = finding.find(live)
    vector = encoding.encode(live, face).vector
    assert own is not None
    assert own.template is not None
    assert strange is not None
    assert strange.template is not None
    assert portrait.TURNED in strange.remarks
    assert np.linalg.norm(own.template.vector - vector) + 0.1 < np.linalg.norm(strange.template.vector - vector)
