"""Who may sign in: the people of the post, added and let go by the administrator."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, Refused
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.widgets.fields import Field
from ui.words.answers import role_words
from ui.words.plain import said, text_label
from workstation.desk.desk import Changed, Desk, Done
from workstation.post.access import SHORTEST_PASSWORD, Person, Role


def add(login: str, name: str, role: Role, password: str, desk: Desk) -> Done[int]:
    return desk.people.add_person(login, name, role, password)


def let_go(person_id: int, desk: Desk) -> Done[None]:
    return desk.people.let_go(person_id)


def role_may(role: Role) -> str:
    """What a person of this role is there for, in one sentence."""
    words = {
        Role.OFFICER: QCoreApplication.translate("Role", "Screens travellers at the counter."),
        Role.SECOND_LINE: QCoreApplication.translate("Role", "Screens travellers, and reviews alerts."),
        Role.SUPERVISOR: QCoreApplication.translate("Role", "Screens, reviews, reads records and changes the settings."),
        Role.ADMINISTRATOR: QCoreApplication.translate("Role", "Keeps lists, records, people and settings; screens nobody."),
        Role.AUDITOR: QCoreApplication.translate("Role", "Reads and verifies the log, and nothing else."),
    }
    return words[role]


class PeoplePanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._stale = True
        columns = (
            Column[Person](self.tr("Login"), lambda person: person.login, 180),
            Column[Person](self.tr("Name"), lambda person: person.name),
            Column[Person](self.tr("Role"), lambda person: role_words(person.role), 210),
        )
        self.table = DenseTable(Rows(columns, lambda person: person.id), self.tr("People"))
        self.table.chosen.connect(self._chosen)
        self.leave = QPushButton(self.tr("Let go …   Ctrl+W"))
        self.leave.setShortcut(QKeySequence("Ctrl+W"))
        self.leave.setCheckable(True)
        self.leave.toggled.connect(self._ask)
        self.question = text_label("")
        self.confirm = QPushButton(self.tr("Let this person go"))
        self.confirm.clicked.connect(self._let_go)
        self.answer = QFrame()
        self.answer.setProperty("card", True)
        self.refused = text_label("")
        self.refused.setProperty("problem", True)
        self.login, self.name, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role_words(role), role)
        self.save = QPushButton(self.tr("Add person   Ctrl+S"))
        self.save.setProperty("primary", True)
        self.save.setShortcut(QKeySequence("Ctrl+S"))
        self.save.clicked.connect(self._add)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._fields = self._questions()
        self._lay_out()
        self._forget()

    # Reading

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()
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
        self._desk.ask(lambda desk: desk.people.everybody(), self._show, self._not_done)

    def _show(self, people: tuple[Person, ...]) -> None:
        self.table.show_rows(people)
        self._chosen()

    def _chosen(self) -> None:
        self.leave.setChecked(False)
        self.leave.setEnabled(self._person() is not None)

    def _person(self) -> Person | None:
        return next((each for each in self.table.rows if each.id == self.table.chosen_id), None)

    def _forget(self) -> None:
        """Another person: no name and no password that the last one typed stays."""
        for line in (self.login, self.name, self.password):
            line.clear()
        self.problem.clear()
        self.refused.clear()
        self.table.show_rows(())
        self._chosen()
        self._ask(False)
        self.save.setEnabled(True)

    # Acting

    def _add(self) -> None:
        """Once: the button rests until the answer is there (a password takes a while to keep safely)."""
        self.problem.clear()
        self.save.setEnabled(False)
        asked = partial(add, self.login.text().strip(), self.name.text(), self.role.currentData(), self.password.text())
        self._desk.ask(asked, self._added, self._refused)

    def _added(self, person_id: int) -> None:
        self.save.setEnabled(True)
        for line in (self.login, self.name, self.password):
            line.clear()
        self.login.setFocus()
        self.table.go_to_when_shown(person_id)

    def _refused(self, refusal: Refused) -> None:
        self.save.setEnabled(True)
        self.problem.setText(said(refusal))

    def _ask(self, on: bool) -> None:  # noqa: FBT001 # Qt's signal hands it over so
        person = self._person()
        self.answer.setVisible(on and person is not None)
        if on and person is not None:
            self.refused.clear()
            self.question.setText(
                self.tr(
                    "{name} will not be able to sign in any more. This cannot be undone; what {name} did stays in the log."
                ).format(name=person.name)
            )
            self.confirm.setText(self.tr("Let {name} go").format(name=person.name))
            self.confirm.setFocus()

    def _let_go(self) -> None:
        person = self._person()
        if person is not None:
            self._desk.ask(partial(let_go, person.id), self._gone, self._not_done)

    def _gone(self, _nothing: None) -> None:
        self.leave.setChecked(False)

    def _not_done(self, refusal: Refused) -> None:
        self.leave.setChecked(False)
        self.refused.setText(said(refusal))

    def _tell_role(self) -> None:
        self._fields["role"].below.setText(role_may(Role(self.role.currentData())))

    # Layout

    def _questions(self) -> dict[str, Field]:
        length = self.tr("At least {count} characters, and more than the login.")
        asked = (
            ("login", self.tr("Login"), self.tr("2 to 40 small letters, digits, dots, dashes, underscores."), self.login),
            ("name", self.tr("Name"), self.tr("As colleagues know the person."), self.name),
            ("role", self.tr("Role"), role_may(Role.OFFICER), self.role),
            ("password", self.tr("First password"), length.format(count=SHORTEST_PASSWORD), self.password),
        )
        return {name: Field(name, words, sentence, editor, needed=True) for name, words, sentence, editor in asked}

    def _lay_out(self) -> None:
        self._fields["role"].edited.connect(self._tell_role)
        side = QFrame()
        side.setProperty("card", True)
        side.setFixedWidth(400)
        form = QVBoxLayout(side)
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(12)
        title = text_label(self.tr("Add a person"))
        title.setProperty("title", True)
        form.addWidget(title)
        for field in self._fields.values():
            form.addWidget(field)
        form.addWidget(self.problem)
        form.addWidget(self.save)
        form.addStretch(1)
        asked = QVBoxLayout(self.answer)
        asked.setContentsMargins(16, 12, 16, 12)
        asked.addWidget(self.question)
        asked.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeading)
        acts = QHBoxLayout()
        acts.addWidget(self.leave)
        acts.addWidget(self.refused, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.table, 1)
        left.addWidget(self.answer)
        left.addLayout(acts)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(side)
