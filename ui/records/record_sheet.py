"""One record to read: portraits, particulars, history, and what may be done with it. Holds the id; shows what it is given."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.threads.background import AskDesk, Refused
from ui.widgets.case_sheet import sex_words
from ui.widgets.fields import Field
from ui.words.plain import clear_layout, day, moment, purpose_words, said, text_label
from ui.words.searched import sheet_words
from watchlists.records.not_searched import not_searched
from watchlists.records.reading import full_name
from watchlists.records.records import ACTIVE, RecordView
from workstation.desk.desk import Desk, Done

PORTRAIT = 112


def withdraw_record(record_id: int, reason: str, desk: Desk) -> Done[None]:
    return desk.records.withdraw_record(record_id, reason)


class RecordSheet(QFrame):
    amend_asked = Signal()
    photo_asked = Signal()

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("recordSheet")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Selected record"))
        self.record: RecordView | None = None
        self.begun: tuple[int, str] | None = None
        """A withdrawal that was begun before the desk was locked."""
        self._may_change = False
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self.amend = self._button(self.tr("Amend   Ctrl+E"), "Ctrl+E")
        self.amend.clicked.connect(self.amend_asked)
        self.add_photo = self._button(self.tr("Add photographs   F7"), "F7")
        self.add_photo.clicked.connect(self.photo_asked)
        self.withdraw = self._button(self.tr("Withdraw …   F8"), "F8")
        self.withdraw.setCheckable(True)
        self.withdraw.toggled.connect(self._ask_why)
        self.why = Field(
            "withdraw_reason",
            self.tr("Why is it withdrawn?"),
            self.tr("In one sentence; it stays in the history of the record."),
            QLineEdit(),
            needed=True,
        )
        self.confirm = QPushButton(self.tr("Withdraw this record"))
        self.confirm.clicked.connect(self._withdraw)
        self._confirmation = QFrame()
        self._confirmation.setObjectName("withdrawal")
        asked = QVBoxLayout(self._confirmation)
        asked.setContentsMargins(12, 8, 12, 8)
        asked.addWidget(
            text_label(self.tr("From the next search on, nobody is compared with it. It cannot be made active again."))
        )
        asked.addWidget(self.why)
        asked.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeading)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._lay_out()
        self.clear(self.tr("Choose a record to read it here."))

    def _button(self, words: str, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setShortcut(QKeySequence(key))
        return button

    def _lay_out(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addLayout(self._body)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.amend)
        first.addWidget(self.withdraw)
        second.addWidget(self.add_photo)
        self._acts = QWidget()
        acts = QVBoxLayout(self._acts)
        acts.setContentsMargins(16, 8, 16, 12)
        acts.setSpacing(8)
        acts.addWidget(self._confirmation)
        acts.addWidget(self.problem)
        acts.addLayout(first)
        acts.addLayout(second)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._acts)

    def clear(self, words: str) -> None:
        """No record is shown; `words` say what to do."""
        self.record = None
        clear_layout(self._body)
        empty = text_label(words)
        empty.setProperty("quiet", True)
        self._body.addWidget(empty)
        self._acts.hide()

    def show_record(self, record: RecordView, portraits: Sequence[QImage], *, may_change: bool) -> None:
        """A reason that was begun for this record stays."""
        if self.record is None or self.record.record_id != record.record_id:
            self.withdraw.setChecked(False)
            self.why.set_text("")
            self.say("")
        self.record = record
        if self.begun is not None and self.begun[0] == record.record_id:
            self.withdraw.setChecked(True)
            self.why.set_text(self.begun[1])
            self.begun = None
        clear_layout(self._body)
        name = text_label(full_name(record.particulars))
        name.setProperty("title", True)
        self._body.addWidget(name)
        active = record.status == ACTIVE
        state = text_label(
            self.tr("Record {record}, version {version}").format(record=record.record_id, version=record.version)
            if active
            else self.tr("Record {record}, withdrawn. Nobody is compared with it.").format(record=record.record_id)
        )
        state.setProperty("quiet", True)
        self._body.addWidget(state)
        if active and (unsearched := sheet_words(not_searched(record.particulars, len(record.portraits)))):
            self._body.addWidget(text_label(unsearched))
        self._show_portraits(portraits)
        self._show_particulars(record)
        self._show_history(record)
        self._acts.setVisible(may_change and active)
        self._confirmation.setVisible(self.withdraw.isChecked())

    def draft(self) -> tuple[int, str] | None:
        """The record that was about to be withdrawn, and why."""
        if self.record is None or not (self.withdraw.isChecked() and self.why.text()):
            return None
        return self.record.record_id, self.why.text()

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show_portraits(self, portraits: Sequence[QImage]) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, image in enumerate(portraits):
            picture = QLabel()
            picture.setPixmap(QPixmap.fromImage(image))
            picture.setAccessibleName(self.tr("Portrait {number}").format(number=number + 1))
            picture.setToolTip(self._taken(number))
            grid.addWidget(picture, number // 2, number % 2, Qt.AlignmentFlag.AlignLeading)
        grid.setColumnStretch(2, 1)
        self._body.addLayout(grid)

    def _taken(self, number: int) -> str:
        """When a portrait was taken and how old the person was, as far as it is known."""
        if self.record is None:
            return ""
        portrait = self.record.portraits[number]
        parts = [day(portrait.taken_on)] if portrait.taken_on else []
        if portrait.age is not None:
            parts.append(self.tr("{years} years old").format(years=portrait.age))
        words = self.tr(", ").join(parts)
        return self.tr("Portrait {number}: {words}").format(number=number + 1, words=words) if words else ""

    def _show_particulars(self, record: RecordView) -> None:
        known, watchlist = record.particulars, record.watchlist
        lines = (
            (self.tr("What to do"), known.action),
            (self.tr("Also known as"), "\n".join(known.other_names)),
            (self.tr("Born"), day(known.birth_date)),
            (self.tr("Sex"), sex_words(known.sex)),
            (self.tr("Nationality"), known.nationality),
            (self.tr("Document"), known.document_number),
            (self.tr("Legal basis"), known.legal_basis),
            (self.tr("Review by"), day(known.review_date)),
            (self.tr("Photographs"), "\n".join(filter(None, map(self._taken, range(len(record.portraits)))))),
            (self.tr("Purpose"), purpose_words(watchlist.purpose)),
            (self.tr("List"), watchlist.name),
            (self.tr("Owner"), watchlist.owner),
            (self.tr("Contact"), watchlist.contact),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (term, words) in enumerate(line for line in lines if line[1]):
            name = QLabel(term)
            name.setProperty("quiet", True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text_label(words), row, 1)
        self._body.addLayout(grid)

    def _show_history(self, record: RecordView) -> None:
        heading = QLabel(self.tr("History"))
        heading.setProperty("heading", True)
        self._body.addWidget(heading)
        for change in record.history:
            words = (
                self.tr("Version {version}, {at}, {person}: {reason}")
                if change.status == ACTIVE
                else self.tr("Version {version}, {at}, {person}, withdrawn: {reason}")
            )
            line = text_label(
                words.format(
                    version=change.version,
                    at=moment(change.changed_at),
                    person=change.changed_by,
                    reason=change.reason or self.tr("no reason written"),
                )
            )
            self._body.addWidget(line)

    def _ask_why(self, on: bool) -> None:  # noqa: FBT001 # Qt's signal hands it over so
        self._confirmation.setVisible(on)
        if on:
            self.why.editor.setFocus()

    def _withdraw(self) -> None:
        if self.record is not None:
            self.confirm.setEnabled(False)
            asked = partial(withdraw_record, self.record.record_id, self.why.text())
            self._desk.ask(asked, self._withdrawn, self._refused)

    def _withdrawn(self, _nothing: None) -> None:
        self.confirm.setEnabled(True)
        self.withdraw.setChecked(False)
        self.why.set_text("")
        self.say("")

    def _refused(self, refusal: Refused) -> None:
        self.confirm.setEnabled(True)
        if getattr(refusal, "field", "") == "reason":
            self.why.refuse(said(refusal))
        else:
            self.say(said(refusal))
