"""Faces are found and encoded in processes of their own: dlib holds the interpreter's lock for a tenth of a second a face.

One process looks and encodes for the officer, a second one only glances at the preview, so that the boxes stay live while
a face is being encoded. Pictures go through shared memory; a process that dies is replaced, and the call that it took along
is said to have failed.
"""

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np

from matching import encoding, faces, quality, scale
from matching.encoding import LOOKS, Encoder, Template
from matching.faces import Box, Face
from matching.images import Image
from matching.opencv import cv2
from matching.refusals import Refusal
from matching.scale import Scale
from workstation.errors import OperatorError
from workstation.faces import Sighting

_CONTEXT = multiprocessing.get_context("spawn")
_START_SECONDS = 60.0
_ANSWER_SECONDS = 20.0
_FIRST_PIXELS = 1920 * 1080 * 3


class FaceProcessDied(OperatorError):
    """The call in flight when the process died. The next call starts a new one."""

    def __init__(self) -> None:
        super().__init__("The face reader stopped and is starting again. Take the picture once more.")


class FaceProcess:
    """Both processes behind one face; may be called from several threads."""

    def __init__(self) -> None:
        self._looking = _Child("looking")
        self._glancing = _Child("glancing")

    @property
    def encoder(self) -> Encoder:
        return encoding.unit()

    @property
    def scale(self) -> Scale:
        return scale.shipped(self.encoder.digest)

    @property
    def restarts(self) -> int:
        return self._looking.restarts + self._glancing.restarts

    def start(self) -> None:
        """Start both without waiting; the first call waits until its process is ready."""
        self._looking.start()

    def look(self, image: Image) -> tuple[Sighting, ...]:
        """All faces with their quality, largest first. FaceProcessDied when the process died meanwhile."""
        return self._looking.sightings("look", image)

    def glance(self, image: Image) -> tuple[Sighting, ...] | None:
        """The same, faster and for the preview; None at once while the process is starting or busy with another frame."""
        self._glancing.start()
        return self._glancing.sightings_if_free(image)

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        return self._looking.encode(image, face, looks)

    def close(self) -> None:
        """End both processes and free what they shared. Nothing more may be called."""
        self._looking.close()
        self._glancing.close()


class _Child:
    """One process, its pipe and the memory that they share."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._memory: SharedMemory | None = None
        self._ready = False
        self._closed = False
        self.restarts = 0

    def start(self) -> None:
        with self._lock:
            self._start()

    def sightings(self, task: str, image: Image) -> tuple[Sighting, ...]:
        with self._lock:
            return _sightings(self._ask(task, image, ()))

    def sightings_if_free(self, image: Image) -> tuple[Sighting, ...] | None:
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if not self._is_ready():
                return None
            return _sightings(self._ask("glance", image, ()))
        except OperatorError:
            return None
        finally:
            self._lock.release()

    def encode(self, image: Image, face: Face, looks: int) -> Template:
        box = face.box
        with self._lock:
            vector, digest = self._ask("encode", image, (box.left, box.top, box.right, box.bottom, looks))
        return Template(np.frombuffer(vector, dtype=np.float32).copy(), digest)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._pipe is not None and self._process is not None:
                with contextlib.suppress(OSError):
                    self._pipe.send(None)
                self._process.join(2)
            self._drop()
            if self._memory is not None:
                self._memory.close()
                self._memory.unlink()
                self._memory = None

    def _ask(self, task: str, image: Image, box: tuple[int, ...]) -> Any:
        self._start()
        memory = self._room_for(image)
        np.ndarray(image.shape, dtype=np.uint8, buffer=memory.buf)[:] = image
        if self._pipe is None:
            raise FaceProcessDied
        try:
            if not self._ready and not self._wait_ready(_START_SECONDS):
                raise EOFError  # noqa: TRY301 - it died, or hangs, while starting: the same as dying later
            self._pipe.send((task, memory.name, image.shape, box))
            if not self._pipe.poll(_ANSWER_SECONDS):
                raise EOFError  # noqa: TRY301 - a process that hangs is as good as dead
            done, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._drop()
            self.restarts += 1
            self._start()
            raise FaceProcessDied from error
        if not done:
            raise RuntimeError(f"the {self._name} process failed:\n{answer}")
        return answer

    def _start(self) -> None:
        if self._closed:
            raise FaceProcessDied
        if self._process is not None and self._process.is_alive():
            return
        self._drop()
        ours, theirs = _CONTEXT.Pipe()
        # The parent's end closes with the parent, however it ends; the child then reads the end of the pipe and leaves.
        process = _CONTEXT.Process(target=_serve, args=(theirs, os.getpid()), name=f"amaan-{self._name}", daemon=True)
        with one_thread_each():
            process.start()
        theirs.close()
        self._process, self._pipe, self._ready = process, ours, False

    def _is_ready(self) -> bool:
        return self._ready or self._wait_ready(0)

    def _wait_ready(self, seconds: float) -> bool:
        if self._pipe is None or not self._pipe.poll(seconds):
            return False
        try:
            said = self._pipe.recv()
        except (EOFError, OSError):
            return False
        if said != "ready":
            template, values = said
            raise OperatorError(template, **values)
        self._ready = True
        return True

    def _drop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._ready = None, None, False

    def _room_for(self, image: Image) -> SharedMemory:
        """Memory that holds the picture; made anew only when a larger picture comes."""
        if self._memory is None or self._memory.size < image.nbytes:
            if self._memory is not None:
                self._memory.close()
                self._memory.unlink()
            self._memory = SharedMemory(create=True, size=max(image.nbytes, _FIRST_PIXELS))
        return self._memory


@dataclass(slots=True)
class _Attached:
    """The child's view of the parent's memory."""

    memory: SharedMemory | None = None

    def image(self, name: str, shape: tuple[int, int, int]) -> Image:
        if self.memory is None or self.memory.name != name:
            self.close()
            # The spawned child shares the parent's resource tracker, so that attaching adds nothing to be cleaned up twice.
            self.memory = SharedMemory(name=name)
        return np.ndarray(shape, dtype=np.uint8, buffer=self.memory.buf)

    def close(self) -> None:
        if self.memory is not None:
            self.memory.close()
            self.memory = None


def _serve(pipe: Connection, parent: int) -> None:
    """The child: warm up, then answer until the pipe ends or the parent is gone."""
    with contextlib.suppress(OSError):
        os.nice(5)  # the window keeps the first claim on two cores
    cv2.setNumThreads(1)
    try:
        _warm_up()
    except Refusal as refusal:
        pipe.send((refusal.template, refusal.values))
        return
    pipe.send("ready")
    attached = _Attached()
    while os.getppid() == parent:
        try:
            if not pipe.poll(1.0):
                continue
            wanted = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            break
        if wanted is None:
            break
        task, name, shape, box = wanted
        try:
            answer: tuple[bool, object] = (True, _answer(task, attached.image(name, shape), box))
        except Exception as error:  # noqa: BLE001 - a bug in the child is told to the parent, which raises it
            answer = (False, f"{type(error).__name__}: {error}")
        pipe.send(answer)
    attached.close()


def _answer(task: str, image: Image, box: tuple[int, ...]) -> object:
    if task == "encode":
        *sides, looks = box
        template = encoding.encode(image, Face(Box(*sides), np.empty((0, 2), dtype=np.float32)), looks=looks)
        return template.vector.tobytes(), template.encoder
    found = faces.find(image, thorough=task == "look")
    return [
        (
            (face.box.left, face.box.top, face.box.right, face.box.bottom),
            face.landmarks,
            quality.assess(image, face, len(found) - 1),
        )
        for face in found
    ]


def _sightings(answer: Any) -> tuple[Sighting, ...]:
    return tuple(Sighting(Face(Box(*box), landmarks), assessed) for box, landmarks, assessed in answer)


def _warm_up() -> None:
    """The first look and encoding take a second longer than every later one; do them before an officer waits."""
    grey = np.full((240, 320, 3), 128, dtype=np.uint8)
    faces.find(grey)
    encoding.check_network()
    encoding.encode(grey, Face(Box(100, 60, 220, 180), np.empty((0, 2), dtype=np.float32)))


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """For processes started within: one thread for matrices, since more would only be in the way of the other processes."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
