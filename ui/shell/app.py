"""Starting the workstation: the window first, then the post behind it."""

import logging
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from matching.faces.images import Image
from matching.search.engine import engine
from ui.documents.page import ReadPage
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk, CameraWatch
from ui.threads.document_watch import DocumentWatch
from ui.widgets import theme
from workstation.capture.camera import Source, open_source
from workstation.capture.cameras import SameCamera
from workstation.capture.face_process import FaceProcess
from workstation.capture.source_names import without_password
from workstation.desk.desk import Desk
from workstation.documents import reading as document_reading
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.watching.page_process import PageProcess
from workstation.documents.watching.sources import pages_of
from workstation.documents.watching.watched_folder import WatchedFolder
from workstation.errors import OperatorError
from workstation.post.post import open_post, read_facts
from workstation.training_post.camera import SOURCE, Stage, TravellersSource
from workstation.training_post.document_camera import DOCUMENTS, DocumentsSource
from workstation.training_post.opening import open_training_post

log = logging.getLogger(__name__)


def open_workstation(folder: Path, *, training: bool) -> None:
    """Open the post in `folder`, made first when it is the training post, and run until the window closes."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    theme.dress(application, "system", 16)
    if not training:
        read_facts(folder)  # a folder without a post is a sentence of the command, not a window
    engine.start()
    faces, pages = FaceProcess(), PageProcess(today)
    passphrase = Passphrase(os.environ.get("AMAAN_PASSPHRASE"))
    window = assembled(faces, pages, lambda progress: _desk(folder, faces, passphrase.given, progress, training=training))
    window.sign_in.passphrase_given.connect(passphrase.give)
    passphrase.open_again.connect(window.sign_in.open_again)
    sys.excepthook = _reporting(folder)
    window.showMaximized()
    try:
        application.exec()
    finally:
        window.stop()
        faces.close()
        pages.close()
        engine.settle()


class Passphrase(QObject):
    """What opens the keys of the post, as given so far. It is asked for in the window until it is right."""

    open_again = Signal()

    def __init__(self, given: str | None) -> None:
        super().__init__()
        self.given = given

    def give(self, passphrase: str) -> None:
        self.given = passphrase
        self.open_again.emit()


def assembled(faces: FaceProcess, pages: PageProcess, make_desk: Callable[[Callable[[int, int], None]], Desk]) -> MainWindow:
    """The window with its threads; the post opens behind it."""
    desk = AskDesk(make_desk)
    stage = Stage()
    window = MainWindow(
        desk,
        lambda settings: CameraWatch(opener(settings.source, stage), faces, without_password(settings.source)),
        lambda settings: document_watch(settings.document_source, faces, pages, stage),
        reading(faces, pages, texts=True),
    )
    faces.start()
    pages.start()
    desk.start()
    return window


def reading(faces: FaceProcess, pages: PageProcess, *, texts: bool) -> ReadPage:
    """Makes a document of the picture of a page, in whichever thread asks; `texts`: with its print, which takes a second more."""

    def read(image: Image, origin: Origin) -> TravelDocument:
        return document_reading.read_page(image, origin, pages, faces, today(), texts=texts)

    return read


def document_watch(spec: str, faces: FaceProcess, pages: PageProcess, stage: Stage) -> DocumentWatch | None:
    """Whoever watches the document camera or the scanner's folder that the settings name; None for none."""
    open_it = opener(spec, stage)
    source = pages_of(spec, lambda _: open_it())
    if source is None:
        return None
    origin = Origin.SCANNER if isinstance(source, WatchedFolder) else Origin.CAMERA
    read = reading(faces, pages, texts=False)
    watch = DocumentWatch(
        source,
        lambda image: read(image, origin),
        without_password(spec),
        read_print=lambda document: document_reading.read_print(document, pages, today()),
    )
    # In the thread that reads: the training desk's hand waits for it.
    watch.read_done.connect(stage.page_was_read, Qt.ConnectionType.DirectConnection)
    watch.unread.connect(stage.page_was_read, Qt.ConnectionType.DirectConnection)
    return watch


def opener(spec: str, stage: Stage) -> Callable[[], Source]:
    """Opens what the settings name as often as it is lost; a camera is found again under whatever number it comes back."""
    same = SameCamera(spec)
    return lambda: same.open(partial(source_of, stage=stage))


def source_of(spec: str, stage: Stage) -> Source:
    """What `open_source` takes, and the two of the training post, which share who is at the counter."""
    if spec == SOURCE:
        return TravellersSource(stage=stage)
    if spec == DOCUMENTS:
        return DocumentsSource(lambda: stage.traveller, today(), read=lambda: stage.pages_read)
    return open_source(spec)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """Of the calendar on the wall."""
    return date.today()  # noqa: DTZ011 - documents expire by the day of the place where they are looked at


def _desk(
    folder: Path, faces: FaceProcess, passphrase: str | None, progress: Callable[[int, int], None], *, training: bool
) -> Desk:
    post = open_training_post(folder, faces, now, progress) if training else open_post(folder, passphrase)
    desk = Desk(post, faces, now)
    desk.lists.read(progress)
    return desk


def _reporting(folder: Path) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A bug is loud: a report beside the post with the places in our code and no value of any variable or message."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, OperatorError):
            log.error("a refusal was not shown: %s", error.template)
            return
        lines = [f"{now():%Y-%m-%d %H:%M:%S} {kind.__name__}", *traceback.format_tb(trace)]
        try:
            with (folder / "crash-reports.txt").open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        except OSError:
            log.exception("the crash report could not be written")
        sys.stderr.write("\n".join(lines) + "\n")

    return report
