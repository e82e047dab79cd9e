"""Everything that waits does so here: the thread that owns the Desk, and the thread that watches the camera.

The window's thread only asks and is told. Answers go to bound methods of objects that still live, in the window's thread.
"""

import queue
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from matching.faces.encoding import Template
from matching.faces.finding import Face
from matching.faces.images import Image
from matching.refusals import Refusal
from watchlists.records.records import RecordRefused
from workstation.at_counter.known_faces import Known, KnownFaces
from workstation.at_counter.likeness import Likeness
from workstation.capture import camera
from workstation.capture.camera import CameraSource, Frame, Source
from workstation.capture.exposure import FaceLight, face_light
from workstation.capture.face_reader import Sighting
from workstation.capture.recent_frames import FRAMES, RecentFrames
from workstation.capture.remarks import CaptureNotes
from workstation.desk.desk import Desk, Done
from workstation.errors import OperatorError
from workstation.sentences import Sentence

REFUSALS = (OperatorError, RecordRefused, Refusal)
Refused = OperatorError | RecordRefused | Refusal


class AskDesk(QObject):
    """The one thread that owns the Desk. Panels ask; they never hold the Desk itself."""

    opened = Signal()
    """The post is open and the Desk can be asked."""
    changed = Signal(object)
    """`Changed` after an act; panels read again what they show."""
    refused = Signal(object)
    """A refusal that its asker left to the window's message line."""
    crashed = Signal(object)
    """A bug: the exception, with its traceback."""
    progress = Signal(int, int)
    """How much of opening the post is done, and of how much."""
    _answered = Signal(object)

    def __init__(self, make_desk: Callable[[Callable[[int, int], None]], Desk], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_desk = make_desk
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._unanswered: deque[_Question] = deque()
        self._answered.connect(self._deliver)
        self._thread: threading.Thread | None = None
        self._not_opened = False

    def start(self) -> None:
        """Open the post in the background; `opened`, `refused` or `crashed` follows. After `refused` it can be tried again."""
        if self._thread is not None:
            if not self._not_opened:
                return
            self._thread.join()  # it has said why, and is on its last line
        self._not_opened = False
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    @property
    def waiting_seconds(self) -> float:
        """How long the oldest question has waited for its answer; 0 without one."""
        return time.monotonic() - self._unanswered[0].asked if self._unanswered else 0.0

    def stop_waiting(self) -> None:
        """Whoever asked hears a refusal now. What was asked is done all the same, and what it changes is said."""
        for question in self._unanswered:
            failed, question.given_up = _alive(question.failed), True
            if failed is not None:
                failed(OperatorError("You stopped waiting. What was asked may still be done; look before you do it again."))
        self._unanswered.clear()

    def ask(
        self,
        question: Callable[[Desk], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> None:
        """Put the question to the Desk. `then` and `failed` are bound methods; they hear the answer if their object lives.
        Of a `Done`, `then` hears the value, and `changed` says the rest to everybody.
        """
        asked = _Question(question, _weak(then), _weak(failed), time.monotonic())
        self._unanswered.append(asked)
        self._questions.put(asked)

    def stop(self) -> None:
        """Finish what was asked, then end the thread."""
        if self._thread is not None and self._thread.is_alive():
            self._questions.put(None)
            self._thread.join()

    def _work(self) -> None:
        try:
            desk = self._make_desk(self.progress.emit)
        except Exception as error:  # noqa: BLE001 - a refusal or a bug; the window tells them apart
            self._not_opened = True
            self._answered.emit(_Answer(None, None, error))
            return
        try:
            self._answered.emit(_Answer(None, None, None, opened=True))
            while (question := self._questions.get()) is not None:
                try:
                    value = question.question(desk)
                except Exception as error:  # noqa: BLE001 - delivered to whom it concerns
                    self._answered.emit(_Answer(question, None, error))
                else:
                    self._answered.emit(_Answer(question, value, None))
        finally:
            desk.close()

    def _deliver(self, answer: "_Answer") -> None:
        if answer.opened:
            self.opened.emit()
            return
        given_up = answer.question is not None and answer.question.given_up
        if answer.question is not None and answer.question in self._unanswered:
            self._unanswered.remove(answer.question)
        if answer.error is not None:
            failed = _alive(answer.question.failed) if answer.question else None
            if given_up and isinstance(answer.error, REFUSALS):
                return
            if not isinstance(answer.error, REFUSALS):
                self.crashed.emit(answer.error)
            elif failed is not None:
                failed(answer.error)
            else:
                self.refused.emit(answer.error)
            return
        then = _alive(answer.question.then) if answer.question and not given_up else None
        if then is not None:
            then(answer.value.value if isinstance(answer.value, Done) else answer.value)
        if isinstance(answer.value, Done) and answer.value.changed:
            self.changed.emit(answer.value.changed)


@dataclass(slots=True, eq=False)
class _Question:
    question: Callable[[Desk], Any]
    then: "weakref.WeakMethod[Any] | None"
    failed: "weakref.WeakMethod[Any] | None"
    asked: float
    given_up: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    question: _Question | None
    value: Any
    error: Exception | None
    opened: bool = False


def _weak(method: Callable[..., None] | None) -> "weakref.WeakMethod[Any] | None":
    return None if method is None else weakref.WeakMethod(method)


def _alive(method: "weakref.WeakMethod[Any] | None") -> Callable[[Any], None] | None:
    """The method, unless its object is gone in Python or in Qt."""
    found = method() if method is not None else None
    if found is None or (isinstance(found.__self__, QObject) and not shiboken6.isValid(found.__self__)):
        return None
    return found  # type: ignore[no-any-return] # a WeakMethod gives back what it was given


class Glancer(Protocol):
    def glance(self, image: Image) -> tuple[Sighting, ...] | None: ...

    def recognise(self, image: Image, face: Face) -> Template | None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """One frame as the counter shows it, with the faces that the last glance found."""

    frame: Frame
    picture: QImage
    sightings: tuple[Sighting, ...]
    fresh: bool
    """Whether the sightings are of this very frame."""
    light: FaceLight | None = None
    """On the largest face, when the sightings are fresh."""
    alike: Mapping[Known, Likeness] = field(default_factory=dict)
    """How whoever is in this frame compares with whom the counter knows, where that was looked at."""
    turn: int = 0
    """Of `KnownFaces`, when that was looked at."""


class CameraWatch(QObject):
    """Reads the source, glances at its frames and hands over only the newest; opens a lost source again by itself."""

    seen = Signal()
    """A new preview can be taken."""
    lost = Signal(object)
    """The refusal that says what happened to the source."""

    def __init__(
        self, open_it: Callable[[], Source], glancer: Glancer, source_name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.source_name = source_name
        self.moment: Callable[[], float] = time.monotonic
        """The clock by which frames are taken."""
        self._open_it = open_it
        self._glancer = glancer
        self._source: Source | None = None
        self._capture = CaptureNotes(source_name)
        self._capture_lock = threading.Lock()
        self._attended = threading.Event()
        self._attended.set()
        self.notes: tuple[Sentence, ...] = ()
        """What the officer should know of how the newest pictures came about."""
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._newest: Preview | None = None
        self.known = KnownFaces()
        self._recent: RecentFrames[Preview] = RecentFrames()
        self.frames = 0
        self._thread = threading.Thread(target=self._watch, name="camera", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self) -> Preview | None:
        """The newest preview, once."""
        with self._lock:
            newest, self._newest = self._newest, None
        if newest is not None and newest.turn != self.known.turn:
            return replace(newest, alike={})
        return newest

    def best(self, seconds: float = 1.0) -> Preview | None:
        """The best good frame of the last second of the face that is there now."""
        with self._lock:
            return self._recent.best(self.moment() - seconds)

    def others(self, best: Preview, most: int = FRAMES - 1) -> tuple[Preview, ...]:
        """Further good frames of the same face, spread in time, so that each is another picture of the same person."""
        with self._lock:
            return self._recent.others(best, most)

    def latest(self) -> Preview | None:
        """The frame that was shown last, whatever it shows."""
        with self._lock:
            return self._recent.latest()

    def forget(self) -> None:
        """Let go of every frame: the traveller has left."""
        with self._lock:
            self._recent.forget()
            self._newest = None
        with self._capture_lock:
            self._capture.forget()
            self.notes = self._capture.notes

    def attend(self, *, present: bool) -> None:
        """An officer is signed in at the desk, or no longer: then nothing is looked at and no frame is kept."""
        if present:
            self._attended.set()
        else:
            self._attended.clear()
            self.forget()
            self.known.forget()

    def end(self) -> None:
        """Stop without waiting: a source that hangs lets go when it can."""
        self._stop.set()
        self._attended.set()

    def stop(self) -> None:
        self.end()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _open(self) -> Source:
        self._source = self._open_it()
        return self._source

    def _watch(self) -> None:
        sightings: tuple[Sighting, ...] = ()
        for news in camera.frames(self._open, self._stop.is_set, self._stop.wait):
            if self._stop.is_set():
                return
            if not self._attended.is_set():
                self._attended.wait()
                continue
            if isinstance(news, OperatorError):
                self.lost.emit(news)
                continue
            glanced = self._glancer.glance(news.image)
            sightings = sightings if glanced is None else glanced
            height, width = news.image.shape[:2]
            picture = QImage(news.image.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            light = face_light(news.image, glanced[0].face) if glanced else None
            self._tell_camera(news, glanced, light)
            turn, alike = (
                self.known.compare(news.image, glanced, news.taken, self._recognise) if glanced is not None else (0, {})
            )
            preview = Preview(news, picture, sightings, glanced is not None, light, alike, turn)
            with self._lock:
                if not self._attended.is_set():
                    continue  # the officer left while the frame was looked at
                self._newest = preview
                self._recent.add(preview)
                self.frames += 1
            self.seen.emit()

    def _recognise(self, image: Image, face: Face) -> Template | None:
        return self._glancer.recognise(image, face)

    def _tell_camera(self, frame: Frame, glanced: tuple[Sighting, ...] | None, light: FaceLight | None) -> None:
        """A live camera is steered for the face, and what its frames show of themselves is noted."""
        if not isinstance(self._source, CameraSource):
            return
        if glanced is not None:
            self._source.shows(light)
        with self._capture_lock:
            self._capture.see(frame.image, glanced[0].face.box if glanced else None, frame.taken)
            self.notes = self._capture.notes


class Heartbeat(QObject):
    """Measures the longest time for which the window's thread did not come back to its events."""

    EVERY_MS = 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(self.EVERY_MS)

    def reset(self) -> None:
        self.longest_ms, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - self.EVERY_MS)
        self._last = now
