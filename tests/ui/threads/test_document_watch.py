"""The document camera's threads: pages are read by themselves, told to the window's thread, and only with an officer there."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from matching.faces.images import Image, png
from tests.desk_frames import FPS, desk, frame, laid, page
from tests.workstation.documents.watching.test_laid_page import BLANK, NOTHING, UNSURE, read
from ui.threads.document_watch import DocumentPreview, DocumentWatch
from workstation.capture.camera import Frame, Source, SourceLost
from workstation.documents.travel_document import TravelDocument
from workstation.documents.watching.laid_page import PageState
from workstation.documents.watching.sources import Pages, pages_of
from workstation.errors import OperatorError
from workstation.sentences import Sentence


class Camera:
    """Shows the scene that the test laid, a frame each time it is read; its moments run ahead of the clock."""

    name = "document camera"

    def __init__(self) -> None:
        self.scene: NDArray[np.float32] = desk()
        self.lost = False
        self.frames = 0
        self.pause = threading.Event()

    def __call__(self) -> Source:
        return self

    def read(self) -> Frame:
        if self.lost:
            self.lost = False
            raise SourceLost("The camera stopped. Check the cable; it will resume by itself.")
        self.pause.wait(0.002)
        self.frames += 1
        return Frame(frame(self.scene, self.frames), self.frames, self.frames / FPS)

    def close(self) -> None:
        pass


class Reader:
    """Gives the documents in turn for pages, nothing for the bare desk; may be held up."""

    def __init__(self, *documents: TravelDocument | Exception) -> None:
        self._documents = list(documents)
        self.calls = 0
        self.free = threading.Event()
        self.free.set()

    def __call__(self, image: Image) -> TravelDocument:
        self.free.wait(10)
        if float(np.percentile(image, 99)) < 150:
            return NOTHING
        self.calls += 1
        document = self._documents.pop(0) if len(self._documents) > 1 else self._documents[0]
        if isinstance(document, Exception):
            raise document
        return document


class Window(QObject):
    """Hears what a watch tells, in the window's thread."""

    def __init__(self, watch: DocumentWatch) -> None:
        super().__init__()
        self.watch = watch
        self.preview: DocumentPreview | None = None
        self.told: list[tuple[str, object]] = []
        watch.seen.connect(self.see)
        watch.read_done.connect(self.hear_document)
        watch.print_read.connect(self.hear_print)
        watch.unread.connect(self.hear_unread)
        watch.lifted.connect(self.hear_lifted)
        watch.lost.connect(self.hear_lost)
        watch.remarked.connect(self.hear_remark)
        watch.crashed.connect(self.hear_crash)

    @property
    def state(self) -> PageState | None:
        return self.preview.state if self.preview else None

    def names(self) -> list[str]:
        return [name for name, _ in self.told]

    def see(self) -> None:
        self.preview = self.watch.take() or self.preview

    def hear_document(self, document: object) -> None:
        self._tell("read", document)

    def hear_print(self, document: object) -> None:
        self._tell("print", document)

    def hear_unread(self, document: object) -> None:
        self._tell("unread", document)

    def hear_lifted(self) -> None:
        self._tell("lifted", None)

    def hear_lost(self, refusal: object) -> None:
        self._tell("lost", refusal)

    def hear_remark(self, remark: object) -> None:
        self._tell("remark", remark)

    def hear_crash(self, error: object) -> None:
        self._tell("crash", error)

    def _tell(self, name: str, what: object) -> None:
        assert QThread.currentThread() is self.thread()
        self.told.append((name, what))


ReadPrint = Callable[[TravelDocument], TravelDocument]


class Started:
    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._watches: list[DocumentWatch] = []

    def __call__(self, pages: Pages, reader: Reader, *, present: bool = True, read_print: ReadPrint | None = None) -> Window:
        watch = DocumentWatch(pages, reader, "document camera", read_print=read_print)
        self._watches.append(watch)
        window = Window(watch)
        watch.attend(present=present)
        watch.start()
        return window

    def stop(self) -> None:
        for watch in self._watches:
            watch.stop()


@pytest.fixture
def started(qtbot: QtBot) -> Iterator[Started]:
    made = Started(qtbot)
    yield made
    made.stop()


def empty(qtbot: QtBot, camera: Camera, window: Window) -> None:
    """Until the watch knows the bare desk."""
    qtbot.waitUntil(lambda: camera.frames > FPS and window.state is PageState.EMPTY, timeout=10_000)


def test_that_a_page_is_read_by_itself_and_seen_to_be_lifted(qtbot: QtBot, started: Started) -> None:
    camera, document = Camera(), read()
    reader = Reader(document)
    window = started(camera, reader)
    empty(qtbot, camera, window)
    for number in (1, 2):
        camera.scene = laid(desk(), page(number))
        qtbot.waitUntil(lambda: window.state is PageState.READ_MAY_LIFT, timeout=10_000)
        camera.scene = desk()
        qtbot.waitUntil(lambda: window.state is PageState.EMPTY, timeout=10_000)
    qtbot.waitUntil(lambda: len(window.told) == 4)
    assert window.told == [("read", document), ("lifted", None)] * 2
    assert reader.calls == 2
    assert window.preview is not None
    assert window.preview.picture is not None


def test_that_the_print_follows_the_document_and_never_holds_it_up(qtbot: QtBot, started: Started) -> None:
    camera, document, free = Camera(), read(), threading.Event()
    whole = replace(document, remarks=(Sentence("The page prints another name."),))

    def read_print(of: TravelDocument) -> TravelDocument:
        assert of is document
        free.wait(10)
        return whole

    window = started(camera, Reader(document), read_print=read_print)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.names() == ["read"], timeout=10_000)
    free.set()
    qtbot.waitUntil(lambda: window.told == [("read", document), ("print", whole)], timeout=10_000)


def test_that_a_page_reader_that_dies_over_the_print_leaves_the_document(qtbot: QtBot, started: Started) -> None:
    def dies(_: TravelDocument) -> TravelDocument:
        raise OperatorError("The page reader stopped.")

    camera, document = Camera(), read()
    window = started(camera, Reader(document), read_print=dies)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.names() == ["read", "remark"], timeout=10_000)


def test_that_frames_are_watched_while_the_reader_is_at_it(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(read())
    window = started(camera, reader)
    empty(qtbot, camera, window)
    reader.free.clear()
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.state is PageState.READING, timeout=10_000)
    camera.scene = desk()
    qtbot.waitUntil(lambda: window.state is PageState.EMPTY, timeout=10_000)
    reader.free.set()
    qtbot.waitUntil(lambda: window.names() == ["read"], timeout=10_000)


def test_that_unsure_readings_are_repeated_until_they_agree(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(read("4NNA", doubts=UNSURE), read(doubts=UNSURE), read(doubts=UNSURE))
    window = started(camera, reader)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.names() == ["read"], timeout=10_000)
    assert reader.calls == 3


def test_that_an_unreadable_page_says_why_and_is_given_all_the_same(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(BLANK)
    window = started(camera, reader)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.state is PageState.UNREADABLE, timeout=10_000)
    assert window.preview is not None
    assert window.preview.sentence is not None
    assert ("unread", BLANK) in window.told
    window.watch.again()
    qtbot.waitUntil(lambda: reader.calls == 4, timeout=10_000)


def test_that_a_refusal_of_the_reader_is_said_of_the_page(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(OperatorError("The page reader stopped and is starting again."))
    window = started(camera, reader)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.state is PageState.UNREADABLE, timeout=10_000)
    assert window.preview is not None
    assert "starting again" in str(window.preview.sentence)


def test_that_a_bug_in_the_reader_is_told_as_a_bug(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(ZeroDivisionError())
    window = started(camera, reader)
    empty(qtbot, camera, window)
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: "crash" in window.names(), timeout=10_000)


def test_that_a_camera_that_vanishes_is_told_and_resumes(qtbot: QtBot, started: Started) -> None:
    camera = Camera()
    window = started(camera, Reader(read()))
    empty(qtbot, camera, window)
    camera.lost = True
    qtbot.waitUntil(lambda: window.names() == ["lost"], timeout=10_000)
    before = camera.frames
    qtbot.waitUntil(lambda: camera.frames > before, timeout=10_000)


def test_that_nothing_is_looked_at_without_an_officer(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(read())
    camera.scene = laid(desk(), page(1))
    window = started(camera, reader, present=False)
    qtbot.waitUntil(lambda: camera.frames > 0)
    assert window.watch.take() is None
    window.watch.attend(present=True)
    qtbot.waitUntil(lambda: window.names() == ["read"], timeout=10_000)
    window.watch.attend(present=False)
    camera.scene = laid(desk(), page(2))
    assert window.watch.take() is None
    assert reader.calls == 1


def test_that_a_traveller_who_is_done_leaves_nothing_behind(qtbot: QtBot, started: Started) -> None:
    camera, reader = Camera(), Reader(read())
    window = started(camera, reader)
    empty(qtbot, camera, window)
    reader.free.clear()
    camera.scene = laid(desk(), page(1))
    qtbot.waitUntil(lambda: window.state is PageState.READING, timeout=10_000)
    window.watch.forget()
    reader.free.set()
    qtbot.waitUntil(lambda: reader.calls == 1, timeout=10_000)
    camera.scene = desk()
    qtbot.waitUntil(lambda: window.state is PageState.EMPTY, timeout=10_000)
    assert "read" not in window.names()


PAGE = png(frame(laid(desk(), page(1)), 1))


def scanner(folder: Path) -> Pages:
    pages = pages_of(f"folder-watch:{folder}")
    assert pages is not None
    return pages


def test_that_scans_are_read_one_after_the_other(qtbot: QtBot, started: Started, tmp_path: Path) -> None:
    first, second = read("ANNA"), read("BERT")
    window = started(scanner(tmp_path), Reader(first, second))
    qtbot.waitUntil(lambda: window.state is PageState.EMPTY)
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(PAGE)
    qtbot.waitUntil(lambda: window.told == [("read", first), ("read", second)], timeout=10_000)
    assert list(tmp_path.iterdir()) == []


def test_that_trouble_with_a_scan_and_with_the_folder_is_told(qtbot: QtBot, started: Started, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    window = started(scanner(folder), Reader(read()))
    qtbot.waitUntil(lambda: window.state is PageState.EMPTY)
    (folder / "page.pdf").write_bytes(b"%PDF-1.7")
    qtbot.waitUntil(lambda: window.names() == ["remark"], timeout=10_000)
    folder.rename(tmp_path / "away")
    qtbot.waitUntil(lambda: window.names() == ["remark", "lost"], timeout=10_000)
    window.preview = None
    (tmp_path / "away").rename(folder)
    qtbot.waitUntil(lambda: window.preview is not None, timeout=10_000)


def test_that_a_scan_without_an_officer_is_not_read(qtbot: QtBot, started: Started, tmp_path: Path) -> None:
    reader = Reader(read())
    window = started(scanner(tmp_path), reader)
    qtbot.waitUntil(lambda: window.state is PageState.EMPTY)
    window.watch.attend(present=False)
    (tmp_path / "page.png").write_bytes(PAGE)
    window.watch.attend(present=True)
    qtbot.waitUntil(lambda: window.names() == ["remark"], timeout=10_000)
    assert reader.calls == 0
    assert (tmp_path / "page.png").exists()


def test_that_no_source_of_documents_is_none() -> None:
    assert pages_of(" ") is None
    assert callable(pages_of("camera:1"))
