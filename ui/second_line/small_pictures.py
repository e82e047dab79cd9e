"""The traveller of each alert as a small square, cut around the face; decoded off the GUI thread, a few at a time."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from matching.faces.images import Image, ImageRefused, decode
from workstation.desk.desk import Desk

SIDE = 96
AT_ONCE = 4
"""Decoded in one turn, so that an officer's question need not wait behind fifty pictures."""
_AROUND = 0.45
"""Of the face's height, kept on each side of it."""


def small_pictures(alert_ids: Sequence[int], desk: Desk) -> dict[int, QImage | None]:
    """Of each alert that was asked for; None where there is no picture, or none that can be read."""
    given = desk.second_line.probes(alert_ids)
    return {each: _small(*given[each]) if each in given else None for each in alert_ids}


def _small(data: bytes, face: str) -> QImage | None:
    try:
        image = decode(data)
    except ImageRefused:
        return None
    return squared(image, json.loads(face) if face else {})


def squared(image: Image, face: Mapping[str, object]) -> QImage:
    """Around the face where it is known, the middle of the picture otherwise."""
    height, width = image.shape[:2]
    box = face.get("box")
    left, top, right, bottom = box if isinstance(box, list) and len(box) == 4 else (0, 0, width, height)
    side = min(height, width, round((bottom - top) * (1 + 2 * _AROUND)) if box else min(height, width))
    middle, centre = (left + right) / 2, (top + bottom) / 2
    x, y = (round(min(max(at - side / 2, 0), most - side)) for at, most in ((middle, width), (centre, height)))
    cut = np.ascontiguousarray(image[y : y + side, x : x + side])
    whole = QImage(cut.data, cut.shape[1], cut.shape[0], 3 * cut.shape[1], QImage.Format.Format_RGB888)
    size = QSize(SIDE, SIDE)
    return whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation).copy()
