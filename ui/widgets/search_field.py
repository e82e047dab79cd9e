"""A field to search in, above the table of what is found: Down goes there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget


class SearchField(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: QTableView | None = None

    def lead_to(self, results: QTableView) -> None:
        self._results = results

    def keyPressEvent(self, event: QKeyEvent) -> None:
        table = self._results
        if event.key() != Qt.Key.Key_Down or table is None or table.model() is None or not table.model().rowCount():
            super().keyPressEvent(event)
            return
        if not table.currentIndex().isValid():
            table.selectRow(0)
        table.setFocus()
        event.accept()
