"""Every state that can be reached is reached, and what must be true of the traveller at the counter is true in each."""

import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from workstation.at_counter.happenings import (
    Answered,
    CameraLost,
    Choosing,
    Chosen,
    DeskLeft,
    Do,
    DocumentGiven,
    DocumentGrew,
    Enter,
    Happening,
    No,
    NoPicture,
    PageLies,
    PageLifted,
    PageMoves,
    PageRead,
    PageUnread,
    PictureGiven,
    Recalled,
    Refused,
    Retake,
    Seen,
    Space,
    Undo,
    WithoutDocument,
    Yes,
)
from workstation.at_counter.likeness import Likeness
from workstation.at_counter.saying import Line, line
from workstation.at_counter.step import step
from workstation.at_counter.traveller import AtCounter, Fit, Page, Stage, Whose, left_out

LONG = 12.0
"""Longer than every time that the state knows."""
NOW = 1000.0


def frames(at: float) -> Iterator[Happening]:
    yield Seen(at, 0)
    yield Seen(at, 2, likeness=Likeness.ALIKE)
    for likeness in (None, Likeness.ALIKE, Likeness.OPEN, Likeness.UNLIKE):
        yield Seen(at, 1, good=True, likeness=likeness)
    yield Seen(at, 1, good=False)
    yield CameraLost(at)


def papers(now: AtCounter, at: float) -> Iterator[Happening]:
    lying = now.lying.number if now.lying is not None else 0
    yield PageMoves(at)
    yield PageLies(at, new(now))
    yield PageLifted(at)
    if lying:
        yield PageUnread(at, lying)
        yield PageRead(at, lying)
        yield PageRead(at, lying, former=True)


def keys(now: AtCounter, at: float) -> Iterator[Happening]:
    yield from (Space(at), Enter(at), Retake(at), Yes(at), No(at), Undo(at))
    if now.busy:
        page = now.page.number if now.page is not None else 0
        doubted = page and left_out(now.whose, Fit.UNLIKE)
        yield Answered(at, matters=False, page=page)
        yield Answered(at, matters=True, page=page, doubted=bool(doubted), unlike=bool(doubted))
        yield Refused(at)
        yield Choosing(at)
    if now.choosing:
        yield Chosen(at)


def new(now: AtCounter) -> int:
    """A number that no page had."""
    closed = now.before.page.number if now.before is not None and now.before.page is not None else 0
    return 1 + max([now.holder, now.question, closed, *(page.number for page in pages(now))])


def rare(now: AtCounter, at: float) -> Iterator[Happening]:
    yield from (PictureGiven(at), NoPicture(at), WithoutDocument(at), DeskLeft(at), DocumentGrew(at))
    yield from (Recalled(at), Recalled(at, again=True))
    yield DocumentGiven(at, new(now))
    yield DocumentGiven(at, new(now), swiped=True)


def alike(now: AtCounter, at: float) -> AtCounter:
    """The same state with its moments counted from now, its people and pages from the first: the walk ends."""
    people = sorted({now.track, now.taken, *(page.track for page in pages(now)), now.before.track if now.before else 0} - {0})
    number = {each: place for place, each in enumerate(people, start=1)} | {0: 0}
    named = {each.number: place for place, each in enumerate(pages(now), start=1)} | {0: 0}

    def moment(value: float) -> float:
        """Just now, a moment ago, a while ago, long ago."""
        age = at - value
        return NOW - (age if age <= 0.8 else 2.5 if age < LONG else LONG)

    def maybe(value: float | None) -> float | None:
        return None if value is None else moment(value)

    def known(page: Page | None) -> Page | None:
        if page is None:
            return None
        return replace(
            page,
            at=moment(page.at),
            number=named.get(page.number, 7),
            track=number.get(page.track, 0),
            refused=min(page.refused, 1),
        )

    before = now.before
    if before is not None:
        before = (
            None if at - before.at >= LONG else replace(before, at=moment(before.at), track=number[before.track], page=None)
        )
    held, arriving = now.stage is Stage.ANSWERED, now.stage in {Stage.ARRIVING, Stage.PRESENT}
    return replace(
        now,
        # A moment counts only while something is decided by it.
        since=moment(now.since) if held else NOW,
        sure=NOW if now.lying is None else moment(now.sure),
        seen=NOW if now.there else moment(now.seen),
        came=moment(now.came) if arriving else NOW,
        asked_at=moment(now.asked_at) if now.question else NOW,
        back=maybe(now.back), good=maybe(now.good), pressed=maybe(now.pressed), skipped=None,
        track=number[now.track], taken=number[now.taken], mover=None if now.mover is None else number.get(now.mover, 0),
        page=known(now.page), other=known(now.other), lying=known(now.lying), before=before,
        question=named.get(now.question, 0), holder=named.get(now.holder, 0),
    )  # fmt: skip # the fields of one state


def pages(now: AtCounter) -> tuple[Page, ...]:
    return tuple(each for each in (now.page, now.other, now.lying) if each is not None)


def check(before: AtCounter, happening: Happening, now: AtCounter, done: tuple[Do, ...]) -> None:
    said = line(now, happening.at)
    assert now.busy == (now.busy and now.stage in {Stage.TAKEN, Stage.ANSWERED})
    assert said is not Line.HOLD or now.armed, "“Hold still” is said of nobody who is not taken by himself"
    assert (said is Line.NEXT) == (now.stage is Stage.CLOSED)
    if Do.TAKE in done:
        assert before.armed, "nobody is taken by himself whose turn it is not"
        assert isinstance(happening, Seen)
        assert happening.good
    if Do.CLOSE in done:
        assert isinstance(happening, Enter)
        assert before.stage is Stage.ANSWERED
        assert not before.busy
        assert not before.question
        assert not before.reading or before.pressed is not None, "nothing unread is closed without asking"
        assert not before.matters or happening.at - before.since >= 1.0, "an answer that matters stands for a second"
    if now.question and not before.question:
        assert not before.asked, "nobody is asked twice about one traveller"
    if Do.SEARCH in done and now.page is not None and isinstance(happening, Yes):
        assert now.whose is Whose.SURE
    if Do.LOOK_UP in done:
        assert now.page is not None
        assert now.certain, "names and numbers of nobody's page are looked up"
    if before.stage is Stage.ANSWERED and now.stage is not Stage.ANSWERED and not isinstance(happening, DeskLeft):
        assert Do.CLOSE in done or Do.AGAIN in done, "an answer goes away only by being closed, or for another picture"
    assert now.page is None or now.other is None or now.page.number != now.other.number


def walked(alphabet: Callable[[AtCounter, float], Iterator[Happening]], waits: tuple[float, ...], most: int = 1000) -> int:
    """How many states can be reached by so many happenings of this alphabet, each checked after everything in it."""
    start = alike(AtCounter(), NOW)
    known = {start}
    waiting = deque([(start, 0)])
    while waiting:
        now, steps = waiting.popleft()
        for wait in waits:
            at = NOW + wait
            for happening in alphabet(now, at):
                then, acts = step(now, happening)
                check(now, happening, then, tuple(each.what for each in acts))
                state = alike(then, at)
                if state not in known:
                    known.add(state)
                    if steps + 1 < most:
                        waiting.append((state, steps + 1))
    return len(known)


def people(now: AtCounter, at: float) -> Iterator[Happening]:
    yield from frames(at)
    yield from keys(now, at)


def documents(now: AtCounter, at: float) -> Iterator[Happening]:
    """Pages, with the few frames and keys that change whose they are."""
    yield Seen(at, 0)
    yield Seen(at, 1, good=True, likeness=Likeness.ALIKE)
    yield Seen(at, 1, good=True, likeness=Likeness.UNLIKE, holder=Likeness.UNLIKE)
    yield from (each for each in papers(now, at) if not (isinstance(each, PageRead) and each.former))
    yield from (Enter(at), No(at))
    if now.busy:
        page = now.page.number if now.page is not None else 0
        doubted = bool(page) and left_out(now.whose, Fit.UNLIKE)
        yield Answered(at, matters=False, page=page, doubted=doubted, unlike=doubted)


@pytest.mark.slow
def test_that_what_must_be_true_of_people_is_true_in_every_state() -> None:
    """All of them: the walk ends because no other state can be reached."""
    assert walked(people, (0.8, LONG)) > 1_000


@pytest.mark.slow
def test_that_what_must_be_true_of_pages_is_true_after_every_nine_happenings() -> None:
    assert walked(documents, (0.8,), 9) > 1_000


@pytest.mark.parametrize("seed", range(4))
def test_that_it_is_true_on_long_walks_through_everything_that_can_happen(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a walk, no secret
    now, at = AtCounter(), NOW
    for _ in range(8_000):
        at += drawn.choice((0.05, 0.3, 0.8, 2.5, LONG))
        happening = drawn.choice([*frames(at), *papers(now, at), *keys(now, at), *keys(now, at), *rare(now, at)])
        then, acts = step(now, happening)
        check(now, happening, then, tuple(each.what for each in acts))
        now = then
