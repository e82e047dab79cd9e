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

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from matching.faces.images import Image
from matching.search.engine import engine
from ui.documents.page import ReadPage
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk, CameraWatch
from ui.threads.document_watch import DocumentWatch
from ui.widgets import theme
from workstation.capture.camera import Source, open_source
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.documents import reading as document_reading
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.watching.page_process import PageProcess
from workstation.documents.watching.sources import pages_of
from workstation.documents.watching.watched_folder import WatchedFolder
from workstation.errors import OperatorError
from workstation.post.post import needs_passphrase, open_post
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
    passphrase = os.environ.get("AMAAN_PASSPHRASE")
    if not training and passphrase is None and needs_passphrase(folder):
        passphrase, given = QInputDialog.getText(
            None, application.tr("Amaan"), application.tr("Passphrase of this post"), QLineEdit.EchoMode.Password
        )
        if not given:
            return
    engine.start()
    faces, pages = FaceProcess(), PageProcess(today)
    window = assembled(faces, pages, lambda progress: _desk(folder, faces, passphrase, progress, training=training))
    sys.excepthook = _reporting(folder)
    window.showMaximized()
    try:
        application.exec()
    finally:
        window.stop()
        faces.close()
        pages.close()
        engine.settle()


def assembled(faces: FaceProcess, pages: PageProcess, make_desk: Callable[[Callable[[int, int], None]], Desk]) -> MainWindow:
    """The window with its threads; the post opens behind it."""
    desk = AskDesk(make_desk)
    stage = Stage()
    window = MainWindow(
        desk,
        lambda settings: CameraWatch(lambda: source_of(settings.source, stage), faces, settings.source),
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
    source = pages_of(spec, partial(source_of, stage=stage))
    if source is None:
        return None
    origin = Origin.SCANNER if isinstance(source, WatchedFolder) else Origin.CAMERA
    read = reading(faces, pages, texts=False)
    watch = DocumentWatch(
        source,
        lambda image: read(image, origin),
        spec,
        read_print=lambda document: document_reading.read_print(document, pages, today()),
    )
    # In the thread that reads: the training desk's hand waits for it.
    watch.read_done.connect(stage.page_was_read, Qt.ConnectionType.DirectConnection)
    watch.unread.connect(stage.page_was_read, Qt.ConnectionType.DirectConnection)
    return watch


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
