"""A process of its own for work on pictures: started, fed through shared memory, replaced when it dies.

The call that a dying process takes along is said to have failed; the next one starts a new process. One thread each, lower
priority than the window, and it leaves when its parent does.
"""

import contextlib
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np

from matching.faces.images import Image
from matching.faces.opencv import cv2
from matching.refusals import Refusal
from workstation.errors import OperatorError

_CONTEXT = multiprocessing.get_context("spawn")
_START_SECONDS = 60.0
_ANSWER_SECONDS = 20.0
_FIRST_PIXELS = 1920 * 1080 * 3


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does. Both functions stand in a module, so that the new process finds them."""

    warm_up: Callable[[], None]
    """Loads what is needed; may refuse in a sentence."""
    answer: Callable[[str, Image, Any], Any]
    """Of a task, a picture and what else was given. The picture is not to be kept: the next one lies in the same memory."""
    died: Callable[[], OperatorError]
    most_bytes: int | None = None
    """Of memory that the process may take for its data."""


class Child:
    """One process, its pipe and the memory that both share; may be called from several threads."""

    def __init__(self, name: str, work: Work) -> None:
        self._name = name
        self._work = work
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._memory: SharedMemory | None = None
        self._ready = False
        self._closed = False
        self.restarts = 0

    def start(self) -> None:
        """Start without waiting; the first call waits until the process is ready."""
        with self._lock:
            self._start()

    def ask(self, task: str, image: Image, given: Any = ()) -> Any:
        """The answer. `work.died()` is raised when the process died meanwhile, RuntimeError when there is a bug in it."""
        with self._lock:
            return self._ask(task, image, given)

    def ask_if_free(self, task: str, image: Image, given: Any = ()) -> Any:
        """The answer; None at once while the process is starting or busy, and when it died."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self._ask(task, image, given) if self._is_ready() else None
        except OperatorError:
            return None
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process and free the memory. Nothing more may be asked."""
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

    def _ask(self, task: str, image: Image, given: Any) -> Any:
        self._start()
        memory = self._room_for(image)
        np.ndarray(image.shape, dtype=np.uint8, buffer=memory.buf)[:] = image
        if self._pipe is None:
            raise self._work.died()
        try:
            if not self._ready and not self._wait_ready(_START_SECONDS):
                raise EOFError  # noqa: TRY301 - it died, or hangs, while starting: the same as dying later
            self._pipe.send((task, memory.name, image.shape, given))
            if not self._pipe.poll(_ANSWER_SECONDS):
                raise EOFError  # noqa: TRY301 - a process that hangs is as good as dead
            done, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._drop()
            self.restarts += 1
            self._start()
            raise self._work.died() from error
        if not done:
            raise RuntimeError(f"the {self._name} process failed:\n{answer}")
        return answer

    def _start(self) -> None:
        if self._closed:
            raise self._work.died()
        if self._process is not None and self._process.is_alive():
            return
        self._drop()
        ours, theirs = _CONTEXT.Pipe()
        # The parent's end closes with the parent, however it ends; the child then reads the end of the pipe and leaves.
        process = _CONTEXT.Process(
            target=_serve, args=(self._work, theirs, os.getpid()), name=f"amaan-{self._name}", daemon=True
        )
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


def _serve(work: Work, pipe: Connection, parent: int) -> None:
    """The child: warm up, then answer until the pipe ends or the parent is gone."""
    with contextlib.suppress(OSError):
        os.nice(5)  # the window keeps the first claim on two cores
    cv2.setNumThreads(1)
    if work.most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (work.most_bytes, work.most_bytes))
    try:
        work.warm_up()
    except (Refusal, OperatorError) as refusal:
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
        task, name, shape, given = wanted
        try:
            answer: tuple[bool, object] = (True, work.answer(task, attached.image(name, shape), given))
        except MemoryError:
            break  # more than it may take: as good as dead, and the next process starts with an empty memory
        except Exception as error:  # noqa: BLE001 - a bug in the child is told to the parent, which raises it
            answer = (False, f"{type(error).__name__}: {error}")
        pipe.send(answer)
    attached.close()


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
