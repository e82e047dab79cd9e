"""How a row of the alert list is drawn: the traveller small, three lines of words, a bar along those who came together.

Alerts about someone who may need protection stand on a warm ground and say so in a word.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from ui.second_line.alert_order import group_of
from ui.second_line.alert_words import grounds_line, purpose_line, where_line
from ui.widgets.dense_table import RowPainter, Rows
from workstation.alerts.raising import SEEN, AlertLine

_EDGE, _GAP, _BAR = 8, 10, 4
_SMALL = 0.84
"""Size of the second and third line beside the first."""


class AlertRows(RowPainter):
    def __init__(self, picture: Callable[[int], QImage | None], parent: QWidget) -> None:
        """`picture`: the small picture of an alert's traveller, or None while there is none."""
        super().__init__(parent)
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = self._line(index)
        if line is None:
            return super().sizeHint(option, index)
        first, rest = self._fonts(option.font)
        words = [(purpose_line(line), first), (grounds_line(line), rest), (where_line(line), rest)]
        wide = max(QFontMetrics(font).horizontalAdvance(each) for each, font in words)
        high = row_height(option.font)
        return QSize(_BAR + _EDGE + self._side(high) + _GAP + wide + _EDGE, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        line = self._line(index)
        if line is None:
            return
        painter.save()
        self._ground(painter, option, line)
        self._party(painter, option, index, line)
        side = self._side(option.rect.height())
        place = QRect(0, 0, side, side)
        right_to_left = option.direction is Qt.LayoutDirection.RightToLeft
        within = option.rect.adjusted(_BAR + _EDGE, 0, -_EDGE, 0)
        if right_to_left:
            within = option.rect.adjusted(_EDGE, 0, -_BAR - _EDGE, 0)
        place.moveCenter(within.center())
        if right_to_left:
            place.moveRight(within.right())
            words = within.adjusted(0, 0, -side - _GAP, 0)
        else:
            place.moveLeft(within.left())
            words = within.adjusted(side + _GAP, 0, 0, 0)
        self._small(painter, option, line, place)
        self._words(painter, option, line, words)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, line: AlertLine) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        elif line.protect:
            painter.fillRect(option.rect, self.ground)

    def _party(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, line: AlertLine
    ) -> None:
        """A bar that runs through the rows of one traveller or of one party, with a gap where another begins."""
        model = index.model()
        if not isinstance(model, Rows):
            return
        rows, number = model.rows, index.row()
        before = number > 0 and group_of(rows[number - 1]) == group_of(line)
        after = number + 1 < len(rows) and group_of(rows[number + 1]) == group_of(line)
        if not before and not after:
            return
        bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
        if option.direction is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(option.rect.right())
        painter.fillRect(bar.adjusted(0, 0 if before else 6, 0, 0 if after else -6), option.palette.link())

    def _small(self, painter: QPainter, option: QStyleOptionViewItem, line: AlertLine, place: QRect) -> None:
        image = self._picture(line.alert_id)
        if image is None:
            painter.setPen(QPen(option.palette.placeholderText().color(), 1, Qt.PenStyle.DotLine))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.55 if line.status == SEEN else 1.0)
        painter.drawImage(place, image)
        painter.setOpacity(1.0)

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, line: AlertLine, place: QRect) -> None:
        first, rest = self._fonts(option.font)
        high, small = QFontMetrics(first).height(), QFontMetrics(rest).height()
        top = place.top() + (place.height() - high - 2 * small) // 2
        text, quiet = option.palette.text().color(), option.palette.placeholderText().color()
        if line.protect and not option.state & QStyle.StateFlag.State_Selected:
            text = quiet = self.ink
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for words, font, colour, tall in (
            (purpose_line(line), first, text, high),
            (grounds_line(line), rest, text, small),
            (where_line(line), rest, text if line.taken_by else quiet, small),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(QRect(place.left(), top, place.width(), tall), start, fitting)
            top += tall

    @staticmethod
    def _line(index: QModelIndex | QPersistentModelIndex) -> AlertLine | None:
        model = index.model()
        line = model.rows[index.row()] if isinstance(model, Rows) and index.isValid() else None
        return line if isinstance(line, AlertLine) else None

    @staticmethod
    def _side(high: int) -> int:
        return high - 2 * 5

    @staticmethod
    def _fonts(given: QFont) -> tuple[QFont, QFont]:
        return _fonts(given)


def row_height(font: QFont) -> int:
    """Three lines of words and a little air."""
    first, rest = _fonts(font)
    return QFontMetrics(first).height() + 2 * QFontMetrics(rest).height() + 12


def _fonts(given: QFont) -> tuple[QFont, QFont]:
    first, rest = QFont(given), QFont(given)
    first.setWeight(QFont.Weight.DemiBold)
    rest.setPixelSize(max(1, round(_SMALL * given.pixelSize()))) if given.pixelSize() > 0 else None
    return first, rest
