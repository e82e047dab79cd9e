"""A card over the whole window, in the program's own look: it takes every key until it is closed, and hides nothing for good."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget


class Over(QWidget):
    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.below = parent
        """What it covers."""
        self.card = QFrame(self)
        self.card.setProperty("card", True)
        self.inside = QVBoxLayout(self.card)
        self.inside.setContentsMargins(32, 24, 32, 24)
        self.inside.setSpacing(12)
        around = QGridLayout(self)
        around.setContentsMargins(24, 24, 24, 24)
        around.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        parent.installEventFilter(self)

    def open(self, first: QWidget | None = None) -> None:
        """Over everything, with the keys on `first` or on the card itself."""
        if self.isHidden():
            self._before = self.window().focusWidget()
        self.setGeometry(self.below.rect())
        self.show()
        self.raise_()
        self.opened.emit()
        (first or self).setFocus()

    def leave(self) -> None:
        """Back to where the keys were."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.below:
            self.setGeometry(self.below.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key ends here; what is below hears of none."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F1}:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.window().focusWidget()
            if isinstance(focused, QPushButton) and self.isAncestorOf(focused):
                focused.click()
        event.accept()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab goes round on the card."""
        buttons = [each for each in self.card.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        if buttons:
            focused = self.window().focusWidget()
            place = buttons.index(focused) if focused in buttons else -1 if following else 0
            buttons[(place + (1 if following else -1)) % len(buttons)].setFocus()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 120))
