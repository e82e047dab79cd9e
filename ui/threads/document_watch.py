"""The document camera or the scanner behind the window: pages are watched for, read by themselves, and told to the window.

One thread looks at frames, another one waits for the reader, so that a page is seen to be lifted while it is being read.
Without an officer at the desk nothing is looked at: an unattended post captures nothing.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from matching.faces.images import Image
from matching.faces.opencv import cv2
from ui.threads.background import REFUSALS
from workstation.capture import camera
from workstation.documents.travel_document import TravelDocument
from workstation.documents.watching.laid_page import Agreed, LaidPage, Outcome, PageState, agreed
from workstation.documents.watching.sources import Pages
from workstation.documents.watching.watched_folder import LOOK_SECONDS, Scan, WatchedFolder
from workstation.errors import OperatorError
from workstation.sentences import Sentence

PREVIEW_WIDTH = 960
FAILED = Sentence("The page could not be read because of a fault. Lay it down again, or type the lines.")


@dataclass(frozen=True, slots=True, eq=False)
class DocumentPreview:
    """The page as the counter shows it, and what is being done with it."""

    picture: QImage | None
    """At most PREVIEW_WIDTH wide; None where there is nothing to show, as with a scanner before the first page."""
    state: PageState
    sentence: Sentence | None
    """Why the page cannot be read, and what to do."""
    page: int = 0
    """Counts the pages; 0: not known."""


class DocumentWatch(QObject):
    """`read` is called in a thread of this watch, one picture at a time; what it refuses is said of the page."""

    seen = Signal()
    """A new preview can be taken."""
    read_done = Signal(object)
    """The TravelDocument on which the readings agree. The same page laid anew is told anew."""
    print_read = Signal(object)
    """The TravelDocument of `read_done` once more, with the print of its page, which is read after the answer is on its way."""
    unread = Signal(object)
    """A TravelDocument without agreed lines: its page and portrait may still be of use beside typed lines."""
    lifted = Signal()
    """The desk is empty after a page."""
    remarked = Signal(object)
    """A refusal or a Sentence about one file of the scanner; the source itself goes on."""
    lost = Signal(object)
    """The refusal that says what happened to the source; it resumes by itself with `seen`."""
    crashed = Signal(object)
    """A bug in the reader: the exception, with its traceback."""

    def __init__(
        self,
        pages: Pages,
        read: Callable[[Image], TravelDocument],
        source_name: str,
        agree: Agreed = agreed,
        read_print: Callable[[TravelDocument], TravelDocument] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.source_name = source_name
        self._pages = pages
        self._read = read
        self._read_print = read_print
        self._page = LaidPage(agree)
        self._stop = threading.Event()
        self._attended = threading.Event()
        self._came = threading.Event()
        """The officer came back, and the frames thread has not noticed yet."""
        self._lock = threading.Lock()
        self._picture: QImage | None = None
        self._newest: DocumentPreview | None = None
        self._read_of: deque[tuple[TravelDocument, int]] = deque(maxlen=4)
        self._jobs: queue.SimpleQueue[tuple[int, Image] | None] = queue.SimpleQueue()
        self._threads = (
            threading.Thread(target=self._watch, name="document camera", daemon=True),
            threading.Thread(target=self._read_on, name="document reading", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def attend(self, *, present: bool) -> None:
        """An officer is signed in at the desk, or no longer. Until then, and from then on, no page is looked at."""
        if present and not self._attended.is_set():
            self._came.set()
            self._attended.set()
        elif not present:
            self._attended.clear()
            self.forget()

    def take(self) -> DocumentPreview | None:
        """The newest preview, once."""
        with self._lock:
            newest, self._newest = self._newest, None
            return newest

    def page_of(self, document: TravelDocument) -> int:
        """The number of the page that this was just read of; 0: not known."""
        with self._lock:
            return next((number for each, number in self._read_of if each is document), 0)

    def again(self) -> None:
        """Read what lies there once more."""
        with self._lock:
            self._page.again()

    def forget(self) -> None:
        """Let go of the page: the traveller has left. What is still being read of it is dropped."""
        with self._lock:
            self._page.forget()
            self._read_of.clear()
            self._picture = self._newest = None

    def stop(self) -> None:
        self._stop.set()
        self._attended.set()
        self._jobs.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=10)

    # The thread that looks

    def _watch(self) -> None:
        if isinstance(self._pages, WatchedFolder):
            self._watch_folder(self._pages)
            return
        for news in camera.frames(self._pages, self._stop.is_set, self._stop.wait):
            if self._stop.is_set():
                return
            if not self._attended.is_set():
                self._attended.wait()
                continue  # the frame is from before somebody came
            if isinstance(news, OperatorError):
                self.lost.emit(news)
                continue
            picture = _picture(news.image)
            with self._lock:
                if not self._attended.is_set():
                    continue  # the officer left meanwhile
                lifted = self._page.see(news.image, news.taken)
                if self._page.wanted:
                    self._jobs.put((self._page.take(), news.image))
                self._show(picture)
            self.seen.emit()
            if lifted:
                self.lifted.emit()

    def _watch_folder(self, folder: WatchedFolder) -> None:
        waiting: deque[Scan] = deque()
        lost = True
        while not self._stop.wait(LOOK_SECONDS):
            self._attended.wait()
            if self._came.is_set():
                self._came.clear()
                folder.begin_anew()
                waiting.clear()
            for found in folder.look(time.monotonic()):
                if isinstance(found, Scan):
                    waiting.append(found)
                    if found.remains is not None:
                        self.remarked.emit(found.remains)
                else:
                    (self.lost if folder.trouble else self.remarked).emit(found)
            fresh = lost and not folder.trouble
            lost = folder.trouble
            with self._lock:
                if waiting and not self._page.in_hand:
                    # One page after the other, so that each is told: a scanner may give two at once.
                    scan = waiting.popleft()
                    self._jobs.put((self._page.scanned(), scan.image))
                    self._picture = _picture(scan.image)
                    fresh = True
                if fresh:
                    self._show(self._picture)
            if fresh:
                self.seen.emit()

    # The thread that waits for the reader

    def _read_on(self) -> None:
        while (job := self._jobs.get()) is not None:
            number, image = job
            document, why = None, None
            try:
                document = self._read(image)
            except REFUSALS as refusal:
                why = Sentence(refusal.template, refusal.values)
            except Exception as error:  # noqa: BLE001 - a bug; the window raises it where the crash report is written
                why = FAILED
                self.crashed.emit(error)
            del image, job
            with self._lock:
                outcome = self._page.heard(number, document, why)
                if outcome.document is not None:
                    self._read_of.append((outcome.document, number))
                self._show(self._picture)
            self._tell(outcome)
            if outcome.document is not None and self._read_print is not None:
                self._tell_print(outcome.document, self._read_print)

    def _tell_print(self, document: TravelDocument, read_print: Callable[[TravelDocument], TravelDocument]) -> None:
        try:
            whole = read_print(document)
        except REFUSALS as refusal:
            self.remarked.emit(Sentence(refusal.template, refusal.values))
        except Exception as error:  # noqa: BLE001 - a bug; the window raises it where the crash report is written
            self.crashed.emit(error)
        else:
            if whole is not document:
                self.print_read.emit(whole)

    def _tell(self, outcome: Outcome) -> None:
        self.seen.emit()
        if outcome.document is not None:
            self.read_done.emit(outcome.document)
        if outcome.unread is not None:
            self.unread.emit(outcome.unread)
        if outcome.lifted:
            self.lifted.emit()

    def _show(self, picture: QImage | None) -> None:
        """With the lock held."""
        self._picture = picture
        self._newest = DocumentPreview(picture, self._page.state, self._page.sentence, self._page.number)


def _picture(image: Image) -> QImage:
    """A small copy for the window, which holds its own memory."""
    height, width = image.shape[:2]
    if width > PREVIEW_WIDTH:
        high = max(1, round(height * PREVIEW_WIDTH / width))
        image = np.asarray(cv2.resize(image, (PREVIEW_WIDTH, high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        height, width = image.shape[:2]
    return QImage(np.ascontiguousarray(image).data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
