"""How good a picture of a face is, measure by measure, and the one thing to fix first.

After ISO/IEC 29794-5 and OFIQ: each measure has a native value and a component from 0 to 100, or cannot be assessed. Light is
measured against the face's own range, so that the darkness of the skin never lowers a score; nothing is measured above the
brows, so that a head covering is never a fault.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from matching.faces.finding import Face
from matching.faces.images import Image
from matching.faces.opencv import cv2
from matching.faces.pose import pose

GOOD = 40
"""Component from which a measure asks for nothing."""
NORMAL_EYES = 64.0
"""Eye distance in pixels to which a face is scaled before its sharpness is measured."""


class Fix(Enum):
    """What to say; the value is an English sentence that ui translates. In the order in which they are worth fixing."""

    SEVERAL = "Only one person may be in the picture."
    CUT_OFF = "Move into the middle of the picture."
    CLOSER = "Come closer."
    TURN = "Turn towards the camera."
    LEVEL = "Hold the head level."
    LIGHT_FRONT = "The light should come from the front."
    LESS_LIGHT = "Less light on the face."
    MORE_LIGHT = "More light on the face."
    HOLD_STILL = "Hold still."
    EYES = "Open the eyes."


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    native: float | None
    unit: str
    score: int | None
    """0 to 100, or None: not assessable."""


@dataclass(frozen=True, slots=True)
class Quality:
    measures: tuple[Measure, ...]
    fix: Fix | None
    score: int
    """The weakest component: a picture is as good as what is worst about it."""
    good: bool
    """May be searched without a remark."""

    def measure(self, name: str) -> Measure:
        return next(each for each in self.measures if each.name == name)


def assess(image: Image, face: Face, others: int = 0) -> Quality:
    """Quality of the face; `others` is the number of further faces in the picture."""
    points = face.landmarks
    left, right = points[36:42].mean(axis=0), points[42:48].mean(axis=0)
    eyes = float(np.hypot(*(right - left)))
    light = _light(image, points)
    angles = pose(points, image.shape[1], image.shape[0])
    assessed = [
        (Measure("faces", 1.0 + others, "faces", 100 if others == 0 else 0), Fix.SEVERAL),
        (_rising("margin", _margin(image, face), "face widths", -0.1, 0.15), Fix.CUT_OFF),
        (_rising("eye distance", eyes, "pixels", 14.0, 60.0), Fix.CLOSER),
        (_falling("yaw", angles.yaw, "degrees", 8.0, 45.0), Fix.TURN),
        (_falling("pitch", angles.pitch, "degrees", 12.0, 45.0), Fix.LEVEL),
        (_falling("roll", angles.roll, "degrees", 8.0, 40.0), Fix.LEVEL),
        (_falling("light from the side", light.uneven, "share", 0.15, 0.75), Fix.LIGHT_FRONT),
        (_falling("too bright", light.burnt, "share of the face", 0.02, 0.30), Fix.LESS_LIGHT),
        (_falling("too dark", light.crushed, "share of the face", 0.02, 0.30), Fix.MORE_LIGHT),
        (_rising("contrast", light.contrast, "share", 0.05, 0.45), Fix.LIGHT_FRONT),
        (_rising("sharpness", _sharpness(image, left, eyes, points), "log energy", 0.6, 2.6), Fix.HOLD_STILL),
        (_rising("eyes open", _openness(points), "height over width", 0.08, 0.24), Fix.EYES),
    ]
    wrong = [fix for measure, fix in assessed if measure.score is not None and measure.score < GOOD]
    scores = [measure.score for measure, _ in assessed if measure.score is not None]
    hint = Measure("lower face covered", _covered(image, points), "colour difference", None)
    return Quality(
        measures=(*(measure for measure, _ in assessed), hint),
        fix=wrong[0] if wrong else None,
        score=min(scores),
        good=not wrong,
    )


@dataclass(frozen=True, slots=True)
class _Light:
    uneven: float | None
    burnt: float | None
    crushed: float | None
    contrast: float | None


def _light(image: Image, points: NDArray[np.float32]) -> _Light:
    """Shares of the skin between brows and mouth: ratios, so that a darker face in the same light measures the same."""
    halves = [_patch(image, points, side) for side in ((17, 36, 2), (26, 45, 14))]
    if any(half.size < 20 for half in halves):
        return _Light(None, None, None, None)
    skin = np.concatenate(halves)
    one, other = (float(np.median(half)) for half in halves)
    low, high = np.percentile(_face_pixels(image, points), (5, 95))
    return _Light(
        uneven=abs(one - other) / max(one + other, 1.0),
        burnt=float((skin >= 250).mean()),
        # Crushed means lost in the sensor's noise floor; a dark face in good light lies well above it.
        crushed=float((skin <= 8).mean()),
        contrast=float((high - low) / max(high + low, 1.0)),
    )


def _grey(image: Image) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _patch(image: Image, points: NDArray[np.float32], side: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Grey values of one cheek: between the eye, the edge of the face and the nose."""
    _, eye, jaw = side
    nose, mouth = points[30], points[48 if eye == 36 else 54]
    corners = np.array([points[eye] * 0.5 + points[jaw] * 0.5, points[eye] * 0.6 + nose * 0.4, mouth * 0.7 + nose * 0.3])
    return _inside(_grey(image), corners)


def _face_pixels(image: Image, points: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Grey values from the brows down to the chin."""
    return _inside(_grey(image), np.concatenate([points[0:17], points[26:16:-1]]))


def _inside(grey: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    mask = np.zeros(grey.shape, dtype=np.uint8)
    cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 1)
    return np.asarray(grey[mask == 1])


def _margin(image: Image, face: Face) -> float:
    """Distance from the chin line and temples to the nearest edge of the picture, in face widths; negative when cut off."""
    height, width = image.shape[:2]
    outline = face.landmarks
    nearest = min(
        float(outline[:, 0].min()),
        float(outline[:, 1].min()),
        float(width - outline[:, 0].max()),
        float(height - outline[:, 1].max()),
    )
    return nearest / max(face.box.width, 1)


def _sharpness(image: Image, left: NDArray[np.float32], eyes: float, points: NDArray[np.float32]) -> float | None:
    """Logarithm of the Laplacian's energy around eyes and nose, at a fixed scale and against the face's own contrast."""
    if eyes < 8:
        return None
    scale = NORMAL_EYES / eyes
    centre = (left + points[42:48].mean(axis=0)) / 2 + np.array([0, eyes * 0.4])
    crop = cv2.warpAffine(
        _grey(image),
        np.array([[scale, 0, 64 - centre[0] * scale], [0, scale, 64 - centre[1] * scale]]),
        (128, 128),
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    spread = float(crop.std())
    if spread < 1.0:
        return None
    energy = float(cv2.Laplacian(crop / spread, cv2.CV_32F, ksize=3).var())
    return float(np.log10(1e-3 + energy) + 2.0)


def _openness(points: NDArray[np.float32]) -> float | None:
    """Height over width of the more open eye (eye aspect ratio of Soukupova and Cech, 2016)."""

    def ratio(eye: NDArray[np.float32]) -> float:
        height = np.hypot(*(eye[1] - eye[5])) + np.hypot(*(eye[2] - eye[4]))
        return float(height / (2 * max(np.hypot(*(eye[0] - eye[3])), 1e-6)))

    return max(ratio(points[36:42]), ratio(points[42:48]))


def _covered(image: Image, points: NDArray[np.float32]) -> float | None:
    """Difference of colour between the cheeks and the chin; large under a mask, but also under a beard: a hint, no score."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    chin, cheek = points[[57, 8]].mean(axis=0), points[[1, 15, 30]]
    samples = [_mean_around(lab, place) for place in (chin, *cheek)]
    if any(sample is None for sample in samples):
        return None
    lower, *upper = (sample for sample in samples if sample is not None)
    return float(np.hypot(*(lower - np.median(upper, axis=0))[1:]))


def _mean_around(lab: NDArray[np.float32], place: NDArray[np.float32]) -> NDArray[np.float32] | None:
    x, y = (int(value) for value in place)
    window = lab[max(y - 2, 0) : y + 3, max(x - 2, 0) : x + 3]
    return np.asarray(window.mean(axis=(0, 1)), dtype=np.float32) if window.size else None


def _rising(name: str, native: float | None, unit: str, worst: float, best: float) -> Measure:
    """Component 0 at `worst` and below, 100 at `best` and above."""
    return _scored(name, native, unit, lambda value: (value - worst) / (best - worst))


def _falling(name: str, native: float | None, unit: str, best: float, worst: float) -> Measure:
    """Component 100 up to `best` in size, 0 from `worst` on."""
    return _scored(name, native, unit, lambda value: (worst - abs(value)) / (worst - best))


def _scored(name: str, native: float | None, unit: str, component: Callable[[float], float]) -> Measure:
    if native is None or not np.isfinite(native):
        return Measure(name, None, unit, None)
    return Measure(name, round(native, 3), unit, round(100 * min(max(component(native), 0.0), 1.0)))
