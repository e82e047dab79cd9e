"""Signing in, the first administrator of a new post, and the locked screen: one page, one question at a time."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, Refused
from ui.words.answers import role_words
from ui.words.plain import clear_layout, said, text_label
from workstation.desk.desk import Desk, Done
from workstation.post.access import Person
from workstation.training_post.sign_ins import TRAINING_PEOPLE, TrainingPerson


def sign_in(login: str, password: str, desk: Desk) -> Done[Person]:
    return desk.people.sign_in(login, password)


def make_first(login: str, name: str, password: str, desk: Desk) -> Done[Person]:
    return desk.people.make_first_administrator(login, name, password)


class SignInPage(QWidget):
    """Shown before anybody is signed in and again when the screen locks itself."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._first = False
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.hint = text_label("")
        self.hint.setProperty("quiet", True)
        self.opening = QProgressBar()
        self.opening.setAccessibleName(self.tr("Opening the post"))
        self.login, self.name, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        for field, words in (
            (self.login, self.tr("Login")),
            (self.name, self.tr("Your name")),
            (self.password, self.tr("Password")),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.returnPressed.connect(self._submit)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = QPushButton(self.tr("Sign in"))
        self.enter.setProperty("primary", True)
        self.enter.setProperty("counter", True)
        self.enter.clicked.connect(self._submit)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._people = QVBoxLayout()
        self._training = QFrame()
        self._training.setProperty("card", True)
        self._lay_out()
        self.show_opening()

    def show_opening(self) -> None:
        self.title.setText(self.tr("Opening the post"))
        self.hint.setText(self.tr("The lists are being read."))
        self._form(visible=False)
        self.opening.setRange(0, 0)
        self.opening.show()

    def show_progress(self, done: int, every: int) -> None:
        self.hint.setText(self.tr("Preparing the post: {done} of {all} entries.").format(done=done, all=every))
        self.opening.setRange(0, every)
        self.opening.setValue(done)

    def show_refused(self, refusal: Refused) -> None:
        """The post cannot be opened."""
        self.title.setText(self.tr("The post cannot be opened"))
        self.hint.setText("")
        self.opening.hide()
        self.problem.setText(said(refusal))

    def show_form(self, *, post: str, training: bool, first: bool, locked: bool = False) -> None:
        self._first = first
        self.title.setText(self.tr("Make the first administrator") if first else post)
        if first:
            self.hint.setText(
                self.tr(
                    "This post has no people yet. The first one adds the others. Choose a password of 12 characters or more."
                )
            )
        elif locked:
            self.hint.setText(self.tr("The screen is locked. Sign in to go on; nothing was lost."))
        else:
            self.hint.setText(self.tr("Sign in to begin."))
        self._form(visible=True)
        self.opening.hide()
        self.name.setVisible(first)
        self.enter.setText(self.tr("Make administrator") if first else self.tr("Sign in"))
        self.problem.clear()
        self.password.clear()
        self.login.setFocus()
        self._training.setVisible(training)
        if training and self._people.count() == 0:
            self._show_people()

    def _show_people(self) -> None:
        clear_layout(self._people)
        for number, person in enumerate(TRAINING_PEOPLE, start=1):
            words = self.tr("Alt+{number}   {name}, {role}\nLogin {login}, password {password}")
            button = QPushButton(
                words.format(
                    name=person.name, role=role_words(person.role), login=person.login, password=person.password, number=number
                )
            )
            button.setProperty("person", True)
            button.setShortcut(f"Alt+{number}")
            button.setAccessibleName(self.tr("Sign in as {name}").format(name=person.name))
            button.clicked.connect(partial(self._sign_in_as, person))
            self._people.addWidget(button)

    def _sign_in_as(self, person: TrainingPerson) -> None:
        self.login.setText(person.login)
        self.password.setText(person.password)
        self._submit()

    def _submit(self) -> None:
        if not self.enter.isEnabled():
            return
        self.problem.clear()
        self.enter.setEnabled(False)
        login, password = self.login.text().strip(), self.password.text()
        asked = partial(make_first, login, self.name.text(), password) if self._first else partial(sign_in, login, password)
        self._desk.ask(asked, self._signed_in, self._refused)

    def _signed_in(self, _: Person) -> None:
        self.enter.setEnabled(True)
        self.password.clear()

    def _refused(self, refusal: Refused) -> None:
        self.enter.setEnabled(True)
        self.problem.setText(said(refusal))
        self.password.selectAll()
        self.password.setFocus()

    def _form(self, *, visible: bool) -> None:
        for widget in (self.login, self.name, self.password, self.enter):
            widget.setVisible(visible)
        self._training.hide()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(420)
        form = QVBoxLayout(card)
        form.setContentsMargins(32, 32, 32, 32)
        form.setSpacing(12)
        for widget in (self.title, self.hint, self.opening, self.login, self.name, self.password, self.problem, self.enter):
            form.addWidget(widget)
        form.addStretch(1)
        known = QVBoxLayout(self._training)
        known.setContentsMargins(32, 32, 32, 32)
        heading = QLabel(self.tr("People of the training post"))
        heading.setProperty("title", True)
        known.addWidget(heading)
        known.addLayout(self._people)
        known.addStretch(1)
        self._training.setFixedWidth(520)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addStretch(1)
        row.addWidget(card)
        row.addWidget(self._training)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
