"""What can be measured of a screen or a photograph held up instead of a face: a grid in the picture, a frame around the face.

Neither is proof. A screen out of focus or far away shows no grid, and a person may stand before a striped wall: the officer,
who sees the traveller, is the one who knows. Reflections on glass were left out: they measure like glasses and damp skin.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces.finding import Box
from matching.faces.images import Image
from matching.faces.opencv import cv2

SIDE = 256
"""Points of the square around the face whose spectrum is looked at, one camera point each: a grid must not be scaled away."""
GRID = 22.0
"""`grid_strength` from which a grid is noted (benchmarks/capture.py prints how often that is wrong)."""
_LOWEST = 0.05
"""Cycles per point: coarser, and hair or cloth is regular too."""
_AXIS, _BLOCK = 0.012, 0.015
"""On an axis and around multiples of 1/8, the blocks of JPEG make waves of their own."""
_LINE = 1.5 / SIDE
"""On the axes themselves lie the edges of everything that stands upright."""
_WORKED_WIDTH = 320
_SUPPORT = 0.85
"""Share of each side of a frame that must be seen as an edge."""


def grid_strength(image: Image, box: Box) -> float | None:
    """How far the strongest waves in the square around the face stand out, as a factor of power; above GRID it is a grid.

    Hann window, power spectrum, divided by the larger of its median over waves of that length and half of its mean in a square
    of 25 waves around, without the 7 in the middle. The mean over the three strongest peaks, so that one line is not a grid.
    None when the picture is smaller than the square.
    """
    square = _around(image, box)
    if square is None:
        return None
    fine = square - cv2.GaussianBlur(square, (0, 0), 3.0)
    power = np.asarray(np.abs(np.fft.rfft2(fine * _WINDOW)) ** 2, dtype=np.float32)
    smooth = np.asarray(cv2.GaussianBlur(power, (0, 0), 0.8), dtype=np.float32)
    around = (cv2.blur(power, (25, 25)) * 625 - cv2.blur(power, (7, 7)) * 49) / (625 - 49)
    usual = np.maximum(np.maximum(_by_ring(smooth), 0.5 * around), 1e-6)
    standing_out = np.where(_LOOKED_AT, smooth / usual, 0.0)
    peaks = []
    for _ in range(3):
        row, column = np.unravel_index(int(np.argmax(standing_out)), standing_out.shape)
        peaks.append(float(standing_out[row, column]))
        rows = [(int(row) + step) % SIDE for step in range(-4, 5)]
        standing_out[rows, max(int(column) - 4, 0) : int(column) + 5] = 0.0
    return float(np.mean(peaks))


@dataclass(frozen=True, slots=True)
class Frame:
    """A closed quadrilateral around a face, in points of the picture."""

    corners: tuple[tuple[float, float], ...]


def frame_around(image: Image, box: Box) -> Frame | None:
    """The edge of a device or of paper, if all of it is in the picture: four straight sides around the face, seen all along.

    A door or a picture behind a person is no such frame: the person stands before its lower side.
    """
    scale = min(1.0, _WORKED_WIDTH / image.shape[1])
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (0, 0), 1.0)
    edges = cv2.Canny(small, 40, 100)
    thick = np.asarray(cv2.dilate(edges, np.ones((3, 3), dtype=np.uint8)), dtype=np.uint8)
    face = np.array([[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]) * scale
    area = box.area * scale * scale
    contours, _ = cv2.findContours(thick, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        if not 1.3 * area < cv2.contourArea(hull) < 0.92 * small.size:
            continue
        corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)[:, 0].astype(np.float64)
        if len(corners) == 4 and _upright_enough(corners) and _holds(corners, face) and _seen(corners, thick):
            return Frame(tuple((float(x / scale), float(y / scale)) for x, y in corners))
    return None


def _upright_enough(corners: NDArray[np.float64]) -> bool:
    """Angles of 65 to 115 degrees: a device held about flat before the camera."""
    along = np.roll(corners, -1, axis=0) - corners
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    cosines = np.abs(np.einsum("ij,ij->i", along, np.roll(along, -1, axis=0)))
    return bool(np.all(cosines < np.cos(np.radians(65))))


def _holds(corners: NDArray[np.float64], face: NDArray[np.float64]) -> bool:
    outline = corners.astype(np.float32).reshape(-1, 1, 2)
    inner = face.mean(axis=0) + 0.9 * (face - face.mean(axis=0))
    return all(cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) > 0 for x, y in inner)


def _seen(corners: NDArray[np.float64], edges: NDArray[np.uint8]) -> bool:
    """Whether each side is an edge all along; one at the picture's border is not seen."""
    height, width = edges.shape
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        places = start + np.linspace(0.05, 0.95, 60)[:, None] * (end - start)
        x, y = np.round(places).astype(np.int64).T
        if np.any((x < 3) | (y < 3) | (x >= width - 3) | (y >= height - 3)):
            return False
        near = [edges[np.clip(y + dy, 0, height - 1), np.clip(x + dx, 0, width - 1)] > 0 for dx, dy in _NEAR]
        if np.mean(np.any(near, axis=0)) < _SUPPORT:
            return False
    return True


_NEAR = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))


def _around(image: Image, box: Box) -> NDArray[np.float32] | None:
    height, width = image.shape[:2]
    if min(height, width) < SIDE:
        return None
    x, y = box.centre
    left = int(min(max(x - SIDE / 2, 0), width - SIDE))
    top = int(min(max(y - SIDE / 2, 0), height - SIDE))
    crop = np.ascontiguousarray(image[top : top + SIDE, left : left + SIDE])
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), dtype=np.float32)


def _by_ring(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median of the power in the ring that each wave lies in."""
    flat = power.ravel()
    medians = np.array([np.median(flat[places]) for places in _PLACES], dtype=np.float32)
    return np.asarray(medians[_RINGS], dtype=np.float32)


def _window() -> NDArray[np.float32]:
    hann = np.hanning(SIDE).astype(np.float32)
    return np.asarray(np.outer(hann, hann), dtype=np.float32)


def _waves() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cycles per point down and across, in the layout of rfft2."""
    down, across = np.meshgrid(np.abs(np.fft.fftfreq(SIDE)), np.fft.rfftfreq(SIDE), indexing="ij")
    return down, across


def _looked_at() -> NDArray[np.bool_]:
    down, across = _waves()
    length = np.hypot(down, across)

    def block(wave: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray(np.abs(wave * 8 - np.round(wave * 8)) / 8 < _BLOCK)

    jpeg = ((down < _AXIS) & block(across)) | ((across < _AXIS) & block(down))
    upright = (down < _LINE) | (across < _LINE)
    return np.asarray((length > _LOWEST) & ~jpeg & ~upright)


_WINDOW = _window()
_RINGS = np.asarray(np.hypot(*_waves()) * SIDE / 4, dtype=np.int64)
_PLACES = [np.flatnonzero(_RINGS == ring) for ring in range(int(_RINGS.max()) + 1)]
_LOOKED_AT = _looked_at()
