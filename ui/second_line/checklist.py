"""What one person found, feature by feature: alike, differs or cannot be seen. Nothing is marked until the person marks it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QWidget

from workstation.alerts.verdicts import ALL_REASONS, REASONS, Finding

ROW = 30


class Checklist(QWidget):
    marked = Signal()

    def __init__(self, keys_for: QWidget, parent: QWidget | None = None) -> None:
        """`keys_for`: the widget within which a feature's single key goes through its findings."""
        super().__init__(parent)
        self.setObjectName("checklist")
        self.setAccessibleName(self.tr("Checklist"))
        self._groups: dict[str, QButtonGroup] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, reason in enumerate(ALL_REASONS):
            words = QCoreApplication.translate("Reason", reason.text)
            key = QLabel(reason.key)
            key.setProperty("key", True)
            key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            key.setFixedSize(24, 24)
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignVCenter)
            label = QLabel(words)
            label.setMinimumHeight(ROW)
            grid.addWidget(label, row, 1)
            self._groups[reason.name] = self._choices(grid, row, words, reason.key)
            self._rows[reason.name] = (key, label, *self._groups[reason.name].buttons())
            self._shortcuts[reason.name] = self._on_key(keys_for, reason.key, partial(self._next, reason.name))
        self.show_rows(tuple(reason.name for reason in REASONS))

    def show_rows(self, names: tuple[str, ...]) -> None:
        """What there is to compare; what is not among it takes no mark and no key."""
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(name in names)
            self._shortcuts[name].setEnabled(name in names)

    def _choices(self, grid: QGridLayout, row: int, feature: str, key: str) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(False)
        for column, (finding, words) in enumerate(self._words().items()):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("choice", True)
            button.setFixedHeight(ROW - 4)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.tr("{feature}: {finding}").format(feature=feature, finding=words))
            button.setToolTip(self.tr("{key} goes through the three answers").format(key=key))
            group.addButton(button, list(Finding).index(finding))
            grid.addWidget(button, row, 2 + column)
        group.buttonToggled.connect(self._toggled)
        return group

    def _words(self) -> dict[Finding, str]:
        return {
            Finding.ALIKE: self.tr("Alike"),
            Finding.DIFFERS: self.tr("Differs"),
            Finding.CANNOT_SEE: self.tr("Unseen"),
        }

    def reasons(self) -> tuple[str, ...]:
        """As `workstation.review.give_verdict` takes them."""
        marks = ((name, group.checkedId()) for name, group in self._groups.items())
        return tuple(f"{name}: {list(Finding)[mark]}" for name, mark in marks if mark >= 0)

    def show_reasons(self, reasons: tuple[str, ...]) -> None:
        """Mark exactly these; unknown features are left out."""
        wanted = dict(reason.split(": ", 1) for reason in reasons)
        for name, group in self._groups.items():
            for button in group.buttons():
                button.setChecked(wanted.get(name) == list(Finding)[group.id(button)])

    def _next(self, name: str) -> None:
        """Alike, differs, cannot be seen, nothing, and from the beginning."""
        group = self._groups[name]
        mark = group.checkedId() + 1
        if mark < len(Finding):
            group.button(mark).setChecked(True)
        else:
            group.button(mark - 1).setChecked(False)

    def _toggled(self, button: QPushButton, on: bool) -> None:  # noqa: FBT001 # Qt's signal hands it over so
        if on:
            group = button.group()
            for other in group.buttons():
                if other is not button:
                    other.setChecked(False)
        self.marked.emit()

    def _on_key(self, within: QWidget, key: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), within)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut
