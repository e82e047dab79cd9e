"""One question with a few answers, each with its number as a key: in place of the live picture, never in a window of its own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.plain import text_label


class ChoicesPanel(QFrame):
    chosen = Signal(str)

    def __init__(self, question: str, sentence: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`choices`: what is said when one is chosen, and its words."""
        super().__init__(parent)
        self.setProperty("card", True)
        title = QLabel(question)
        title.setProperty("title", True)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(text_label(sentence))
        for number, (value, words) in enumerate(choices, start=1):
            button = QPushButton(self.tr("{number}   {words}").format(number=number, words=words))
            button.setProperty("person", True)
            button.setAccessibleName(words)
            button.clicked.connect(partial(self.chosen.emit, value))
            self.buttons.append(button)
            column.addWidget(button)
        back = text_label(self.tr("Esc goes back."))
        back.setProperty("quiet", True)
        column.addWidget(back)
        column.addStretch(1)

    def choose(self, number: int) -> None:
        """Counted from 0; a number without an answer is nothing."""
        if number < len(self.buttons):
            self.buttons[number].click()
