"""The lines of a zone as they were taken: doubtful characters underlined, changed ones boxed with what was read below.

Each kind of mark has a line of its own shape, so that none is told by colour alone; the legend names those that occur.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.words.documents import change_words, doubt_words, why_words
from ui.words.plain import text_label
from workstation.documents.zone_reader.reading import Why, ZoneReading

_LARGEST, _SMALLEST = 20, 9
"""Pixels of a character's height between which the lines fit their width."""
_STYLES = {
    Why.UNSURE: (Qt.PenStyle.SolidLine, 1),
    Why.UNCOVERED: (Qt.PenStyle.DotLine, 1),
    Why.BLIND: (Qt.PenStyle.SolidLine, 2),
}
"""How a doubt is underlined: the line's style and how many lines."""


class ZoneLines(QWidget):
    """Left to right in every language, as the zone is printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[str, ...] = ()
        self.reading: ZoneReading | None = None
        self.drawing = _Drawing(self)
        self.legend = text_label("")
        self.legend.setProperty("quiet", True)
        self.told = text_label("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.drawing, self.legend, self.told):
            column.addWidget(widget)

    def show_lines(self, lines: tuple[str, ...], reading: ZoneReading | None) -> None:
        """Without a reading the lines were typed or come from a chip, and nothing is marked."""
        self.lines, self.reading = lines, reading
        self.legend.setText("\n".join(self._legend(reading)) if reading else "")
        self.legend.setVisible(bool(self.legend.text()))
        told = [*map(change_words, reading.changes), *map(doubt_words, reading.doubts)] if reading else []
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))
        self.drawing.setAccessibleName(self.tr("Lines as they were taken"))
        self.drawing.setAccessibleDescription("\n".join((*lines, *told)))
        self.drawing.updateGeometry()
        self.drawing.update()

    def _legend(self, reading: ZoneReading) -> list[str]:
        signs = {
            Why.UNSURE: self.tr("Underlined: {why}."),
            Why.UNCOVERED: self.tr("Dotted: {why}."),
            Why.BLIND: self.tr("Underlined twice: {why}."),
        }
        kinds = {doubt.why for doubt in reading.doubts}
        words = [signs[why].format(why=why_words(why)) for why in Why if why in kinds]
        if reading.changes:
            words.append(self.tr("In a box: taken otherwise than it was read; what was read stands below."))
        return words


class _Drawing(QWidget):
    def __init__(self, shown: ZoneLines) -> None:
        super().__init__(shown)
        self._shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def sizeHint(self) -> QSize:
        rows = len(self._shown.lines) + len(self._changed_lines())
        return QSize(320, round(rows * 1.6 * self._size() + 8) if rows else 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = len(self._shown.lines) + len(self._changed_lines())
        return round(rows * 1.6 * self._fitting(width) + 8) if rows else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._size()
        painter.setFont(_fixed(size))
        pitch, high = QFontMetricsF(painter.font()).horizontalAdvance("A"), 1.6 * size
        row = 0
        for number, line in enumerate(self._shown.lines):
            top = 4 + row * high
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            for place, character in enumerate(line):
                painter.drawText(QRectF(place * pitch, top, pitch, high * 0.8), Qt.AlignmentFlag.AlignCenter, character)
            self._mark(painter, number, QPointF(0, top), pitch, high)
            row += 2 if number in self._changed_lines() else 1

    def _mark(self, painter: QPainter, number: int, start: QPointF, pitch: float, high: float) -> None:
        reading = self._shown.reading
        if reading is None:
            return
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        for doubt in (each for each in reading.doubts if each.line == number):
            style, count = _STYLES[doubt.why]
            painter.setPen(QPen(ink, 1.6, style))
            for each in range(count):
                down = start.y() + high * 0.82 + 3 * each
                painter.drawLine(QPointF(doubt.column * pitch + 1, down), QPointF((doubt.column + 1) * pitch - 1, down))
        for change in (each for each in reading.changes if each.line == number):
            painter.setPen(QPen(ink, 1.4))
            painter.drawRect(QRectF(change.column * pitch, start.y(), pitch, high * 0.8))
            below = QRectF(change.column * pitch, start.y() + high, pitch, high * 0.8)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, change.read)

    def _changed_lines(self) -> set[int]:
        reading = self._shown.reading
        return {change.line for change in reading.changes} if reading else set()

    def _size(self) -> int:
        return self._fitting(self.width())

    def _fitting(self, width: int) -> int:
        """The largest type in which the longest line fits; a fixed font's characters are about 0.6 of its size wide."""
        longest = max(map(len, self._shown.lines), default=0)
        return max(_SMALLEST, min(_LARGEST, int(width / (0.62 * longest)))) if longest else _LARGEST


def _fixed(size: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(size)
    return font
