"""What was read of a page: the characters as they stand there, what check digits changed, and what nobody can be sure of.

The lines as read and the lines after changes are both kept. A changed character is never hidden, and a check digit that
is wrong in print stays wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from workstation.documents.mrz.mrz import Zone
from workstation.sentences import Sentence

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
"""The characters of a machine-readable zone, in the order of every row of scores."""

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners in pixels of the picture that was given, from the first character's top, clockwise in reading direction."""


@dataclass(frozen=True, slots=True, eq=False)
class LineScores:
    """One line as the recogniser saw it."""

    scores: NDArray[np.float32]
    """(characters, 37): probability of each character of ALPHABET at each place; rows sum to 1."""
    quad: Quad


class Why(StrEnum):
    """Why a character is marked."""

    UNSURE = "the reader was not sure"
    UNCOVERED = "no check digit covers it, and it has look-alikes"
    BLIND = "its check digit cannot tell it from its look-alike"


@dataclass(frozen=True, slots=True)
class Change:
    """A character that was taken otherwise than it was first read: the check digits agree only so, or a date, a State's code
    or a name can only be so.
    """

    line: int
    """Counted from 0; so is `column`."""
    column: int
    read: str
    taken: str
    probability: float
    """What the reader itself gave the character that was taken: a character that it did not doubt is never changed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    line: int
    column: int
    read: str
    others: str
    """What else it may be, most probable first; empty where a filler of a run was put in or left out for the length."""
    why: Why


@dataclass(frozen=True, slots=True)
class ZoneReading:
    as_read: tuple[str, ...]
    lines: tuple[str, ...]
    """After the changes; the same as `as_read` where there are none."""
    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]
    certainty: tuple[tuple[float, ...], ...]
    """Probability of each character of `lines`, line by line."""
    quads: tuple[Quad, ...]
    zone: Zone
    """Of `lines`."""
    zone_as_read: Zone
    """Of `as_read`: its check digits are the ones before anything was changed."""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A line of print outside the zone."""

    text: str
    quad: Quad
    certainty: float
    """Smallest probability of a character, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class PageRead:
    """Everything that was found in one picture. Without a reading, `why_not` says why in a sentence."""

    reading: ZoneReading | None
    why_not: Sentence | None
    page: Image | None
    """The page upright and flat as far as its edges or its zone tell; None where neither was found."""
    page_corners: Quad | None
    """Where `page` lies in the picture that was given."""
    others: tuple[ZoneReading, ...] = ()
    """Of further documents in the same picture."""
    texts: tuple[PrintedText, ...] = ()
    """Print outside the zone, where it was asked for; quads are in pixels of `page`."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    scores: tuple[LineScores, ...] = ()
    """Of `reading`, so that frames of the same page can be read together."""
    remarks: tuple[Sentence, ...] = ()
    """What is odd about the picture itself: that it shows a screen, that it is hardly sharp."""


class Pages(Protocol):
    """Whoever reads pages: a process of its own, or a stand-in in tests."""

    def read(self, image: Image, *, texts: bool = False) -> PageRead:
        """Read the page in the picture; with `texts` the print outside the zone too."""

    def read_print(self, page: Image, without: Sequence[Quad] = ()) -> tuple[PrintedText, ...]:
        """The print of a flat page, but for what stands in the places `without`: the lines of its zone."""
