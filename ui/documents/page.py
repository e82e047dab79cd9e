"""A travel document outside the queue: typed, from a picture, from under the document camera, or from the files of its chip.

The same checks as at the counter. Nothing is kept; what is used for a traveller goes to the counter.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from matching.faces.images import Image, decode
from ui.documents.entry import DocumentEntry
from ui.threads.background import AskDesk, Refused
from ui.threads.document_watch import DocumentWatch
from ui.widgets import choosing_files
from ui.widgets.other_pictures import OtherPictures
from ui.widgets.page_picture import PagePicture, qimage
from ui.words.plain import said, text_label
from workstation.desk.desk import Changed, Desk
from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import Origin, TravelDocument

ReadPage = Callable[[Image, Origin], TravelDocument]
"""Whoever makes a document of the picture of a page."""


def read_picture(data: bytes, read: ReadPage, desk: Desk) -> TravelDocument:
    """Asked in the Desk's thread so that the window does not wait; the Desk itself is not needed."""
    del desk
    return read(decode(data), Origin.FILE)


def read_chip(folder: Path, page: TravelDocument | None, desk: Desk) -> TravelDocument:
    return desk.counter.read_chip(folder, page)


class DocumentPage(QWidget):
    use = Signal(object)
    """The `TravelDocument` for the traveller at the counter."""

    def __init__(self, desk: AskDesk, read: ReadPage | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk = desk
        self._read = read
        self._watch: DocumentWatch | None = None
        self.entry = DocumentEntry()
        self.entry.use.connect(self.use)
        self.entry.changed.connect(self._show_pictures)
        self.elsewhere = OtherPictures(self)
        self.elsewhere.given.connect(self.take_bytes)
        self.elsewhere.refused.connect(self._say)
        self.elsewhere.text.connect(self.entry.lines.setPlainText)
        self.page, self.portrait = PagePicture(), PagePicture()
        self.problem = text_label("")
        self.problem.setProperty("look", True)
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setAccessibleName(self.tr("Reading the document"))
        self.open_button = self._button(self.tr("Open picture   Ctrl+O"), "Ctrl+O", self.elsewhere.choose)
        self.camera_button = self._button(self.tr("Document camera   Ctrl+R"), "Ctrl+R", self._again)
        self.chip_button = self._button(self.tr("Chip files   Ctrl+K"), "Ctrl+K", self._choose_chip)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.elsewhere.paste)
        self.open_button.setEnabled(read is not None)
        self._lay_out()
        self._say("")

    @property
    def zone(self) -> Zone | None:
        return self.entry.zone

    @property
    def lines(self) -> QPlainTextEdit:
        return self.entry.lines

    def watch(self, watch: DocumentWatch | None) -> None:
        """Show what is read under this document camera while the page is open."""
        if self._watch is not None:
            for signal in (self._watch.read_done, self._watch.unread):
                signal.disconnect(self._watched)
        self._watch = watch
        self.camera_button.setEnabled(watch is not None)
        if watch is not None:
            for signal in (watch.read_done, watch.unread):
                signal.connect(self._watched)

    def reload(self, changed: Changed) -> None:
        """Another person finds nothing of what was typed or read."""
        if Changed.SESSION in changed:
            self.entry.clear()
            self._say("")

    def take_bytes(self, data: bytes) -> None:
        """Read the picture in these bytes of a file."""
        if self._read is not None:
            self._begin()
            self._desk.ask(partial(read_picture, data, self._read), self._show, self._refused)

    def open_chip(self, folder: Path) -> None:
        """Read and verify the files of a chip that a reader left in this folder, beside the lines that stand there already."""
        page = self.entry.document
        self._begin()
        self._desk.ask(partial(read_chip, folder, page), self._show, self._refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.elsewhere.drop(event)

    def _choose_chip(self) -> None:
        chosen = choosing_files.a_folder(self, self.tr("Folder with the files of a chip"))
        if chosen:
            self.open_chip(Path(chosen))

    def _again(self) -> None:
        if self._watch is not None:
            self._begin()
            self._watch.again()

    def _begin(self) -> None:
        self.entry.clear()
        self._say("")
        self.working.show()

    def _watched(self, document: TravelDocument) -> None:
        if self.isVisible():
            self._show(document)

    def _show(self, document: TravelDocument) -> None:
        self._say("")
        self.entry.show_document(document)
        if document.zone is None:
            self._say("\n".join(said(remark) for remark in document.remarks) or self.tr("No lines could be read."))

    def _refused(self, refusal: Refused) -> None:
        self._say(said(refusal))

    def _show_pictures(self) -> None:
        """Page and portrait of what was read, as long as it stands behind the lines."""
        read = self.entry.read
        page = read.page if read is not None else None
        portrait = read.portrait.image if read is not None and read.portrait is not None else None
        for picture, image in ((self.page, page), (self.portrait, portrait)):
            picture.setVisible(image is not None)
            if image is not None:
                picture.show_page(qimage(image), read.lines_at if picture is self.page and read is not None else ())

    def _say(self, words: str) -> None:
        self.working.hide()
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _button(self, words: str, key: str, act: object) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        QShortcut(QKeySequence(key), self).activated.connect(button.click)
        return button

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setMaximumWidth(1280)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(12)
        title = QLabel(self.tr("Machine-readable zone"))
        title.setProperty("heading", True)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for button in (self.open_button, self.camera_button, self.chip_button):
            head.addWidget(button)
        inside.addLayout(head)
        inside.addWidget(self.working)
        inside.addWidget(self.problem)
        beside = QVBoxLayout()
        self.page.setFixedSize(320, 224)
        self.portrait.setFixedSize(160, 205)
        beside.addWidget(self.page)
        beside.addWidget(self.portrait)
        beside.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self.entry, 1)
        body.addLayout(beside)
        inside.addLayout(body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.addWidget(card, 1)
