"""Pictures that come to the counter from elsewhere: opened, pasted or dropped. They are handed on as the bytes of a file."""

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget


class OtherPictures(QObject):
    given = Signal(bytes)
    refused = Signal(str)
    """Why the file cannot be read, in words."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._page, self.tr("Open a picture"))
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
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes where Qt takes the name of the format
            self.given.emit(bytes(buffer.data().data()))

    def drop(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths[0])
