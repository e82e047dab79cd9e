"""The holder's portrait on a picture of a page: found, chosen among other faces, graded, and encoded when it is good enough.

A portrait that is too small, burnt out or blurred gets no template: no comparison is better than one that says nothing. What
cannot be decided here (which of two portraits is the holder's, what lies under a covering) is said, never guessed.
"""

from collections.abc import Sequence

import numpy as np

from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.faces.opencv import cv2
from matching.faces.quality import Quality
from workstation.capture.face_reader import Faces, Sighting
from workstation.documents.travel_document import DocumentPortrait
from workstation.sentences import Code, Sentence

FIRST_LOOKS = (720, 480, 840)
"""Pixels of the page's longer side in the first looks, one after the other until a face is found: a portrait is large on its
page, a small picture is quick, and a face that the detector misses in one size it finds in another."""
_AGAIN = (1.0, 0.8, 0.6)
"""Sizes of the second look, for the same reason."""
SHARED = 0.55
"""Two faces whose sides differ by less than this share are told as portraits of about the same size."""
LEAST, MOST = 150, 220
"""Sides in pixels between which a face is encoded; a larger one is reduced, which also melts the printer's dots."""
LARGE = 0.09
"""Height of a portrait's face, in parts of the page's longer side, from which nothing else is looked for."""
_ROOM = 0.75
"""Kept around a face, in parts of its side."""
LEAST_EYES = 12.0
"""Pixels between the eyes on the page below which a portrait is too small to compare."""
MOST_BURNT = 0.35
"""Share of the face that may be burnt out by a lamp."""
LEAST_SHARPNESS = 0.65
"""Of matching.faces.quality's measure: blurred to 0.6, one own portrait in five is called different; at 0.7 none."""
_FOREHEAD = 20.0
"""Distance in CIE Lab between forehead and cheeks from which the forehead is called covered."""

NO_PORTRAIT = Sentence("No portrait was found on the page.")
SEVERAL = "The page shows {count} portraits of about the same size. Look which of them is the holder's."
SMALLER = "Smaller faces on the page, such as a ghost portrait or a label, were left out: {count}."
TURNED = Sentence("The portrait lies turned on the page.")
TOO_SMALL = Sentence("The portrait is too small in this picture to be compared. Bring the document nearer to the camera.")
BURNT = Sentence("Light is reflected by the portrait, so that it cannot be compared. Tilt the document a little.")
BLURRED = Sentence("The portrait is too blurred to be compared. Lay the document down and take the picture again.")
DAMAGED = Sentence("The face of the portrait cannot be made out well enough to be compared.")
FOREHEAD = Sentence(
    "Hair or a head covering lies over the forehead on the portrait. That is no fault; compare eyes, nose and mouth.",
    code=Code.FOREHEAD_COVERED,
)


def find(page: Image, faces: Faces, *, from_chip: bool = False) -> DocumentPortrait | None:
    """The portrait on the page, or None when no face is found whichever way the page lies.

    Without a template it is too poor to compare, and the last remark says why.
    """
    fallback: DocumentPortrait | None = None
    for turns in _ways_up(page, faces):
        upright = _turned(page, turns)
        for pixels in FIRST_LOOKS if not turns else FIRST_LOOKS[:1]:
            found = _faces_on(upright, faces, pixels)
            if not found:
                continue
            large = found[0].box.height >= LARGE * max(page.shape[:2])
            portrait = _portrait(upright, found, faces, turned=turns > 0, from_chip=from_chip)
            if large and portrait.quality is not None:
                return portrait
            # Print that lies turned can pass for a small face: look the other ways before it is taken.
            fallback = _better(fallback, portrait)
    return fallback


def _ways_up(page: Image, faces: Faces) -> tuple[int, ...]:
    """Quarter turns, the likeliest first: the detector finds a face that stands on its head too, and is surer of the other."""
    sure = [
        max((each.sure for each in _faces_on(_turned(page, turns), faces, FIRST_LOOKS[0])), default=0.0) for turns in (0, 2)
    ]
    return (2, 0, 1, 3) if sure[1] > sure[0] else (0, 2, 1, 3)


def _turned(page: Image, turns: int) -> Image:
    upright: Image = np.ascontiguousarray(np.rot90(page, -turns))
    return upright


def _better(one: DocumentPortrait | None, other: DocumentPortrait) -> DocumentPortrait:
    """Of two doubtful finds the one that was seen again on the second look, else the first."""
    if one is None or (one.quality is None and other.quality is not None):
        return other
    return one


def _faces_on(page: Image, faces: Faces, pixels: int) -> tuple[Face, ...]:
    """Faces of the page, largest first, looked for in so many pixels."""
    scale = pixels / max(page.shape[:2])
    small = page if scale >= 1 else _resized(page, scale)
    upright = [each.face for each in faces.look(small) if _lies_upright(each.face)]
    found = [_moved(each, 1 / min(scale, 1.0), 0, 0) for each in upright]
    return tuple(sorted(found, key=lambda face: face.box.area, reverse=True))


def _lies_upright(face: Face) -> bool:
    """Within 45 degrees: the detector finds faces however they lie, and a page is turned until its portrait stands."""
    across, down = face.points[1] - face.points[0]
    return bool(across > abs(down))


def _portrait(page: Image, found: Sequence[Face], faces: Faces, *, turned: bool, from_chip: bool) -> DocumentPortrait:
    chosen, remarks = _chosen(found)
    if turned:
        remarks.append(TURNED)
    picture, corner = _cut(page, chosen.box)
    whole, scale = picture, 1.0
    sighting = None
    for smaller in _AGAIN:
        scale = min(1.0, smaller * MOST / max(chosen.box.height, 1))
        picture = whole if scale == 1 else _resized(whole, scale)
        sighting = _middle([each for each in faces.look(picture) if _faces_forward(each.quality)], picture)
        if sighting is not None or scale == 1:
            break
    if sighting is None:
        face = _moved(chosen, scale, -corner[0] * scale, -corner[1] * scale)
        return DocumentPortrait(picture, face, None, None, from_chip, (*remarks, DAMAGED))
    face, quality = sighting.face, sighting.quality
    poor = _too_poor(face, quality, scale)
    if _forehead_covered(picture, face):
        remarks.append(FOREHEAD)
    if poor is not None:
        return DocumentPortrait(picture, face, quality, None, from_chip, (*remarks, poor))
    if face.box.height < LEAST:
        larger = LEAST / face.box.height
        picture, face = _resized(picture, larger), _moved(face, larger, 0, 0)
    return DocumentPortrait(picture, face, quality, faces.encode(picture, face), from_chip, tuple(remarks))


def _chosen(found: Sequence[Face]) -> tuple[Face, list[Sentence]]:
    """The largest face; of those about as large the leftmost, where Doc 9303 has the portrait."""
    side = found[0].box.height
    equals = [each for each in found if each.box.height > side * SHARED]
    smaller = len(found) - len(equals)
    remarks = [Sentence(SEVERAL, {"count": len(equals)}, Code.SEVERAL_PORTRAITS)] if len(equals) > 1 else []
    if smaller:
        remarks.append(Sentence(SMALLER, {"count": smaller}))
    nearly = [each for each in equals if each.box.height > side * 0.85]
    return min(nearly, key=lambda face: face.box.left), remarks


def _cut(page: Image, box: Box) -> tuple[Image, tuple[int, int]]:
    """The face with room around it, and where its corner lies on the page."""
    room = round(box.height * _ROOM)
    left, top = max(box.left - room, 0), max(box.top - room, 0)
    return np.ascontiguousarray(page[top : box.bottom + room, left : box.right + room]), (left, top)


def _middle(sightings: Sequence[Sighting], picture: Image) -> Sighting | None:
    high, wide = picture.shape[:2]

    def away(each: Sighting) -> float:
        x, y = each.face.box.centre
        return float(abs(x - wide / 2) + abs(y - high / 2))

    return min(sightings, key=away, default=None)


def _faces_forward(quality: Quality) -> bool:
    """Portraits of documents look ahead (9303-3, 3.9); what seems a face turned far away is print."""
    return all(each.score != 0 for each in quality.measures if each.name in {"yaw", "pitch", "roll"})


def _too_poor(face: Face, quality: Quality, scale: float) -> Sentence | None:
    """Why the portrait cannot be compared; the worst reason first. `scale`: how far the picture was reduced."""
    eyes = float(np.hypot(*(face.landmarks[36:42].mean(axis=0) - face.landmarks[42:48].mean(axis=0)))) / scale
    measures = {each.name: each.native for each in quality.measures}
    burnt, sharpness = measures.get("too bright"), measures.get("sharpness")
    if eyes < LEAST_EYES:
        return TOO_SMALL
    if burnt is not None and burnt > MOST_BURNT:
        return BURNT
    if sharpness is not None and sharpness < LEAST_SHARPNESS:
        return BLURRED
    return None


def _forehead_covered(picture: Image, face: Face) -> bool:
    """Whether the colour above the brows is another than the cheeks': a fringe, a cap or a scarf. In Lab, lightness halved."""
    points = face.landmarks
    eyes = float(np.hypot(*(points[36:42].mean(axis=0) - points[42:48].mean(axis=0))))
    up = (points[36:48].mean(axis=0) - points[48:60].mean(axis=0)) / max(eyes, 1.0)
    brows = points[17:27].mean(axis=0)
    places = [brows + up * eyes * 0.28, points[[36, 48]].mean(axis=0), points[[45, 54]].mean(axis=0)]
    colours = [_colour_at(picture, place, eyes * 0.12) for place in places]
    forehead, *cheeks = (each for each in colours if each is not None)
    if len(cheeks) < 2:
        return False
    away = forehead - np.mean(cheeks, axis=0)
    return float(np.hypot(np.hypot(away[0] / 2, away[1]), away[2])) > _FOREHEAD


def _colour_at(
    picture: Image, place: np.ndarray[tuple[int, ...], np.dtype[np.float32]], radius: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None:
    x, y, reach = round(float(place[0])), round(float(place[1])), max(1, round(radius))
    patch = picture[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1]
    if patch.size == 0:
        return None
    mean = np.asarray(patch.reshape(-1, 3).mean(axis=0) / 255, dtype=np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(mean, cv2.COLOR_RGB2LAB).reshape(3), dtype=np.float32)


def _moved(face: Face, scale: float, x: float, y: float) -> Face:
    """The face in a picture that was scaled, then shifted."""
    box = face.box
    sides = (box.left * scale + x, box.top * scale + y, box.right * scale + x, box.bottom * scale + y)
    shift = np.array([x, y], dtype=np.float32)
    landmarks, points = (each * np.float32(scale) + shift for each in (face.landmarks, face.points))
    return Face(Box(*(round(each) for each in sides)), landmarks, points, face.sure)


def _resized(image: Image, scale: float) -> Image:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)
