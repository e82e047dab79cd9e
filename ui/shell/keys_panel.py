"""F1: the keys of the page that stands there, for the role that is signed in, on a card of the program's own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from ui.keys.table import Key, Place, keys_at
from ui.widgets.over import Over
from ui.words.plain import clear_layout
from workstation.post.access import Act

_ROWS = 14
"""A second column begins after so many."""


class KeysPanel(Over):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self.title = QLabel()
        self.title.setProperty("title", True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._body = QWidget()
        self._body.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._body)
        self.back = QPushButton(self.tr("Back   Esc"))
        self.back.clicked.connect(self.leave)
        self.inside.addWidget(self.title)
        self.inside.addWidget(self._scroll, 1)
        self.inside.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)

    def show_keys(self, page: str, places: Sequence[Place], may: Callable[[Act], bool]) -> None:
        """`page`: its name on its tab; the keys of `places` and those that work everywhere, as far as the role may."""
        self.title.setText(self.tr("Keys: {page}").format(page=page) if page else self.tr("Keys"))
        self.setAccessibleName(self.title.text())
        clear_layout(self._grid)
        self._shown = ()
        wanted = [each for each in keys_at(*places, Place.EVERYWHERE) if each.act is None or may(each.act)]
        for number, key in enumerate(wanted):
            self._add(number, key)
        self._body.adjustSize()
        size, room = self._body.sizeHint(), self.below.size()
        self._scroll.setMinimumSize(min(size.width() + 16, room.width() - 140), min(size.height() + 4, room.height() - 220))
        self.open(self.back)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys on the card, from top to bottom."""
        return self._shown

    def _add(self, number: int, key: Key) -> None:
        row, column = number % _ROWS, 2 * (number // _ROWS)
        name = QLabel(key.shown)
        name.setProperty("key", True)
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(name, row, column)
        self._shown = (*self._shown, key.shown)
        words = QLabel(key.words)
        words.setAccessibleName(self.tr("{key}: {words}").format(key=key.shown, words=key.words))
        self._grid.addWidget(words, row, column + 1)
