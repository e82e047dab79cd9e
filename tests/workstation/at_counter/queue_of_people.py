"""A counter in small, without pixels: people come, lay pages down and go; a tired officer reads the line and presses keys.

It knows the truth of everything, drives the state of the traveller at the counter, and counts what went wrong.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

from workstation.at_counter.happenings import (
    Answered,
    CameraLost,
    Choosing,
    Chosen,
    Deed,
    DeskLeft,
    Do,
    DocumentGiven,
    Enter,
    Happening,
    No,
    PageLies,
    PageLifted,
    PageMoves,
    PageRead,
    Seen,
    Space,
    Yes,
)
from workstation.at_counter.likeness import Likeness, together
from workstation.at_counter.saying import Line, line
from workstation.at_counter.step import step
from workstation.at_counter.traveller import AtCounter, Fit, Stage, Whose, left_out


@dataclass(slots=True)
class Someone:
    number: int
    lays: str
    """early, with, late, none, swiped."""
    stays: float
    """Seconds after the closing until they step aside; below 0: they walk off once there is an answer."""
    came: float = 0.0
    screened: int = 0
    closed: float | None = None
    answered: float | None = None
    laid: bool = False
    bowed: float = 0.0
    searched_with: list[int] = field(default_factory=list)


class CounterInSmall:
    """`seed` draws everything; `slow` makes each look take that many times longer."""

    def __init__(self, seed: int, people: int, slow: float = 1.0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a drawn queue, no secret
        self.slow = slow
        self.at = 100.0
        self.now = AtCounter()
        self.queue = [self._someone(number) for number in range(1, people + 1)]
        self.view: list[Someone] = []
        self.gone: list[Someone] = []
        self.seen: list[Someone] = []
        self.taken: Someone | None = None
        self.reference: Someone | None = None
        self.holder: Someone | None = None
        self.chosen: list[Someone] = []
        self.search: tuple[float, int, Whose] | None = None
        self.pages: dict[int, Someone] = {}
        self.number = 0
        self.desk: tuple[int, Someone, float] | None = None
        self.reading: list[tuple[float, int, Someone]] = []
        self.next_comes = 101.0
        self.press_at: float | None = None
        self.former: Someone | None = None
        self.mine: Someone | None = None
        self.wrong: Counter[str] = Counter()
        self.questions = 0
        self.told: list[str] = []

    def _someone(self, number: int) -> Someone:
        lays = self.random.choices(["early", "with", "late", "none", "swiped"], [2, 5, 1, 1, 1])[0]
        stays = self.random.choices([-1.0, 0.0, 0.5, 2.0, 5.0], [1, 3, 3, 2, 1])[0]
        return Someone(number, lays, stays)

    def run(self, most: float = 60.0) -> Counter[str]:
        """Until everybody has gone; nobody may need longer than `most` seconds on average."""
        end = self.at + most * len(self.queue)
        while (self.queue or self.view) and self.at < end:
            self.tick()
        if self.queue or self.view:
            self.wrong["stuck"] += 1
        return self.wrong

    def tick(self) -> None:
        self.at += self.random.choice((0.08, 0.12, 0.3)) * self.slow
        self._people()
        self._papers()
        self._camera()
        if self.search is not None and self.at >= self.search[0]:
            self._answer()
        self._officer()

    def happens(self, happening: Happening) -> None:
        before = self.now
        self.now, acts = step(self.now, happening)
        self.told.append(f"{self.at:.1f} {happening} -> {self.now.stage} {[str(each.what) for each in acts]}")
        if self.now.question and not before.question:
            self.questions += 1
        for act in acts:
            self._do(act)

    # People

    def _people(self) -> None:
        if self.queue and self.at >= self.next_comes and len(self.view) < 2:
            before = self.view[-1] if self.view else None
            if before is None or before.closed is not None or (before.answered is not None and self.random.random() < 0.02):
                someone = self.queue.pop(0)
                someone.came = self.at
                self.view.append(someone)
                self.next_comes = self.at + self.random.choice((0.0, 0.3, 1.0, 3.0, 20.0))
        for someone in list(self.view):
            walks = someone.stays < 0 and someone.answered is not None and self.at - someone.answered > 1.5
            told = someone.closed is not None and self.at - someone.closed > max(someone.stays, 0)
            if walks or told:
                self.view.remove(someone)
                self.gone.append(someone)
                if not someone.screened:
                    self.wrong["passed without a search"] += 1
            elif self.random.random() < 0.004:
                someone.bowed = self.at + self.random.choice((0.3, 1.0, 2.5))

    def _papers(self) -> None:
        for someone in self.view:
            if someone.laid or self.desk is not None:
                continue
            before_face = someone.lays == "early"
            with_face = someone.lays == "with" and self.at - someone.came > 0.5
            late = someone.lays == "late" and someone.answered is not None and someone.closed is None
            if before_face or with_face or late:
                someone.laid = True
                self.number += 1
                self.pages[self.number] = someone
                self.desk = (self.number, someone, self.at + self.random.choice((1.2, 2.0, 4.0)))
                self.happens(PageMoves(self.at))
                self.happens(PageLies(self.at, self.number))
                self.reading.append((self.at + self.random.choice((0.7, 1.5, 6.0)) * self.slow, self.number, someone))
        if self.desk is not None and self.at >= self.desk[2] and not any(each[1] == self.desk[0] for each in self.reading):
            self.happens(PageMoves(self.at))
            self.happens(PageLifted(self.at))
            self.desk = None
        for each in [each for each in self.reading if self.at >= each[0]]:
            self.reading.remove(each)
            mine = self.pages.get(self.now.page.number) if self.now.page else None
            self.happens(PageRead(self.at, each[1], same=mine is each[2], former=self.former is each[2]))

    def _likeness(self, someone: Someone, to: Someone | None) -> Likeness | None:
        if to is None or self.random.random() < 0.5:
            return None
        if someone is to:
            return self.random.choices([Likeness.ALIKE, Likeness.OPEN], [9, 1])[0]
        look_alike = someone.number % 40 == 0
        return Likeness.OPEN if look_alike else self.random.choices([Likeness.UNLIKE, Likeness.OPEN], [8, 2])[0]

    def _camera(self) -> None:
        if self.random.random() < 0.0005:
            self.happens(CameraLost(self.at))
            self.at += 4.0
            return
        seen = [each for each in self.view if each.bowed < self.at and self.random.random() > 0.01]
        all_told = [self._likeness(each, self.reference) for each in seen]
        told = [each for each in all_told if each is not None]
        holds = [each for each in (self._likeness(one, self.holder) for one in seen) if each is not None]
        self.seen = seen
        good = len(seen) == 1 and self.random.random() > 0.05
        self.happens(
            Seen(
                self.at,
                len(seen),
                good=good,
                likeness=together(tuple(told)) if seen and len(told) == len(seen) else None,
                holder=holds[0] if len(holds) == len(seen) == 1 else None,
            )
        )

    # What is to be done

    def _do(self, act: Deed) -> None:
        if act.what is Do.TAKE:
            self.taken = self.reference = self.seen[0]
            self._begin_search()
        elif act.what is Do.TAKE_NOW:
            self.chosen = list(self.seen)
            if len(self.chosen) > 1:
                self.happens(Choosing(self.at))
            elif self.chosen:
                self.taken = self.reference = self.chosen[0]
                self._begin_search()
            else:
                self.taken = None
                self.search = (self.at + 0.5, 0, Whose.SURE)
        elif act.what is Do.SEARCH:
            self._begin_search()
        elif act.what is Do.REMEMBER_HOLDER:
            self.holder = self.seen[0]
        elif act.what is Do.CLOSE and self.taken is not None:
            self.taken.closed = self.at
            self.former = self.pages.get(self.now.before.page.number) if self.now.before and self.now.before.page else None
        elif act.what is Do.FORGET_PAGE:
            self.reading.clear()
        elif act.what is Do.NEXT:
            self.taken = None

    def _begin_search(self) -> None:
        page = self.now.page.number if self.now.page is not None else 0
        self.search = (self.at + self.random.choice((0.4, 0.8, 1.5)) * self.slow, page, self.now.whose)

    def _answer(self) -> None:
        if self.search is None:
            return
        _, page, whose = self.search
        self.search = None
        holder, someone = self.pages.get(page), self.taken
        doubted = unlike = False
        if someone is not None:
            if page:
                fit = self._fit(holder, own=holder is someone)
                doubted, unlike = left_out(whose, fit), fit is Fit.UNLIKE
            if not someone.screened:
                someone.answered = self.at
            someone.screened += 1
            if page and not doubted:
                someone.searched_with.append(page)
                word = self.now.page is not None and self.now.page.word
                if holder is not someone and not word:
                    self.wrong["searched with another's paper"] += 1
        self.happens(Answered(self.at, self.random.random() < 0.15, page, doubted, unlike))

    def _fit(self, holder: Someone | None, *, own: bool) -> Fit:
        """As drawn portraits fit drawn people: 28 of 28 own ones are alike, 3 of 812 of others, and a tenth of those tells nothing."""
        if holder is None or holder.lays == "swiped":
            return Fit.NONE
        drawn = self.random.random()
        if own:
            return Fit.FITS if drawn < 0.96 else Fit.TELLS_NOTHING
        return Fit.UNLIKE if drawn < 0.9 else Fit.TELLS_NOTHING

    # The officer

    def _officer(self) -> None:  # noqa: C901, PLR0912 - what an officer does, one thing after another
        now, said = self.now, line(self.now, self.at)
        if self.random.random() < 0.002:
            self._press(Enter(self.at))
        if self.random.random() < 0.0002:
            self.happens(DeskLeft(self.at))
            self.search, self.taken = None, None
            return
        if said is Line.HOLD and not now.armed:
            self.wrong["hold still while not armed"] += 1
        wants = {Line.WHOSE, Line.STANDS, Line.BESIDE, Line.LEFT, Line.ANOTHER, Line.CHOOSE, Line.NEXT, Line.AGAIN, Line.UNREAD}
        if said not in wants:
            self.press_at = None
            return
        if self.press_at is None:
            self.press_at = self.at + self.random.choice((0.6, 1.2, 2.5))
        if self.at < self.press_at:
            return
        self.press_at = None
        if said is Line.WHOSE:
            holder = self.pages.get(now.question)
            self.happens(Yes(self.at) if holder is self.taken else No(self.at))
        elif said is Line.CHOOSE:
            waiting = [each for each in self.chosen if not each.screened]
            self.taken = self.reference = waiting[0] if waiting else self.chosen[0]
            self.happens(Chosen(self.at))
        elif said is Line.NEXT:
            waiting = [each for each in self.seen if not each.screened]
            if waiting:
                self.happens(Space(self.at))
        elif said is Line.UNREAD:
            if not now.reading:
                self._press(Enter(self.at))
        elif said is Line.AGAIN:
            self.happens(Enter(self.at, held=True))
        else:
            swipes = self.taken is not None and self.taken.lays == "swiped" and not self.taken.laid
            if swipes and self.taken is not None and now.page is None:
                self.taken.laid = True
                self.number += 1
                self.pages[self.number] = self.taken
                self.happens(DocumentGiven(self.at, self.number, swiped=True))
            else:
                self._press(Enter(self.at))

    def _press(self, press: Enter) -> None:
        closes = self.now.stage is Stage.ANSWERED
        unread = self.now.reading and self.now.pressed is None
        self.happens(press)
        if closes and unread and self.now.stage is not Stage.ANSWERED:
            self.wrong["closed unread"] += 1
        if self.random.random() < 0.2:
            self.happens(Enter(self.at + 0.15))
