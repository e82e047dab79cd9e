"""Pictures that come to the counter from elsewhere: opened, pasted or dropped. They are handed on as the bytes of a file."""

import re

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from ui.widgets import choosing_files

_ADDRESS = re.compile(r"(https?|ftp)://\S+$", re.IGNORECASE)


class OtherPictures(QObject):
    given = Signal(bytes)
    text = Signal(str)
    """Words that were pasted or dropped: perhaps a zone."""
    refused = Signal(str)
    """Why it cannot be taken, in words."""
    left = Signal(str)
    """What of it was not taken."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def choose(self) -> None:
        chosen = choosing_files.a_picture(self._page, self.tr("Open a picture"))
        if chosen:
            self.open(chosen)

    def open(self, path: str) -> None:
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - a path from Qt is a string
                data = file.read()
        except OSError as error:
            self.refused.emit(self.tr("{path} cannot be read: {why}.").format(path=path, why=error.strerror))
        else:
            self.given.emit(data)

    def paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def drop(self, event: QDropEvent) -> None:
        self._take(event.mimeData())

    def _take(self, data: QMimeData) -> None:
        """A picture, a file of one, or the lines of a zone; nothing is ever fetched from elsewhere."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        elsewhere = [url.toString() for url in data.urls() if not url.isLocalFile()]
        text = data.text().strip()
        if paths:
            self.open(paths[0])
            if len(paths) > 1:
                self.left.emit(self.tr("One picture at a time: {count} files were not taken.").format(count=len(paths) - 1))
        elif data.hasImage() and not (image := QImage(data.imageData())).isNull():
            self._given(image)
        elif elsewhere or _ADDRESS.match(text):
            self.refused.emit(
                self.tr(
                    "That is the address of a picture, and nothing is fetched here. Save the picture as a file, or copy it."
                )
            )
        elif text:
            self.text.emit(text)
        else:
            self.refused.emit(self.tr("There is no picture and no zone to take there. Copy one, or open a file."))

    def _given(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes where Qt takes the name of the format
        self.given.emit(bytes(buffer.data().data()))
