"""Who may sign in: the people of the post, added and let go by the administrator."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.shell.person_acts import PersonActs
from ui.threads.background import AskDesk, Refused
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.widgets.fields import Field
from ui.words.answers import role_words
from ui.words.plain import clock, moment, said, text_label
from workstation.desk.desk import Changed, Desk, Done
from workstation.post.access import Act, PersonLine, Role
from workstation.post.passwords import SHORTEST_PASSWORD


def add(login: str, name: str, role: Role, password: str, desk: Desk) -> Done[int]:
    return desk.people.add_person(login, name, role, password)


def read(desk: Desk) -> tuple[tuple[PersonLine, ...], bool]:
    """Everybody, and whether more than unlocking may be done."""
    return desk.people.everybody(), desk.may(Act.CHANGE_PEOPLE)


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
            Column[PersonLine](self.tr("Login"), lambda person: person.login, 130),
            Column[PersonLine](self.tr("Name"), lambda person: person.name),
            Column[PersonLine](self.tr("Role"), lambda person: role_words(person.role), 220),
            Column[PersonLine](self.tr("Last sign-in"), self._last, 196),
            Column[PersonLine]("", self._state, 250),
        )
        self.table = DenseTable(Rows(columns, lambda person: person.id), self.tr("People"))
        self.table.chosen.connect(self._chosen)
        self.acts = PersonActs(desk)
        self.refused = text_label("")
        self.refused.setProperty("problem", True)
        self._side = QFrame()
        self.login, self.name, self.password, self.again = (QLineEdit() for _ in range(4))
        for line in (self.password, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
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
        self._desk.ask(read, self._show, self._not_done)

    def _show(self, found: tuple[tuple[PersonLine, ...], bool]) -> None:
        people, everything = found
        self._side.setVisible(everything)
        self.acts.allow(everything=everything)
        self.table.show_rows(people)
        self._chosen()

    def _chosen(self) -> None:
        self.acts.show_person(next((each for each in self.table.rows if each.id == self.table.chosen_id), None))

    def _state(self, person: PersonLine) -> str:
        if person.locked_until is not None:
            return self.tr("Locked until {time}").format(time=clock(person.locked_until))
        return self.tr("New password at the next sign-in") if person.must_change_password else ""

    def _last(self, person: PersonLine) -> str:
        return moment(person.last_sign_in) if person.last_sign_in is not None else self.tr("Never")

    def _forget(self) -> None:
        """Another person: no name and no password that the last one typed stays."""
        for line in (self.login, self.name, self.password, self.again):
            line.clear()
        self.problem.clear()
        self.refused.clear()
        self.table.show_rows(())
        self.acts.show_person(None)
        self.save.setEnabled(True)

    # Acting

    def _add(self) -> None:
        """Once: the button rests until the answer is there (a password takes a while to keep safely)."""
        self.problem.clear()
        if self.password.text() != self.again.text():
            self.problem.setText(self.tr("The two passwords are not the same. Type both again."))
            self.again.selectAll()
            self.again.setFocus()
            return
        self.save.setEnabled(False)
        asked = partial(add, self.login.text().strip(), self.name.text(), self.role.currentData(), self.password.text())
        self._desk.ask(asked, self._added, self._refused)

    def _added(self, person_id: int) -> None:
        self.save.setEnabled(True)
        for line in (self.login, self.name, self.password, self.again):
            line.clear()
        self.login.setFocus()
        self.table.go_to_when_shown(person_id)

    def _refused(self, refusal: Refused) -> None:
        self.save.setEnabled(True)
        self.problem.setText(said(refusal))

    def _not_done(self, refusal: Refused) -> None:
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
            ("again", self.tr("The same once more"), "", self.again),
        )
        return {name: Field(name, words, sentence, editor, needed=True) for name, words, sentence, editor in asked}

    def _lay_out(self) -> None:
        self._fields["role"].edited.connect(self._tell_role)
        side = self._side
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
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.table, 1)
        left.addWidget(self.refused)
        left.addWidget(self.acts)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(side)
