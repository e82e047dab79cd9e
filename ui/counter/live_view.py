"""The live picture: the newest frame, the guide for the face, and a box around each face that was found.

The guide stands where the face of somebody standing, seated, small or in a wheelchair is expected, as the officer says with one
key. It asks for nothing: a face is taken wherever it is good.
"""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeySequence, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from matching.faces.finding import Face
from matching.faces.images import Image
from ui.widgets.eye_alignment import Eyes, between, places
from ui.widgets.page_picture import eye_centres
from ui.widgets.picture import Picture, picture_of
from workstation.capture.face_reader import Sighting

_GUIDE = (0.30, 0.40)
"""Width and height of the guide's oval, in picture heights."""
_EYES_END = 48
"""Landmarks of a face whose eyes are known."""
_PORTRAIT, _MARGIN = 0.44, 16
"""Height of the document's portrait in heights of the view, and pixels around it."""
_SAID_MS = 2500


class Stature(Enum):
    """How the traveller is before the camera: the middle of the face and its size, in picture heights and of `_GUIDE`."""

    STANDING = (0.48, 1.0)
    SEATED = (0.60, 1.0)
    CHILD = (0.68, 0.80)
    WHEELCHAIR = (0.64, 0.90)

    @property
    def middle(self) -> float:
        return self.value[0]

    @property
    def size(self) -> float:
        return self.value[1]


class LiveView(QWidget):
    """Says `picked` with the number of the face that was clicked, counted from 0."""

    picked = Signal(int)
    STATURE_KEY = "H"
    """Goes on to the next stature; works wherever the view is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._sightings: tuple[Sighting, ...] = ()
        self._choosing = False
        self._words = ""
        self._portrait: tuple[Picture, Eyes] | None = None
        self.stature = Stature.STANDING
        self._saying = QTimer(self, interval=_SAID_MS, singleShot=True)
        self._saying.timeout.connect(self.update)
        self._key = QShortcut(QKeySequence(self.STATURE_KEY), self, self.next_stature)
        self._key.setContext(Qt.ShortcutContext.WindowShortcut)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(480, 320)
        self.setAccessibleName(self.tr("Live picture"))

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def show_frame(self, picture: QImage, sightings: tuple[Sighting, ...]) -> None:
        self._picture, self._sightings, self._words, self._choosing = picture, sightings, "", False
        self._portrait = None
        self.update()

    def show_taken(self, picture: QImage, sightings: tuple[Sighting, ...], *, choosing: bool) -> None:
        """The picture that was taken, still; with `choosing`, its faces are numbered and can be clicked."""
        self._picture, self._sightings, self._words, self._choosing = picture, sightings, "", choosing
        self._portrait = None
        self.update()

    @property
    def beside(self) -> bool:
        """Whether the document's portrait stands beside the traveller."""
        return self._portrait is not None

    def show_beside(self, portrait: Image, face: Face) -> None:
        """The document's portrait in a corner of the picture that was taken, its eyes level."""
        if self._picture is not None and len(face.landmarks) >= _EYES_END:
            self._portrait = (picture_of(portrait), eye_centres(face))
            self.update()

    def show_words(self, words: str) -> None:
        """No picture comes: say so where it would be."""
        self._picture, self._sightings, self._words, self._portrait = None, (), words, None
        self.update()

    def next_stature(self) -> None:
        """Standing, seated, child, wheelchair, and standing again; its name stands at the guide for a moment."""
        all_of_them = list(Stature)
        self.stature = all_of_them[(all_of_them.index(self.stature) + 1) % len(all_of_them)]
        self.setAccessibleDescription(self.stature_words())
        self._saying.start()
        self.update()

    def stature_words(self) -> str:
        words = {
            Stature.STANDING: self.tr("Standing"),
            Stature.SEATED: self.tr("Seated"),
            Stature.CHILD: self.tr("Child"),
            Stature.WHEELCHAIR: self.tr("Wheelchair"),
        }
        return words[self.stature]

    def guide(self) -> QRectF:
        """Where the face is expected, on the widget."""
        area = self._area()
        wide, high = (side * 2 * area.height() * self.stature.size for side in _GUIDE)
        centre = QPointF(area.center().x(), area.y() + area.height() * self.stature.middle)
        return QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)

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
        if self._portrait is not None:
            self._paint_portrait(painter, *self._portrait)

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
        place = self.guide()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255, 110), 2, Qt.PenStyle.DashLine))
        painter.drawEllipse(place)
        if self._saying.isActive():
            painter.setPen(QColor("#ffffff"))
            painter.drawText(
                place.intersected(QRectF(self.rect())).adjusted(0, 8, 0, -8),
                Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom,
                self.stature_words(),
            )

    def _paint_portrait(self, painter: QPainter, portrait: Picture, eyes: Eyes) -> None:
        high = self.height() * _PORTRAIT
        frame = QRectF(_MARGIN, self.height() - high - _MARGIN, high * 0.78, high)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            frame.moveRight(self.width() - _MARGIN)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 8, 8)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(frame, QColor("#20262b"))
        painter.translate(frame.topLeft())
        portrait.paint(painter, between(eyes, places(frame.width(), frame.height())))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#ffffff"), 2.5))
        painter.drawRoundedRect(frame, 8, 8)

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
