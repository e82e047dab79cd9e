"""How a portrait looks once it is printed on a document: reduced, screened by the printer, pale as a ghost, under a stamp."""

import enum

import numpy as np

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.training_post.drawn.head import Field

PRINT_DPI = 600
"""Dots of the printer; the page is then seen at whatever the camera resolves."""
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)


class Printer(enum.Enum):
    """How the dots come to the paper."""

    DYE = "dye sublimation: no dots"
    HALFTONE = "screen of round dots, turned by colour"
    DITHER = "ink jet: scattered dots"
    ENGRAVED = "laser engraving: grey"


_SCREEN_ANGLES = (15.0, 75.0, 45.0)


def printed(photo: Image, width_mm: float, height_mm: float, dpi: float, printer: Printer, seed: int = 0) -> Image:
    """The middle of `photo` in the given size on paper, seen at `dpi`; (height, width, 3)."""
    fine = (max(8, round(width_mm / 25.4 * PRINT_DPI)), max(8, round(height_mm / 25.4 * PRINT_DPI)))
    seen = (max(4, round(width_mm / 25.4 * dpi)), max(4, round(height_mm / 25.4 * dpi)))
    if printer is Printer.DYE:
        return _resized(_cropped(photo, fine), seen)
    tones: Field = _resized(_cropped(photo, fine), fine).astype(np.float32) / np.float32(255)
    if printer is Printer.ENGRAVED:
        grey = tones @ np.array([0.3, 0.59, 0.11], dtype=np.float32)
        tones = np.repeat((0.15 + 0.8 * grey)[..., None], 3, axis=2)
        tones = _dithered(tones, seed, 0.55)
    elif printer is Printer.HALFTONE:
        tones = _screened(tones)
    else:
        tones = _dithered(tones, seed, 0.8)
    return _resized(np.asarray(np.clip(tones * 255, 0, 255), dtype=np.uint8), seen)


def ghost(printed_portrait: Image, tint: tuple[float, float, float], strength: float = 0.45) -> Field:
    """The pale second picture in one colour: what it leaves of the paper's light, 0 to 1."""
    grey = cv2.cvtColor(printed_portrait, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None] / 255
    ink = (1 - np.array(tint, dtype=np.float32) / 255) * strength
    return np.asarray(1 - (1 - grey) * ink * 1.6, dtype=np.float32)


def _cropped(photo: Image, size: tuple[int, int]) -> Image:
    """The largest part of the photograph in the proportions of `size`, a little closer than it was taken."""
    high, wide = photo.shape[:2]
    shape = size[0] / size[1]
    tall = min(high, wide / shape) * 0.94
    top, left = (high - tall) * 0.35, (wide - tall * shape) / 2
    return np.ascontiguousarray(photo[int(top) : int(top + tall), int(left) : int(left + tall * shape)])


def _resized(image: Image, size: tuple[int, int]) -> Image:
    smaller = size[0] < image.shape[1]
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC), dtype=np.uint8)


def _screened(tones: Field) -> Field:
    """Round dots of about 150 lines an inch in each ink, each ink's screen turned (a rational screen would show moire)."""
    high, wide = tones.shape[:2]
    down, across = np.mgrid[0:high, 0:wide].astype(np.float32)
    pitch = np.float32(PRINT_DPI / 150)
    layers = []
    for ink, degrees in enumerate(_SCREEN_ANGLES):
        angle = np.radians(degrees, dtype=np.float32)
        one = (across * np.cos(angle) + down * np.sin(angle)) * (2 * np.pi / pitch)
        other = (down * np.cos(angle) - across * np.sin(angle)) * (2 * np.pi / pitch)
        screen = (np.cos(one) * np.cos(other) + 1) / 2
        layers.append(1 / (1 + np.exp(-8 * (tones[..., ink] - screen))))
    return np.asarray(0.72 * np.stack(layers, axis=2) + 0.28 * tones, dtype=np.float32)


def _dithered(tones: Field, seed: int, share: float) -> Field:
    high, wide = tones.shape[:2]
    ordered = np.tile((_BAYER + 0.5) / 16, (high // 4 + 1, wide // 4 + 1))[:high, :wide]
    scattered = np.random.default_rng([seed, 33]).random((high, wide), dtype=np.float32)
    limit = (0.5 * ordered + 0.5 * scattered)[..., None]
    dots = 1 / (1 + np.exp(-10 * (tones - limit)))
    return np.asarray(share * dots + (1 - share) * tones, dtype=np.float32)
