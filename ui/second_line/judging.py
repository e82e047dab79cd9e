"""The right side of the second line: checklist, note and the own view of one candidate. Marks wait until they are given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.second_line.checklist import Checklist
from ui.second_line.verdict_box import VerdictBox
from ui.widgets.fields import Lines
from ui.words.plain import text_label
from workstation.alerts.verdicts import VerdictView, View

Key = tuple[int, int]
"""Alert and rank."""


class Judging(QFrame):
    given = Signal(View)

    def __init__(self, keys_for: QWidget, minimum_look_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("judging")
        self._key: Key | None = None
        self._begun: dict[Key, tuple[tuple[str, ...], str]] = {}
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.calm = text_label(self.tr("A list for protection: whoever this is, they are not suspected of anything."))
        self.calm.setObjectName("protectWords")
        self.checklist = Checklist(keys_for)
        self.note_field = Lines(2)
        self.note_field.setObjectName("verdictNote")
        self.note_field.setPlaceholderText(self.tr("Note: what decided, in your words"))
        self.note_field.setAccessibleName(self.tr("Note"))
        self.box = VerdictBox(keys_for, minimum_look_ms)
        self.box.given.connect(self.given)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(12, 12, 12, 12)
        body.setSpacing(8)
        for widget in (self.title, self.calm, self.checklist, self.note_field, self.box):
            body.addWidget(widget)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._body)
        self.close_box()

    def look_at(
        self, key: Key, own: VerdictView | None, rank: int, count: int, *, protect: bool, rows: tuple[str, ...]
    ) -> None:
        """What was begun for this candidate, or what the person said of it before. `rows`: names of what can be compared."""
        self._keep()
        self._key = key
        self._body.show()
        self.title.setText(self.tr("Your view of candidate {rank} of {count}").format(rank=rank, count=count))
        self.calm.setVisible(protect)
        reasons, note = self._begun.get(key, ((own.reasons, own.note) if own else ((), "")))
        self.checklist.show_rows(rows)
        self.checklist.show_reasons(reasons)
        self.note_field.setPlainText(note)
        self.box.look_at(key, own)

    def show_own(self, own: VerdictView | None) -> None:
        self.box.show_own(own)

    def reasons(self) -> tuple[str, ...]:
        return self.checklist.reasons()

    def note(self) -> str:
        return self.note_field.toPlainText()

    def say(self, problem: str) -> None:
        self.box.say(problem)

    def wait(self, *, writing: bool) -> None:
        self.box.take_answers(ready=not writing)
        if writing:
            self.box.say("")

    def close_box(self) -> None:
        self._keep()
        self._key = None
        self._body.hide()
        self.box.close_box()

    def draft(self) -> dict[Key, tuple[tuple[str, ...], str]] | None:
        """Marks and notes that were not given yet."""
        self._keep()
        begun = {key: each for key, each in self._begun.items() if any(each)}
        return begun or None

    def resume(self, draft: dict[Key, tuple[tuple[str, ...], str]]) -> None:
        self._begun.update(draft)

    def forget(self) -> None:
        self._key = None
        self._begun.clear()

    def _keep(self) -> None:
        if self._key is not None:
            self._begun[self._key] = (self.reasons(), self.note())
