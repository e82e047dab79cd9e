"""Faces in a picture: where they are, their five points and their 68 landmarks. Found with YuNet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces import yunet
from matching.faces.alignment import similarity
from matching.faces.images import Image
from matching.faces.models import landmark_predictor
from matching.faces.yunet import Detected

GLANCE_SIDE = 320
"""Pixels of the longer side of the picture that is looked at first: a face a twentieth as wide as the picture is found."""
THOROUGH_SIDE = 1280
"""Where nobody is found, a thorough look takes up to this many, and finds a face a fiftieth as wide."""
_MIDDLE, _SIDE = (54.8, 69.7), 87.0
"""Of the box in an aligned picture (`alignment.PLACES`): the median of the boxes that dlib's landmarks were trained with."""


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels; right and bottom lie outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    box: Box
    """Square, from the brows to the chin; it may reach beyond the picture."""
    landmarks: NDArray[np.float32]
    """(68, 2), x and y in pixels, in the order of the iBUG 300-W scheme."""
    points: NDArray[np.float32]
    """(5, 2): eye on the left of the picture, eye on the right, tip of the nose, corners of the mouth left and right."""
    sure: float = 1.0
    """The detector's own score, 0 to 1. It finds faces that stand on their head too, and is less sure of them."""

    @property
    def five_landmarks(self) -> NDArray[np.float32]:
        """The same five of the 68 landmarks: middles of the eyes, tip of the nose, corners of the mouth, (5, 2)."""
        points = self.landmarks
        five = [points[36:42].mean(axis=0), points[42:48].mean(axis=0), points[30], points[48], points[54]]
        return np.array(five, dtype=np.float32)


def find(image: Image, *, thorough: bool = True) -> tuple[Face, ...]:
    """Every face, largest first. Where the first look finds none, `thorough` looks for smaller ones."""
    detected = yunet.detect(image, GLANCE_SIDE)
    if not detected and thorough:
        detected = yunet.detect(image, min(max(image.shape[:2]), THOROUGH_SIDE))
    return tuple(sorted((_face(image, each) for each in detected), key=lambda face: face.box.area, reverse=True))


def _face(image: Image, detected: Detected) -> Face:
    box = _box(detected.points)
    return Face(box, landmarks(image, box), detected.points.astype(np.float32), detected.score)


def _box(points: NDArray[np.float64]) -> Box:
    """Upright, as large as the face is; how it is turned does not matter."""
    upright = similarity(points)
    turn, shift = upright[:, :2], upright[:, 2]
    x, y = np.linalg.solve(turn, np.array(_MIDDLE) - shift)
    half = _SIDE / float(np.hypot(*turn[0])) / 2
    return Box(round(x - half), round(y - half), round(x + half), round(y + half))


def landmarks(image: Image, box: Box) -> NDArray[np.float32]:
    """The 68 landmarks of the face in the box, (68, 2), x and y in pixels."""
    import dlib  # noqa: PLC0415 - most of the program never looks for a face

    shape = landmark_predictor()(image, dlib.rectangle(box.left, box.top, box.right, box.bottom))
    return np.array([(point.x, point.y) for point in shape.parts()], dtype=np.float32)
