"""The ways of looking at two faces, each with its key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from ui.widgets.compare_view import CompareView, Way

_SLIDE = 10


class CompareBar(QWidget):
    def __init__(self, compare: CompareView, keys_for: QWidget) -> None:
        super().__init__()
        self.setObjectName("compareBar")
        self._compare = compare
        self._keys_for = keys_for
        self.previous = self._button(self.tr("Previous  P"), self.tr("Previous candidate"))
        self.place = QLabel()
        self.place.setProperty("figures", True)
        self.next = self._button(self.tr("Next  N"), self.tr("Next candidate"))
        self.other = self._button(self.tr("Other picture  T"), self.tr("Another picture of the traveller or the document"))
        self.flicker = self._button(self.tr("Flicker  F"), self.tr("Show both by turns in one place"), compare.flicker, "F")
        self.overlay = self._button(self.tr("Overlay  O"), self.tr("Lay one over the other"), compare.overlay, "O")
        self.grey = self._button(self.tr("Grey  G"), self.tr("Take the colour out of both"), compare.greyed, "G")
        self.reset = self._button(self.tr("Reset  0"), self.tr("Both as they were at first"), compare.reset, "0")
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, _SLIDE)
        self.opacity.setValue(_SLIDE // 2)
        self.opacity.setAccessibleName(self.tr("How much of the reference is seen"))
        self.opacity.setFixedWidth(96)
        self.opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.opacity.valueChanged.connect(self._slid)
        for button in (self.flicker, self.overlay, self.grey):
            button.setCheckable(True)
        for key, act in (
            ("+", self._closer), ("=", self._closer), ("-", self._farther),
            ("[", self._less), ("]", self._more),
        ):  # fmt: skip # a table of keys
            self._key(key, act)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.previous, self.place, self.next):
            row.addWidget(widget)
        row.addWidget(self.other)
        row.addStretch(1)
        for control in (self.flicker, self.overlay, self.opacity, self.grey, self.reset):
            row.addWidget(control)
        compare.looked_differently.connect(self._show_way)
        self._show_way()

    def show_place(self, rank: int, count: int, *, pictures: int = 1) -> None:
        """`pictures`: how many there are of the traveller and the document."""
        self.other.setVisible(pictures > 1)
        self.place.setText(self.tr("{rank} of {count}").format(rank=rank, count=count))
        self.place.setAccessibleName(self.tr("Candidate {rank} of {count}").format(rank=rank, count=count))
        self.previous.setEnabled(count > 1)
        self.next.setEnabled(count > 1)

    def _button(self, words: str, name: str, act: Callable[[], None] | None = None, key: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setProperty("choice", True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if act is not None:
            button.clicked.connect(act)
            self._key(key, act)
        return button

    def _key(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self._keys_for)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _show_way(self) -> None:
        self.flicker.setChecked(self._compare.way is Way.FLICKER)
        self.overlay.setChecked(self._compare.way is Way.OVERLAY)
        self.grey.setChecked(self._compare.grey)
        self.flicker.setEnabled(self._compare.comparable)
        self.overlay.setEnabled(self._compare.comparable)
        self.opacity.setEnabled(self._compare.way is Way.OVERLAY)
        self.opacity.setValue(round(self._compare.opacity * _SLIDE))

    def _slid(self, value: int) -> None:
        if value != round(self._compare.opacity * _SLIDE):
            self._compare.set_opacity(value / _SLIDE)

    def _closer(self) -> None:
        self._compare.zoom_by(1.2)

    def _farther(self) -> None:
        self._compare.zoom_by(1 / 1.2)

    def _less(self) -> None:
        self._compare.set_opacity(self._compare.opacity - 1 / _SLIDE)

    def _more(self) -> None:
        self._compare.set_opacity(self._compare.opacity + 1 / _SLIDE)
