"""The page laid flat and upright: first where the zone's own pitch says that it lies, then to its edges where they can be seen.

Sizes and places are those of Doc 9303, parts 4 to 7: the zone is the lowest 23.2 mm of the page.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.mrz.mrz import Format
from workstation.documents.zone_reader.columns import Columns
from workstation.documents.zone_reader.reading import Quad

PITCH_MM, SPACING_MM = 2.54, 6.35
_ZONE_MM = 23.2
_SIZES = {
    "TD1": (85.6, 54.0, 4.0), "TD2": (105.0, 74.0, 4.5), "TD3": (125.0, 88.0, 6.0),
    "MRV-A": (120.0, 80.0, 6.0), "MRV-B": (105.0, 74.0, 4.5),
}  # fmt: skip # a table
"""Width, height and left edge of the first character, in millimetres."""
_FINEST = 400 / 25.4
"""Pixels to a millimetre of a flat page at most."""
_LOOKED_AT = 1000
"""Longest side of the picture in which edges are looked for."""
_AWAY_MM = ((13.0, 13.0), (7.0, 7.0), (3.5, 7.0), (7.0, 7.0))
"""How far inwards and outwards of where the zone puts it the top, right, lower and left side is looked for. The zone lies at
the foot: its own lines are near there, and what is wrong with its spacing is worst at the top.
"""
_MOST_MM = 18.0
_STRAIGHT = 3.0
"""Pixels that samples of one edge may lie off it."""
_SAMPLES = 40

Points = NDArray[np.float64]


def flat(image: Image, lines: Sequence[Columns], form: Format) -> tuple[Image, Quad]:
    """The page and where its corners lie in the picture, from its top left corner clockwise."""
    width, height, _ = _SIZES[form.name]
    corners = _to_edges(image, _by_zone(lines, form), width)
    scale = min(_FINEST, max(_finest(corners, width, height), 6.0))
    size = (round(width * scale), round(height * scale))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    page = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(page, dtype=np.uint8), as_quad(corners)


def as_quad(corners: Points) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth


def _by_zone(lines: Sequence[Columns], form: Format) -> Points:
    width, height, left = _SIZES[form.name]
    top = height - _ZONE_MM / 2 - SPACING_MM * (len(lines) - 1) / 2
    on_page, in_picture = [], []
    for row, line in enumerate(lines):
        columns = np.linspace(0, line.count - 1, 12)
        on_page.append(np.stack([left + (columns + 0.5) * PITCH_MM, np.full(12, top + row * SPACING_MM)], axis=1))
        in_picture.append(line.at(columns))
    seen = np.concatenate(in_picture)
    paper = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
    matrix = _perspective(np.concatenate(on_page), seen)
    return np.asarray(cv2.perspectiveTransform(paper[None], matrix)[0], dtype=np.float64)


def _perspective(paper: Points, seen: Points) -> NDArray[np.float64]:
    """From millimetres to pixels. Down the page, where a zone is narrow, perspective is held back: what it leaves is small."""
    middle, size = seen.mean(axis=0), float(np.abs(seen - seen.mean(axis=0)).max())
    places, unit = (seen - middle) / size, 0.01
    rows, wanted = [], []
    for (x, y), (u, v) in zip(paper * unit, places, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    rows += [[0] * 6 + [0.02, 0], [0] * 6 + [0, 0.05]]
    wanted += [0, 0]
    found = np.linalg.lstsq(np.array(rows), np.array(wanted), rcond=None)[0]
    matrix = np.append(found, 1).reshape(3, 3)
    back = np.array([[size, 0, middle[0]], [0, size, middle[1]], [0, 0, 1]])
    return np.asarray(back @ matrix @ np.diag([unit, unit, 1]), dtype=np.float64)


def _finest(corners: Points, width: float, height: float) -> float:
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(max(sides[0] / width, sides[2] / width, sides[1] / height, sides[3] / height))


def _to_edges(image: Image, corners: Points, width: float) -> Points:
    """Each side moved to the strongest straight edge near it; a side without one stays where it is."""
    scale = min(1.0, _LOOKED_AT / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 1.2).astype(np.float32)
    quad = (corners + 0.5) * scale - 0.5
    centre = quad.mean(axis=0)
    millimetre = float(np.linalg.norm(quad[1] - quad[0])) / width
    sides = []
    for first, second, (inwards, outwards) in zip(quad, np.roll(quad, -1, axis=0), _AWAY_MM, strict=True):
        sides.append(_edge(grey, (first, second), centre, np.arange(-inwards, outwards, 1 / millimetre) * millimetre))
    met = [_meeting(sides[n - 1], sides[n]) for n in range(4)]
    found = np.array([old if new is None else new for old, new in zip(quad, met, strict=True)])
    moved = np.linalg.norm(found - quad, axis=1)
    astray = moved > _MOST_MM * millimetre
    found[astray] = quad[astray]
    return np.asarray((found + 0.5) / scale - 0.5, dtype=np.float64)


def _edge(grey: NDArray[np.float32], side: tuple[Points, Points], centre: Points, away: Points) -> tuple[Points, Points]:
    """Two points of the side, moved to the edge that most samples agree on; `away` are the pixels outwards to look at."""
    first, second = side
    along = (second - first) / max(float(np.linalg.norm(second - first)), 1e-6)
    out = np.array([along[1], -along[0]])
    out = out if out @ ((first + second) / 2 - centre) > 0 else -out
    shares = np.linspace(0.08, 0.92, _SAMPLES)
    starts = first + shares[:, None] * (second - first)
    grid = (starts[:, None] + away[None, :, None] * out).astype(np.float32)
    seen = cv2.remap(grey, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = (grid >= 1).all(axis=-1) & (grid < np.array(grey.shape[::-1]) - 2).all(axis=-1)
    step = np.zeros_like(seen)
    step[:, 1:-1] = np.where(inside[:, 1:-1], np.abs(seen[:, 2:] - seen[:, :-2]), 0)
    best = step.argmax(axis=1)
    strong = step[np.arange(_SAMPLES), best] > 10
    if strong.sum() < _SAMPLES // 2:
        return first, second
    at, way = shares[strong], away[best[strong]]
    line, most = np.zeros(2), 0
    for a in range(0, len(at), 3):
        for b in range(a + len(at) // 3, len(at), 3):
            slope = (way[b] - way[a]) / (at[b] - at[a])
            agreeing = np.abs(way[a] + slope * (at - at[a]) - way) < _STRAIGHT
            if agreeing.sum() > most:
                most, line = int(agreeing.sum()), np.polyfit(at[agreeing], way[agreeing], 1)
    if most < _SAMPLES * 0.5:
        return first, second
    return first + np.polyval(line, 0.0) * out, second + np.polyval(line, 1.0) * out


def _meeting(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two sides meet."""
    (a, b), (c, d) = one, other
    matrix = np.stack([b - a, c - d], axis=1)
    if abs(np.linalg.det(matrix)) < 1e-6:
        return None
    share = np.linalg.solve(matrix, c - a)
    point: Points = a + share[0] * (b - a)
    return point
