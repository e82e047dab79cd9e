"""The waiting alerts beside the pictures: small travellers, sorted and filtered, gone through with the keyboard, taken by somebody."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.second_line.alert_order import Order, kept, ordered
from ui.second_line.alert_rows import AlertRows, row_height
from ui.second_line.alert_words import spoken
from ui.second_line.small_pictures import AT_ONCE, small_pictures
from ui.threads.background import AskDesk
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.words.plain import text_label
from workstation.alerts.raising import AlertLine
from workstation.desk.desk import Desk, Done

_AGAIN_MS = 30_000
"""How often the waiting times are written anew."""


def take(alert_id: int, desk: Desk) -> Done[str]:
    return desk.second_line.take(alert_id)


def give_back(alert_id: int, desk: Desk) -> Done[None]:
    return desk.second_line.give_back(alert_id)


class AlertList(QWidget):
    asked = Signal()
    """Other lines are wanted: those already seen, or not."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._login = ""
        self._lines: tuple[AlertLine, ...] = ()
        self._pictures: dict[int, QImage | None] = {}
        self._asking = False
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Search"))
        self.filter.setAccessibleName(self.tr("Show only alerts with these words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order of the alerts"))
        for order, words in self._orders().items():
            self.order.addItem(words, order)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.order.currentIndexChanged.connect(self._show)
        rows = Rows((Column[AlertLine](self.tr("Alerts"), spoken),), lambda line: line.alert_id, spoken=spoken)
        self.table = DenseTable(rows, self.tr("Alerts"))
        self.table.draw_rows_with(AlertRows(self._pictures.get, self.table), row_height)
        self.table.horizontalHeader().hide()
        self.table.entered.connect(self._take_or_give_back)
        self.table.chosen.connect(self._tell_take)
        self.empty = text_label("")
        self.empty.setProperty("empty", True)
        self.take = QPushButton()
        self.take.clicked.connect(self._take_or_give_back)
        self.everything = QCheckBox(self.tr("Seen ones too"))
        self.everything.toggled.connect(self.asked)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.table.viewport().update)
        self._again.start()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.order)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.take)
        column.addWidget(self.everything)
        self._show()

    @property
    def rows(self) -> tuple[AlertLine, ...]:
        return self.table.rows

    def show_lines(self, lines: Sequence[AlertLine], login: str) -> None:
        """`login`: of the person who looks, whose own alerts can be given back."""
        self._lines, self._login = tuple(lines), login
        for gone in self._pictures.keys() - {line.alert_id for line in lines}:
            del self._pictures[gone]
        self._show()
        self._ask_pictures()

    def forget(self) -> None:
        """Another person: nothing of what the last one saw or searched stays."""
        self._pictures.clear()
        self.filter.clear()
        self.show_lines((), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.table.viewport().update()

    def _show(self) -> None:
        shown = ordered(kept(self._lines, self.filter.text(), spoken), Order(self.order.currentData()))
        self.table.show_rows(shown)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.setText(
            self.tr("No alert has these words. Empty the field above to see all.")
            if self._lines
            else self.tr("No alert is waiting. The next one appears here by itself.")
        )
        self._tell_take()

    def _tell_take(self) -> None:
        line = self._chosen()
        own = line is not None and line.taken_by == self._login
        words = self.tr("Give back   Enter") if own else self.tr("Take   Enter")
        if line is not None and line.taken_by and not own:
            words = self.tr("Take over from {person}   Enter").format(person=line.taken_by)
        self.take.setText(words)
        self.take.setEnabled(line is not None)

    def _chosen(self) -> AlertLine | None:
        return next((line for line in self.table.rows if line.alert_id == self.table.chosen_id), None)

    def _take_or_give_back(self) -> None:
        line = self._chosen()
        if line is not None:
            act: Callable[[int, Desk], object] = give_back if line.taken_by == self._login else take
            self._desk.ask(partial(act, line.alert_id))

    def _ask_pictures(self) -> None:
        missing = [line.alert_id for line in self.table.rows if line.alert_id not in self._pictures][:AT_ONCE]
        if missing and not self._asking:
            self._asking = True
            self._desk.ask(partial(small_pictures, missing), self._take_pictures, self._no_pictures)

    def _take_pictures(self, found: dict[int, QImage | None]) -> None:
        self._asking = False
        there = {line.alert_id for line in self._lines}
        self._pictures.update({each: image for each, image in found.items() if each in there})
        self.table.viewport().update()
        self._ask_pictures()

    def _no_pictures(self, _refusal: object) -> None:
        """Nobody is signed in any more: there is nothing to show pictures of."""
        self._asking = False

    def _orders(self) -> dict[Order, str]:
        return {
            Order.WAITING: self.tr("Longest waiting first"),
            Order.NEWEST: self.tr("Newest first"),
            Order.PURPOSE: self.tr("Protection first"),
            Order.LANE: self.tr("By lane"),
            Order.FREE: self.tr("Taken by nobody first"),
        }
