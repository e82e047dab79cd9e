"""The small picture of a document's page, the lines of its zone outlined."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from matching.faces.finding import Face
from matching.faces.images import Image
from workstation.capture.sightings import Eyes
from workstation.documents.zone_reader.reading import Quad


class PagePicture(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: QImage | None = None
        self._quads: tuple[Quad, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture of the document"))

    def sizeHint(self) -> QSize:
        return QSize(176, 124)

    @property
    def filled(self) -> bool:
        return self._page is not None

    def clear(self) -> None:
        self._page, self._quads = None, ()
        self.update()

    def show_page(self, picture: QImage | None, quads: Sequence[Quad] = ()) -> None:
        """`quads` in pixels of the picture."""
        self._page, self._quads = picture, tuple(quads)
        self.setAccessibleName(self.tr("Picture of the document"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._page is not None:
            self._paint_page(painter, self._page)
        else:
            self._paint_empty(painter)

    def _paint_empty(self, painter: QPainter) -> None:
        """An empty page, so that the place is known before anything lies there."""
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5, Qt.PenStyle.DashLine))
        size = QSize(125, 88).scaled(self.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
        page = QRectF((self.width() - size.width()) / 2, 2, size.width(), size.height())
        painter.drawRoundedRect(page, 6, 6)
        for row in (0.78, 0.89):
            down = page.top() + row * page.height()
            painter.drawLine(QPointF(page.left() + 8, down), QPointF(page.right() - 8, down))

    def _paint_page(self, painter: QPainter, page: QImage) -> None:
        size = page.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.drawImage(place, page)
        scale = place.width() / max(page.width(), 1)
        for quad in self._quads:
            outline = QPolygonF([QPointF(place.x() + x * scale, place.y() + y * scale) for x, y in quad])
            for colour, width in ((QColor(255, 255, 255, 220), 3.0), (self.palette().color(QPalette.ColorRole.Link), 1.6)):
                painter.setPen(QPen(colour, width))
                painter.drawPolygon(outline)


def qimage(image: Image) -> QImage:
    """Of its own memory."""
    height, width = image.shape[:2]
    return QImage(np.ascontiguousarray(image).data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def eye_centres(face: Face) -> Eyes:
    left, right = face.landmarks[36:42].mean(axis=0), face.landmarks[42:48].mean(axis=0)
    return (float(left[0]), float(left[1])), (float(right[0]), float(right[1]))
