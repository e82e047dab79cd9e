"""Who comes to the counter on a simulated shift, drawn from a seed: faces as numbers, papers with real zones, habits, and lists."""

import random
from dataclasses import dataclass, field
from enum import StrEnum

from tests.factory import passport_zone
from workstation.documents.mrz.mrz import Zone


class Listed(StrEnum):
    NO = ""
    FACE = "by the face"
    NAME = "by the name on the document"
    NUMBER = "by the number of the document"


class Lays(StrEnum):
    EARLY = "before the face is in the picture"
    WITH = "while the face is looked at"
    LATE = "when the answer stands already"
    WHEN_ASKED = "when the officer asks for it"
    SOON = "and lifts it before it is read"
    BEFORE_TURN = "while the one before is still at the counter"
    TWO = "and then another person's, which they carry too"
    SWIPED = "gives it to the officer, who swipes it"
    NONE = "has none"


class Comes(StrEnum):
    LONG = "a long while after the one before"
    SHORT = "a moment after the one before"
    NO_GAP = "in the same instant in which the one before goes"
    OVERLAP = "beside the one before, who is being looked at or closed"
    BESIDE = "together with a companion in the picture"


@dataclass(slots=True, eq=False)
class Paper:
    zone: Zone
    holder: int
    """Number of the face on it."""
    portrait: bool
    sheet: int
    """How it looks on the desk."""


@dataclass(slots=True, eq=False)
class Person:
    number: int
    listed: Listed
    comes: Comes
    lays: Lays
    papers: list[Paper]
    stays: float
    """Seconds from the closing until they step aside."""
    walks_off: bool
    """As soon as the answer stands."""
    poor: bool
    """The camera never gets a good picture: the officer opens a photograph."""
    nods: bool
    came: float | None = None
    left: float | None = None
    answered: float | None = None
    closed: float | None = None
    asked: int = 0
    lays_at: float | None = None
    laid: int = 0
    bowed_until: float = 0.0
    companion_until: float = 0.0
    told_unsearched: bool = False
    searched: list[tuple[Paper | None, str]] = field(default_factory=list)
    """Each screening of this face: with whose paper, and the answer."""


_NAMES = (
    "NOORANI BILAL", "VALDEZ LUCIA", "OKONKWO NGOZI", "LINDQVIST FREYA", "HARROW LARS", "PETROSH VIKTOR", "MAHMOUDI SHIRIN",
    "TANAKA MEI", "OSEI KOFI", "BELLWEATHER ROSA", "QASIMOV YUSUF", "FARRUKH PARVEEN", "JIMENEZ MATEO", "ABARA CHIDERA",
    "SUNDARAM RAVI", "KOVALEN ELENA", "DASTGIR OMAR", "MOREAU DIEGO", "IBEKWE EMEKA", "RAHIMZAI ZAINAB",
)  # fmt: skip # a table
_SYLLABLES = ("BA", "DO", "FE", "GI", "HU", "JA", "KE", "LO", "MI", "NU", "PA", "RE", "SO", "TI", "VU", "WA", "ZE")


def zone_of(number: int) -> Zone:
    """A passport of Utopia, another one for each number; no two of them share a name."""
    surname, given = _NAMES[number % len(_NAMES)].split()
    made = "".join(_SYLLABLES[number // 17**place % 17] for place in range(3))
    born = f"{60 + number % 39:02d}{1 + number % 12:02d}{1 + number % 28:02d}"
    return passport_zone(
        f"{made}{surname[:5]}", given, number=f"U{1000000 + number:07d}", state="UTO", nationality="UTO", born=born,
        sex="M" if number % 2 else "F", expires="320415",
    )  # fmt: skip # the fields of a document


def drawn(seed: int, people: int) -> list[Person]:
    random_ = random.Random(seed)  # noqa: S311 - a drawn queue, no secret
    return [_person(random_, number) for number in range(100, 100 + people)]


def _person(random_: random.Random, number: int) -> Person:
    lays = random_.choices(list(Lays), [8, 50, 4, 6, 4, 6, 2, 8, 12])[0]
    listed = random_.choices(list(Listed), [90, 4, 3, 3])[0]
    if lays is Lays.NONE and listed in {Listed.NAME, Listed.NUMBER}:
        listed = Listed.FACE
    papers = []
    if lays is not Lays.NONE:
        papers.append(Paper(zone_of(number), number, lays is not Lays.SWIPED and random_.random() < 0.85, number))
    if lays is Lays.TWO:
        papers.append(Paper(zone_of(number + 5000), number + 5000, portrait=True, sheet=number + 5000))
    return Person(
        number,
        listed,
        random_.choices(list(Comes), [20, 40, 15, 18, 7])[0],
        lays,
        papers,
        random_.choice((0.2, 0.6, 1.2, 2.5)),
        random_.random() < 0.02,
        random_.random() < 0.03,
        random_.random() < 0.15,
    )
