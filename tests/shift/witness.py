"""Who sees everything at the Desk of a simulated shift: which face was searched with whose paper, and what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QApplication

from matching.faces.finding import Face
from matching.faces.images import Image
from ui.threads.background import AskDesk
from workstation.desk.counter import Counter
from workstation.desk.desk import Desk, Done
from workstation.documents.travel_document import TravelDocument
from workstation.screening.screening import Screened


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One screening as it was asked for and answered."""

    number: int
    """Of the face that was searched; 0: none."""
    document: TravelDocument | None
    """That was searched with it."""
    screened: Screened


def numbered(image: Image, face: Face) -> int:
    """Whose face it is, of a picture of tests/fakes.py."""
    high, low, _ = (int(value) for value in image[1, (face.box.left - 10) // 40])
    return high * 256 + low


class Witness:
    """The counter's room of the Desk, with somebody who writes down what it is asked."""

    def __init__(self, room: Counter, number_of: Callable[[Image, Face], int] = numbered) -> None:
        self._room, self._number_of = room, number_of
        self.seen: list[Seen] = []

    def screen(self, image: Image | None, *, face: Face | None = None, **stated: Any) -> Done[Screened]:
        done = self._room.screen(image, face=face, **stated)
        found = face if face is not None else (done.value.sighting.face if done.value.sighting else None)
        number = 0
        if image is not None and found is not None:
            number = self._number_of(image, found)
        document = stated.get("document") if done.value.left_out is None else None
        self.seen.append(Seen(number, document, done.value))
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._room, name)


class HeldDesk(AskDesk):
    """The real thread that owns the Desk. Its answers come to the window when the shift's clock says so."""

    def __init__(self, make_desk: Callable[[Callable[[int, int], None]], Desk]) -> None:
        super().__init__(make_desk)
        self.asked = self.heard = 0
        self.waiting: list[Any] = []
        self.due: list[float] = []
        self.latency: Callable[[], float] = lambda: 0.0

    def ask(self, question: Any, then: Any = None, failed: Any = None) -> None:
        self.asked += 1
        self.due.append(self.latency())
        super().ask(question, then, failed)

    def _deliver(self, answer: Any) -> None:
        if answer.question is None:
            super()._deliver(answer)
        else:
            self.heard += 1
            self.waiting.append(answer)

    def settle(self) -> None:
        """Until the Desk has done everything that it was asked."""
        while self.heard < self.asked:
            time.sleep(0.0005)
            QApplication.processEvents()

    def release(self, now: float) -> None:
        """What is due by this moment, in its order."""
        while self.waiting and self.due[0] <= now:
            self.due.pop(0)
            super()._deliver(self.waiting.pop(0))
