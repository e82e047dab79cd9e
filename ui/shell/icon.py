"""The program's sign: a shield with an open gate, drawn so that it is sharp at every size."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def icon() -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(size))
    return made


def _drawn(size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 64, size / 64)
    shield = QPainterPath(QPointF(32, 3))
    for first, second, end in (
        ((44, 10), (52, 11), (58, 11)),
        ((58, 36), (50, 52), (32, 61)),
        ((14, 52), (6, 36), (6, 11)),
        ((12, 11), (20, 10), (32, 3)),
    ):
        shield.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    painter.fillPath(shield, QColor("#1f5f8b"))
    gate = QPainterPath()
    gate.addRoundedRect(QRectF(21, 20, 22, 30), 11, 11)
    gate.addRect(QRectF(21, 36, 22, 14))
    gate.setFillRule(Qt.FillRule.WindingFill)
    painter.fillPath(gate, QColor("#ffffff"))
    painter.fillRect(QRectF(31, 20, 2, 30), QColor("#1f5f8b"))
    painter.end()
    return picture
