"""The pages' tabs in one line; those that do not fit fold into a menu at its end, the open page always among the visible ones."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget


class FoldingTabs(QWidget):
    """Which tabs a person may use is said by `allow`; a tab that folded is still to be clicked by its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[QPushButton] = []
        self._allowed: list[QPushButton] = []
        self.more = QPushButton(self.tr("More …"))
        self.more.setProperty("tab", True)
        self.more.setAccessibleName(self.tr("More pages"))
        self.more.clicked.connect(self._open)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add_page(self, words: str, show: Callable[[], None]) -> QPushButton:
        """The tab of the next page; its tooltip names its key."""
        tab = QPushButton(words)
        tab.setProperty("tab", True)
        tab.setCheckable(True)
        tab.setAutoExclusive(True)
        tab.setToolTip(f"Ctrl+{(len(self._tabs) + 1) % 10}")
        tab.clicked.connect(show)
        self.add(tab)
        return tab

    def add(self, tab: QPushButton) -> None:
        self._tabs.append(tab)
        self._row.insertWidget(len(self._tabs) - 1, tab)
        tab.toggled.connect(self._fold)
        tab.installEventFilter(self)

    def allow(self, tabs: Sequence[QPushButton]) -> None:
        """Only these are of use to whoever is signed in."""
        self._allowed = list(tabs)
        self._fold()

    @property
    def folded(self) -> tuple[QPushButton, ...]:
        return tuple(tab for tab in self._allowed if tab.isHidden())

    def minimumSizeHint(self) -> QSize:
        """The open page's tab and the menu."""
        wide = max((tab.sizeHint().width() for tab in self._allowed), default=0) + self.more.sizeHint().width()
        return QSize(wide, max(self.more.sizeHint().height(), super().minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other type: other widths."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and watched in self._tabs:
            self.updateGeometry()
            self._fold()
        return super().eventFilter(watched, event)

    def _fold(self) -> None:
        room = self.width()
        wide = {tab: tab.sizeHint().width() for tab in self._allowed}
        shown = set(self._allowed)
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width()
            for tab in reversed(self._allowed):
                if sum(wide[each] for each in shown) <= room:
                    break
                if not tab.isChecked():
                    shown.discard(tab)
        for tab in self._tabs:
            tab.setVisible(tab in shown)
        self.more.setVisible(len(shown) < len(self._allowed))

    def _open(self) -> None:
        menu = QMenu(self)
        for tab in self.folded:
            menu.addAction(tab.text(), partial(tab.click)).setToolTip(tab.toolTip())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
