"""Lines of OCR-B as bad prints, copies and cameras leave them, cut into the cells that the glyph net learns from.

Everything comes from the seed. No picture of a document is used: strings are drawn, printed badly, laid on patterned paper,
blurred, reduced and compressed.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import glyphs
from workstation.documents.zone_reader.reading import ALPHABET

FONTS = Path("/usr/share/fonts/opentype/ocr-b")
"""Of Debian's fonts-ocr-b, which is in the public domain."""
_FINE = 40
"""Pixels from character to character while a line is drawn."""
_SYMMETRIC = set("0OHIXZSN8MW69B3EDCK")
"""What upside down looks like a character again, or nearly."""

Grey = NDArray[np.float32]


def _grey(values: NDArray[Any]) -> Grey:
    return np.asarray(values, dtype=np.float32)


def _soft(values: NDArray[Any], spread: float) -> Grey:
    return _grey(cv2.GaussianBlur(values, (0, 0), spread))


def cells(lines: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """(n, CELL_HEIGHT, CELL_WIDTH) normalised cells and their classes; glyphs.NOTHING where no character stands there."""
    rng = np.random.default_rng(seed)
    parts = [_of_line(rng) for _ in range(lines)]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _of_line(rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    count = int(rng.integers(8, 20))
    text = "".join(rng.choice(list(ALPHABET), count, p=_FREQUENT))
    if rng.random() < 0.25:
        start = int(rng.integers(0, count - 2))
        text = text[:start] + "<" * (count - start)
    line = degraded(_printed(text, rng), rng)
    upside_down = rng.random() < 0.06
    if upside_down:
        line = np.ascontiguousarray(line[::-1, ::-1])
        text = text[::-1]
    scale = line.shape[1] / (_FINE * (count + 4))
    pitch = _FINE * scale
    off_x = rng.normal(0, 0.05) * pitch
    off_y = rng.normal(0, 0.05) * pitch
    slope = rng.normal(0, 0.006)
    wide = pitch * (1 + rng.normal(0, 0.006))
    middle = line.shape[1] / 2
    centres = middle + off_x + (np.arange(-1, count + 1) - (count - 1) / 2) * wide
    height = line.shape[0] / 2 + off_y + slope * (centres - middle)
    labels = np.array([glyphs.NOTHING, *(ALPHABET.index(each) for each in text), glyphs.NOTHING])
    if upside_down:
        labels[1:-1] = [glyphs.NOTHING if each not in _SYMMETRIC else -1 for each in text]
    if rng.random() < 0.2:
        shift = rng.uniform(0.36, 0.64) * rng.choice([-1, 1]) * pitch
        if rng.random() < 0.5:
            centres = centres + shift
        else:
            height = height + rng.uniform(0.45, 1.0) * rng.choice([-1, 1]) * pitch
        labels[:] = glyphs.NOTHING
    strip = glyphs.ready(line, pitch)
    scale = glyphs.PITCH / pitch
    cut = glyphs.cut(strip, (np.stack([centres, height], axis=1) + 0.5) * scale - 0.5)
    keep = labels >= 0
    if rng.random() < 0.7:
        keep[[0, -1]] = False
    return cut[keep], labels[keep]


_FREQUENT = np.array([2.6 if each in "0O" else 1.5 if each in "1I8B5S2Z6GDQVYMNUW" else 1.0 for each in ALPHABET])
_FREQUENT[-1] = 4.0
_FREQUENT /= _FREQUENT.sum()


def _printed(text: str, rng: np.random.Generator) -> Grey:
    """Ink, 0 to 1, _FINE pixels a character, with two free places at either end and a character's height above and below."""
    name = rng.choice(["OCRB.otf", "OCRBS.otf", "OCRBL.otf"], p=[0.55, 0.42, 0.03])
    size = _FINE / 0.7231
    font = ImageFont.truetype(str(FONTS / name), size=size)
    width, height = _FINE * (len(text) + 4), _FINE * 3
    canvas = Pillow.new("L", (width, height), 0)
    draw = ImageDraw.Draw(canvas)
    thick = int(rng.choice([0, 0, 0, 1, 2]))
    jitter = rng.random() < 0.15
    for place, each in enumerate(text):
        dx, dy = rng.normal(0, 0.8, 2) if jitter else (0, 0)
        draw.text(
            (_FINE * (place + 2.5) + dx, height / 2 + _BASELINE * _FINE + dy),
            each,
            font=font,
            fill=255,
            anchor="ms",
            stroke_width=thick,
        )
    if rng.random() < 0.3:
        _neighbour(draw, font, len(text), rng)
    ink = _grey(np.asarray(canvas, dtype=np.float32) / 255)
    kind = rng.random()
    if kind < 0.12:
        ink = _grey(cv2.erode(ink, np.ones((2, 2), np.uint8), iterations=int(rng.integers(1, 3))))
    elif kind < 0.2:
        ink = _dotted(ink, rng)
    elif kind < 0.4:
        ink = _bled(ink, rng)
    if rng.random() < 0.3:
        shear = rng.uniform(-0.08, 0.08)
        turn = np.array([[1, shear, -shear * height / 2], [0, 1, 0]], dtype=np.float32)
        ink = _grey(cv2.warpAffine(ink, turn, (width, height)))
    if rng.random() < 0.4:
        stretch = rng.uniform(0.9, 1.1)
        turn = np.array([[1, 0, 0], [0, stretch, (1 - stretch) * height / 2]], dtype=np.float32)
        ink = _grey(cv2.warpAffine(ink, turn, (width, height)))
    return ink


_BASELINE = 0.49
"""From the middle of a line of capitals down to where they stand, in pitches."""


def _neighbour(draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, count: int, rng: np.random.Generator) -> None:
    """The next line of the zone, or print of the page, close above or below."""
    text = "".join(rng.choice(list(ALPHABET), count))
    away = rng.uniform(1.45, 2.5) * rng.choice([-1, 1])
    draw.text((_FINE * 2, _FINE * (1.5 + _BASELINE + away)), text, font=font, fill=255, anchor="ls")


def _dotted(ink: Grey, rng: np.random.Generator) -> Grey:
    """As a needle printer leaves it."""
    step = int(rng.integers(3, 6))
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]]
    away = (rows % step - step / 2) ** 2 + (columns % step - step / 2) ** 2
    return _soft(ink * (away < (step * rng.uniform(0.4, 0.6)) ** 2), 0.8)


def _bled(ink: Grey, rng: np.random.Generator) -> Grey:
    """Ink that ran into the paper, or toner that did not hold: an uneven edge."""
    noise = _soft(rng.normal(0, 1, ink.shape), rng.uniform(1, 3))
    uneven = noise / (noise.std() + 1e-6) * rng.uniform(0.03, 0.16)
    soft = _soft(ink, rng.uniform(0.8, 2.0))
    return _grey(np.clip((soft - 0.5 + uneven + rng.uniform(-0.15, 0.2)) * 4 + 0.5, 0, 1))


def degraded(ink: Grey, rng: np.random.Generator) -> Grey:
    """Grey 0 to 255 of that ink on patterned paper, as a camera or scanner gave it."""
    height, width = ink.shape
    pitch = float(np.exp(rng.uniform(np.log(6.5), np.log(34))))
    paper = np.full(ink.shape, rng.uniform(150, 250), dtype=np.float32)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    for _ in range(int(rng.integers(0, 5))):
        turn = rng.uniform(0, np.pi)
        along = rows * np.sin(turn) + columns * np.cos(turn)
        across = columns * np.sin(turn) - rows * np.cos(turn)
        wave = np.sin(
            along * 2 * np.pi / rng.uniform(8, 60)
            + rng.uniform(0, 6)
            + rng.uniform(0, 4) * np.sin(across / rng.uniform(20, 90))
        )
        paper += _grey(rng.uniform(3, 22) * np.where(wave > rng.uniform(-0.2, 0.9), wave, 0)) * rng.choice([-1, 1])
    dark = rng.uniform(10, 90) if rng.random() < 0.8 else rng.uniform(90, 140)
    grey = _grey(paper * (1 - ink) + np.minimum(dark, paper - 25) * ink)
    if rng.random() < 0.15:
        for _ in range(int(rng.integers(1, 3))):
            ends = [(int(rng.integers(0, width)), int(rng.integers(0, height))) for _ in range(2)]
            cv2.line(grey, ends[0], ends[1], float(rng.uniform(40, 230)), int(rng.integers(1, 6)))
    if rng.random() < 0.25:
        centre, size = (rng.uniform(0, width), rng.uniform(0, height)), rng.uniform(30, 250)
        spot = np.exp(-((columns - centre[0]) ** 2 + (rows - centre[1]) ** 2) / (2 * size**2))
        grey = _grey(grey + (255 - grey) * spot * rng.uniform(0.2, 0.8))
    grey = _grey(grey + rng.uniform(-0.1, 0.1) * columns)
    reduced = (max(int(width * pitch / _FINE), 8), max(int(height * pitch / _FINE), 8))
    small = _grey(cv2.resize(grey, reduced, interpolation=cv2.INTER_AREA))
    blur = rng.uniform(0, 0.12) * pitch * rng.choice([0, 1], p=[0.3, 0.7])
    if blur > 0.3:
        small = _soft(small, blur)
    if rng.random() < 0.15:
        length = int(rng.integers(2, 2 + max(int(pitch * 0.22), 1)))
        kernel = np.eye(length, dtype=np.float32) if rng.random() < 0.4 else np.zeros((length, length), np.float32)
        if not kernel.any():
            kernel[length // 2] = 1
            kernel = kernel if rng.random() < 0.5 else np.ascontiguousarray(kernel.T)
        small = _grey(cv2.filter2D(small, -1, kernel / kernel.sum()))
    noisy = small + rng.normal(0, rng.uniform(0.5, 14), small.shape)
    small = _grey(np.clip(np.round(noisy), 0, 255))
    return compressed(small, int(rng.integers(25, 95))) if rng.random() < 0.6 else small


_JPEG = np.array([
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
], dtype=np.float32)  # fmt: skip # a table
"""Steps of brightness at quality 50 (ITU-T T.81, table K.1)."""
_COSINES = np.array(
    [[np.sqrt((1 if k == 0 else 2) / 8) * np.cos((2 * n + 1) * k * np.pi / 16) for n in range(8)] for k in range(8)],
    dtype=np.float32,
)


def compressed(grey: Grey, quality: int) -> Grey:
    """What JPEG leaves of it at that quality, 1 to 100."""
    steps = np.clip(np.floor(_JPEG * (50 / quality if quality < 50 else 2 - quality / 50) + 0.5), 1, 255)
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % 8), (0, -width % 8)), mode="edge") - 128
    blocks = padded.reshape(padded.shape[0] // 8, 8, padded.shape[1] // 8, 8).swapaxes(1, 2)
    kept = np.round(_COSINES @ blocks @ _COSINES.T / steps) * steps
    back = (_COSINES.T @ kept @ _COSINES).swapaxes(1, 2).reshape(padded.shape) + 128
    return _grey(np.clip(back[:height, :width], 0, 255))
