"""The whole verification of a long log, in a thread of its own while the post is in use; what it finds becomes a fault."""

import threading
from collections.abc import Callable

from workstation.errors import OperatorError
from workstation.sentences import Sentence

Progress = Callable[[int, int], None]


class _StoppedError(Exception):
    """The post is being closed."""


class RestOfCheck:
    """`verify` keeps its own findings; `cannot` hears why it could not be done."""

    def __init__(self, verify: Callable[[Progress], object], cannot: Callable[[Sentence], None]) -> None:
        self._verify, self._cannot = verify, cannot
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.waits = False
        """Whether only a part of the log was verified yet."""
        self.done, self.of = 0, 0
        """Entries that were verified, of how many."""

    def wait(self) -> None:
        self.waits = True

    def start(self) -> None:
        """Verify what waits, beside everything else; at most once."""
        if self.waits and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="log check", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._verify(self._progress)
        except _StoppedError:
            return
        except OperatorError as refusal:
            self._cannot(Sentence(refusal.template, refusal.values))
        self.waits = False

    def _progress(self, done: int, every: int) -> None:
        self.done, self.of = done, every
        if self._stop.is_set():
            raise _StoppedError
