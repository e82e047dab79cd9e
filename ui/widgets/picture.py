"""A photograph ready to be painted at any scale: halved again and again, so that painting costs what the screen shows.

Opened off the GUI thread (12 megapixels take a tenth of a second); painted on it.
"""

from dataclasses import dataclass, field
from math import floor, log2

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from matching.faces.images import Image, decode
from ui.widgets.eye_alignment import Similarity

_SMALLEST = 128
"""Shorter side below which halving again saves nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """`levels[n]` is the picture at 1/2^n of its size, RGB32."""

    levels: tuple[QImage, ...]
    _grey: dict[int, QImage] = field(default_factory=dict)

    @property
    def size(self) -> QSize:
        return self.levels[0].size()

    def paint(self, painter: QPainter, laid: Similarity, *, grey: bool = False) -> None:
        """Paint it where `laid` puts its pixels, in the painter's own coordinates."""
        level = min(max(floor(-log2(laid.scale) + 0.25), 0), len(self.levels) - 1) if laid.scale > 0 else 0
        image = self.greyed(level) if grey else self.levels[level]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(QTransform(laid.a, laid.b, -laid.b, laid.a, laid.dx, laid.dy), True)
        painter.scale(self.size.width() / image.width(), self.size.height() / image.height())
        painter.drawImage(0, 0, image)
        painter.restore()

    def greyed(self, level: int) -> QImage:
        if level not in self._grey:
            grey = self.levels[level].convertToFormat(QImage.Format.Format_Grayscale8)
            self._grey[level] = grey.convertToFormat(QImage.Format.Format_RGB32)
        return self._grey[level]


def picture_of(image: Image) -> Picture:
    """From RGB pixels (h, w, 3)."""
    pixels = np.ascontiguousarray(image)
    height, width = pixels.shape[:2]
    whole = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    levels = [whole.convertToFormat(QImage.Format.Format_RGB32)]
    while min(levels[-1].width(), levels[-1].height()) >= 2 * _SMALLEST:
        half = QSize(levels[-1].width() // 2, levels[-1].height() // 2)
        smaller = levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        levels.append(smaller.convertToFormat(QImage.Format.Format_RGB32))
    return Picture(tuple(levels))


def opened(data: bytes) -> Picture:
    """From an image file. Raises matching.faces.images.ImageRefused with its sentence."""
    return picture_of(decode(data))
