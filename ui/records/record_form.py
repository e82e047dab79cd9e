"""Writing a record down: new or amended. What was typed stays until it is saved or thrown away by the person."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.records.photo_tray import PhotoTray
from ui.records.record_draft import RecordDraft, add_record, amend_record
from ui.threads.background import AskDesk, Refused
from ui.widgets.date_field import DateField
from ui.widgets.fields import Field, Lines, choice
from ui.words.plain import purpose_means, said, text_label
from ui.words.searched import name_below, numbers_below
from watchlists.records.reading import full_name
from watchlists.records.records import Particulars, RecordView, Watchlist

_ALWAYS = frozenset({"action", "legal_basis", "review_date", "reason"})
"""What every record needs; a surname is not among it, since a list of documents may do without."""


class RecordForm(QWidget):
    saved = Signal(int, int)
    """The ids of the record that was written or amended, and of its list."""
    left = Signal()

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("recordForm")
        self.record_id: int | None = None
        """The record that is amended; None for a new one."""
        self._before = ""
        self._watchlists: tuple[Watchlist, ...] = ()
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.tray = PhotoTray(desk)
        self._watchlist_box = QComboBox()
        self._photo_heading = QLabel(self.tr("Photographs"))
        self._photo_heading.setProperty("heading", True)
        self.fields = {field.name: field for field in self._questions()}
        self.save = QPushButton()
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        self.empty = QPushButton(self.tr("Throw away what is typed"))
        self.empty.clicked.connect(self._throw_away)
        self.back = QPushButton(self.tr("Back   Esc"))
        self.back.setShortcut(QKeySequence("Esc"))
        self.back.clicked.connect(self.left)
        self._lay_out()
        self._rest(saving=False)
        self.fields["watchlist"].edited.connect(self._tell_purpose)
        for name in ("surname", "given_names", "other_names", "birth_date", "document_number"):
            self.fields[name].edited.connect(self._tell_searched)
        self.forget()

    # What is asked

    def _questions(self) -> tuple[Field, ...]:
        return (
            Field("watchlist", self.tr("List"), "", self._watchlist_box, needed=True),
            Field(
                "surname",
                self.tr("Surname"),
                self.tr("As in the travel document, or the only name known."),
                QLineEdit(),
                needed=True,
            ),
            Field("given_names", self.tr("Given names"), self.tr("All of them, in the order written."), QLineEdit()),
            Field("other_names", self.tr("Other names"), self.tr("One name a line: aliases, spellings."), Lines(2)),
            DateField("birth_date", self.tr("Date of birth"), self.tr("As 17 March 1980, 1980-03-17, 1980-03 or 1980.")),
            Field(
                "sex",
                self.tr("Sex"),
                self.tr("As in the travel document."),
                choice(
                    (
                        ("", self.tr("Not known")),
                        ("F", self.tr("F, female")),
                        ("M", self.tr("M, male")),
                        ("X", self.tr("X, unspecified")),
                    )
                ),
            ),
            Field("nationality", self.tr("Nationality"), self.tr("Three letters, such as PAK."), QLineEdit()),
            Field(
                "document_number",
                self.tr("Document numbers"),
                self.tr("Parted by ; and, in brackets, the State: AB1234567 (PAK)"),
                QLineEdit(),
            ),
            Field(
                "action",
                self.tr("What the officer is asked to do"),
                self.tr("In the owner's words; shown first when a lead is confirmed."),
                Lines(2),
                needed=True,
            ),
            Field(
                "legal_basis",
                self.tr("Legal basis"),
                self.tr("The order, warrant or law, with its number and date."),
                QLineEdit(),
                needed=True,
            ),
            DateField("review_date", self.tr("Review by"), self.tr("A day, as 2027-01-31."), needed=True, calendar=True),
            Field(
                "reason",
                self.tr("Why"),
                self.tr("It is kept in the history of the record."),
                QLineEdit(),
                needed=True,
            ),
        )

    def _lay_out(self) -> None:
        questions = QGridLayout()
        questions.setHorizontalSpacing(16)
        questions.setVerticalSpacing(4)
        places = {
            "watchlist": (0, 0, 4), "review_date": (0, 4, 2),
            "surname": (1, 0, 3), "given_names": (1, 3, 3),
            "birth_date": (2, 0, 2), "sex": (2, 2, 2), "nationality": (2, 4, 2),
            "document_number": (3, 0, 2), "other_names": (3, 2, 4),
            "action": (4, 0, 6), "legal_basis": (5, 0, 3), "reason": (5, 3, 3),
        }  # fmt: skip # a map of the page
        for name, (row, column, wide) in places.items():
            questions.addWidget(self.fields[name], row, column, 1, wide)
        for column in range(6):
            questions.setColumnStretch(column, 1)
        photos = QVBoxLayout()
        photos.setSpacing(8)
        photos.addWidget(self._photo_heading)
        photos.addWidget(self.tray, 1)
        columns = QWidget()
        side_by_side = QHBoxLayout(columns)
        side_by_side.setContentsMargins(16, 0, 16, 8)
        side_by_side.setSpacing(24)
        side_by_side.addLayout(questions, 3)
        side_by_side.addLayout(photos, 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(columns)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 0)
        buttons.addWidget(self.save)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(self.empty)
        buttons.addWidget(self.back)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.title)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 12, 0, 12)
        page.setSpacing(12)
        page.addLayout(head)
        page.addWidget(scroll, 1)
        page.addLayout(buttons)
        self.say("")

    # New or amended

    def open_new(self, watchlists: Sequence[Watchlist], watchlist_id: int | None) -> None:
        """A new record; what was typed for one before and not saved is still there."""
        if self.record_id is not None or not self.is_touched():
            self.record_id = None
            self._fill(Particulars(surname=""), "")
        self._offer(watchlists, watchlist_id if not self.is_touched() else None)
        self.title.setText(self.tr("New record"))
        self._photo_heading.show()
        self.tray.show()
        self._watchlist_box.setEnabled(True)
        self.fields["surname"].editor.setFocus()

    def open_record(self, record: RecordView) -> None:
        """Amend this one; an amendment of it that was begun goes on."""
        if self.record_id != record.record_id or not self.is_touched():
            self.record_id = record.record_id
            self._fill(record.particulars, "")
        self._offer((record.watchlist,), record.watchlist.id)
        self._watchlist_box.setEnabled(False)
        self.title.setText(
            self.tr("Amend record {record}: {name}").format(record=record.record_id, name=full_name(record.particulars))
        )
        for widget in (self._photo_heading, self.tray):
            widget.hide()
        self.fields["surname"].editor.setFocus()

    def is_touched(self) -> bool:
        """Whether something would be lost if the form were emptied."""
        return self._said() != self._before or not self.tray.is_empty()

    def draft(self) -> RecordDraft | None:
        """What would be lost if the form were emptied."""
        if not self.is_touched():
            return None
        return RecordDraft(
            self.record_id,
            self.title.text(),
            self._watchlists,
            self.watchlist_id(),
            self.particulars(),
            self.reason(),
            self._before,
            self.tray.draft(),
        )

    def resume(self, draft: RecordDraft) -> None:
        self.record_id = draft.record_id
        self._fill(draft.particulars, draft.reason)
        self._before = draft.before
        self._offer(draft.watchlists, draft.watchlist_id)
        self.title.setText(draft.title)
        self.tray.resume(draft.photos)
        new = draft.record_id is None
        self._watchlist_box.setEnabled(new)
        for widget in (self._photo_heading, self.tray):
            widget.setVisible(new)

    def forget(self) -> None:
        """Everything typed."""
        self.record_id = None
        self._fill(Particulars(surname=""), "")

    def particulars(self) -> Particulars:
        text = {name: field.text() for name, field in self.fields.items()}
        return Particulars(
            surname=text["surname"],
            given_names=text["given_names"],
            other_names=tuple(text["other_names"].splitlines()),
            birth_date=text["birth_date"],
            sex=text["sex"],
            nationality=text["nationality"],
            document_number=text["document_number"],
            legal_basis=text["legal_basis"],
            action=text["action"],
            review_date=text["review_date"],
        )

    def reason(self) -> str:
        return self.fields["reason"].text()

    def watchlist_id(self) -> int | None:
        text = self.fields["watchlist"].text()
        return int(text) if text else None

    def say(self, problem: str) -> None:
        self.problem.setText(problem)

    # Saving

    def _save(self) -> None:
        """Once: the button rests while the record is being written."""
        if self.tray.waiting():
            self.say(self.tr("A photograph is still being looked at. Save again in a moment."))
            return
        watchlist_id, record_id = self.watchlist_id(), self.record_id
        for field in self.fields.values():
            field.clear_refusal()
        self._tell_purpose()
        self.say("")
        if self._refuse_at_once():
            return
        self._rest(saving=True)
        if record_id is not None:
            asked = partial(amend_record, record_id, self.particulars(), self.reason())
            self._desk.ask(asked, self._written, self._refused)
        elif watchlist_id is not None:
            photos, when = self.tray.photos(), self.tray.taken()
            add = partial(add_record, watchlist_id, self.particulars(), photos, when, self.reason())
            self._desk.ask(add, self._written, self._refused)

    def _refuse_at_once(self) -> bool:
        """Everything that is missing or cannot be read, each under its question; the person goes to the first.

        One thing alone that is missing is refused by the desk, whose sentence says more.
        """
        wrong: dict[Field, str] = {}
        for field in self.fields.values():
            problem = field.problem() if isinstance(field, DateField) else ""
            if not problem and field.needed and field.name in _ALWAYS and not field.text().strip():
                problem = self.tr("This is needed.")
            if problem:
                wrong[field] = problem
        if len(wrong) == 1 and all(not field.text().strip() for field in wrong):
            return False
        for field, problem in wrong.items():
            field.say_below(problem, refused=True)
        if wrong:
            next(iter(wrong)).editor.setFocus()
            self.say(self.tr("Answers to look at again: {count}.").format(count=len(wrong)))
        return bool(wrong)

    def _rest(self, *, saving: bool) -> None:
        self.save.setEnabled(not saving)
        self.save.setText(self.tr("Saving …") if saving else self.tr("Save record   Ctrl+S"))
        self.save.setShortcut(QKeySequence("Ctrl+S"))

    def _written(self, record_id: int) -> None:
        self._rest(saving=False)
        watchlist_id = self.watchlist_id() or 0
        self.forget()
        self.saved.emit(record_id, watchlist_id)

    def _refused(self, refusal: Refused) -> None:
        """Say it where it belongs; everything typed stays."""
        self._rest(saving=False)
        sentence, name = said(refusal), getattr(refusal, "field", "")
        if name in {"photos", "taken_on", "age"}:
            self.tray.say(sentence)
        elif name in self.fields:
            self.fields[name].refuse(sentence)
        else:
            self.say(sentence)

    def _offer(self, watchlists: Sequence[Watchlist], watchlist_id: int | None) -> None:
        box, field = self._watchlist_box, self.fields["watchlist"]
        wanted = str(watchlist_id) if watchlist_id is not None else field.text()
        self._watchlists = tuple(watchlists)
        box.clear()
        for each in watchlists:
            box.addItem(each.name, str(each.id))
        field.set_text(wanted)
        self._tell_purpose()

    def _tell_purpose(self) -> None:
        chosen = next((each for each in self._watchlists if each.id == self.watchlist_id()), None)
        self.fields["watchlist"].below.setText(purpose_means(chosen.purpose) if chosen else "")
        self.fields["watchlist"].below.setVisible(chosen is not None)

    def _tell_searched(self) -> None:
        """Below the fields, as what searches will compare the record, and what keeps them from it."""
        self.fields["surname"].tell(name_below(self.particulars()))
        self.fields["document_number"].tell(numbers_below(self.fields["document_number"].text()))

    def _fill(self, particulars: Particulars, reason: str) -> None:
        text = {
            "surname": particulars.surname,
            "given_names": particulars.given_names,
            "other_names": "\n".join(particulars.other_names),
            "birth_date": particulars.birth_date,
            "sex": particulars.sex,
            "nationality": particulars.nationality,
            "document_number": particulars.document_number,
            "legal_basis": particulars.legal_basis,
            "action": particulars.action,
            "review_date": particulars.review_date,
            "reason": reason,
        }
        for name, value in text.items():
            self.fields[name].set_text(value)
        self._tell_searched()
        self.tray.clear()
        self.say("")
        self._before = self._said()

    def _said(self) -> str:
        """Everything typed, but for the list, which is chosen for the person."""
        return "\x1f".join(field.text() for name, field in self.fields.items() if name != "watchlist")

    def _throw_away(self) -> None:
        self.forget()
        self.left.emit()
