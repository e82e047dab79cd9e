"""The camera and the pages that are watched while an officer is signed in, as the settings name them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.threads.background import CameraWatch, Refused
from ui.threads.document_watch import DocumentWatch
from ui.words.plain import said
from workstation.errors import OperatorError
from workstation.settings import Settings


class Watches(QObject):
    camera_changed = Signal(object)
    """The `CameraWatch` from now on."""
    pages_changed = Signal(object)
    """The `DocumentWatch` from now on, or None."""
    camera_told = Signal(str, bool)
    """What the status line says of the camera, and whether it is a fault."""
    refused = Signal(object)

    def __init__(
        self,
        watch_source: Callable[[Settings], CameraWatch],
        watch_documents: Callable[[Settings], DocumentWatch | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch_source, self._watch_documents = watch_source, watch_documents
        self._camera: CameraWatch | None = None
        self._pages: DocumentWatch | None = None

    def watch_for(self, watch: CameraWatch) -> None:
        """Show this source from now on, started, in place of the one of the settings."""
        if self._camera is not None:
            self._camera.stop()
        self._camera = watch
        self.camera_changed.emit(watch)
        watch.lost.connect(self._lost)
        watch.seen.connect(self._seen)
        watch.start()

    def watch_documents_for(self, watch: DocumentWatch | None, *, present: bool) -> None:
        """Take documents from this source from now on, started, in place of the one of the settings."""
        if self._pages is not None:
            self._pages.stop()
        self._pages = watch
        self.pages_changed.emit(watch)
        if watch is not None:
            watch.start()
            watch.attend(present=present)

    def begin(self, settings: Settings) -> None:
        """An officer is there."""
        if self._camera is None:
            self.watch_for(self._watch_source(settings))
        if self._pages is None:
            self._watch_pages(settings, present=True)
        self.attend(present=True)

    def follow(self, before: Settings, settings: Settings, *, present: bool) -> None:
        """The settings name other sources than before."""
        if before.source != settings.source and self._camera is not None:
            self.watch_for(self._watch_source(settings))
            self.attend(present=present)
        if before.document_source != settings.document_source:
            self._watch_pages(settings, present=present)

    def attend(self, *, present: bool) -> None:
        """Without an officer nothing is looked at."""
        for watch in (self._camera, self._pages):
            if watch is not None:
                watch.attend(present=present)

    def stop(self) -> None:
        for watch in (self._pages, self._camera):
            if watch is not None:
                watch.stop()

    def _watch_pages(self, settings: Settings, *, present: bool) -> None:
        try:
            self.watch_documents_for(self._watch_documents(settings), present=present)
        except OperatorError as refusal:
            self.refused.emit(refusal)

    def _lost(self, refusal: Refused) -> None:
        self.camera_told.emit(said(refusal), True)

    def _seen(self) -> None:
        if self._camera is not None:
            self.camera_told.emit(self._named(self._camera.source_name), False)

    def _named(self, source: str) -> str:
        """A source as the status line names it; an address stays an address."""
        kind, _, number = source.partition(":")
        if kind == "training":
            return self.tr("Drawn travellers")
        if kind == "camera" and number.isdigit():
            return self.tr("Camera {number}").format(number=number)
        return source
