"""What happens at a counter, each at its moment in seconds of a clock that never goes back, and what is to be done about it."""

from dataclasses import dataclass
from enum import StrEnum, auto

from workstation.at_counter.likeness import Likeness


@dataclass(frozen=True, slots=True)
class Seen:
    """A frame that was looked at."""

    at: float
    faces: int
    good: bool = False
    """One face, and nothing is to be fixed."""
    likeness: Likeness | None = None
    """To the traveller in front, or closed last; None: not compared in this frame."""
    holder: Likeness | None = None
    """To whoever stood there when the page was laid down."""
    free: bool = True
    """Whether a picture may be taken by itself: the counter is in view and nothing else is asked there."""


@dataclass(frozen=True, slots=True)
class CameraLost:
    at: float


@dataclass(frozen=True, slots=True)
class PageMoves:
    """Something moves on the desk."""

    at: float


@dataclass(frozen=True, slots=True)
class PageLies:
    at: float
    page: int
    """Its number: another one for each page, and for the same page laid anew."""


@dataclass(frozen=True, slots=True)
class PageRead:
    at: float
    page: int
    same: bool = False
    """The lines of the document that this traveller has already."""
    former: bool = False
    """The lines of the document of the traveller before."""


@dataclass(frozen=True, slots=True)
class PageUnread:
    """What lies there could not be read."""

    at: float
    page: int
    portrait: bool = False
    """It bears a portrait: perhaps the other side of a card."""


@dataclass(frozen=True, slots=True)
class PageLifted:
    at: float


@dataclass(frozen=True, slots=True)
class DocumentGiven:
    """By the officer's hand: typed, swiped, or chosen. It is the traveller's in front; of the next one, when nobody is."""

    at: float
    page: int
    swiped: bool = False
    """Through a reader, which says nothing of whom the officer means."""
    same: bool = False
    """The lines of the document that this traveller has already."""


@dataclass(frozen=True, slots=True)
class DocumentGrew:
    """More is known of this traveller's document than when it was searched: its other side, its print."""

    at: float


@dataclass(frozen=True, slots=True)
class WithoutDocument:
    at: float


@dataclass(frozen=True, slots=True)
class Space:
    """Take what the camera shows now."""

    at: float


@dataclass(frozen=True, slots=True)
class PictureGiven:
    """A picture from a file, or pasted."""

    at: float


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Why no picture is possible was said."""

    at: float


@dataclass(frozen=True, slots=True)
class Choosing:
    """The picture shows several people, and the officer is asked which one is meant."""

    at: float


@dataclass(frozen=True, slots=True)
class Chosen:
    at: float


@dataclass(frozen=True, slots=True)
class Answered:
    at: float
    matters: bool
    """Anything but a plain “no lead”."""
    page: int = 0
    """The page that was searched with it; 0: none."""
    doubted: bool = False
    """That page was left out after all: whether it is this traveller's could not be told."""
    unlike: bool = False
    """Its portrait looks unlike the traveller."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was searched."""

    at: float


@dataclass(frozen=True, slots=True)
class Enter:
    at: float
    held: bool = False
    """By the mouse on the button, which nobody presses in passing."""


@dataclass(frozen=True, slots=True)
class Retake:
    at: float


@dataclass(frozen=True, slots=True)
class Yes:
    at: float


@dataclass(frozen=True, slots=True)
class No:
    at: float


@dataclass(frozen=True, slots=True)
class Undo:
    at: float


@dataclass(frozen=True, slots=True)
class Recalled:
    """An earlier traveller is in front again: to be looked at, or, with `again`, to be screened once more."""

    at: float
    again: bool = False


@dataclass(frozen=True, slots=True)
class DeskLeft:
    """The officer has signed out, or the desk was locked."""

    at: float


Happening = (
    Seen
    | CameraLost
    | PageMoves
    | PageLies
    | PageRead
    | PageUnread
    | PageLifted
    | DocumentGiven
    | DocumentGrew
    | WithoutDocument
    | Space
    | PictureGiven
    | NoPicture
    | Choosing
    | Chosen
    | Answered
    | Refused
    | Enter
    | Retake
    | Yes
    | No
    | Undo
    | Recalled
    | DeskLeft
)


class Do(StrEnum):
    """What is to be done about it, by whoever holds pictures and documents."""

    TAKE = auto()
    """The best frames of whoever stands there now."""
    TAKE_NOW = auto()
    """What the camera shows, whatever it shows."""
    TAKE_GIVEN = auto()
    """The picture that was given."""
    SEARCH = auto()
    """Screen what is held of this traveller."""
    USE = auto()
    """The page is this traveller's document."""
    LOOK_UP = auto()
    """Its names and numbers may be searched before there is a face."""
    KEEP_FOR_NEXT = auto()
    """The page is not this traveller's, and stays for the next one."""
    JOIN = auto()
    """The portrait of the page that could not be read belongs to this traveller's document."""
    DROP = auto()
    """The page is nobody's who is here."""
    REMEMBER_HOLDER = auto()
    """Whoever is in view now is who laid the page down."""
    CLOSE = auto()
    """The officer is done with this traveller."""
    NEXT = auto()
    """Let go of this traveller."""
    AGAIN = auto()
    """Another picture of the same traveller."""
    BACK = auto()
    """The answer that stood before another picture was asked for."""
    REOPEN = auto()
    """The traveller who was closed last."""
    FORGET_PAGE = auto()
    """What lies on the desk, or is still being read of it, belongs to nobody any more."""
    DECLINE_PICTURE = auto()
    """The picture that was given is not taken: an answer stands, or a search runs."""


@dataclass(frozen=True, slots=True)
class Deed:
    what: Do
    page: int = 0
