"""A new password, typed twice: one's own, or another person's for the next sign-in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from ui.words.plain import text_label
from workstation.post.passwords import SHORTEST_PASSWORD


class NewPassword(QWidget):
    """Two fields; `agreed` gives the password when both say the same."""

    entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.once, self.again = QLineEdit(), QLineEdit()
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.hint = text_label(self.tr("At least {count} characters, and more than the login.").format(count=SHORTEST_PASSWORD))
        self.hint.setProperty("quiet", True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for field, words in ((self.once, self.tr("New password")), (self.again, self.tr("The same once more"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(words)
            label = QLabel(words)
            label.setProperty("fieldName", True)
            form.addRow(label, field)
        self.once.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.entered)
        form.addRow(self.hint)
        form.addRow(self.problem)

    def agreed(self) -> str | None:
        """The password; None, with a sentence below, where the fields are empty or differ."""
        words = ""
        if not self.once.text():
            words, wrong = self.tr("Type the new password."), self.once
        elif self.once.text() != self.again.text():
            words, wrong = self.tr("The two are not the same. Type both again."), self.again
        self.say(words)
        if not words:
            return self.once.text()
        wrong.selectAll()
        wrong.setFocus()
        return None

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.hint.setVisible(not problem)

    def clear(self) -> None:
        for field in (self.once, self.again):
            field.clear()
        self.say("")
