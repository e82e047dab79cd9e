"""Why a zone was not read, in a sentence that says what to do; and what is odd about a picture that was read."""

import numpy as np

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import zones
from workstation.documents.zone_reader.columns import Grey
from workstation.documents.zone_reader.locating import Line
from workstation.documents.zone_reader.zones import FITS, FoundZone
from workstation.errors import OperatorError
from workstation.sentences import Sentence

_SMALLEST = 7.0
"""Pixels from character to character that can be read."""
_SCREEN = 50.0
"""From this on a pattern is one of pixels: of drawn pages on screens a third gave 80, of 60 others none more than 25."""
NO_PAGE = Sentence("No page is in the picture. Lay the document under the camera, its photo page up.")
SCREEN = Sentence("The picture has the fine grid of a screen: it may show a screen. Look at the document itself.")
OTHER_FACE = Sentence(
    "The lines are not in the type of travel documents (OCR-B), so that they may be misread. Compare every character."
)
_PART = 128
_SHARP = 0.12
"""Steepest slopes of a strip, in parts of its contrast per 1/16 of a pitch: below, strokes run into one another."""


def before_reading(grey: Grey, zone: FoundZone) -> Sentence | None:
    """A zone of which a part is missing is not read, whatever the rest would give."""
    edge = _cut_off(grey, zone)
    if edge is None:
        return None
    return Sentence(
        "The {edge} of the zone is outside the picture. Move the document so that all of its lowest lines are in it.",
        {"edge": edge},
    )


def after_reading(grey: Grey, zone: FoundZone, refusal: OperatorError) -> Sentence:
    """The cause in the picture where there is one, else what the grammar said."""
    if zone.pitch < _SMALLEST:
        return Sentence(
            "The zone is too small: {pixels} points from letter to letter, {least} are needed. Move the camera closer.",
            {"pixels": round(zone.pitch, 1), "least": int(_SMALLEST)},
        )
    if sharpness(grey, zone) < _SHARP:
        return Sentence(
            "The zone is not sharp. Hold the document still, or clean or focus the camera, and take the picture again."
        )
    if zone.fit < FITS:
        return Sentence(
            "The lines at the foot of the page cannot be made out. Lay the document flat, with no glare or finger on them."
        )
    return Sentence(refusal.template, refusal.values)


def nothing_found(grey: Grey, lines: list[Line]) -> Sentence:
    if not lines:
        return NO_PAGE
    if len(lines) == 1 or max(line.thickness for line in lines) < 5 * max(grey.shape) / 1000:
        return Sentence("No machine-readable zone was found. Move the document closer, with its lowest lines in the picture.")
    return Sentence(
        "Print was found, but no machine-readable zone: two or three lines of letters and < at the foot of the page. "
        "Lay the side with these lines up, or type the document's data."
    )


def remarks(grey: Grey, zone: FoundZone) -> tuple[Sentence, ...]:
    """What an officer should know of a picture that was read."""
    screen = (SCREEN,) if _grid(grey, zone) >= _SCREEN else ()
    return screen if zones.in_ocr_b(zone) else (*screen, OTHER_FACE)


def _grid(grey: Grey, zone: FoundZone) -> float:
    """How far a fine pattern across the strongest one stands out of all others that are as fine (1 is not at all).

    The median over several parts of the page, so that a rastered portrait is none.
    """
    first = zone.lines[0]
    columns = np.array([0.3, 0.7, 0.5]) * first.count
    above = np.array([4.0, 5.0, 12.0]) * first.pitch
    corners = (first.at(columns) - above[:, None] * first.line.across - _PART / 2).astype(int)
    limits = np.array(grey.shape[::-1]) - _PART
    if limits.min() < 0:
        return 1.0
    window = np.outer(np.hanning(_PART), np.hanning(_PART))
    spectra = []
    for x, y in np.clip(corners, 0, limits):
        part = grey[y : y + _PART, x : x + _PART].astype(np.float32)
        fine = (part - cv2.GaussianBlur(part, (0, 0), 3)) * window
        spectra.append(np.abs(np.fft.fftshift(np.fft.fft2(fine))))
    seen = np.median(spectra, axis=0)
    rows, columns_ = np.mgrid[:_PART, :_PART] - _PART / 2
    frequency = np.hypot(rows, columns_) / _PART
    rings = (frequency * 64).astype(int)
    usual = np.array([np.median(seen[rings == ring]) for ring in range(rings.max() + 1)])
    band = (frequency > 0.12) & (frequency < 0.5)
    beyond = seen / np.maximum(usual[rings], 1e-6)
    strongest = np.unravel_index(np.argmax(np.where(band, beyond, 0.0)), beyond.shape)
    direction = np.arctan2(rows, columns_)
    apart = np.abs(np.angle(np.exp(2j * (direction - direction[strongest])))) / 2
    # The fine lines of security print run one way; a grid of pixels runs two.
    return float(beyond[band & (apart > np.pi / 4)].max())


def sharpness(grey: Grey, zone: FoundZone) -> float:
    """Steepest slopes across the strokes of the zone, in parts of its contrast per 1/16 of a pitch; about 0.3 when sharp."""
    line = zone.lines[0]
    step = 1 / 16
    columns = np.arange(0, line.count - 1, step)
    points = line.at(columns).astype(np.float32)
    seen = cv2.remap(grey, points[:, 0].reshape(1, -1), points[:, 1].reshape(1, -1), cv2.INTER_LINEAR)[0].astype(np.float64)
    contrast = float(np.percentile(seen, 95) - np.percentile(seen, 5))
    return float(np.percentile(np.abs(np.diff(seen)), 95) / max(contrast, 1.0))


def _cut_off(grey: Grey, zone: FoundZone) -> str | None:
    """Which end of the zone lies outside the picture."""
    height, width = grey.shape[:2]
    for line in zone.lines:
        for name, column in (("left end", -0.2), ("right end", line.count - 0.8)):
            x, y = line.at(np.array([column]))[0]
            if not (0 <= x < width and 0 <= y < height):
                return name
    return None
