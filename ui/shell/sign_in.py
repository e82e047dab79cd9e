"""Signing in, the first administrator of a new post, and the locked screen: one page, one question at a time."""

import time
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, Refused
from ui.words.answers import role_words
from ui.words.plain import clear_layout, said, text_label
from workstation.desk.desk import Desk, Done
from workstation.post.access import Person
from workstation.post.keys import PassphraseRefused, PassphraseWrong
from workstation.training_post.sign_ins import TRAINING_PEOPLE, TrainingPerson


def sign_in(login: str, password: str, desk: Desk) -> Done[Person]:
    return desk.people.sign_in(login, password)


def make_first(login: str, name: str, password: str, desk: Desk) -> Done[Person]:
    return desk.people.make_first_administrator(login, name, password)


class SignInPage(QWidget):
    """Shown before anybody is signed in and again when the screen locks itself."""

    passphrase_given = Signal(str)
    """The post is to be opened with it."""
    reset_used = Signal(str)
    """Somebody signed in with this password, which another person set: a new one must be chosen."""
    given_up = Signal()
    """The post is not to be opened after all."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._first = self._sealed = False
        self._began = time.monotonic()
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.hint = text_label("")
        self.hint.setProperty("quiet", True)
        self.since = text_label("")
        self.since.setProperty("quiet", True)
        self.opening = QProgressBar()
        self.opening.setAccessibleName(self.tr("Opening the post"))
        self.give_up = QPushButton(self.tr("Stop and close"))
        self.give_up.clicked.connect(self.given_up)
        self._clock = QTimer(self, interval=500)
        self._clock.timeout.connect(self._tell_since)
        self.login, self.name, self.password, self.again = (QLineEdit() for _ in range(4))
        for field, words in (
            (self.login, self.tr("Login")),
            (self.name, self.tr("Your name")),
            (self.password, self.tr("Password")),
            (self.again, self.tr("The same password once more")),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.returnPressed.connect(self._submit)
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
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
        self._sealed = False
        self.title.setText(self.tr("Opening the post"))
        self.hint.setText(self.tr("The lists are being read."))
        self._form(visible=False)
        self.problem.clear()
        self.opening.setRange(0, 0)
        self.opening.show()
        self._began = time.monotonic()
        self._clock.start()

    def open_again(self) -> None:
        """Try to open the post once more, with what was given since."""
        self._desk.start()

    def show_locking(self) -> None:
        """Covered at once; who may sign in is asked as soon as the last person is signed out."""
        self.show_opening()
        self.title.setText(self.tr("The screen is locked"))
        self.hint.setText(self.tr("Signing out. Nothing is lost."))

    def show_progress(self, done: int, every: int) -> None:
        self.hint.setText(self.tr("Preparing the post: {done} of {all} entries.").format(done=done, all=every))
        self.opening.setRange(0, every)
        self.opening.setValue(done)

    def show_refused(self, refusal: Refused) -> None:
        """The post cannot be opened, or not without its passphrase, which is asked for here until it is right."""
        self._end_opening()
        self.hint.setText("")
        self._sealed = isinstance(refusal, PassphraseRefused)
        if self._sealed:
            self.title.setText(self.tr("Passphrase of this post"))
            self.hint.setText(self.tr("The post's keys are sealed under it."))
            self._form(visible=True)
            for field in (self.login, self.name, self.again):
                field.hide()
            self.password.setPlaceholderText(self.tr("Passphrase"))
            self.password.setAccessibleName(self.tr("Passphrase"))
            self.enter.setText(self.tr("Open the post"))
            self.enter.setEnabled(True)
            self.problem.setText(said(refusal) if isinstance(refusal, PassphraseWrong) else "")
            self.password.selectAll()
            self.password.setFocus()
        else:
            self.title.setText(self.tr("The post cannot be opened"))
            self.problem.setText(said(refusal))

    def show_form(self, *, post: str, training: bool, first: bool, locked: bool = False) -> None:
        self._first, self._sealed = first, False
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
        self._end_opening()
        self._form(visible=True)
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        for field in (self.name, self.again):
            field.setVisible(first)
        self.enter.setText(self.tr("Make administrator") if first else self.tr("Sign in"))
        self.enter.setEnabled(True)
        self.problem.clear()
        for field in (self.password, self.again):
            field.clear()
        (self.password if self.login.text() else self.login).setFocus()
        self._training.setVisible(training)
        if training and self._people.count() == 0:
            self._show_people()

    def _end_opening(self) -> None:
        self._clock.stop()
        for widget in (self.opening, self.since, self.give_up):
            widget.hide()

    def _tell_since(self) -> None:
        """A wait over a second says since when, and offers a way out."""
        gone = int(time.monotonic() - self._began)
        self.since.setText(self.tr("Since {seconds} s").format(seconds=gone))
        for widget in (self.since, self.give_up):
            widget.setVisible(gone >= 1)

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
        if (lacking := self._lacking()) is not None:
            field, words = lacking
            self.problem.setText(words)
            field.setFocus()
            return
        login, password = self.login.text().strip(), self.password.text()
        if self._sealed:
            self.show_opening()
            self.passphrase_given.emit(password)
            return
        self.enter.setEnabled(False)
        asked = partial(make_first, login, self.name.text(), password) if self._first else partial(sign_in, login, password)
        self._desk.ask(asked, self._signed_in, self._refused)

    def _lacking(self) -> tuple[QLineEdit, str] | None:
        """What was not typed yet: that is no attempt."""
        if self._sealed:
            return None if self.password.text() else (self.password, self.tr("Type the passphrase."))
        if not self.login.text().strip():
            return self.login, self.tr("Type your login.")
        if not self.password.text():
            return self.password, self.tr("Type your password.")
        if self._first and self.password.text() != self.again.text():
            return self.again, self.tr("The two passwords are not the same. Type both again.")
        return None

    def _signed_in(self, person: Person) -> None:
        self.enter.setEnabled(True)
        if person.must_change_password:
            self.reset_used.emit(self.password.text())
        for field in (self.password, self.again):
            field.clear()

    def _refused(self, refusal: Refused) -> None:
        self.enter.setEnabled(True)
        self.problem.setText(said(refusal))
        self.password.selectAll()
        self.password.setFocus()

    def _form(self, *, visible: bool) -> None:
        for widget in (self.login, self.name, self.password, self.again, self.enter):
            widget.setVisible(visible)
        self._training.hide()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(420)
        form = QVBoxLayout(card)
        form.setContentsMargins(32, 32, 32, 32)
        form.setSpacing(12)
        shown: tuple[QWidget, ...] = (
            self.title, self.hint, self.opening, self.since, self.login, self.name, self.password, self.again, self.problem,
            self.enter, self.give_up,
        )  # fmt: skip # from top to bottom
        for widget in shown:
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
