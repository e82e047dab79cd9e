"""Finds text that its widget has no room for: cut off, without its descenders, or outside of what can be seen or scrolled to."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

SLACK = 2
"""Pixels that rounding and the air between lines may take."""


def clipped(window: QWidget) -> list[str]:
    """A sentence for every visible text that does not fit, by kind of widget and words."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            found += [f"{_path(widget)}: {why}" for why in _wrong(widget, window)]
        elif widget.isVisible() and _words(widget) and not _scrolls(widget):
            found.append(f"{_path(widget)} “{_words(widget)[:40]}” is outside of the window")
    return found


def _wrong(widget: QWidget, window: QWidget) -> Iterator[str]:
    words = _words(widget)
    if words:
        yield from _too_small(widget, words)
        if not _scrolls(widget) and not _inside(widget, window):
            yield f"“{words[:40]}” runs out of the window"
    if isinstance(widget, QTableView):
        yield from _cells(widget)


def _too_small(widget: QWidget, words: str) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.wordWrap():
        need = widget.heightForWidth(widget.width())
        if need > widget.height() + SLACK:
            yield f"“{words[:40]}” needs {need} lines of pixels and has {widget.height()}"
        longest = max((QFontMetrics(widget.font()).horizontalAdvance(each) for each in words.split()), default=0)
        if longest > widget.contentsRect().width() + SLACK:
            yield f"“{words[:40]}” has a word {longest} wide in {widget.contentsRect().width()}"
        return
    wanted = widget.minimumSizeHint() if isinstance(widget, QComboBox) else widget.sizeHint()
    if isinstance(widget, QLineEdit | QAbstractSpinBox | QComboBox):
        room = QFontMetrics(widget.font()).height()
        inner = _line_height(widget) if isinstance(widget, QLineEdit) else widget.height() - 8
        if inner + SLACK < room:
            yield f"“{words[:40]}” has {inner} pixels of height for type of {room}"
        placeholder = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
        wide = QFontMetrics(widget.font()).horizontalAdvance(placeholder)
        if isinstance(widget, QLineEdit) and placeholder and not widget.text() and wide > widget.contentsRect().width() - 8:
            yield f"the words in the field “{placeholder[:40]}” need {wide} and have {widget.contentsRect().width() - 8}"
        if isinstance(widget, QComboBox):
            wide = QFontMetrics(widget.font()).horizontalAdvance(widget.currentText())
            if wide > widget.width() - 36:
                yield f"“{words[:40]}” is {wide} wide in a box of {widget.width()}"
        return
    if wanted.width() > widget.width() + SLACK or wanted.height() > widget.height() + SLACK:
        yield f"“{words[:40]}” needs {wanted.width()}x{wanted.height()} and has {widget.width()}x{widget.height()}"


def _line_height(widget: QLineEdit) -> int:
    """What the style leaves for the words themselves."""
    option = QStyleOptionFrame()
    widget.initStyleOption(option)
    return widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget).height()


def _cells(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    model = table.model()
    for section in range(model.columnCount()):
        if header.isVisible() and header.sectionSizeHint(section) > header.sectionSize(section) + SLACK:
            yield f"the heading “{model.headerData(section, Qt.Orientation.Horizontal)}” is cut"
        if header.sectionResizeMode(section) != header.ResizeMode.Stretch:
            for row in range(min(model.rowCount(), 40)):
                index = model.index(row, section)
                need = table.sizeHintForIndex(index).width()
                if need > header.sectionSize(section) + SLACK:
                    yield f"the cell “{index.data()}” needs {need} and has {header.sectionSize(section)}"
    if model.rowCount() and table.rowHeight(0) < QFontMetrics(table.font()).height():
        yield "its rows are lower than its type"


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        text = widget.text()
        return text if text or not isinstance(widget, QLineEdit) else widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def _inside(widget: QWidget, window: QWidget) -> bool:
    """Whether the whole of it lies in every ancestor up to the window."""
    ancestor = widget.parentWidget()
    while ancestor is not None:
        place = QRect(widget.mapTo(ancestor, QPoint(0, 0)), widget.size())
        if not ancestor.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return False
        if ancestor is window:
            break
        ancestor = ancestor.parentWidget()
    return True


def _scrolls(widget: QWidget) -> bool:
    """Whether it stands on something that can be scrolled to it, or is part of such a thing."""
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QAbstractScrollArea):
            return True
        ancestor = ancestor.parentWidget()
    return False


def _path(widget: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
