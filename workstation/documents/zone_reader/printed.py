"""Print outside the zone, read as it stands: names, dates and numbers of the page for comparison, never for a decision."""

from collections.abc import Sequence

import numpy as np

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.zone_reader import locating, models
from workstation.documents.zone_reader.reading import PrintedText, Quad
from workstation.documents.zone_reader.recognising import HEIGHT

_SIDE = 960
_WIDEST = 1280
_TALL = 1.25
"""Height of a strip, in thicknesses of its line."""


def on_page(page: Image, without: Sequence[Quad] = ()) -> tuple[PrintedText, ...]:
    """Every line of print of a flat page, from top to bottom; what stands in the places `without` is not read again."""
    found = locating.lines(locating.print_map(page, _SIDE), page.shape)
    quads = [_around(line) for line in found if line.length > line.thickness]
    read = [_read(page, quad) for quad in quads if not any(_inside(quad, each) for each in without)]
    return tuple(sorted((each for each in read if each.text.strip()), key=lambda each: (each.quad[0][1], each.quad[0][0])))


def _inside(quad: Quad, place: Quad) -> bool:
    """Whether the middle of the one lies in the other."""
    middle = np.mean(quad, axis=0)
    return cv2.pointPolygonTest(np.array(place, dtype=np.float32), (float(middle[0]), float(middle[1])), False) >= 0


def _around(line: locating.Line) -> Quad:
    ends = line.at(np.array([line.start, line.end]))
    down = line.across * line.thickness * _TALL / 2
    corners = (ends[0] - down, ends[1] - down, ends[1] + down, ends[0] + down)
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth


def _read(image: Image, quad: Quad) -> PrintedText:
    corners = np.array(quad, dtype=np.float32)
    wide = float(np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])) / 2
    high = float(np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])) / 2
    if wide < 4 or high < 4:
        return PrintedText("", quad, 0.0)
    width = int(np.clip(round(wide / high * HEIGHT / 8) * 8, 16, _WIDEST))
    target = np.array([[0, 0], [width, 0], [width, HEIGHT], [0, HEIGHT]], dtype=np.float32) - 0.5
    strip = cv2.warpPerspective(
        image,
        cv2.getPerspectiveTransform(corners, target),
        (width, HEIGHT),
        flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_REPLICATE,
    )
    batch = strip[None].astype(np.float32).transpose(0, 3, 1, 2)[:, ::-1] / 127.5 - 1
    rows = models.recogniser().run(np.ascontiguousarray(batch))[0]
    best = rows.argmax(axis=1)
    names = models.recogniser().characters
    text, least = [], 1.0
    for place, each in enumerate(best):
        if each == 0 or (place and best[place - 1] == each):
            continue
        text.append(names[each - 1] if each <= len(names) else " ")
        least = min(least, float(rows[place, each]))
    return PrintedText("".join(text), quad, least if text else 0.0)
