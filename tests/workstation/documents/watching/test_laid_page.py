"""From laid down to lifted: read by itself, until readings agree, and never twice for one answer."""

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.desk_frames import FPS, desk, frame, laid, page
from workstation.documents.mrz import mrz
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.watching.laid_page import (
    DIFFER,
    NO_ZONE,
    TOO_SOON,
    WITHOUT_ZONE,
    LaidPage,
    Outcome,
    PageState,
    agreed,
)
from workstation.documents.zone_reader.reading import Change, Doubt, Why, ZoneReading
from workstation.sentences import Sentence

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TODAY = date(2026, 11, 25)
NOTHING = TravelDocument(Origin.CAMERA, None)
BLANK = TravelDocument(Origin.CAMERA, None, page=np.zeros((4, 4, 3), dtype=np.uint8))


def read(name: str = "ANNA", *, doubts: tuple[Doubt, ...] = (), changes: tuple[Change, ...] = ()) -> TravelDocument:
    lines = (LINES[0].replace("ANNA", name), LINES[1])
    zone = mrz.parse(lines, TODAY)
    sure = tuple((1.0,) * len(line) for line in lines)
    return TravelDocument(Origin.CAMERA, zone, ZoneReading(lines, lines, changes, doubts, sure, (), zone, zone))


UNSURE = (Doubt(0, 15, "A", "4", Why.UNSURE),)


class Desk:
    def __init__(self) -> None:
        self.page = LaidPage()
        self.moment = 0

    def show(self, scene: NDArray[np.float32], frames: int = FPS) -> list[bool]:
        said = []
        for _ in range(frames):
            self.moment += 1
            said.append(self.page.see(frame(scene, self.moment), self.moment / FPS))
        return said

    def state(self) -> PageState:
        return self.page.state

    def answer(self, document: TravelDocument | None, why: Sentence | None = None) -> Outcome:
        assert self.page.wanted
        number = self.page.take()
        assert self.page.state is PageState.READING
        assert not self.page.wanted
        return self.page.heard(number, document, why)


@pytest.fixture
def lies() -> Desk:
    """A page lies still on a desk that is known."""
    made = Desk()
    made.show(desk())
    assert made.answer(NOTHING).lifted is False
    assert made.state() is PageState.EMPTY
    made.show(laid(desk(), page(1)))
    assert made.state() is PageState.STILL
    return made


def test_that_a_sure_reading_is_enough_and_the_page_may_be_lifted(lies: Desk) -> None:
    document = read()
    assert lies.answer(document).document is document
    assert lies.state() is PageState.READ_MAY_LIFT
    assert not lies.page.wanted
    lies.show(laid(desk(), page(1)))
    assert not lies.page.wanted
    assert lies.show(desk()).count(True) == 1
    assert lies.state() is PageState.EMPTY


def test_that_unsure_readings_must_agree(lies: Desk) -> None:
    assert lies.answer(read(doubts=UNSURE)).document is None
    assert lies.page.wanted
    assert lies.answer(read("ANN4", doubts=UNSURE)).document is None
    third = lies.answer(read(doubts=UNSURE)).document
    assert third is not None
    assert third.zone is not None
    assert third.zone.names.given == "ANNA MARIA"


def test_that_readings_that_differ_are_not_given(lies: Desk) -> None:
    for name in ("ANNA", "ANN4", "4NNA"):
        outcome = lies.answer(read(name, doubts=UNSURE))
        assert outcome.document is None
    assert lies.state() is PageState.UNREADABLE
    assert lies.page.sentence == DIFFER
    assert not lies.page.wanted


def test_that_what_a_check_digit_changed_must_be_read_twice() -> None:
    changed = read(changes=(Change(1, 0, "1", "L", 0.3),))
    assert agreed([changed]) is None
    assert agreed([changed, read(changes=(Change(1, 0, "I", "L", 0.3),))]) is not None
    assert agreed([NOTHING, NOTHING]) is None


def test_that_a_page_without_a_zone_is_tried_twice_and_said(lies: Desk) -> None:
    tries = [lies.answer(BLANK) for _ in range(WITHOUT_ZONE)]
    assert tries[-1].unread is BLANK
    assert lies.state() is PageState.UNREADABLE
    assert lies.page.sentence == NO_ZONE
    assert True in lies.show(desk())


def test_that_the_reader_says_why(lies: Desk) -> None:
    why = Sentence("The page is too blurred.")
    for _ in range(WITHOUT_ZONE):
        lies.answer(None, why)
    assert lies.page.sentence == why


def test_that_a_page_lifted_before_it_was_read_is_said(lies: Desk) -> None:
    lies.answer(read(doubts=UNSURE))
    lies.show(desk())
    assert (lies.state(), lies.page.sentence) == (PageState.EMPTY, TOO_SOON)


@pytest.mark.parametrize("sure", [True, False])
def test_that_a_page_lifted_while_it_is_read_counts_if_the_reading_is_sure(lies: Desk, *, sure: bool) -> None:
    number = lies.page.take()
    lies.show(desk())
    assert lies.page.sentence is None
    outcome = lies.page.heard(number, read(doubts=() if sure else UNSURE))
    assert (outcome.document is not None) is sure
    assert lies.state() is PageState.EMPTY
    assert lies.page.sentence == (None if sure else TOO_SOON)


def test_that_a_reading_of_the_page_before_is_dropped(lies: Desk) -> None:
    number = lies.page.take()
    lies.show(laid(desk(), page(2)))
    assert lies.state() is PageState.STILL
    assert lies.page.heard(number, read()).document is None
    assert lies.page.wanted


def test_that_a_page_that_was_there_from_the_start_is_read_and_its_lifting_seen() -> None:
    at_start = Desk()
    at_start.show(laid(desk(), page(1)))
    assert at_start.answer(read()).document is not None
    at_start.show(desk())
    assert at_start.answer(NOTHING).lifted
    assert at_start.state() is PageState.EMPTY


def test_that_what_lies_there_with_nothing_to_read_becomes_the_desk(lies: Desk) -> None:
    mat = desk(mat=140, grain=30)
    lies.show(mat)
    for _ in range(WITHOUT_ZONE):
        lies.answer(NOTHING)
    assert lies.state() is PageState.UNREADABLE
    for _ in range(11):
        lies.moment += FPS - 1
        lies.show(mat, frames=1)
    assert lies.state() is PageState.EMPTY


def test_that_a_page_is_read_again_when_asked(lies: Desk) -> None:
    lies.answer(read())
    lies.page.again()
    assert lies.page.wanted


def test_that_nothing_is_read_for_a_traveller_who_is_done(lies: Desk) -> None:
    number = lies.page.take()
    lies.page.forget()
    assert lies.page.heard(number, read()).document is None
    lies.show(laid(desk(), page(1)))
    assert not lies.page.wanted
    lies.show(laid(desk(), page(2)))
    assert lies.page.wanted


@pytest.mark.parametrize("sure", [True, False])
def test_that_a_scan_is_read_once(sure: bool) -> None:
    scanner = LaidPage()
    number = scanner.scanned()
    document = read(doubts=() if sure else UNSURE)
    assert scanner.heard(number, document).document is document
    number = scanner.scanned()
    assert scanner.heard(number, BLANK).unread is BLANK
    assert scanner.state is PageState.UNREADABLE
    assert not scanner.wanted
