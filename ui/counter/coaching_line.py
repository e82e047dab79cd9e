"""The line to the traveller below the picture: as large as it can be in its place, whose height no word changes."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_LARGER = 1.6
"""Size beside the usual type, as in the style sheet."""
_AIR, _SIDES = 20, 36
_LEAST = 64


def line_height(type_height: int) -> int:
    """Pixels for two lines of the usual type, or one of the larger."""
    return max(_LEAST, 2 * type_height + _AIR)


class Coaching(QLabel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coaching")
        self.setWordWrap(True)
        self._fit()

    def setText(self, words: str) -> None:
        super().setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        above = self.parentWidget()
        usual = QFont(above.font() if above is not None else self.font())
        high = line_height(QFontMetrics(usual).height())
        if self.height() != high:
            self.setFixedHeight(high)
        large = QFont(usual)
        large.setPixelSize(max(1, round(_LARGER * usual.pixelSize())) if usual.pixelSize() > 0 else 26)
        large.setWeight(QFont.Weight.DemiBold)
        room = self.rect().adjusted(_SIDES // 2, 0, -_SIDES // 2, 0)
        need = QFontMetrics(large).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()
        long = need > high - 8
        if bool(self.property("long")) != long:
            self.setProperty("long", long)
            self.style().unpolish(self)
            self.style().polish(self)
