"""Pages of which one is shown at a time; a page that needs more room than there is is scrolled, never squeezed."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QStyle, QWidget


class _Scrolled(QScrollArea):
    """Gives the page all the room there is, and at least what it cannot do without.

    Qt's own way would give a page with wrapping words what it likes to have: a picture that likes to be large would be scrolled.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusProxy(page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        if page is None:
            return
        room = self.maximumViewportSize()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        wanted = self._least(page, room.width())
        if wanted.height() > room.height():
            wanted = self._least(page, room.width() - bar)
            room.setWidth(room.width() - bar)
        if wanted.width() > room.width():
            room.setHeight(room.height() - bar)
        page.resize(wanted.expandedTo(room))

    @staticmethod
    def _least(page: QWidget, width: int) -> QSize:
        """What the page cannot do without in this width."""
        least = page.minimumSizeHint().expandedTo(page.minimumSize())
        layout = page.layout()
        if layout is not None and layout.hasHeightForWidth():
            least = least.expandedTo(QSize(0, layout.minimumHeightForWidth(max(width, least.width()))))
        return least


class PageStack(QStackedWidget):
    def addWidget(self, page: QWidget) -> int:
        return super().addWidget(_Scrolled(page))

    def setCurrentWidget(self, page: QWidget) -> None:
        for number in range(self.count()):
            holder = self.widget(number)
            if isinstance(holder, QScrollArea) and holder.widget() is page:
                self.setCurrentIndex(number)

    def currentWidget(self) -> QWidget:
        """The page itself, not what scrolls it. LookupError while there is none."""
        holder = super().currentWidget()
        page = holder.widget() if isinstance(holder, QScrollArea) else None
        if page is None:
            raise LookupError("the window has no page")
        return page

    def scrolls(self) -> bool:
        """Whether the shown page needs more room than there is."""
        holder = super().currentWidget()
        return isinstance(holder, QScrollArea) and holder.verticalScrollBar().maximum() > 0
