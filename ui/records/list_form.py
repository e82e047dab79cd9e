"""A new list: its name, why it exists, who answers for it. What was typed stays until it is saved."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, Refused
from ui.widgets.fields import Field
from ui.words.plain import purpose_means, purpose_words, said, text_label
from watchlists.records.purposes import Purpose
from workstation.desk.desk import Desk, Done


def add_watchlist(name: str, purpose: Purpose, owner: str, contact: str, desk: Desk) -> Done[int]:
    return desk.records.add_watchlist(name, purpose, owner, contact)


class ListForm(QWidget):
    saved = Signal(int)
    left = Signal()

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("listForm")
        title = QLabel(self.tr("New list"))
        title.setProperty("title", True)
        self._purposes = QComboBox()
        for purpose in Purpose:
            self._purposes.addItem(purpose_words(purpose), purpose.value)
        self.fields = {
            field.name: field
            for field in (
                Field(
                    "name", self.tr("Name of the list"), self.tr("As people call it, at most 80 letters."), QLineEdit(),
                    needed=True,
                ),
                Field("purpose", self.tr("Purpose"), purpose_means(Purpose.PROTECT), self._purposes, needed=True),
                Field(
                    "owner", self.tr("Owner"), self.tr("The authority that answers for every record on it."),
                    QLineEdit(), needed=True,
                ),
                Field(
                    "contact", self.tr("Contact"), self.tr("How the owner is reached at any hour: telephone or radio."),
                    QLineEdit(), needed=True,
                ),
            )
        }  # fmt: skip # one question, one block
        self.fields["purpose"].edited.connect(self._tell_purpose)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.save = QPushButton(self.tr("Save list   Ctrl+S"))
        self.save.setProperty("primary", True)
        self.save.setShortcut(QKeySequence("Ctrl+S"))
        self.save.clicked.connect(self._save)
        back = QPushButton(self.tr("Back   Esc"))
        back.setShortcut(QKeySequence("Esc"))
        back.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(title)
        for field in self.fields.values():
            field.setMaximumWidth(640)
            column.addWidget(field)
        column.addStretch(1)
        column.addLayout(buttons)

    def purpose(self) -> Purpose:
        return Purpose(self._purposes.currentData())

    def _save(self) -> None:
        text = {name: field.text() for name, field in self.fields.items()}
        self.say("")
        self.save.setEnabled(False)
        asked = partial(add_watchlist, text["name"], self.purpose(), text["owner"], text["contact"])
        self._desk.ask(asked, self._written, self._refused)

    def _written(self, watchlist_id: int) -> None:
        self.save.setEnabled(True)
        self.forget()
        self.saved.emit(watchlist_id)

    def _refused(self, refusal: Refused) -> None:
        self.save.setEnabled(True)
        name = getattr(refusal, "field", "")
        if name in self.fields:
            self.fields[name].refuse(said(refusal))
        else:
            self.say(said(refusal))

    def draft(self) -> dict[str, str] | None:
        typed = {name: field.text() for name, field in self.fields.items()}
        return typed if any(typed[name] for name in ("name", "owner", "contact")) else None

    def resume(self, draft: dict[str, str]) -> None:
        for name, text in draft.items():
            self.fields[name].set_text(text)
        self._tell_purpose()

    def forget(self) -> None:
        for name in ("name", "owner", "contact"):
            self.fields[name].set_text("")
        self.say("")

    def say(self, problem: str) -> None:
        self.problem.setText(problem)

    def _tell_purpose(self) -> None:
        self.fields["purpose"].below.setText(purpose_means(self.purpose()))
