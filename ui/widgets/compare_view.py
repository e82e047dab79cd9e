"""Two faces at one scale on one line through the eyes. What the wheel and the hand do, they do to both.

A picture whose eyes are not known, such as a document's page, is fitted into its pane instead. The pictures themselves are never changed; everything here is a way of looking.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QWidget

from ui.widgets.eye_alignment import Eyes, Point, Similarity, between, looked_at, places
from ui.widgets.picture import Picture

FLICKER_MS = 500
"""Each picture stands this long: two changes a second stay below the three flashes of WCAG 2.3.1."""
_NEAREST, _FARTHEST = 16.0, 0.5
_STEP = 1.2
_GAP = 2
_EDGE, _TOP = 8, 44
"""Around a picture that is fitted into its pane, and above it."""


class Way(Enum):
    SIDE_BY_SIDE = "side by side"
    FLICKER = "flicker"
    OVERLAY = "overlay"


@dataclass(frozen=True, slots=True)
class Shown:
    """One side: its picture and where the eyes are in it, if they are known; None for a picture that cannot be read."""

    picture: Picture | None
    eyes: Eyes | None
    caption: str
    instead: str = ""
    """What to say where there is no picture; empty when there is one that cannot be read."""


class CompareView(QWidget):
    looked_differently = Signal()
    """The way of looking, the zoom, the grey or the opacity changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareView")
        self.setAccessibleName(self.tr("Comparison of two pictures"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.way = Way.SIDE_BY_SIDE
        self.grey = False
        self.opacity = 0.5
        self.zoom = 1.0
        self.pan: Point = (0.0, 0.0)
        self.reference_is_up = False
        self._pair: tuple[Shown, Shown] | None = None
        self._hand: QPointF | None = None
        self._flicker = QTimer(self, interval=FLICKER_MS)
        self._flicker.timeout.connect(self._turn_over)

    def sizeHint(self) -> QSize:
        return QSize(760, 420)

    def show_pair(self, probe: Shown, reference: Shown) -> None:
        """Both anew, side by side, as they lie on the eyes."""
        self._pair = (probe, reference)
        self.reset()

    @property
    def comparable(self) -> bool:
        """Whether two faces lie side by side, so that one may be laid over the other."""
        return self._pair is not None and all(each.picture is not None and each.eyes is not None for each in self._pair)

    def clear(self) -> None:
        self._pair = None
        self.reset()

    # Ways of looking

    def flicker(self) -> None:
        """Probe and reference by turns in one place; again to stop."""
        self._look(Way.SIDE_BY_SIDE if self.way is Way.FLICKER else Way.FLICKER)

    def overlay(self) -> None:
        """The reference over the probe; again to stop."""
        self._look(Way.SIDE_BY_SIDE if self.way is Way.OVERLAY else Way.OVERLAY)

    def set_opacity(self, share: float) -> None:
        """How much of the reference is seen in the overlay, 0 to 1."""
        self.opacity = min(max(share, 0.0), 1.0)
        self._changed()

    def greyed(self) -> None:
        """Both without colour, so that light and camera lead less astray; again to stop."""
        self.grey = not self.grey
        self._changed()

    def reset(self) -> None:
        self.grey, self.zoom, self.pan = False, 1.0, (0.0, 0.0)
        self._look(Way.SIDE_BY_SIDE)

    def zoom_by(self, factor: float, about: Point | None = None) -> None:
        """Zoom both; the point `about` of a pane (from its upper left corner) stays where it is."""
        centre = self._eye_point()
        fixed = about or centre
        zoom = min(max(self.zoom * factor, _FARTHEST), _NEAREST)
        grown = zoom / self.zoom
        self.pan = (
            fixed[0] - centre[0] - grown * (fixed[0] - centre[0] - self.pan[0]),
            fixed[1] - centre[1] - grown * (fixed[1] - centre[1] - self.pan[1]),
        )
        self.zoom = zoom
        self._changed()

    def pan_by(self, x: float, y: float) -> None:
        self.pan = (self.pan[0] + x, self.pan[1] + y)
        self._changed()

    # Where things lie

    def panes(self) -> tuple[QRect, QRect]:
        """Where the probe and the reference are seen; one and the same place but for side by side."""
        whole = self.rect()
        if self.way is not Way.SIDE_BY_SIDE:
            return whole, whole
        width = (whole.width() - _GAP) // 2
        first = QRect(0, 0, width, whole.height())
        second = QRect(width + _GAP, 0, width, whole.height())
        return (first, second) if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else (second, first)

    def laid(self, eyes: Eyes) -> Similarity:
        """From pixels of the picture to those of its pane. Raises ValueError when the eyes are one point."""
        pane = self.panes()[0]
        view = looked_at(self.zoom, self.pan, self._eye_point())
        return between(eyes, places(pane.width(), pane.height())).then(view)

    def fitted(self, size: QSize) -> Similarity:
        """The whole picture in the middle of its pane, below the caption."""
        pane = self.panes()[0]
        scale = min((pane.width() - 2 * _EDGE) / size.width(), (pane.height() - _EDGE - _TOP) / size.height())
        left, top = (pane.width() - scale * size.width()) / 2, _TOP + (pane.height() - _EDGE - _TOP - scale * size.height()) / 2
        return Similarity(scale, 0.0, left, top).then(looked_at(self.zoom, self.pan, self._eye_point()))

    def _eye_point(self) -> Point:
        pane = self.panes()[0]
        (left, height), (right, _) = places(pane.width(), pane.height())
        return (left + right) / 2, height

    def _look(self, way: Way) -> None:
        self.way = way if self.comparable else Way.SIDE_BY_SIDE
        way = self.way
        self.reference_is_up = False
        if way is Way.FLICKER:
            self._flicker.start()
        else:
            self._flicker.stop()
        self._changed()

    def _turn_over(self) -> None:
        self.reference_is_up = not self.reference_is_up
        self.update()

    def _changed(self) -> None:
        self.setAccessibleDescription(
            self.tr("{way}, zoom {zoom} times").format(
                way={
                    Way.SIDE_BY_SIDE: self.tr("Side by side"),
                    Way.FLICKER: self.tr("By turns"),
                    Way.OVERLAY: self.tr("One over the other"),
                }[self.way],
                zoom=self.locale().toString(self.zoom, "f", 1),
            )
        )
        self.update()
        self.looked_differently.emit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        if self._pair is None:
            return
        probe, reference = self._pair
        probe_pane, reference_pane = self.panes()
        match self.way:
            case Way.SIDE_BY_SIDE:
                self._paint(painter, probe, probe_pane)
                self._paint(painter, reference, reference_pane)
                self._paint_caption(painter, probe.caption, probe_pane)
                self._paint_caption(painter, reference.caption, reference_pane)
            case Way.FLICKER:
                up = reference if self.reference_is_up else probe
                self._paint(painter, up, probe_pane)
                self._paint_caption(painter, up.caption, probe_pane)
            case Way.OVERLAY:
                self._paint(painter, probe, probe_pane)
                painter.setOpacity(self.opacity)
                self._paint(painter, reference, reference_pane)
                painter.setOpacity(1.0)
                both = self.tr("Below: {probe}. On top: {reference}")
                both = both.format(probe=probe.caption, reference=reference.caption)
                self._paint_caption(painter, both, probe_pane)

    def _paint(self, painter: QPainter, shown: Shown, pane: QRect) -> None:
        painter.save()
        painter.setClipRect(pane)
        painter.translate(pane.topLeft())
        if shown.picture is not None:
            laid = self.laid(shown.eyes) if shown.eyes is not None else self.fitted(shown.picture.size)
            shown.picture.paint(painter, laid, grey=self.grey)
            if self.comparable:
                self._paint_eye_line(painter, pane.size())
        else:
            painter.setPen(self.palette().windowText().color())
            painter.drawText(
                QRect(24, 48, pane.width() - 48, pane.height() - 72),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                shown.instead
                or self.tr("This picture cannot be read. Judge only what you can see, or say that you cannot tell."),
            )
        painter.restore()

    def _paint_eye_line(self, painter: QPainter, pane: QSize) -> None:
        """Ticks at the edges only: a line across the eyes would hide what is compared."""
        height = round(looked_at(self.zoom, self.pan, self._eye_point()).at(self._eye_point())[1])
        for colour, below in ((Qt.GlobalColor.white, 0), (Qt.GlobalColor.black, 1)):  # seen on any picture
            painter.setPen(colour)
            painter.drawLine(QPoint(0, height + below), QPoint(14, height + below))
            painter.drawLine(QPoint(pane.width() - 15, height + below), QPoint(pane.width() - 1, height + below))

    def _paint_caption(self, painter: QPainter, caption: str, pane: QRect) -> None:
        metrics = painter.fontMetrics()
        words = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, pane.width() - 32)
        strip = QRectF(0, 0, metrics.horizontalAdvance(words) + 16, metrics.height() + 8)
        leading = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        strip.moveTopLeft(QPointF(pane.left() + 8 if leading else pane.right() - 7 - strip.width(), pane.top() + 8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawRoundedRect(strip, 4, 4)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)

    # The hand

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.zoom_by(_STEP ** (turned / 120), self._in_pane(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._hand = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand is not None:
            moved = event.position() - self._hand
            self._hand = event.position()
            self.pan_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._hand = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def hideEvent(self, event: QHideEvent) -> None:
        if self.way is Way.FLICKER:
            self._look(Way.SIDE_BY_SIDE)
        super().hideEvent(event)

    def _in_pane(self, at: QPointF) -> Point:
        pane = next((each for each in self.panes() if each.contains(at.toPoint())), self.panes()[0])
        return at.x() - pane.left(), at.y() - pane.top()
