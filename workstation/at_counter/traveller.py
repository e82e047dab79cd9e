"""The traveller at the counter: one state, and what each happening makes of it. Pure; the time comes with what happens.

What must stay true: nobody is passed over without a word; a page is searched for the person during whose presence it was laid,
or for whom the officer said so; nothing unread is closed without a question, and nobody is asked twice.
"""

from dataclasses import dataclass
from enum import StrEnum

from workstation.at_counter.happenings import Deed

STEADY_SECONDS = 0.7
"""A good face stays in the picture for so long before it is taken by itself."""
READING_SECONDS = 3.0
"""So long a good face waits for a page that is being read, so that one answer says both."""
AWAY_SECONDS = 6.0
"""Who is out of the picture for so long has left. A shorter absence is a bowed head, unless another face comes back."""
TOLD_SECONDS = 1.5
"""A face that comes back is compared within so long, or it is taken for another."""
LOOKS = 2
"""Frames in a row in which a face is unlike before somebody else stands there."""
READ_SECONDS = 1.0
"""An answer that matters stands for so long before a key closes it; two presses closer together are one."""
UNDO_SECONDS = 10.0
MISSED_SECONDS = 0.5
"""A face that is not found for so short a time is there all the same."""
SKIPPED_SECONDS = 2.0
"""Who stood there for so long and was not taken is said not to have been searched."""


class Stage(StrEnum):
    LEFT = "nobody"
    ARRIVING = "a face came"
    PRESENT = "a good face stands there"
    TAKEN = "a picture is held"
    ANSWERED = "the answer stands"
    CLOSED = "closed, and not known to have left"


ARMED = frozenset({Stage.LEFT, Stage.ARRIVING, Stage.PRESENT})
"""The next traveller is taken by himself."""
HELD = frozenset({Stage.TAKEN, Stage.ANSWERED})


class Whose(StrEnum):
    """How sure it is that a page is this traveller's."""

    SURE = "laid down while this traveller stood there, or the officer said so"
    CHANGED = "the same, but two people changed places without a gap"
    LATE = "laid down after the picture was taken"
    OPEN = "not known"


class Fit(StrEnum):
    """What the portrait on a page says of whose it is."""

    FITS = "the face looks like the portrait"
    TELLS_NOTHING = "the portrait does not decide"
    UNLIKE = "the face looks unlike the portrait"
    NONE = "there is no portrait to compare"


def left_out(whose: Whose, fit: Fit) -> bool:
    """Whether the page is not searched for this traveller before the officer has said whose it is."""
    if whose is Whose.CHANGED:
        return fit is Fit.UNLIKE
    if whose is Whose.LATE:
        return fit in {Fit.UNLIKE, Fit.TELLS_NOTHING}
    return whose is Whose.OPEN and fit is not Fit.FITS


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    track: int = 0
    """Whoever stood there when it was laid; 0: not known."""
    at: float = 0.0
    """When it was laid down."""
    late: bool = False
    """Laid down after that person's picture was taken."""
    word: bool = False
    """The officer said whose it is."""
    after: bool = False
    """It was read when a picture was held already, so that there was a traveller before the next one to be asked about."""
    former: bool = False
    """It is the document of the traveller before."""
    lies: bool = False
    """It has not been lifted."""
    failed: bool = False
    """It could not be read."""
    refused: int = 0
    """How often the officer said that it is not the traveller's."""


@dataclass(frozen=True, slots=True)
class Before:
    """The traveller who was closed last, while the closing can be undone."""

    at: float
    track: int
    page: Page | None


@dataclass(frozen=True, slots=True)
class AtCounter:
    stage: Stage = Stage.LEFT
    since: float = 0.0
    """When the stage began."""
    track: int = 0
    """Who is in view, or was last: grows with everybody who is known to be another person."""
    taken: int = 0
    """Of these, whose picture is held, answered, or closed last."""
    there: bool = False
    """A face is in view."""
    several: bool = False
    seen: float = 0.0
    """When a face was last in view."""
    back: float | None = None
    """Since when a face is in view again that has not been compared yet."""
    came: float = 0.0
    """When whoever is in view came."""
    good: float | None = None
    """Since when the one face is good."""
    sure: float = 0.0
    """When whoever is in front was last known to stand there."""
    unlike: int = 0
    gone: bool = False
    """The traveller in front is known to have left."""
    changed: bool = False
    """This traveller took the place of the one before without a gap."""
    busy: bool = False
    """A search runs."""
    choosing: bool = False
    """It is asked which of several people is meant."""
    again: bool = False
    """Another picture of the same traveller is being taken."""
    matters: bool = False
    page: Page | None = None
    """This traveller's, or what waits for the next one's picture."""
    other: Page | None = None
    """Read meanwhile and not this traveller's."""
    lying: Page | None = None
    """On the desk, and not read yet."""
    mover: int | None = None
    """Who stood there when something began to move on the desk."""
    grown: bool = False
    """More became known of the document while it was being searched."""
    left: bool = False
    """A page lay on the desk when the traveller before was closed, and has not been lifted since."""
    without: bool = False
    """The traveller has no document."""
    question: int = 0
    """The page of which it is asked whose it is."""
    asked: bool = False
    """This traveller's officer has been asked."""
    asked_at: float = 0.0
    pressed: float | None = None
    """When Enter was pressed while something was unread."""
    skipped: float | None = None
    """When somebody left who was not taken."""
    before: Before | None = None
    holder: int = 0
    """The page whose holder's face is remembered."""
    doubt: int = 0
    """Frames in a row in which the face is unlike the holder's."""

    @property
    def armed(self) -> bool:
        return self.stage in ARMED

    @property
    def reading(self) -> bool:
        """A page lies there that may be this traveller's and is not read yet."""
        if self.page is not None or self.without:
            return False
        lying = self.lying
        return self.mover is not None if lying is None else lying.lies and not lying.failed and self._mine(lying)

    @property
    def unread(self) -> bool:
        """Something of this traveller is not known yet, which closing would lose."""
        return self.reading or (self.stage is Stage.TAKEN and not self.busy)

    @property
    def whose(self) -> Whose:
        """How sure the page in `page` is this traveller's."""
        page = self.page
        if page is None or page.word:
            return Whose.SURE
        who = self.taken if self.stage in HELD else self.track
        if page.former or page.track != who or not page.track:
            return Whose.OPEN
        if page.late:
            return Whose.LATE
        return Whose.CHANGED if self.changed else Whose.SURE

    @property
    def certain(self) -> bool:
        """Whether nothing needs to be asked before the page's names and numbers are looked up."""
        expected = self.track + 1 if self.stage is Stage.LEFT else self.track
        page = self.page
        return page is not None and (page.word or (page.track == expected and not page.former and not self.changed))

    def _mine(self, page: Page) -> bool:
        if self.stage in HELD:
            return page.track in {self.taken, 0} and not (self.gone and page.track == 0)
        return True

    def owner(self, at: float) -> int:
        """Whose a page is that is laid down now; 0: not known."""
        if self.stage is Stage.LEFT:
            return self.track + 1
        if self.several:
            return 0
        if self.stage in HELD:
            return self.track if self.there or (not self.gone and at - self.seen < MISSED_SECONDS) else 0
        return 0 if self.stage is Stage.CLOSED else self.track


Stepped = tuple[AtCounter, tuple[Deed, ...]]
