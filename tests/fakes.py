"""Small real stand-ins: faces and pages that are read from numbers in the picture instead of by a network."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matching.faces.encoding import Encoder, Template, unit
from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.faces.quality import Fix, Measure, Quality
from matching.rates.cohort import Cohort, Mixture
from matching.rates.scale import Scale, shipped
from tests.factory import NOW
from workstation.capture.face_process import FaceProcessDied
from workstation.capture.face_reader import Sighting
from workstation.documents.mrz.mrz import parse
from workstation.documents.zone_reader.reading import Doubt, PageRead, PrintedText, Quad, Why, ZoneReading
from workstation.sentences import Sentence

UNIT = Encoder("numbers", hashlib.sha256(b"numbers").hexdigest(), 16)
COHORT = Cohort.of(UNIT.digest, Mixture(np.ones(1), np.zeros((1, 16)), np.eye(16)[None]))
SCALE = Scale(
    COHORT, replace(shipped(unit().digest).calibration, encoder=UNIT.digest, cohort=COHORT.digest, data="numbers, for tests")
)
"""The numbers of the shipped calibration: numbered people lie far beyond its grid, their own pictures far within."""
GOOD = Quality((Measure("eye distance", 90.0, "pixels", 100),), None, 90, good=True)
POOR = Quality((Measure("eye distance", 20.0, "pixels", 10),), Fix.CLOSER, 10, good=False)


def picture(*people: int, poor: bool = False, moment: int = 0) -> Image:
    """A picture in which these people are found; `moment` makes another picture of the same people."""
    image = np.full((64, 96, 3), 90 + moment, dtype=np.uint8)
    image[0, 0] = (len(people), int(poor), 7)
    for place, person in enumerate(people):
        image[1, place] = (person // 256, person % 256, 9)
    return image


class NumberedFaces:
    """Finds and encodes what `picture` wrote. `dies` makes the next call fail as a killed process would."""

    encoder = UNIT
    scale = SCALE

    def __init__(self) -> None:
        self.dies = False

    def look(self, image: Image) -> tuple[Sighting, ...]:
        if self.dies:
            self.dies = False
            raise FaceProcessDied
        count, poor, mark = (int(value) for value in image[0, 0])
        if mark != 7:
            return ()
        quality = POOR if poor else GOOD
        return tuple(Sighting(_face(place), quality) for place in range(count))

    def recognise(self, image: Image, face: Face) -> Template | None:
        return self.encode(image, face)

    def encode(self, image: Image, face: Face) -> Template:
        place = (face.box.left - 10) // 40
        high, low, _ = (int(value) for value in image[1, place])
        moment = int(image[30, 90, 0])
        rest = np.random.default_rng([high * 256 + low]).normal(size=UNIT.dimension)
        shake = np.random.default_rng([high, low, moment]).normal(size=UNIT.dimension) * 0.01
        return Template((rest + shake).astype(np.float32), UNIT.digest)


def page_picture(*lines: str, person: int | None = None, doubtful: str = "", moment: int = 0) -> Image:
    """A page with these lines, and the portrait of this person; characters of `doubtful` are marked wherever they stand."""
    image = picture(*([] if person is None else [person]), moment=moment)
    image[0, 1] = (len(lines), len(lines[0]) if lines else 0, 8)
    for row, line in enumerate(lines):
        image[42 + row, : len(line), 0] = [ord(each) for each in line]
    for place, each in enumerate(doubtful):
        image[0, 2 + place] = (ord(each), 0, 9)
    return image


class NumberedPages:
    """Reads what `page_picture` wrote."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, image: Image, *, texts: bool = False) -> PageRead:
        del texts
        self.reads += 1
        count, length, mark = (int(value) for value in image[0, 1])
        height, width = image.shape[:2]
        corners = ((0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0))
        if mark != 8:
            return PageRead(None, Sentence("No machine-readable zone was found in the picture."), None, None)
        if not count:
            return PageRead(None, Sentence("No machine-readable zone was found in the picture."), image, corners)
        lines = tuple("".join(map(chr, image[42 + row, :length, 0].tolist())) for row in range(count))
        doubtful = "".join(chr(int(each[0])) for each in image[0, 2:] if int(each[2]) == 9)
        return PageRead(read_without_fault(lines, doubtful), None, image, corners)

    def read_print(self, page: Image, without: Sequence[Quad] = ()) -> tuple[PrintedText, ...]:
        del page, without
        return ()


def read_without_fault(lines: tuple[str, ...], doubtful: str = "") -> ZoneReading:
    zone = parse(lines, NOW.date())
    doubts = tuple(
        Doubt(row, column, each, "0", Why.UNCOVERED)
        for row, line in enumerate(lines)
        for column, each in enumerate(line)
        if each in doubtful
    )
    quads = tuple(((2.0, 42.0 + row), (90.0, 42.0 + row), (90.0, 43.0 + row), (2.0, 43.0 + row)) for row in range(len(lines)))
    return ZoneReading(lines, lines, (), doubts, tuple((1.0,) * len(line) for line in lines), quads, zone, zone)


def _face(place: int) -> Face:
    """With 68 landmarks and five points."""
    points = np.zeros((68, 2), dtype=np.float32)
    points[36:42] = (18 + 40 * place, 20)
    points[42:48] = (32 + 40 * place, 20)
    points[30], points[48], points[54] = (25 + 40 * place, 27), (20 + 40 * place, 33), (30 + 40 * place, 33)
    return Face(Box(10 + 40 * place, 10, 40 + 40 * place, 40), points, points[[36, 42, 30, 48, 54]])
