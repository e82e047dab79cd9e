"""The same shift with nothing made up but the pixels: drawn people and pages, the real face and page processes, the wall's clock."""

import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from PySide6.QtWidgets import QApplication

from matching.faces.finding import Face
from matching.faces.images import Image
from tests.shift.shift import Counted, Shift
from tests.shift.travellers import Comes, Lays, Listed, Paper, Person
from tests.shift.witness import Witness
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk
from workstation.capture.camera import Frame
from workstation.documents.mrz.mrz import parse
from workstation.documents.travel_document import TravelDocument
from workstation.training_post.document_camera import DocumentsSource
from workstation.training_post.document_stories import STORIES, handed_over
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import person as drawn_person
from workstation.training_post.script import TRAVELLERS, Traveller

FRAMES_A_SECOND = 12
_SWAYS = 4
SLOW_IN_LAYING = (Lays.EARLY, Lays.WITH, Lays.WITH, Lays.WITH, Lays.LATE, Lays.BEFORE_TURN, Lays.NONE)


class Counter:
    """What stands before the camera and lies under the other one, as the shift says it."""

    def __init__(self) -> None:
        self.people: tuple[int, ...] = ()
        self.laying: Traveller | None = None
        self.pages_read = 0
        self.shown: dict[int, tuple[int, ...]] = {}
        self._kept: dict[tuple[tuple[int, ...], int], Image] = {}
        self._lock = threading.Lock()

    def frame(self, people: tuple[int, ...], sway: int) -> Image:
        """Drawn once for everybody and each sway."""
        with self._lock:
            if (people, sway) not in self._kept:
                image = self._drawn(people, sway)
                self._kept[people, sway] = image
                self.shown[id(image)] = people
            return self._kept[people, sway]

    def _drawn(self, people: tuple[int, ...], sway: int) -> Image:
        views = []
        for place, number in enumerate(people):
            traveller = TRAVELLERS[number - 1]
            aside = 0.0 if len(people) == 1 else (-0.22, 0.24)[place]
            view = replace(
                traveller.looks[-1].view, shift_x=aside + 0.004 * sway, yaw=traveller.looks[-1].view.yaw + 0.8 * sway
            )
            views.append((drawn_person(traveller.seed), replace(view, scale=0.85) if len(people) > 1 else view))
        return frame(views, moment=sum(people) * 100 + sway)

    def number_of(self, image: Image, face: Face) -> int:
        people = self.shown.get(id(image), ())
        if len(people) < 2:
            return people[0] if people else 0
        return people[0] if face.box.centre[0] < image.shape[1] / 2 else people[1]


class PeopleSource:
    name = "drawn people"

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._number = 0

    def read(self) -> Frame:
        time.sleep(1 / FRAMES_A_SECOND)
        self._number += 1
        image = self._counter.frame(self._counter.people, self._number % _SWAYS)
        return Frame(image, self._number, time.monotonic())

    def close(self) -> None:
        """Nothing is held."""


def documents_source(counter: Counter, today: date) -> DocumentsSource:
    return DocumentsSource(lambda: counter.laying, today, read=lambda: counter.pages_read)


def queue_of(random_: object, today: date, people: int) -> list[Person]:
    """Training travellers whose papers are in order, each with habits of this shift."""
    fitting = [each for each in TRAVELLERS if each.number not in STORIES and each.number != 20]
    return list(_people(random_, today, fitting[:people]))


def _people(random_: object, today: date, travellers: list[Traveller]) -> Iterator[Person]:
    for each, place in zip(travellers, count()):
        document = handed_over(each, today).document
        lays = random_.choice(SLOW_IN_LAYING)  # type: ignore[attr-defined] # a Random
        comes = random_.choice((Comes.SHORT, Comes.NO_GAP, Comes.OVERLAP, Comes.OVERLAP))  # type: ignore[attr-defined] # same
        papers = []
        if document is not None and lays is not Lays.NONE:
            papers.append(Paper(parse(list(document.lines), today), each.number, portrait=True, sheet=each.number))
        listed = Listed.NO if each.listed is None else Listed.FACE
        stays = random_.choice((0.3, 1.0, 2.5))  # type: ignore[attr-defined] # same
        yield Person(
            each.number,
            listed,
            Comes.LONG if place == 0 else comes,
            lays,
            papers,
            stays,
            walks_off=False,
            poor=False,
            nods=False,
        )


class DrawnShift(Shift):
    """On the wall's clock; nothing is held back."""

    def __init__(
        self, window: MainWindow, desk: AskDesk, witness: Witness, counter: Counter, people: list[Person], seed: int
    ) -> None:
        self.counter = counter
        super().__init__(window, desk, witness, None, None, None, people, seed)  # type: ignore[arg-type] # no cameras of its own
        self.locks = set()

    def tick(self) -> None:
        time.sleep(0.03)
        self.at = time.monotonic()
        self._people()
        self._papers()
        self.counter.people = tuple(each.number for each in self.view)[:2]
        QApplication.processEvents()
        self._witness()
        self._read_line()
        self._officer()

    def tell(self, words: str) -> None:
        super().tell(words)
        sys.stderr.write(f"{self.counted.told[-1]}\n")  # it takes a while, and whoever waits wants to know

    def run(self, most: float = 120.0) -> Counted:
        self.at = time.monotonic()
        self.next_at = self.at + 1.0
        return super().run(most)

    def _papers(self) -> None:
        counter = self.counter
        for person in self.view:
            if person.lays_at is not None and self.at >= person.lays_at and counter.laying is None:
                person.lays_at, person.laid = None, person.laid + 1
                counter.laying = TRAVELLERS[person.number - 1]
                self.reading_page = (person.papers[0], person, self.at + 4.0) if person.papers else None
                self.tell(f"{person.number} lays down a paper")
        if self.reading_page is not None:
            paper, person, until = self.reading_page
            waits = self.window.counter.document.state in {"reading", "hold"}
            if self.at >= until and (not waits or self.at > until + 40):
                counter.laying, self.reading_page = None, None
                self.tell(f"{person.number} lifts the paper of {paper.holder}")

    def _paper_of(self, document: TravelDocument | None) -> Paper | None:
        if document is None or document.zone is None:
            return None
        number = document.zone.number
        return next((p for one in self.all for p in one.papers if p.zone.number == number), None)

    def _change_officer(self) -> None:
        """Not on this shift."""
