"""Who may sign in: the people of the post, added and let go by the administrator."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.background import AskDesk, Refused
from ui.dense_table import Column, DenseTable, Rows
from ui.fields import Field
from ui.plain import said, text_label
from ui.words import role_words
from workstation.access import Person, Role
from workstation.desk import Changed, Desk, Done


def add(login: str, name: str, role: Role, password: str, desk: Desk) -> Done[int]:
    return desk.add_person(login, name, role, password)


def let_go(person_id: int, desk: Desk) -> Done[None]:
    return desk.let_go(person_id)


class PeoplePanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._stale = True
        columns = (
            Column[Person](self.tr("Login"), lambda person: person.login, 180),
            Column[Person](self.tr("Name"), lambda person: person.name),
            Column[Person](self.tr("Role"), lambda person: role_words(person.role), 200),
        )
        self.table = DenseTable(Rows(columns, lambda person: person.id), self.tr("People"))
        self.leave = QPushButton(self.tr("Let go"))
        self.leave.clicked.connect(self._let_go)
        self.login, self.name, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role_words(role), role)
        self.save = QPushButton(self.tr("Add"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._add)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._lay_out()

    def reload(self, changed: Changed) -> None:
        if changed & (Changed.PEOPLE | Changed.SESSION):
            self._stale = True
            if self.isVisible():
                self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self._desk.ask(Desk.people, self._show)

    def _show(self, people: tuple[Person, ...]) -> None:
        self.table.show_rows(people)

    def _add(self) -> None:
        self.problem.clear()
        asked = partial(add, self.login.text().strip(), self.name.text(), self.role.currentData(), self.password.text())
        self._desk.ask(asked, self._added, self._refused)

    def _added(self, _: int) -> None:
        for field in (self.login, self.name, self.password):
            field.clear()

    def _let_go(self) -> None:
        self.problem.clear()
        if self.table.chosen_id is None:
            self.problem.setText(self.tr("Choose a person in the table first."))
        else:
            self._desk.ask(partial(let_go, self.table.chosen_id), None, self._refused)

    def _refused(self, refusal: Refused) -> None:
        self.problem.setText(said(refusal))

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("card", True)
        side.setFixedWidth(400)
        form = QVBoxLayout(side)
        form.setContentsMargins(16, 16, 16, 16)
        title = text_label(self.tr("Add a person"))
        title.setProperty("title", True)
        form.addWidget(title)
        for name, words, sentence, editor in (
            ("login", self.tr("Login"), self.tr("Small letters, digits, dots and dashes."), self.login),
            ("name", self.tr("Name"), self.tr("As others know the person."), self.name),
            ("role", self.tr("Role"), self.tr("What the person may do follows from it."), self.role),
            ("password", self.tr("First password"), self.tr("At least 12 characters."), self.password),
        ):
            form.addWidget(Field(name, words, sentence, editor, needed=True))
        form.addWidget(self.problem)
        form.addWidget(self.save)
        form.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(side)
