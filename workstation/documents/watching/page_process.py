"""Pages are read in a process of their own: a page takes most of a second of one core, and the window never waits.

workstation/capture/processes.py says how it lives and dies.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from matching.faces.images import Image
from workstation.capture.processes import Child, Work
from workstation.documents.zone_reader import printed, reader
from workstation.documents.zone_reader.reading import PageRead, PrintedText, Quad
from workstation.errors import OperatorError

_MOST_BYTES = 2 * 2**30
"""Far more than reading takes: a bound for what a damaged picture can do."""


class PageProcessDied(OperatorError):
    """The call in flight when the process died. The next call starts a new one."""

    def __init__(self) -> None:
        super().__init__("The page reader stopped and is starting again. Take the picture of the page once more.")


class PageProcess:
    """Reads pages; may be called from several threads. `today` says what day it is whenever a page is read."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._reading = Child("reading", Work(reader.warm_up, answer, PageProcessDied, _MOST_BYTES))

    @property
    def restarts(self) -> int:
        return self._reading.restarts

    def start(self) -> None:
        """Start without waiting; the first call waits until the process is ready."""
        self._reading.start()

    def read(self, image: Image, *, texts: bool = False) -> PageRead:
        """Read the page in the picture; with `texts` the print outside the zone too. PageProcessDied when it died meanwhile."""
        read: PageRead = self._reading.ask("read", image, (self._today(), texts))
        return read

    def read_print(self, page: Image, without: Sequence[Quad] = ()) -> tuple[PrintedText, ...]:
        """The print of a flat page, but for what stands in the places `without`: the lines of its zone."""
        read: tuple[PrintedText, ...] = self._reading.ask("print", page, tuple(without))
        return read

    def close(self) -> None:
        """End the process and free what it shared. Nothing more may be called."""
        self._reading.close()


def answer(task: str, image: Image, given: Any) -> PageRead | tuple[PrintedText, ...]:
    if task == "print":
        return printed.on_page(image, given)
    today, texts = given
    return reader.read(image, today, texts=texts)
