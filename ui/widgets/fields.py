"""One question of a form: its words, the place to answer, and one sentence below that helps or says what is wrong."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.words.plain import text_label

Editor = QLineEdit | QPlainTextEdit | QComboBox


class Lines(QPlainTextEdit):
    """A few lines of plain text; Tab goes on to the next question."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * self._lines + 18)


class Field(QWidget):
    edited = Signal()

    def __init__(
        self, name: str, words: str, sentence: str, editor: Editor, *, needed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.editor = editor
        self._sentence = sentence
        label = QLabel(words if needed else self.tr("{words} (optional)").format(words=words))
        label.setBuddy(editor)
        label.setProperty("fieldName", True)
        self.below = text_label(sentence)
        self.below.setTextInteractionFlags(self.below.textInteractionFlags().NoTextInteraction)
        editor.setAccessibleName(words)
        editor.setObjectName(f"field_{name}")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (label, editor, self.below):
            column.addWidget(widget)
        column.addStretch(1)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._typed)
        elif isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(self._typed)
        else:
            editor.activated.connect(self._typed)
        self.clear_refusal()

    def add_below(self, widget: QWidget) -> None:
        """What helps to answer, below the sentence."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def text(self) -> str:
        if isinstance(self.editor, QLineEdit):
            return self.editor.text()
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return str(self.editor.currentData() or "")

    def set_text(self, text: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        else:
            self.editor.setCurrentIndex(max(self.editor.findData(text), 0))
        self.clear_refusal()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with this answer, in place of the help, and go there. The answer itself stays."""
        self._say(sentence, refused=True)
        self.editor.setFocus()

    def tell(self, sentence: str) -> None:
        """Say what becomes of the answer, in place of the help; the help again where there is nothing to say."""
        self._say(sentence or self._sentence, refused=False)

    def clear_refusal(self) -> None:
        self._say(self._sentence, refused=False)

    def _say(self, sentence: str, *, refused: bool) -> None:
        self.below.setText(sentence)
        self.below.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        self.below.setProperty("problem", refused)
        self.below.setProperty("quiet", not refused)
        self.editor.setProperty("refused", refused)
        for widget in (self.below, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _typed(self) -> None:
        self.clear_refusal()
        self.edited.emit()


def choice(options: Sequence[tuple[str, str]]) -> QComboBox:
    """A closed list of (stored value, words)."""
    box = QComboBox()
    for value, words in options:
        box.addItem(words, value)
    return box


def refuse(fields: Mapping[str, Field], name: str, sentence: str) -> bool:
    """Say the refusal under the field it names. False when it names none of these."""
    if name not in fields:
        return False
    fields[name].refuse(sentence)
    return True
