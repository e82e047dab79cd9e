"""A process of its own for work on pictures: started, fed through shared memory, replaced when it dies.

The call that a dying process takes along is said to have failed; the next one starts a new process. One that cannot start, or
dies each time, says why. One thread each, lower priority than the window, and it leaves when its parent does.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from matching.faces.images import Image
from matching.faces.opencv import cv2
from matching.refusals import Refusal
from workstation.capture.child_deaths import why_it_cannot_run
from workstation.capture.shared_picture import Borrowed, Lent
from workstation.errors import OperatorError

_CONTEXT = multiprocessing.get_context("spawn")
_START_SECONDS = 180.0
_ANSWER_SECONDS = 20.0
"""Of the process's own time: on a busy machine an answer takes longer, and is no sign that it hangs."""
_MOST_SECONDS = 180.0
"""However busy the machine is."""
_IN_A_ROW = 3
"""Deaths without an answer in between, after which the reason is told instead of asking for another picture."""
_LOOKS_EVERY = 5.0
"""Seconds after which a worker of a pool asks whether its parent lives."""
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
        self._memory: Lent | None = None
        self._handed_over = False
        self._ready = False
        self._in_a_row = 0
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
                self._memory = None

    def _ask(self, task: str, image: Image, given: Any) -> Any:
        self._start()
        memory = self._room_for(image)
        memory.put(image)
        try:
            return self._answer(task, memory, image.shape, given)
        finally:
            memory.erase(image.nbytes)

    def _answer(self, task: str, memory: Lent, shape: tuple[int, ...], given: Any) -> Any:
        if self._pipe is None or self._process is None:
            raise self._work.died()
        try:
            if not self._ready and not self._wait_ready(_START_SECONDS):
                raise EOFError  # noqa: TRY301 - it died, or hangs, while starting
            self._pipe.send((task, not self._handed_over, shape, given))
            if not self._handed_over:
                memory.hand_over(self._pipe, self._process.pid or 0)
                self._handed_over = True
            if not _answers(self._pipe, self._process.pid or 0):
                raise EOFError  # noqa: TRY301 - a process that hangs is as good as dead
            done, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        self._in_a_row = 0
        if not done:
            raise RuntimeError(f"the {self._name} process failed:\n{answer}")
        return answer

    def _death(self) -> OperatorError:
        """What to say of a process that died in mid-call; another one is started unless that is of no use."""
        started = self._ready
        code = None
        if self._process is not None:
            self._process.join(1)
            code = self._process.exitcode
        self._drop()
        self.restarts += 1
        self._in_a_row += 1
        if not started or self._in_a_row >= _IN_A_ROW:
            return why_it_cannot_run(self._name, code)
        self._start()
        return self._work.died()

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
        self._process, self._pipe, self._ready, self._handed_over = None, None, False, False

    def _room_for(self, image: Image) -> Lent:
        """Memory that holds the picture; made anew only when a larger picture comes."""
        if self._memory is None or self._memory.size < image.nbytes:
            if self._memory is not None:
                self._memory.close()
                self._memory = None
            self._memory = Lent(max(image.nbytes, _FIRST_PIXELS))
            self._handed_over = False
        return self._memory


def _answers(pipe: Connection, process: int) -> bool:
    """Wait for the answer, or for the end of the pipe; False when the process hangs."""
    began, used = time.monotonic(), _seconds_used(process)
    while not pipe.poll(1.0):
        waited = time.monotonic() - began
        if waited > _MOST_SECONDS or (waited > _ANSWER_SECONDS and _hangs(process, used, waited)):
            return False
    return True


def _hangs(process: int, used_before: float, waited: float) -> bool:
    """It has used more than its time, or hardly any although it could have had it."""
    used = _seconds_used(process) - used_before
    return used > _ANSWER_SECONDS or used < waited / 50


def _seconds_used(process: int) -> float:
    """Processor time of the process so far; 0 when it is gone."""
    try:
        after_name = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


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
    memory: Borrowed | None = None
    while os.getppid() == parent:
        try:
            if not pipe.poll(1.0):
                continue
            wanted = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            break
        if wanted is None:
            break
        task, handed_over, shape, given = wanted
        if handed_over or memory is None:
            memory = Borrowed(pipe)
        try:
            answer: tuple[bool, object] = (True, work.answer(task, memory.image(shape), given))
        except MemoryError:
            break  # more than it may take: as good as dead, and the next process starts with an empty memory
        except Exception as error:  # noqa: BLE001 - a bug in the child is told to the parent, which raises it
            answer = (False, f"{type(error).__name__}: {error}")
        pipe.send(answer)


def pool(begin: Callable[..., None], arguments: tuple[Any, ...], processes: int | None = None) -> ProcessPoolExecutor:
    """So many workers, as many as there are cores if not said, each with one thread and a lower priority than the window.

    `begin` stands in a module and is called in each with the arguments. The caller shuts the pool down.
    """
    count = processes or max(1, os.cpu_count() or 1)
    made = ProcessPoolExecutor(count, mp_context=_CONTEXT, initializer=_begin, initargs=(begin, arguments, os.getpid()))
    with one_thread_each():
        made.submit(os.getpid)  # the workers are started with the first task, and take the environment of that moment
    return made


def kill(made: ProcessPoolExecutor) -> None:
    """End the workers of a pool at once, whatever they do. The pool can only be shut down then."""
    for process in list((made._processes or {}).values()):  # noqa: SLF001 - the pool has no other way to end one that hangs
        process.kill()


def _begin(begin: Callable[..., None], arguments: tuple[Any, ...], parent: int) -> None:
    """A worker waits for tasks on a pipe that it holds open itself: it must ask whether anybody is left to give it one."""

    def look(_signal: int, _frame: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOKS_EVERY, _LOOKS_EVERY)
    with contextlib.suppress(OSError):
        os.nice(5)
    cv2.setNumThreads(1)
    begin(*arguments)


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
