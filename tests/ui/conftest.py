"""Real widgets offscreen; a Qt message that nobody expects fails the test that caused it."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from matching.faces.images import Image
from tests.fakes import NumberedFaces, NumberedPages, picture
from tests.workstation.conftest import Clock, clock, desk, faces, listed, post
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk, CameraWatch, Preview
from ui.threads.document_watch import DocumentPreview, DocumentWatch
from ui.widgets.page_picture import qimage
from workstation.capture.camera import Frame, Source, SourceLost
from workstation.capture.exposure import FaceLight
from workstation.desk.desk import Desk
from workstation.documents.travel_document import DocumentPortrait, Origin, TravelDocument
from workstation.documents.watching.laid_page import PageState
from workstation.documents.zone_reader.on_page import lines_on

__all__ = ["Clock", "clock", "desk", "faces", "listed", "post"]

_HARMLESS = ("propagateSizeHints", "This plugin does not support")
"""What the offscreen platform says of itself."""


@pytest.fixture(autouse=True)
def silent_qt() -> Iterator[None]:
    said: list[str] = []

    def note(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(words in text for words in _HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(note)
    yield
    qInstallMessageHandler(before)
    assert said == []


class NoCamera:
    """A source that gives nothing until it is closed."""

    name = "none"

    def read(self) -> Frame:
        raise AssertionError("nobody reads a camera here")

    def close(self) -> None:
        pass


class QuietWatch(CameraWatch):
    """A watch that is never started: journeys bring their own pictures."""

    def start(self) -> None:
        pass


def no_source() -> Source:
    return NoCamera()


class FedWatch(QuietWatch):
    """A traveller camera that shows whom the test puts before it."""

    def __init__(self) -> None:
        super().__init__(no_source, Blind(), "test camera")
        self._shown: Preview | None = None

    def show(self, *people: int, poor: bool = False, light: FaceLight | None = None) -> None:
        """One more frame; nobody is an empty counter."""
        self.frames += 1
        image = picture(*people, poor=poor, moment=self.frames % 100)
        frame = Frame(image, self.frames, time.monotonic())
        sightings = NumberedFaces().look(image) if people else ()
        turn, alike = self.known.compare(image, sightings, self.frames, NumberedFaces().recognise)
        self._shown = Preview(frame, qimage(image), sightings, True, light, alike, turn)
        self.seen.emit()

    def take(self) -> Preview | None:
        return self._shown

    def latest(self) -> Preview | None:
        return self._shown

    def best(self, seconds: float = 1.0) -> Preview | None:
        del seconds
        return self._shown

    def others(self, best: Preview, most: int = 4) -> tuple[Preview, ...]:
        del best, most
        return ()


class QuietDocuments(DocumentWatch):
    """A document camera that is never started: journeys lay documents down themselves."""

    def __init__(self) -> None:
        super().__init__(no_source, read_numbered, "test documents")
        self.state = PageState.EMPTY
        self._laid: Image | None = None

    def start(self) -> None:
        pass

    def show(self, state: PageState, image: Image | None = None) -> None:
        self.state, self._laid = state, image
        self.seen.emit()

    def take(self) -> DocumentPreview:
        return DocumentPreview(qimage(self._laid) if self._laid is not None else None, self.state, None)

    def lose(self) -> None:
        self.lost.emit(SourceLost("The camera stopped. Check the cable; it will resume by itself."))

    def lay(self, page: Image) -> None:
        """A page is laid down, read, and lifted."""
        self.show(PageState.READING, page)
        document = read_numbered(page)
        self.show(PageState.READ_MAY_LIFT, page)
        (self.read_done if document.zone is not None else self.unread).emit(document)
        self.show(PageState.EMPTY)
        self.lifted.emit()


def read_numbered(image: Image, origin: Origin = Origin.CAMERA) -> TravelDocument:
    """What stands on a page of tests/fakes.py."""
    read, faces = NumberedPages().read(image), NumberedFaces()
    found = next(iter(faces.look(image)), None)
    portrait = DocumentPortrait(image, found.face, found.quality, faces.encode(image, found.face)) if found else None
    zone = read.reading.zone if read.reading is not None else None
    remarks = (read.why_not,) if read.why_not is not None else ()
    return TravelDocument(origin, zone, read.reading, read.page, portrait, remarks=remarks, lines_at=lines_on(read))


class Blind(NumberedFaces):
    def glance(self, image: object) -> None:
        del image


@pytest.fixture
def camera() -> FedWatch:
    return FedWatch()


@pytest.fixture
def documents() -> QuietDocuments:
    return QuietDocuments()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, camera: FedWatch, documents: QuietDocuments) -> Iterator[MainWindow]:
    """The whole window on the test's own Desk, open and waiting for a sign-in."""
    asked = AskDesk(lambda _: desk)
    made = MainWindow(asked, lambda _: camera, lambda _: documents, read_numbered)
    qtbot.addWidget(made)
    asked.start()
    made.show()
    qtbot.waitUntil(made.sign_in.enter.isVisible, timeout=10_000)
    yield made
    made.stop()
