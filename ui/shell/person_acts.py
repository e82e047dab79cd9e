"""What may be done about one person of the post: unlock, another role, another password, let go."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.shell.new_password import NewPassword
from ui.threads.background import AskDesk, Refused
from ui.words.answers import role_words
from ui.words.plain import said, text_label
from workstation.desk.desk import Desk, Done
from workstation.post.access import PersonLine, Role


def let_go(person_id: int, desk: Desk) -> Done[None]:
    return desk.people.let_go(person_id)


def unlock(person_id: int, desk: Desk) -> Done[None]:
    return desk.people.unlock(person_id)


def change_role(person_id: int, role: Role, desk: Desk) -> Done[None]:
    return desk.people.change_role(person_id, role)


def reset_password(person_id: int, password: str, desk: Desk) -> Done[None]:
    return desk.people.reset_password(person_id, password)


class PersonActs(QWidget):
    """Buttons for the chosen person, and above them what the act asks. The answer that changes nothing has the keys."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.person: PersonLine | None = None
        self.unlock = self._button(self.tr("Unlock   F4"), "F4")
        self.unlock.clicked.connect(self._unlock)
        self.change_role = self._button(self.tr("Change role …   F6"), "F6", opens=True)
        self.reset = self._button(self.tr("Reset password …   F7"), "F7", opens=True)
        self.leave = self._button(self.tr("Let go …   F8"), "F8", opens=True)
        self.refused = text_label("")
        self.refused.setProperty("problem", True)
        self.question = text_label("")
        self.confirm = QPushButton(self.tr("Let this person go"))
        self.confirm.clicked.connect(self._let_go)
        self.keep = QPushButton(self.tr("Keep this person   Esc"))
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role_words(role), role)
        self.role.setAccessibleName(self.tr("Role"))
        self.give_role = QPushButton(self.tr("Give this role"))
        self.give_role.clicked.connect(self._change_role)
        self.password = NewPassword()
        self.password.entered.connect(self._reset)
        self.set_password = QPushButton(self.tr("Set this password"))
        self.set_password.clicked.connect(self._reset)
        self.answer = QFrame()
        self.answer.setProperty("card", True)
        self._asked = QStackedWidget()
        self._lay_out()
        self.show_person(None)

    def allow(self, *, everything: bool) -> None:
        """Otherwise logins are unlocked and nothing else."""
        for button in (self.change_role, self.reset, self.leave):
            button.setVisible(everything)

    def show_person(self, person: PersonLine | None) -> None:
        if self.person is None or person is None or self.person.id != person.id:
            self.close_questions()
            self.refused.clear()
        self.person = person
        for button in (self.change_role, self.reset, self.leave):
            button.setEnabled(person is not None)
        self.unlock.setEnabled(person is not None and person.locked_until is not None)

    def close_questions(self) -> None:
        for button in (self.change_role, self.reset, self.leave):
            button.setChecked(False)
        self.password.clear()
        self.answer.hide()

    def _open(self, page: QWidget, button: QPushButton, on: bool) -> None:  # noqa: FBT001 # Qt's signal hands it over so
        person = self.person
        others = (each for each in (self.change_role, self.reset, self.leave) if each is not button)
        if not on or person is None:
            if not any(each.isChecked() for each in others):
                self.answer.hide()
            return
        for each in others:
            each.setChecked(False)
        self.refused.clear()
        self._asked.setCurrentWidget(page)
        self.answer.show()
        if button is self.leave:
            words = self.tr(
                "{name} will not be able to sign in any more. This cannot be undone; what {name} did stays in the log."
            )
            self.question.setText(words.format(name=person.name))
            self.confirm.setText(self.tr("Let {name} go").format(name=person.name))
            self.keep.setFocus()
        elif button is self.reset:
            self.password.clear()
            self.password.once.setFocus()
        else:
            self.role.setCurrentIndex(list(Role).index(person.role))
            self.role.setFocus()

    def _let_go(self) -> None:
        if self.person is not None:
            self._desk.ask(partial(let_go, self.person.id), self._done, self._refused)

    def _unlock(self) -> None:
        if self.person is not None:
            self._desk.ask(partial(unlock, self.person.id), self._done, self._refused)

    def _change_role(self) -> None:
        if self.person is not None:
            role = Role(self.role.currentData())
            self._desk.ask(partial(change_role, self.person.id, role), self._done, self._refused)

    def _reset(self) -> None:
        password = self.password.agreed()
        if self.person is not None and password is not None:
            self._desk.ask(partial(reset_password, self.person.id, password), self._done, self._refused)

    def _done(self, _nothing: None) -> None:
        self.close_questions()

    def _refused(self, refusal: Refused) -> None:
        if self.reset.isChecked():
            self.password.say(said(refusal))
            return
        self.close_questions()
        self.refused.setText(said(refusal))

    def _button(self, words: str, key: str, *, opens: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setCheckable(opens)
        button.setShortcut(QKeySequence(key))
        return button

    def _lay_out(self) -> None:
        told = text_label(self.tr("The person signs in with this password once and then chooses another one."))
        pages = (
            (self.change_role, (self.role, self.give_role)),
            (self.reset, (told, self.password, self.set_password)),
            (self.leave, (self.question, self.keep, self.confirm)),
        )
        for button, widgets in pages:
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(16, 12, 16, 12)
            for widget in widgets:
                leading = Qt.AlignmentFlag.AlignLeading if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
                column.addWidget(widget, 0, leading)
            column.addStretch(1)
            self._asked.addWidget(page)
            button.toggled.connect(partial(self._open, page, button))
        self.keep.setShortcut(QKeySequence("Esc"))
        self.keep.clicked.connect(self.close_questions)
        inside = QVBoxLayout(self.answer)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._asked)
        acts = QHBoxLayout()
        for act in (self.unlock, self.change_role, self.reset, self.leave):
            acts.addWidget(act)
        acts.addWidget(self.refused, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.answer)
        column.addLayout(acts)
