"""The own view: first a minimum look, then three answers of equal size, none of them nearer to hand than the others."""

from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.words.plain import moment, text_label, view_words
from workstation.alerts.verdicts import VerdictView, View

MINIMUM_LOOK_MS = 5000
_TICK_MS = 100
KEYS = {View.LEAD: "Ctrl+L", View.NOT_THIS_PERSON: "Ctrl+D", View.CANNOT_TELL: "Ctrl+T"}
"""With Ctrl, so that a finger beside a checklist key writes no verdict."""


class VerdictBox(QWidget):
    given = Signal(View)

    def __init__(self, keys_for: QWidget, minimum_look_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictBox")
        self._minimum = minimum_look_ms
        self._key: object = None
        self._looked: dict[object, int] = {}
        self._since = QElapsedTimer()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._count)
        self.buttons = {view: self._button(view, keys_for) for view in View}
        self.progress = QProgressBar()
        self.progress.setObjectName("minimumLook")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._look_page())
        self._stack.addWidget(self._button_page())
        self.earlier = text_label("")
        self.earlier.setObjectName("earlierView")
        self.earlier.setProperty("quiet", True)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack)
        column.addWidget(self.problem)
        column.addWidget(self.earlier)
        self.close_box()

    def look_at(self, key: object, own: VerdictView | None) -> None:
        """A candidate is before the person. `key` names it: the time it was looked at is kept until it is judged."""
        self._count()
        self._key = key
        if own is not None:
            self._looked[key] = self._minimum
        self.say("")
        self.show_own(own)
        self._since.start()
        self._tick.start()
        self._show_time()

    def show_own(self, own: VerdictView | None) -> None:
        self.earlier.setVisible(own is not None)
        if own is not None:
            self.earlier.setText(
                self.tr("Your view at {time}: {view}. Another view replaces it; both stay in the log.").format(
                    time=moment(own.at), view=view_words(own.view)
                )
            )

    def close_box(self) -> None:
        """Nothing is before the person."""
        self._count()
        self._key = None
        self._tick.stop()
        self._show_time()
        self.earlier.hide()
        self.say("")

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def take_answers(self, *, ready: bool) -> None:
        """False while an answer is being written, so that it is written once."""
        for button in self.buttons.values():
            button.setEnabled(ready)

    def _count(self) -> None:
        if self._key is None or not self._since.isValid() or not self._tick.isActive():
            return
        self._looked[self._key] = self._looked.get(self._key, 0) + self._since.restart()
        self._show_time()

    def _show_time(self) -> None:
        looked = self._looked.get(self._key, 0) if self._key is not None else 0
        ready = self._key is not None and looked >= self._minimum
        self.progress.setValue(min(looked, self._minimum))
        self._stack.setCurrentIndex(1 if ready else 0)
        if ready:
            self._tick.stop()

    def _button(self, view: View, keys_for: QWidget) -> QPushButton:
        button = QPushButton(
            self.tr("{view}   {key}").format(
                view=view_words(view).upper(), key=QKeySequence(KEYS[view]).toString(QKeySequence.SequenceFormat.NativeText)
            )
        )
        button.setObjectName(f"verdict_{view}")
        button.setProperty("verdict", True)
        button.setAccessibleName(view_words(view))
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._give, view))
        shortcut = QShortcut(QKeySequence(KEYS[view]), keys_for)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(self._give, view))
        return button

    def _give(self, view: View) -> None:
        if self._stack.currentIndex() == 1 and self.buttons[view].isEnabled():
            self.given.emit(view)

    def _look_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = QLabel(self.tr("Look first. The three answers come when the line is full."))
        words.setWordWrap(True)
        words.setProperty("quiet", True)
        self.progress.setRange(0, max(self._minimum, 1))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(self.tr("Minimum look"))
        column.addWidget(words)
        column.addWidget(self.progress)
        column.addStretch(1)
        return page

    def _button_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        for row, button in enumerate(self.buttons.values()):
            grid.addWidget(button, row, 0)
        return page

    def hideEvent(self, event: QHideEvent) -> None:
        """Time does not count while nobody can see the pictures."""
        self._count()
        self._tick.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if self._key is not None:
            self._since.start()
            self._tick.start()
        super().showEvent(event)
