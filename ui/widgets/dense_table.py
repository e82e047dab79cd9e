"""A table of frozen rows, 32 pixels each, found again by id when the rows are read anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Property, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

ROW = 32
R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)  # no slots: a subscripted generic sets an attribute on what it makes
class Column(Generic[R]):
    title: str
    text: Callable[[R], str]
    width: int = 0
    """Pixels; 0 takes what is left."""
    figures: bool = False
    """Set flush with the end of the column, as numbers are."""


class Rows(QAbstractTableModel, Generic[R]):
    def __init__(
        self,
        columns: Sequence[Column[R]],
        ident: Callable[[R], int],
        spoken: Callable[[R], str] | None = None,
        warm: Callable[[R], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.ident = tuple(columns), ident
        self.rows: tuple[R, ...] = ()
        self.warm = warm
        self._spoken = spoken

    def show_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return self._spoken(row) if self._spoken else column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignTrailing if column.figures else Qt.AlignmentFlag.AlignLeading
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.AccessibleTextRole if self._spoken and index.column() == 0:
                return self._spoken(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if self.columns[section].figures else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class _WarmRows(QStyledItemDelegate):
    """Lays the warm ground under the rows that ask for it: a style sheet for items leaves the model's own ground out."""

    ground = QColor(Qt.GlobalColor.transparent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if isinstance(model, Rows) and model.warm is not None and model.warm(model.rows[index.row()]):
            painter.fillRect(option.rect, self.ground)
        super().paint(painter, option, index)


class DenseTable(QTableView, Generic[R]):
    """Emits `chosen` with the id of the row that the person goes to; reading anew says nothing when it is still there."""

    chosen = Signal(int)

    def __init__(self, model: Rows[R], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._chosen: int | None = None
        self._wanted: int | None = None
        self._reading = False
        if self._wanted is not None and self.choose(self._wanted):
            self._wanted = None
        self.warm = _WarmRows(self)
        self.setItemDelegate(self.warm)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setProperty("dense", True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for section, column in enumerate(model.columns):
            if column.width:
                self.setColumnWidth(section, column.width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._gone_to)

    @property
    def rows(self) -> tuple[R, ...]:
        return self._rows.rows

    @property
    def chosen_id(self) -> int | None:
        return self._chosen

    def go_to_when_shown(self, ident: int) -> None:
        """Choose this row with the next rows that have it: it was just written and is not read yet."""
        self._wanted = ident

    def show_rows(self, rows: Sequence[R]) -> None:
        """The chosen row stays chosen while it is there."""
        self._reading = True
        self._rows.show_rows(rows)
        self._reading = False
        if self._wanted is not None and self.choose(self._wanted):
            self._wanted = None
        if self._chosen is not None and not self.choose(self._chosen):
            self._chosen = None

    def _warm_ground(self) -> QColor:
        return self.warm.ground

    def _set_warm_ground(self, ground: QColor) -> None:
        self.warm.ground = ground
        self.viewport().update()

    warmGround = Property(QColor, _warm_ground, _set_warm_ground)  # noqa: N815 # the style sheet's own spelling

    def choose(self, ident: int) -> bool:
        """Go to the row with this id. False when it is not shown."""
        for number, row in enumerate(self._rows.rows):
            if self._rows.ident(row) == ident:
                self.setCurrentIndex(self._rows.index(number, 0))
                return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt goes to the first row when the table gets the focus; nobody has chosen it then."""
        self._reading = True
        super().focusInEvent(event)
        self._reading = False
        if self._chosen is None:
            self.selectionModel().clearCurrentIndex()

    def _gone_to(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        if self._reading or not current.isValid():
            return
        ident = self._rows.ident(self._rows.rows[current.row()])
        if ident != self._chosen:
            self._chosen = ident
            self.chosen.emit(ident)
