"""One page under the document camera, from laid down to lifted: when to read it, how often, and when it may be lifted.

A page is read by itself once it lies still, in up to MOST frames until the readings agree. It may be lifted only after that.
Knows no thread and no clock: frames come with their moments, readings come back with the number of their page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.faces.images import Image
from workstation.documents.travel_document import TravelDocument
from workstation.documents.watching.stillness import Lying, LyingStill
from workstation.documents.zone_reader.reading import Why
from workstation.sentences import Sentence

MOST = 3
"""Frames of one page that are read."""
WITHOUT_ZONE = 2
"""Frames of a page without a zone: the back of a card need not be read a third time."""
_FORGOTTEN_SECONDS = 10.0
"""What has lain there for so long without anything to read is no page: the desk looks otherwise now."""

DIFFER = Sentence("The readings of the page differ. Lay it flat and without glare, or type the lines.")
NO_ZONE = Sentence("No machine-readable zone was found. Lay the page with the lines up, or type them.")
TOO_SOON = Sentence("The page was lifted before it was read. Lay it down again.")

Agreed = Callable[[Sequence[TravelDocument]], TravelDocument | None]


class PageState(StrEnum):
    """What the officer sees of the document camera."""

    EMPTY = "nothing lies there"
    MOVING = "something moves"
    STILL = "a page lies still"
    READING = "the page is read"
    READ_MAY_LIFT = "the page was read and may be lifted"
    UNREADABLE = "the page cannot be read"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a reading led to."""

    document: TravelDocument | None = None
    """Read, and the readings agree."""
    unread: TravelDocument | None = None
    """No agreed lines; the page and the portrait may still be of use beside typed lines."""
    lifted: bool = False
    """What lay there is no page: the one before was lifted."""


def agreed(documents: Sequence[TravelDocument]) -> TravelDocument | None:
    """The document whose lines two readings share, or one reading that leaves nothing open; None while neither is there.

    Nothing is open when every check digit agrees as read, nothing was changed and the reader was sure of every character.
    """
    read = [each for each in documents if each.zone is not None]
    for number, each in enumerate(read):
        if _certain(each) or any(each.zone.lines == before.zone.lines for before in read[:number] if each.zone and before.zone):
            return each
    return None


def _certain(document: TravelDocument) -> bool:
    reading = document.reading
    return (
        reading is not None
        and reading.zone_as_read.checks_agree
        and not reading.changes
        and not any(doubt.why is Why.UNSURE for doubt in reading.doubts)
    )


class LaidPage:
    def __init__(self, agree: Agreed = agreed) -> None:
        self.state = PageState.EMPTY
        self.sentence: Sentence | None = None
        """Why the page cannot be read, and what to do."""
        self._agree = agree
        self._lying = LyingStill()
        self._stillness = 0
        self._number = 0
        self._frames = MOST
        self._tries = 0
        self._readings: list[TravelDocument] = []
        self._in_hand = False
        self._on_desk = False
        """A page was read, or could not be, since the desk was last empty."""
        self._nothing = False

    def see(self, image: Image, taken: float) -> bool:
        """Look at a frame taken at this moment. Whether the desk is empty with it after a page lay there."""
        lying = self._lying.see(image, taken)
        if lying is Lying.STILL and self._lying.page != self._stillness:
            self._stillness = self._lying.page
            self._begin(PageState.STILL, MOST)
        elif lying is Lying.MOVING and self.state is not PageState.READ_MAY_LIFT:
            self.state, self.sentence = PageState.MOVING, None
        elif lying is Lying.EMPTY and self.state is not PageState.EMPTY:
            return self._lift(None if self._is_over else TOO_SOON)
        elif self._nothing and self.state is PageState.UNREADABLE and self._lying.still_for >= _FORGOTTEN_SECONDS:
            self._lying.nothing_there()
            return self._lift(None)
        return False

    @property
    def number(self) -> int:
        """Of the page that lies there; grows with every page, and when one is let go of."""
        return self._number

    @property
    def wanted(self) -> bool:
        """Whether a frame of the page is to be read now."""
        lies = self.state in {PageState.STILL, PageState.READING}
        return lies and not self._in_hand and self._tries < self._frames

    @property
    def in_hand(self) -> bool:
        """Whether the reader is at it."""
        return self._in_hand

    def take(self) -> int:
        """A frame of the page goes to the reader. The number with which what is read of it comes back."""
        self._in_hand = True
        self._tries += 1
        self.state = PageState.READING
        return self._number

    def scanned(self) -> int:
        """A page came whole from a scanner and goes to the reader: one picture, one reading."""
        self._begin(PageState.STILL, 1)
        return self.take()

    def again(self) -> None:
        """Read what lies there once more."""
        if self.state in {PageState.READ_MAY_LIFT, PageState.UNREADABLE}:
            self._begin(PageState.STILL, MOST)

    def forget(self) -> None:
        """The traveller is done: what was read is let go of, and what is still being read belongs to nobody."""
        if self._frames == 1:
            self._begin(PageState.EMPTY, 1)  # a scanner's page lies nowhere
            return
        busy = self.state in {PageState.STILL, PageState.READING, PageState.READ_MAY_LIFT}
        self._begin(PageState.READ_MAY_LIFT if busy else self.state, 0)

    def heard(self, number: int, document: TravelDocument | None, why: Sentence | None = None) -> Outcome:
        """The reader is done with a frame of the page, or says why it could not read it."""
        self._in_hand = False
        if number != self._number:
            return Outcome()
        if document is not None:
            self._readings.append(document)
        one = self._agree(self._readings)
        if one is None and self._frames == 1 and document is not None and document.zone is not None:
            one = document
        if one is not None:
            self._finish(PageState.READ_MAY_LIFT, None)
            return Outcome(document=one)
        return self._not_yet(document, why)

    @property
    def _is_over(self) -> bool:
        """Whether nothing was begun, nothing is left to read, or the reader will say itself what came of it."""
        return self._tries in {0, self._frames} or self._in_hand

    @property
    def _zones(self) -> bool:
        """Whether a zone was seen in any frame of the page."""
        return any(each.zone is not None for each in self._readings)

    def _not_yet(self, document: TravelDocument | None, why: Sentence | None) -> Outcome:
        self._nothing = document is not None and document.zone is None and document.page is None and document.portrait is None
        if self._nothing and not self._lying.desk_known and self.state is PageState.READING:
            self._lying.nothing_there()
            return Outcome(lifted=self._lift(None))
        if self.state is not PageState.READING:
            # It was lifted, or is being lifted, while the reader was at it.
            self.sentence = TOO_SOON
        elif self._tries < (self._frames if self._zones else min(self._frames, WITHOUT_ZONE)):
            return Outcome()
        elif self._zones:
            self._finish(PageState.UNREADABLE, DIFFER)
        else:
            said = document.remarks[:1] if document is not None else ()
            self._finish(PageState.UNREADABLE, why or (said[0] if said else NO_ZONE))
        return Outcome(unread=None if self._nothing else document)

    def _begin(self, state: PageState, frames: int) -> None:
        self._number += 1
        self._frames, self._tries, self._nothing = frames, 0, False
        self._readings.clear()
        self.state, self.sentence = state, None

    def _finish(self, state: PageState, sentence: Sentence | None) -> None:
        """The end of the readings; a page that was lifted meanwhile stays lifted."""
        self._tries = self._frames
        self.sentence = sentence
        if self.state is not PageState.EMPTY:
            self.state, self._on_desk = state, True

    def _lift(self, sentence: Sentence | None) -> bool:
        there, self._on_desk = self._on_desk, False
        self.state, self.sentence = PageState.EMPTY, sentence
        return there
