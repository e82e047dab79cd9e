"""The live picture: the newest frame, the guide for the face, and a box around each face that was found."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from matching.faces import Face
from workstation.faces import Sighting

_GUIDE = (0.30, 0.40)
"""Width and height of the guide's oval, in picture heights."""


class LiveView(QWidget):
    """Says `picked` with the number of the face that was clicked, counted from 0."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._sightings: tuple[Sighting, ...] = ()
        self._choosing = False
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(480, 320)
        self.setAccessibleName(self.tr("Live picture"))

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def show_frame(self, picture: QImage, sightings: tuple[Sighting, ...]) -> None:
        self._picture, self._sightings, self._words, self._choosing = picture, sightings, "", False
        self.update()

    def show_taken(self, picture: QImage, sightings: tuple[Sighting, ...], *, choosing: bool) -> None:
        """The picture that was taken, still; with `choosing`, its faces are numbered and can be clicked."""
        self._picture, self._sightings, self._words, self._choosing = picture, sightings, "", choosing
        self.update()

    def show_words(self, words: str) -> None:
        """No picture comes: say so where it would be."""
        self._picture, self._sightings, self._words = None, (), words
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._choosing:
            return
        for number, sighting in enumerate(self._sightings):
            if self._on_screen(sighting.face).contains(event.position()):
                self.picked.emit(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#20262b"))
        if self._picture is None:
            painter.setPen(QColor("#f2f4f5"))
            painter.drawText(
                self.rect().adjusted(40, 40, -40, -40), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._area(), self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._choosing:
            self._paint_guide(painter)
        for number, sighting in enumerate(self._sightings):
            self._paint_face(painter, number, sighting)

    def _area(self) -> QRectF:
        """Where the picture stands: as large as it goes, the whole of it."""
        if self._picture is None:
            return QRectF(self.rect())
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height())

    def _on_screen(self, face: Face) -> QRectF:
        area, picture = self._area(), self._picture
        if picture is None:
            return QRectF()
        scale = area.width() / picture.width()
        box = face.box
        return QRectF(area.x() + box.left * scale, area.y() + box.top * scale, box.width * scale, box.height * scale)

    def _paint_guide(self, painter: QPainter) -> None:
        area = self._area()
        wide, high = _GUIDE[0] * area.height() * 2, _GUIDE[1] * area.height() * 2
        centre = QPointF(area.center().x(), area.y() + area.height() * 0.48)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255, 110), 2, Qt.PenStyle.DashLine))
        painter.drawEllipse(centre, wide / 2, high / 2)

    def _paint_face(self, painter: QPainter, number: int, sighting: Sighting) -> None:
        """A solid box when nothing is to be fixed, a dashed one otherwise: never by colour alone."""
        place = self._on_screen(sighting.face)
        style = Qt.PenStyle.SolidLine if sighting.quality.good or self._choosing else Qt.PenStyle.DashLine
        for colour, width in ((QColor(0, 0, 0, 120), 5), (QColor("#ffffff"), 2.5)):
            painter.setPen(QPen(colour, width, style))
            painter.drawRoundedRect(place, 6, 6)
        if self._choosing:
            label = QRectF(place.x(), place.y() - 40, 40, 36)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#ffffff"))
            painter.drawRoundedRect(label, 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            font = QFont(self.font())
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor("#1a2127"))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(number + 1))
