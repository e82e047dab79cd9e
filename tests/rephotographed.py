"""Frames of a screen or a paper photograph that is held before the camera: simulated by its points, its frame and a lens."""

import numpy as np
from numpy.typing import NDArray

from matching.faces.finding import Box
from matching.faces.images import Image, decode, jpeg
from matching.faces.opencv import cv2

_FINE = 6
"""Samples of one point of the screen along each side: two columns of red, green and blue each, and a dark row between rows."""


def held_up(  # what a camera sees is many things
    shown: Image,
    box: Box,
    *,
    pitch: float,
    turn: float = 0.0,
    screen: bool = True,
    sharp: float = 0.5,
    moment: int = 0,
    size: tuple[int, int] = (640, 480),
    border: int = 26,
) -> tuple[Image, Box]:
    """The camera's frame of `shown`, and where the face in `box` is in it.

    `pitch`: camera points to one point of the screen. `turn` in degrees. `sharp`: blur of the lens in camera points.
    `border`: of the device or the paper, in camera points.
    """
    wide, high = size
    random = np.random.default_rng(moment)
    shown, box = _visible(shown, box, 0.75 * max(size) / pitch)
    light = np.asarray((shown / 255) ** 2.2, dtype=np.float32)
    fine = _points(light) if screen else np.repeat(np.repeat(light, _FINE, 0), _FINE, 1)
    over = 3
    scale = pitch / _FINE * over
    # What a sample of the frame takes in, before it is taken: otherwise the simulation itself would make the waves.
    aperture = max(1, round(1 / scale))
    fine = np.asarray(cv2.blur(fine, (aperture, aperture)), dtype=np.float32)
    angle = np.radians(turn)
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    x, y = (value * _FINE for value in box.centre)
    middle = np.array([wide, high]) * over / 2 + random.uniform(-8, 8, 2)
    matrix = np.array([[cos, -sin, middle[0] - cos * x + sin * y], [sin, cos, middle[1] - sin * x - cos * y]])
    room = np.full((high * over, wide * over, 3), 0.35, dtype=np.float32) + random.normal(0, 0.01, (1, wide * over, 1))
    corners = np.array([[0, 0], [fine.shape[1], 0], [fine.shape[1], fine.shape[0]], [0, fine.shape[0]]], dtype=np.float64)
    outer = corners + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * border * over / scale
    edge = 0.01 if screen else 0.85
    cv2.fillConvexPoly(room, np.round(cv2.transform(outer[None], matrix)[0]).astype(np.int32), (edge, edge, edge), cv2.LINE_AA)
    seen = np.asarray(room, dtype=np.float32)
    cv2.warpAffine(
        fine, matrix, (wide * over, high * over), dst=seen, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )
    if sharp:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), sharp * over), dtype=np.float32)
    seen = np.asarray(cv2.resize(seen, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.float32)
    grey = 255 * np.clip(seen, 0, 1) ** (1 / 2.2) + random.normal(0, 2.0, seen.shape)
    frame = decode(jpeg(np.clip(grey, 0, 255).astype(np.uint8)))
    half = np.array([box.width, box.height]) * pitch / 2
    left, top = middle / over - half
    right, bottom = middle / over + half
    return frame, Box(round(left), round(top), round(right), round(bottom))


def _visible(shown: Image, box: Box, reach: float) -> tuple[Image, Box]:
    """The part of the screen that the camera may see."""
    x, y = box.centre
    left, top = (max(int(value - reach), 0) for value in (x, y))
    part = np.ascontiguousarray(shown[top : int(y + reach), left : int(x + reach)])
    return part, Box(box.left - left, box.top - top, box.right - left, box.bottom - top)


def _points(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Red, green and blue side by side in each point, and a dark row below it; as bright as before on the whole."""
    high, wide = light.shape[:2]
    fine = np.zeros((high, _FINE, wide, _FINE, 3), dtype=np.float32)
    for channel in range(3):
        fine[:, : _FINE - 1, :, 2 * channel : 2 * channel + 2, channel] = light[:, None, :, None, channel]
    return fine.reshape(high * _FINE, wide * _FINE, 3) * np.float32(_FINE / (_FINE - 1) * 2.0)
