"""The line below the tabs: one sentence, for as long as it takes to read it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

MESSAGE_MS = 8_000


class MessageLine(QLabel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setWordWrap(True)
        self.hide()
        self._timer = QTimer(self, interval=MESSAGE_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)

    def say(self, words: str, *, calm: bool) -> None:
        """`calm`: nothing is wrong."""
        self.setText(words)
        self.setProperty("calm", calm)
        self.style().polish(self)
        self.show()
        self._timer.start()
