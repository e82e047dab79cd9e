"""Faces in a picture: where they are and their 68 landmarks. Found with face_recognition's HOG detector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.models import face_recognition_api
from matching.faces.opencv import cv2

PREVIEW_WIDTH = 480
"""The preview looks for faces in a picture of this width, which finds a face from about a sixth of the width on."""
GLANCE_THRESHOLD = -0.3
"""At the detector's own threshold of 0 the undoubled look missed dark faces: 6 % of the training travellers' frames."""
THOROUGH_WIDTH = 960
"""Larger pictures are reduced to this width before the thorough look, whose detector doubles them once."""


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
    landmarks: NDArray[np.float32]
    """(68, 2), x and y in pixels, in the order of the iBUG 300-W scheme."""


def find(image: Image, *, thorough: bool = True) -> tuple[Face, ...]:
    """Every face, largest first. `thorough` doubles the picture and finds smaller faces; the preview does without."""
    width = image.shape[1]
    wanted = THOROUGH_WIDTH if thorough else PREVIEW_WIDTH
    scale = min(1.0, wanted / width)
    small = image
    if scale < 1.0:
        small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    faces = []
    for top, right, bottom, left in _locations(small, thorough=thorough):
        box = Box(*(round(side / scale) for side in (left, top, right, bottom)))
        faces.append(Face(box, landmarks(image, box)))
    return tuple(sorted(faces, key=lambda face: face.box.area, reverse=True))


def _locations(image: Image, *, thorough: bool) -> list[tuple[int, int, int, int]]:
    """Top, right, bottom, left of each face, within the picture."""
    api = face_recognition_api()
    if thorough:
        return list(api.face_locations(image, 1, model="hog"))
    found, _, _ = api.face_detector.run(image, 0, GLANCE_THRESHOLD)
    high, wide = image.shape[:2]
    return [(max(box.top(), 0), min(box.right(), wide), min(box.bottom(), high), max(box.left(), 0)) for box in found]


def landmarks(image: Image, box: Box) -> NDArray[np.float32]:
    """The 68 landmarks of the face in the box, (68, 2), x and y in pixels."""
    api = face_recognition_api()
    rectangle = api.dlib.rectangle(box.left, box.top, box.right, box.bottom)
    shape = api.pose_predictor_68_point(image, rectangle)
    return np.array([(point.x, point.y) for point in shape.parts()], dtype=np.float32)
