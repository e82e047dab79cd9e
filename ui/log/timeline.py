"""The rail of the log: one dot an entry, newest on top; full where something was decided, a ring where somebody looked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets.dense_table import Rows
from ui.words.log import DECISIONS, WARNINGS
from workstation.accountability.log import AuditEntry

_RADIUS = 5.0


class Rail(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if not isinstance(model, Rows):
            return
        entry = model.rows[index.row()]
        if isinstance(entry, AuditEntry):
            painter.save()
            self._draw(painter, option, entry, first=index.row() == 0, last=index.row() == model.rowCount() - 1)
            painter.restore()

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, entry: AuditEntry, *, first: bool, last: bool) -> None:
        place: QRect = option.rect
        middle = QPointF(place.center())
        quiet, accent = option.palette.placeholderText().color(), option.palette.link().color()
        painter.setPen(QPen(quiet, 1))
        if not first:
            painter.drawLine(QPointF(middle.x(), place.top()), QPointF(middle.x(), middle.y() - _RADIUS))
        if not last:
            painter.drawLine(QPointF(middle.x(), middle.y() + _RADIUS), QPointF(middle.x(), place.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        decided = entry.act in DECISIONS
        painter.setPen(QPen(accent if decided else quiet, 1.5))
        painter.setBrush(accent if decided else Qt.BrushStyle.NoBrush)
        if entry.act in WARNINGS:  # a square, so that the shape says it without a colour
            painter.setBrush(option.palette.text())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRect(round(middle.x() - _RADIUS), round(middle.y() - _RADIUS), round(2 * _RADIUS), round(2 * _RADIUS))
        else:
            painter.drawEllipse(middle, _RADIUS - 0.5, _RADIUS - 0.5)
