"""Closing the window while something stands open: one question, and the answer that loses nothing is the one at hand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.widgets.over import Over
from ui.words.plain import text_label


class Leaving(Over):
    confirmed = Signal()
    """Close all the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Close the program?"))
        title = text_label(self.tr("Close the program?"))
        title.setProperty("title", True)
        self.words = text_label("")
        self.words.setMinimumWidth(420)
        self.stay = QPushButton(self.tr("Stay   Esc"))
        self.stay.setProperty("primary", True)
        self.stay.clicked.connect(self.leave)
        self.close_all_the_same = QPushButton(self.tr("Close all the same"))
        self.close_all_the_same.clicked.connect(self.confirmed)
        row = QHBoxLayout()
        row.addWidget(self.stay)
        row.addStretch(1)
        row.addWidget(self.close_all_the_same)
        for widget in (title, self.words):
            self.inside.addWidget(widget)
        self.inside.addLayout(row)

    def ask(self, open_work: Sequence[str]) -> None:
        """`open_work`: a sentence for each thing that would be lost."""
        self.words.setText("\n".join(open_work))
        self.open(self.stay)
