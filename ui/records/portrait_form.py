"""More photographs for a record that stands already."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.records.photo_tray import PhotoTray, TrayDraft
from ui.threads.background import AskDesk, Refused
from ui.widgets.fields import Field
from ui.words.plain import said, text_label
from watchlists.records.reading import full_name
from watchlists.records.records import RecordRefused, RecordView
from workstation.desk.desk import Changed, Desk, Done
from workstation.errors import OperatorError
from workstation.search.enrolment import taken


def add_portraits(
    record_id: int, photos: Sequence[bytes], when: Sequence[tuple[str, str]], reason: str, desk: Desk
) -> Done[tuple[OperatorError | RecordRefused, ...]]:
    """One by one: what one photograph is refused for does not stop the others. The value: the refusals."""
    refused: list[OperatorError | RecordRefused] = []
    changed = Changed.NOTHING
    for photo, each in zip(photos, when, strict=True):
        try:
            changed |= desk.records.add_portrait(record_id, photo, reason, taken(*each)).changed
        except (OperatorError, RecordRefused) as refusal:
            refused.append(refusal)
    return Done(tuple(refused), changed)


PortraitDraft = tuple[int, str, str, TrayDraft]
"""The record, the title, the reason and the photographs."""


class PortraitForm(QWidget):
    saved = Signal(int)
    left = Signal()

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("portraitForm")
        self.record_id: int | None = None
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.tray = PhotoTray(desk)
        self.reason = Field(
            "portrait_reason",
            self.tr("Why"),
            self.tr("Where the photographs come from; it is kept in the log."),
            QLineEdit(),
        )
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.save = QPushButton(self.tr("Add to the record   Ctrl+S"))
        self.save.setProperty("primary", True)
        self.save.setShortcut(QKeySequence("Ctrl+S"))
        self.save.clicked.connect(self._save)
        back = QPushButton(self.tr("Back   Esc"))
        back.setShortcut(QKeySequence("Esc"))
        back.clicked.connect(self.left)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.tray)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(scroll, 1)
        column.addWidget(self.reason)
        column.addLayout(buttons)

    def open_record(self, record: RecordView) -> None:
        if self.record_id != record.record_id:
            self.record_id = record.record_id
            self.forget()
        self.title.setText(
            self.tr("Photographs for record {record}: {name}").format(
                record=record.record_id, name=full_name(record.particulars)
            )
        )
        self.tray.choose.setFocus()

    def _save(self) -> None:
        photos = self.tray.photos()
        if self.tray.waiting():
            self.say(self.tr("A photograph is still being looked at. Save again in a moment."))
        elif not photos:
            self.tray.say(self.tr("Add at least one photograph that can be searched."))
        elif self.record_id is not None:
            self.save.setEnabled(False)
            asked = partial(add_portraits, self.record_id, photos, self.tray.taken(), self.reason.text())
            self._desk.ask(asked, self._written, self._refused)

    def _written(self, refused: Sequence[Refused]) -> None:
        """What could be added is added; the rest is said, and stays until the person leaves."""
        self.save.setEnabled(True)
        self.tray.clear()
        if refused:
            self.say(" ".join(said(each) for each in refused))
        elif self.record_id is not None:
            self.forget()
            self.saved.emit(self.record_id)

    def _refused(self, refusal: Refused) -> None:
        self.save.setEnabled(True)
        self.say(said(refusal))

    def draft(self) -> PortraitDraft | None:
        if self.record_id is None or (self.tray.is_empty() and not self.reason.text()):
            return None
        return self.record_id, self.title.text(), self.reason.text(), self.tray.draft()

    def resume(self, draft: PortraitDraft) -> None:
        self.record_id, title, reason, photos = draft
        self.title.setText(title)
        self.reason.set_text(reason)
        self.tray.resume(photos)

    def forget(self) -> None:
        self.tray.clear()
        self.reason.set_text("")
        self.say("")

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
