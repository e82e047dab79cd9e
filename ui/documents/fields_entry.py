"""A document without a zone, typed field by field; or the name that a traveller without any document says."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.date_field import DateField
from ui.widgets.fields import Field, choice
from ui.widgets.flow import flowing
from ui.words.documents import fields_kind_words
from ui.words.plain import said, text_label
from workstation.documents.travel_document import typed_in_fields
from workstation.documents.typed_fields import FieldRefused, Fields, Kind
from workstation.today import today


class FieldsEntry(QWidget):
    use = Signal(object)
    """The `TravelDocument` of what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = choice([(kind, fields_kind_words(kind)) for kind in Kind])
        sexes = choice((("", self.tr("Not known")), ("F", "F"), ("M", "M"), ("X", "X")))
        made = (
            Field("kind", self.tr("Kind of document"), "", kinds, needed=True),
            Field("state", self.tr("State of issue"), self.tr("Three letters, such as PAK."), QLineEdit()),
            Field("surname", self.tr("Family name"), "", QLineEdit()),
            Field("given_names", self.tr("Given names"), "", QLineEdit()),
            DateField("born", self.tr("Date of birth"), self.tr("As 17.3.1980, 17 March 1980 or 1980.")),
            Field("sex", self.tr("Sex"), "", sexes),
            Field("number", self.tr("Number"), self.tr("As it is printed."), QLineEdit()),
        )
        self.fields = {field.name: field for field in made}
        self.about = text_label("")
        self.about.setProperty("quiet", True)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.take = QPushButton(self.tr("Use for this traveller   Ctrl+Enter"))
        self.take.setProperty("primary", True)
        self.take.clicked.connect(self._use)
        self.empty = QPushButton(self.tr("Empty   Ctrl+Backspace"))
        self.empty.clicked.connect(self.clear)
        self.fields["kind"].edited.connect(self._kind_chosen)
        self._lay_out()
        self.clear()

    def typed(self) -> Fields:
        text = {name: field.text() for name, field in self.fields.items()}
        return Fields(
            kind=Kind(text["kind"]),
            surname=text["surname"],
            given_names=text["given_names"],
            born=text["born"],
            number=text["number"],
            state=text["state"],
            sex=text["sex"],
        )

    def clear(self) -> None:
        for field in self.fields.values():
            field.set_text("")
        self._kind_chosen()

    def begin(self) -> None:
        """The officer starts to type."""
        self.fields["surname"].editor.setFocus()

    def _kind_chosen(self) -> None:
        stated = self.fields["kind"].text() == Kind.NONE
        for name in ("number", "state"):
            self.fields[name].setEnabled(not stated)
        self.about.setText(
            self.tr(
                "What the traveller says is searched as a document's name would be, and the answer says that nobody saw one."
            )
            if stated
            else self.tr("The same is searched as of a zone. No check digit covers it: look twice.")
        )
        self.problem.clear()

    def _use(self) -> None:
        for field in self.fields.values():
            field.clear_refusal()
        self.problem.clear()
        born = self.fields["born"]
        if isinstance(born, DateField) and (problem := born.problem()):
            born.refuse(problem)
            return
        try:
            self.use.emit(typed_in_fields(self.typed(), today()))
        except FieldRefused as refusal:
            self.fields[refusal.field].refuse(said(refusal))

    def _lay_out(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        places = (
            ("kind", 0, 0),
            ("state", 0, 1),
            ("surname", 1, 0),
            ("given_names", 1, 1),
            ("born", 2, 0),
            ("sex", 2, 1),
            ("number", 3, 0),
        )
        for name, row, column in places:
            grid.addWidget(self.fields[name], row, column)
        grid.addWidget(self.about, 4, 0, 1, 2)
        grid.addWidget(self.problem, 5, 0, 1, 2)
        grid.setRowStretch(6, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(flowing(self.take, self.empty))
        page.addWidget(area, 1)
