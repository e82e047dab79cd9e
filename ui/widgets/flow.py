"""A row of widgets that goes on in the next line where it does not fit: no button is cut at any type size."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, trailing: int | None = None) -> None:
        """`trailing`: number of the first widget that stands at the end of the line while everything fits into one."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._trailing = trailing
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        high = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(wide, high).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest widget alone: all others can go below."""
        shown = self._shown()
        wide = max((item.minimumSize().width() for item in shown), default=0)
        high = max((item.minimumSize().height() for item in shown), default=0)
        return QSize(wide, high).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, place: bool) -> int:
        """The height that the lines take."""
        margins = self.contentsMargins()
        within = rect.marginsRemoved(margins)
        lines = self._lines(within.width())
        top = within.top()
        for line in lines:
            high = max(self._size(item, within.width()).height() for item in line)
            if place:
                self._place(line, QRect(within.left(), top, within.width(), high), alone=len(lines) == 1)
            top += high + self.spacing()
        used = top - self.spacing() - within.top() if lines else 0
        return used + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = self._size(item, width).width()
            if not lines or used + self.spacing() + wide > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wide
        return lines

    def _place(self, line: list[QLayoutItem], within: QRect, *, alone: bool) -> None:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sizes = [self._size(item, within.width()) for item in line]
        left_over = within.width() - sum(size.width() for size in sizes) - self.spacing() * (len(line) - 1)
        x = 0
        for item, size in zip(line, sizes, strict=True):
            if alone and self._trailing is not None and item is self._first_trailing():
                x += left_over
            at = QRect(QPoint(within.left() + x, within.top() + (within.height() - size.height()) // 2), size)
            if mirrored:
                at.moveLeft(within.right() + 1 - x - size.width())
            item.setGeometry(at)
            x += size.width() + self.spacing()

    def _first_trailing(self) -> QLayoutItem | None:
        return next((item for item in self._items[self._trailing or 0 :] if not item.isEmpty()), None)

    @staticmethod
    def _size(item: QLayoutItem, width: int) -> QSize:
        """As it likes to be, no wider than the line; words that wrap get the height that they need then."""
        wanted = item.sizeHint().expandedTo(item.minimumSize())
        wide = min(wanted.width(), max(width, item.minimumSize().width()))
        high = item.heightForWidth(wide) if item.hasHeightForWidth() and wide < wanted.width() else wanted.height()
        return QSize(wide, high)


def flowing(*widgets: QWidget, spacing: int = 8, trailing: int | None = None) -> QWidget:
    """The widgets in such a row, as a widget that asks for the height of its lines."""
    row = QWidget()
    flow = Flow(row, spacing=spacing, trailing=trailing)
    for widget in widgets:
        flow.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    return row
