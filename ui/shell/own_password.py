"""One's own password: changed when the person wants it, or because somebody else set the one that was used to sign in."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.shell.new_password import NewPassword
from ui.threads.background import AskDesk, Refused
from ui.widgets.over import Over
from ui.words.plain import said, text_label
from workstation.desk.desk import Desk, Done


def change_password(old: str, new: str, desk: Desk) -> Done[None]:
    return desk.people.change_password(old, new)


class OwnPassword(Over):
    changed = Signal()
    gave_up = Signal()
    """The person whose password must be changed leaves instead."""

    def __init__(self, desk: AskDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known = ""
        self.setAccessibleName(self.tr("Your password"))
        self.title = text_label("")
        self.title.setProperty("title", True)
        self.why = text_label("")
        self.old = QLineEdit()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.old.setAccessibleName(self.tr("Present password"))
        self._old_label = QLabel(self.tr("Present password"))
        self._old_label.setProperty("fieldName", True)
        self.new = NewPassword()
        self.old.returnPressed.connect(self.new.once.setFocus)
        self.new.entered.connect(self._save)
        self.save = QPushButton(self.tr("Change password"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        self.back = QPushButton(self.tr("Back   Esc"))
        self.back.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.back)
        self.card.setMinimumWidth(440)
        for widget in (self.title, self.why, self._old_label, self.old, self.new):
            self.inside.addWidget(widget)
        self.inside.addLayout(row)

    def ask(self, known: str = "") -> None:
        """`known`: the password just used, which somebody else set, so that another one must be chosen now."""
        self._known = known
        self.title.setText(self.tr("Choose a new password") if known else self.tr("Your password"))
        words = self.tr("Somebody else set the password you signed in with. Choose one that only you know.")
        self.why.setText(words if known else "")
        self.why.setVisible(bool(known))
        for widget in (self._old_label, self.old):
            widget.setVisible(not known)
        self.back.setText(self.tr("Sign out   Esc") if known else self.tr("Back   Esc"))
        self._empty()
        self.open(self.new.once if known else self.old)

    def leave(self) -> None:
        forced, self._known = self._known, ""
        self._empty()
        super().leave()
        if forced:
            self.gave_up.emit()

    def _empty(self) -> None:
        self.old.clear()
        self.new.clear()
        self.save.setEnabled(True)

    def _save(self) -> None:
        old = self._known or self.old.text()
        if not old:
            self.new.say(self.tr("Type your present password."))
            self.old.setFocus()
        elif (new := self.new.agreed()) is not None:
            self.save.setEnabled(False)
            self._desk.ask(partial(change_password, old, new), self._changed, self._refused)

    def _changed(self, _nothing: None) -> None:
        self._known = ""
        self.leave()
        self.changed.emit()

    def _refused(self, refusal: Refused) -> None:
        self.save.setEnabled(True)
        self.new.say(said(refusal))
