"""YuNet (Wu et al., Machine Intelligence Research 2023): five points of each face, from a reduced picture in milliseconds."""

import functools
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces import zoo
from matching.faces.images import Image
from matching.faces.opencv import cv2

SURE = 0.6
"""The detector's own score, 0 to 1, from which something is a face; the bench found none false from here on."""
_OVERLAP = 0.3
_MOST = 200
"""Faces that are told apart at most in one picture."""
_LOCK = threading.Lock()
"""One detector serves the whole process, and its size is set before each picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Detected:
    points: NDArray[np.float64]
    """(5, 2): eye on the left of the picture, eye on the right, tip of the nose, corners of the mouth left and right."""
    width: float
    """Of the detector's own box, in pixels of the picture."""
    score: float


def detect(image: Image, side: int) -> tuple[Detected, ...]:
    """The faces of the picture, reduced or enlarged until its longer side has `side` pixels; in pixels of the picture."""
    high, wide = image.shape[:2]
    scale = side / max(high, wide)
    size = (max(round(wide * scale), 1), max(round(high * scale), 1))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.cvtColor(cv2.resize(image, size, interpolation=way), cv2.COLOR_RGB2BGR)
    with _LOCK:
        detector = _detector()
        detector.setInputSize(size)
        _, rows = detector.detect(small)
    if rows is None:
        return ()
    across = np.array([wide / size[0], high / size[1]])
    return tuple(
        Detected(row[4:14].reshape(5, 2).astype(np.float64) * across, float(row[2] * across[0]), float(row[14])) for row in rows
    )


@functools.cache
def _detector() -> cv2.FaceDetectorYN:
    data = np.frombuffer(zoo.checked(zoo.DETECTOR), dtype=np.uint8)
    return cv2.FaceDetectorYN.create("onnx", data, np.empty(0, dtype=np.uint8), (320, 320), SURE, _OVERLAP, _MOST)
