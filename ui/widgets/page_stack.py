"""Pages of which one is shown at a time; a page that needs more room than there is is scrolled, never squeezed."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class _Scrolled(QScrollArea):
    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusProxy(page)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


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
