"""The bar over every page of a post that was proved altered: what was found, and where a supervisor answers for it."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, Refused
from ui.words.plain import said, text_label
from workstation.desk.desk import Desk, Done, PostStatus
from workstation.post.altered import Standing


def answer_for(reason: str, desk: Desk) -> Done[Standing]:
    return desk.log.answer_for_faults(reason)


class AlteredBar(QFrame):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("This post was altered"))
        self.words = text_label("")
        self.words.setProperty("problem", True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why the counter may go on under my name for twelve hours"))
        self.reason.setAccessibleName(self.tr("Why the counter may go on"))
        self.reason.returnPressed.connect(self._answer)
        self.answer = QPushButton(self.tr("I answer for it"))
        self.answer.clicked.connect(self._answer)
        self.problem = QLabel()
        self.problem.setProperty("problem", True)
        self.problem.hide()
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.words)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.hide()

    def show_status(self, status: PostStatus, *, may_answer: bool) -> None:
        """Shown to everybody while nobody answers; what was found, and a place to answer, only to a supervisor."""
        waits = bool(status.faults) and not status.answered_by
        if waits:
            words = self.tr("This post was altered, and nothing is screened until a supervisor answers for it.")
            self.words.setText(f"{words} {status.faults[0]}" if may_answer else words)
        for widget in (self.reason, self.answer):
            widget.setVisible(may_answer)
        self.setVisible(waits)

    def _answer(self) -> None:
        self.problem.hide()
        self._desk.ask(partial(answer_for, self.reason.text()), self._answered, self._refused)

    def _answered(self, _: Standing) -> None:
        self.reason.clear()

    def _refused(self, refusal: Refused) -> None:
        self.problem.setText(said(refusal))
        self.problem.show()
