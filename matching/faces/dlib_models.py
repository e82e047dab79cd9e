"""The part of face_recognition that is used here, for an installation without it: the same models through dlib itself.

face_recognition asks for `dlib` by name, which has no wheel; `pip install .` on a computer without a compiler therefore leaves
it out (DECISIONS 1). Both give the same faces, landmarks and templates.
"""

from pathlib import Path
from typing import Any

import dlib
import numpy as np

from matching.faces.images import Image


class DlibModels:
    """Named as in face_recognition.api, so that either may be asked."""

    dlib = dlib

    def __init__(self, folder: Path) -> None:
        """The models in the folder, whose digests were checked."""
        self.face_detector = dlib.get_frontal_face_detector()
        self.pose_predictor_5_point = dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat"))
        self.pose_predictor_68_point = dlib.shape_predictor(str(folder / "shape_predictor_68_face_landmarks.dat"))

    def face_locations(self, img: Image, number_of_times_to_upsample: int = 1, model: str = "hog") -> list[tuple[int, ...]]:
        """Top, right, bottom and left of each face, within the picture. Of dlib's two detectors only HOG."""
        if model != "hog":
            raise ValueError(f"no detector {model} without face_recognition")
        high, wide = np.asarray(img).shape[:2]
        boxes: list[Any] = list(self.face_detector(img, number_of_times_to_upsample))
        return [(max(box.top(), 0), min(box.right(), wide), min(box.bottom(), high), max(box.left(), 0)) for box in boxes]
