"""Where everything at the counter stands: two thirds for the eye of the camera, a third for document and answer, none of it moving."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.counter.answer_card import AnswerCard
from ui.counter.camera_care import CameraCare
from ui.counter.coaching_line import Coaching
from ui.counter.document_panel import DocumentPanel
from ui.counter.last_travellers_panel import LastTravellersPanel
from ui.counter.live_view import LiveView
from ui.counter.no_photo_panel import NoPhotoPanel
from ui.documents.entry import DocumentEntry
from ui.widgets.flow import Flow
from ui.widgets.page_stack import PageStack
from ui.words.plain import text_label


class CounterLayout(QWidget):
    """The widgets of the counter and their keys; what they do is said by whoever connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.view = LiveView()
        self.entry = DocumentEntry()
        self.reasons = NoPhotoPanel()
        self.last = LastTravellersPanel()
        self.coaching = Coaching()
        self.coaching.setAccessibleName(self.tr("What to say to the traveller"))
        self.compared = text_label("")
        self.compared.setObjectName("compared")
        self.compared.hide()
        self.question = QWidget()
        self.yes_button = QPushButton(self.tr("Yes   Y"))
        self.no_button = QPushButton(self.tr("No   N"))
        self.question.hide()
        self.notes = text_label("")
        self.notes.setObjectName("counterNotes")
        self.notes.hide()
        self.group = QLabel()
        self.group.setProperty("quiet", True)
        self.document = DocumentPanel()
        self.card = AnswerCard()
        self.care = CameraCare(self.coaching, self.card, self)
        self._left = PageStack()
        self._buttons_below = Flow(spacing=8)
        self._buttons_right: list[QPushButton] = []

    @property
    def typing(self) -> bool:
        """Whether the document's lines stand where the live picture was."""
        return self._left.currentWidget() is self._entry_card

    @property
    def asking(self) -> bool:
        """Whether the officer is asked why no picture is possible."""
        return self._left.currentWidget() is self.reasons

    @property
    def looking_back(self) -> bool:
        """Whether the last travellers stand where the live picture was."""
        return self._left.currentWidget() is self.last

    def show_last(self) -> None:
        self._left.setCurrentWidget(self.last)

    def show_live(self) -> None:
        self._left.setCurrentWidget(self.view)
        self.setFocus()

    def show_entry(self) -> None:
        self._left.setCurrentWidget(self._entry_card)
        self.entry.lines.setFocus()

    def show_reasons(self) -> None:
        self.reasons.begin()
        self._left.setCurrentWidget(self.reasons)

    def say_notes(self, words: str) -> None:
        """What was noticed about the pictures: a calm line above the coaching, never a reproach."""
        self.notes.setText(words)
        self.notes.setVisible(bool(words))

    def ask_whose(self, *, asking: bool) -> None:
        """Whether the document that was read is this traveller's: asked in the place of the coaching."""
        self.question.setVisible(asking)
        self.compared.setVisible(bool(self.compared.text()) and not asking)
        self.coaching.setVisible(not asking and not self.compared.text())

    def say_compared(self, words: str, *, look: bool = False) -> None:
        """What the portrait says beside the traveller, in the place of the coaching: nobody is coached any more.

        `look`: the officer is to look again at both.
        """
        self.compared.setText(words)
        self.compared.setProperty("look", look)
        self.compared.style().unpolish(self.compared)
        self.compared.style().polish(self.compared)
        self.compared.setVisible(bool(words))
        self.compared.setFixedHeight(self.coaching.height())
        self.question.setFixedHeight(self.coaching.height())
        self.coaching.setVisible(not words)

    def button(
        self, words: str, act: Callable[[], object], key: str, *, primary: bool = False, below: bool = False
    ) -> QPushButton:
        """A button with its key; `below` the picture stand the acts that most travellers do not need."""
        button = QPushButton(words)
        button.setProperty("counter", True)
        button.setProperty("primary", primary)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(button.click)
        if below:
            button.setProperty("below", True)
            self._buttons_below.addWidget(button)
        else:
            self._buttons_right.append(button)
        return button

    def lay_out(self) -> None:
        """Once all buttons are made."""
        self._entry_card = QWidget()
        self._entry_card.setProperty("card", True)
        inside = QVBoxLayout(self._entry_card)
        inside.setContentsMargins(24, 16, 24, 16)
        title = QLabel(self.tr("Document by hand   Esc goes back"))
        title.setProperty("heading", True)
        inside.addWidget(title)
        inside.addWidget(self.entry, 1)
        for widget in (self.view, self._entry_card, self.reasons, self.last):
            self._left.addWidget(widget)
        asked = QHBoxLayout(self.question)
        asked.setContentsMargins(0, 4, 0, 4)
        words = QLabel(self.tr("Is this document this traveller's?"))
        words.setProperty("heading", True)
        asked.addWidget(words, 1)
        for button in (self.yes_button, self.no_button):
            button.setProperty("counter", True)
            button.setAccessibleName(button.text())
            asked.addWidget(button)
        # A line of its own kind at the end, which takes its place whether it says something or not: nothing moves by it.
        self._buttons_below.addWidget(self.group)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._left, 1)
        left.addWidget(self.notes)
        left.addWidget(self.coaching)
        left.addWidget(self.compared)
        left.addWidget(self.question)
        left.addSpacing(8)
        left.addLayout(self._buttons_below)
        right = QVBoxLayout()
        right.setSpacing(8)
        # Equal shares of a size that no word changes: the answer stands where it stood a traveller ago.
        for widget, share in ((self.document, 11), (self.card, 9)):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            right.addWidget(widget, share)
        for start in range(0, len(self._buttons_right), 2):
            pair = QHBoxLayout()
            pair.setSpacing(8)
            for button in self._buttons_right[start : start + 2]:
                pair.addWidget(button, 1)
            right.addLayout(pair)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(left, 2)
        row.addLayout(right, 1)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(900, 500))
