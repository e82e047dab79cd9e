"""A simulated shift at the real window: people come, an officer reads the screen and presses keys, and every error is counted.

What is the program's own: the window with all its pages, the state at the counter, the stillness of pages, the Desk with its
thread, store, lists, searches, alerts and log. What is drawn: faces are numbers in small pictures, pages are sheets on a desk
whose lines are known, and the clock runs as fast as the machine allows.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from matching.faces.images import png
from tests.fakes import picture
from tests.shift.cameras import ShiftCamera, ShiftDocuments, ShiftFaces
from tests.shift.travellers import Comes, Lays, Listed, Paper, Person
from tests.shift.witness import HeldDesk, Witness
from ui.keys.bursts import HOLD_SECONDS
from ui.shell.main_window import MainWindow
from workstation.alerts.grounds import Basis
from workstation.capture.camera import SourceLost
from workstation.documents.travel_document import TravelDocument
from workstation.screening.screening import Answer
from workstation.training_post.sign_ins import password_of

NEXT, HOLD, UNREAD = "Next traveller, please, or Space.", "Good. Hold still.", "Enter again"
COMPANION = 9000
"""Numbers of those who stand beside a traveller and are searched another time, or not at all."""


UNMEANT = "an act that nobody meant"


@dataclass(slots=True)
class Counted:
    travellers: int = 0
    seconds: float = 0.0
    questions: int = 0
    false_leads: int = 0
    """Leads on a stranger by the stranger's own face, live or on the own document, as the alert budget allows them."""
    errors: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    """What happened, for whoever looks into an error."""


class Shift:
    def __init__(
        self,
        window: MainWindow,
        desk: HeldDesk,
        witness: Witness,
        camera: ShiftCamera | None,
        documents: ShiftDocuments,
        faces: ShiftFaces,
        people: list[Person],
        seed: int,
    ) -> None:
        self.window, self.desk, self.witness = window, desk, witness
        self.camera, self.documents, self.faces = camera, documents, faces
        self.random = random.Random([seed, 7].__repr__())  # noqa: S311 - a drawn shift, no secret
        self.at = 1000.0
        self.queue, self.all = list(people), list(people)
        self.view: list[Person] = []
        self.slow = 1.0
        self.slow_until = 0.0
        self.dark_until = 0.0
        self.next_at = self.at + 1.0
        self.react: float | None = None
        self.reading_page: tuple[Paper, Person, float] | None = None
        self.intended: set[int] = set()
        self.counted = Counted(travellers=len(people))
        self.seen = 0
        self.question = (0, 0.0)
        """Answered last: its page, and when it was asked."""
        self.before_line = ""
        self.line_since = 0.0
        self.ticks = 0
        self.stale = 0.0
        self.locks = {len(people) // 3, 2 * len(people) // 3} if len(people) >= 30 else {len(people) // 2}
        if camera is not None:
            desk.latency = self._latency
            for each in (window.counter, window.counter.lane, camera):
                each.moment = self.moment

    def moment(self) -> float:
        return self.at

    def _latency(self) -> float:
        due = self.at + self.random.choice((0.2, 0.4, 0.8)) * self.slow
        return max([due, *self.desk.due[-1:]])

    # The clock

    def run(self, most: float = 40.0) -> Counted:
        began, end = self.at, self.at + most * len(self.all)
        while (self.queue or self.view) and self.at < end:
            self.tick()
        if self.queue or self.view:
            self.counted.errors["the queue got stuck"] += 1
        for _ in range(100):
            self.tick()
        self.counted.seconds = self.at - began
        self._judge()
        return self.counted

    def tick(self) -> None:
        self.at += self.random.choice((0.08, 0.12, 0.16))
        self.ticks += 1
        if self.at > self.slow_until:
            self.slow = 1.0
            if self.random.random() < 0.0005:
                self.slow, self.slow_until = 4.0, self.at + 60.0
        self._people()
        self._papers()
        self._camera()
        self.documents.look(self.at, self.slow, self.random.choice((0.6, 0.9, 1.6)))
        self.documents.read_when_due(self.at, self.faces)
        QApplication.processEvents()
        self.desk.settle()
        self.desk.release(self.at)
        self._witness()
        self._read_line()
        self._officer()

    def tell(self, words: str) -> None:
        self.counted.told.append(f"{self.at:8.1f} {words}")

    # People

    def _people(self) -> None:
        if self.queue and self._may_come(self.queue[0]):
            person = self.queue.pop(0)
            person.came = self.at
            if person.comes is Comes.BESIDE:
                person.companion_until = self.at + 4.0
            if person.lays is Lays.EARLY or person.lays is Lays.BEFORE_TURN:
                person.lays_at = self.at
            elif person.lays in {Lays.WITH, Lays.SOON, Lays.TWO}:
                person.lays_at = self.at + self.random.choice((0.4, 1.0, 2.0))
            self.view.append(person)
            self.tell(f"{person.number} comes ({person.comes.name}, {person.lays.name}, {person.listed.name})")
        for person in list(self.view):
            off = person.walks_off and person.answered is not None and self.at - person.answered > 2.0
            done = person.closed is not None and self.at - person.closed > person.stays
            if off or done:
                self.view.remove(person)
                person.left = self.at
                self.next_at = self.at + {Comes.LONG: 9.0, Comes.SHORT: 1.2}.get(
                    self.queue[0].comes if self.queue else Comes.LONG, 0.0
                )
                self.tell(f"{person.number} leaves")
            elif person.nods and self.random.random() < 0.01:
                person.bowed_until = self.at + self.random.choice((0.3, 0.8, 2.5))

    def _may_come(self, person: Person) -> bool:
        if not self.view:
            return self.at >= self.next_at or person.comes in {Comes.NO_GAP, Comes.OVERLAP}
        if person.comes is not Comes.OVERLAP or len(self.view) > 1:
            return False
        before = self.view[0]
        return before.closed is not None or (before.answered is not None and self.random.random() < 0.01)

    def _in_picture(self) -> list[int]:
        here = [each for each in self.view if each.bowed_until < self.at]
        if here and here[-1].lays is Lays.EARLY and here[-1].came is not None and self.at - here[-1].came < 1.2:
            here = here[:-1]  # only the arm that lays the page down is there yet
        numbers = [each.number for each in here]
        if here and here[-1].companion_until > self.at:
            numbers.append(COMPANION + here[-1].number)
        return numbers[:2]

    def _camera(self) -> None:
        if self.camera is None or self.at < self.dark_until:
            return
        if self.random.random() < 0.0004:
            self.dark_until = self.at + self.random.choice((3.0, 8.0))
            self.camera.lost.emit(SourceLost("The camera stopped. Check the cable; it will resume by itself."))
            return
        here = tuple(self._in_picture())
        fresh = self.at - self.stale >= 0.1 * self.slow
        if fresh:
            self.stale = self.at
        poor = bool(self.view) and (self.view[-1].poor or self.random.random() < 0.04)
        self.camera.show(here, self.at, poor=poor, missed=self.random.random() < 0.01, fresh=fresh)

    # Papers

    def _papers(self) -> None:
        desk = self.documents
        for person in self.view:
            if person.lays_at is not None and self.at >= person.lays_at and desk.paper is None and self.at > desk.moving:
                person.lays_at = None
                which = 0 if person.laid != 1 or person.lays is not Lays.TWO else 1
                paper = person.papers[min(which, len(person.papers) - 1)]
                lies = (
                    0.5
                    if person.lays is Lays.SOON and not person.laid
                    else self.random.choice((2.5, 4.0, 7.0)) * max(1.0, self.slow / 2)
                )
                person.laid += 1
                desk.paper, desk.moving = paper, self.at + 0.5
                self.reading_page = (paper, person, self.at + 0.5 + lies)
                self.tell(f"{person.number} lays down the paper of {paper.holder}")
        if self.reading_page is not None:
            paper, person, until = self.reading_page
            waits = self.window.counter.document.state in {"reading", "hold"} and not (
                person.lays is Lays.SOON and person.laid == 1
            )
            if self.at >= until and (not waits or self.at >= until + 20 * self.slow):
                desk.paper, desk.moving, self.reading_page = None, self.at + 0.4, None
                self.tell(f"{person.number} lifts the paper of {paper.holder}")
                if person.lays is Lays.TWO and person.laid == 1:
                    person.lays_at = self.at + 1.0

    # What is seen

    def _witness(self) -> None:
        for each in self.witness.seen[self.seen :]:
            self.seen += 1
            person = next((one for one in self.all if one.number == each.number), None)
            paper = self._paper_of(each.document)
            whose = paper.holder if paper is not None else 0
            self.tell(
                f"searched: face {each.number}, paper of {whose}: {each.screened.answer}{' left out' if each.screened.left_out else ''}"
            )
            if person is None:
                if each.number and each.number < COMPANION:
                    self.counted.errors["a face of nobody was searched"] += 1
                continue
            person.answered = person.answered or self.at
            person.searched.append((paper, each.screened.answer))
            if paper is not None and paper not in person.papers:
                self.counted.errors["searched with another's paper"] += 1
                self.tell(f"ERROR: {person.number} with the paper of {paper.holder}")
            by_face = all(set(one.grounds.bases) <= {Basis.FACE, Basis.PORTRAIT} for one in each.screened.candidates)
            if each.screened.new_alert and by_face and (paper is None or paper in person.papers):
                self.counted.false_leads += not self._listed_by(person, paper)  # within the budget: the face was this person's
            elif each.screened.new_alert and not self._listed_by(person, paper):
                self.counted.errors["alert on the wrong person"] += 1
                self.tell("ERROR: alert on the wrong person")

    def _paper_of(self, document: TravelDocument | None) -> Paper | None:
        if document is None or document.zone is None:
            return None
        return next((p for one in self.all for p in one.papers if p.zone.lines == document.zone.lines), None)

    def _listed_by(self, person: Person, paper: Paper | None) -> bool:
        before = any(answer == Answer.REFER for _, answer in person.searched[:-1])
        own = paper is not None and paper.holder == person.number
        return before or person.listed is Listed.FACE or (own and person.listed is not Listed.NO)

    def _read_line(self) -> None:
        """What the screen says, held against what is so."""
        counter = self.window.counter
        said = counter.coaching.text() if counter.coaching.isVisible() else ""
        if said != self.before_line:
            self.before_line, self.line_since = said, self.at
        for_long = self.at - self.line_since > 8.0 * self.slow
        here = [each for each in self.view if each.bowed_until < self.at and self.at - (each.came or self.at) > 3.0]
        waiting = [each for each in here if not each.searched]
        wrong = ""
        if said == HOLD and for_long and waiting:
            wrong = "“Hold still” for ever"
        elif (
            said == "Waiting for a face."
            and here
            and for_long
            and self.at > self.dark_until
            and not (self.view[-1].companion_until > self.at)
        ):
            wrong = "“Waiting for a face” with a face in view"
        elif (
            said.startswith("This traveller has left")
            and len(self.view) == 1
            and self.view[0].answered
            and for_long
            and not self.view[0].nods
            and not self.view[0].walks_off
        ):
            wrong = "“has left” of somebody who stands there"
        elif (
            said.startswith("Somebody else")
            and len(self.view) == 1
            and self.view[0].searched
            and for_long
            and self.view[0].closed is None
            and self.view[0].companion_until < self.at - 8
        ):
            wrong = "“somebody else” of the same person"
        card = counter.card
        if card.state == Answer.NO_LEAD and card.next.text() == "Enter closes." and counter._now.reading:
            wrong = "“Enter closes” while the document is being read"
        if wrong:
            self.counted.errors[f"wrong sentence: {wrong}"] += 1
            self.tell(f"ERROR: {wrong}")
            self.line_since = self.at

    # The officer

    def _taken(self) -> Person | None:
        number = self.witness.seen[-1].number if self.witness.seen else 0
        return next((each for each in self.all if each.number == number), None)

    def _officer(self) -> None:  # noqa: C901, PLR0912 - what an officer looks at, one thing after another
        counter, card = self.window.counter, self.window.counter.card
        early = counter.answered is None or counter.question.isVisible() or card.working.isVisible()
        if early and self.random.random() < 0.002:
            self._press(Qt.Key.Key_Return, meant=False)  # too early: nothing can be meant by it yet
        answered = counter.answered is not None and not card.working.isVisible()
        said = self.before_line
        wants = (
            counter.question.isVisible()
            or answered
            or said == NEXT
            or counter.choosing
            or card.state == "fault"
            or said in {"One person at a time, please.", "Waiting for a face."}
            or bool(self.view and self.view[-1].poor)
        )
        if not wants:
            self.react = None
            return
        if self.react is None:
            self.react = self.at + self.random.choice((0.6, 1.1, 2.0, 3.5))
        if self.at < self.react:
            return
        self.react = None
        if counter.question.isVisible():
            self._say_whose()
        elif counter.choosing:
            self._choose()
        elif answered:
            self._end()
        elif said == NEXT:
            for each in self.view:
                if each.searched and each.closed is None:
                    each.closed = self.at  # whoever was closed by a key that nobody meant is let go all the same
            if len(self._in_picture()) == 1 and self._in_picture()[0] in [
                each.number for each in self.view if not each.searched
            ]:
                self.tell("officer presses Space")
                self._press(Qt.Key.Key_Space)
        elif self.view and self.view[-1].poor and not self.view[-1].searched and len(self.view) == 1:
            self.tell(f"officer opens a photograph of {self.view[-1].number}")
            counter.take_bytes(png(picture(self.view[-1].number, moment=self.ticks % 100)))
        elif card.state == "fault":
            self._press(Qt.Key.Key_R)

    def _say_whose(self) -> None:
        person = self._taken()
        asked = (self.window.counter._now.question, self.window.counter._now.asked_at)
        self.counted.questions += asked != self.question  # a press too early answers nothing, and is made again
        self.question = asked
        name = self.window.counter.document.name.text()
        own = person is not None and any(self._names(paper, name) for paper in person.papers)
        self.tell(f"asked whose {name} is, of {person.number if person else 0}: {'yes' if own else 'no'}")
        self._press(Qt.Key.Key_Y if own else Qt.Key.Key_N)

    def _names(self, paper: Paper, shown: str) -> bool:
        return bool(shown) and shown.startswith(paper.zone.names.surname)

    def _choose(self) -> None:
        faces = counter_faces(self.window)
        waiting = [each.number for each in self.view if not each.searched]
        for place, number in enumerate(faces):
            if number in waiting:
                self.tell(f"officer chooses {number}")
                self._press(Qt.Key(Qt.Key.Key_1.value + place))
                return
        self._press(Qt.Key.Key_R)

    def _end(self) -> None:
        """The officer is done with the answer, unless this traveller's paper was not read yet."""
        person = self._taken()
        counter = self.window.counter
        if person is None:
            self.tell("officer takes another picture: there was nobody in it")
            self._press(Qt.Key.Key_R)
            return
        shown = counter.document.name.text()
        if person is not None and person in self.view and person.papers and person.asked < 4 and person.closed is None:
            searched = any(paper is person.papers[0] for paper, _ in person.searched)
            read = self._names(person.papers[0], shown)
            if not searched and not read and self.reading_page is None and person.lays_at is None:
                person.asked += 1
                if person.lays is Lays.SWIPED:
                    self.tell(f"officer swipes the passport of {person.number}")
                    counter.typed_zone("\n".join(person.papers[0].zone.lines))
                else:
                    self.tell(f"officer asks {person.number} for the document")
                    person.lays_at = self.at + 0.8
            waited = self.at - (person.answered or self.at)
            if not searched and waited < 120 * self.slow:
                return
        if person is not None and counter.answered is not None:
            self._close(person)

    def _close(self, person: Person) -> None:
        counter = self.window.counter
        screened = counter.answered
        self._press(Qt.Key.Key_Return)
        QApplication.processEvents()
        if screened is not None and counter.answered is None:
            self.intended.add(screened.screening_id)
            person.closed = self.at
            self.tell(f"officer closes {person.number}")
            if len([each for each in self.all if each.closed]) in self.locks:
                self.locks.discard(len([each for each in self.all if each.closed]))
                self._change_officer()
                return
        if self.random.random() < 0.15:
            self.at += 0.13
            self._press(Qt.Key.Key_Return, meant=False)

    def _press(self, key: Qt.Key, *, meant: bool = True) -> None:
        before = self.window.counter.answered
        QTest.keyClick(self.window.counter, key)
        QTest.qWait(round(1000 * HOLD_SECONDS) + 60)  # a key is held back for a moment, lest it be a reader's
        if not meant and before is not None and self.window.counter.answered is not before:
            self.counted.errors[UNMEANT] += 1
            self.tell("ERROR: a key closed what nobody meant to close")

    def _change_officer(self) -> None:
        self.tell("the desk is locked, and another officer comes")
        window = self.window
        window.lock()
        self._until(lambda: not window.signed_in)
        self.at += 30.0
        login = self.random.choice(("officer", "second"))
        window.sign_in.login.setText(login)
        window.sign_in.password.setText(password_of(login) or "")
        window.sign_in.enter.click()
        self._until(lambda: window.signed_in == login)
        window.show_page(window.counter)

    def _until(self, so: object) -> None:
        for _ in range(2000):
            self.desk.settle()
            self.desk.release(self.at + 1000)
            QApplication.processEvents()
            if so():  # type: ignore[operator] # a question
                return
        raise TimeoutError("the window does not come to it")

    # The judge

    def _judge(self) -> None:
        errors = self.counted.errors
        for person in self.all:
            if not person.searched:
                errors["not searched"] += 1
                self.tell(f"ERROR: {person.number} was not searched")
                continue
            own = any(paper is person.papers[0] for paper, _ in person.searched) if person.papers else True
            if not own and not person.walks_off and person.asked < 4:
                errors["document not searched"] += 1
                self.tell(f"ERROR: the paper of {person.number} was not searched")
            reachable = person.listed is Listed.FACE or own
            if person.listed is not Listed.NO and reachable and person.searched[-1][1] != Answer.REFER:
                errors["a listed person passed"] += 1
                self.tell(f"ERROR: {person.number} passed")


def counter_faces(window: MainWindow) -> list[int]:
    """Numbers of the faces in the picture that is held, in the order in which they can be chosen."""
    taken = window.counter._front.taken
    if taken is None:
        return []
    image = taken[0]
    count = int(image[0, 0, 0])
    return [int(image[1, place, 0]) * 256 + int(image[1, place, 1]) for place in range(count)]
