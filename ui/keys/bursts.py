"""A swipe reader is a keyboard that types faster than a hand: which keys are a reader's, and what zone they spell.

No key of a reader may act as a key of the officer, so single keys are held back until it is certain that a hand pressed them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ui.keys.positions import sign_at
from workstation.documents.mrz import mrz
from workstation.errors import OperatorError

HOLD_SECONDS = 0.05
"""Keys that follow each other faster may be a reader's: 20 a second, which no hand keeps up for FEWEST keys."""
FEWEST = 4
"""So many keys in a row are a reader's."""
BUSY_SECONDS = 0.1
"""At most so much longer a key is held on a machine that is late itself, and hears a reader's keys as late."""
JUST_SECONDS = 1.0
"""Keys of so short a while before a reader's may be its first ones."""
PAUSE_SECONDS = 0.4
"""A reader may rest so long between two lines."""
DONE_SECONDS = 0.08
"""After a whole zone nothing more than a reader's last sign is waited for."""
_FRAMES = ("\x02", "\x03", "\x04", "\ufeff", "]L", "]l")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key that went down."""

    text: str
    """What the present layout makes of it; a control character for the ends of lines and frames."""
    place: int
    """Its scan code of set 1; 0 where that is not known."""
    shifted: bool
    at: float
    """Seconds of any clock that only goes forward."""


class Bursts:
    """The strokes that are held back, and whether they are a reader's."""

    def __init__(self) -> None:
        self._held: list[Stroke] = []
        self._just: list[Stroke] = []
        self._late = 0.0
        self.running = False
        """Whether a reader is typing."""

    @property
    def hold(self) -> float:
        """Seconds for which a key is held."""
        return HOLD_SECONDS + 2 * self._late

    def was_late(self, seconds: float) -> None:
        """So much later than it should the window came back to its keys; soon forgotten when it is in time again."""
        self._late = min(max(seconds, 0.8 * self._late, 0.0), BUSY_SECONDS / 2)

    @property
    def held(self) -> tuple[Stroke, ...]:
        return tuple(self._held)

    def apart(self, at: float) -> bool:
        """Whether a stroke at this moment no longer belongs to those that are held."""
        return bool(self._held) and at - self._held[-1].at > (PAUSE_SECONDS if self.running else self.hold)

    def add(self, stroke: Stroke) -> None:
        """Hold it too. Those that it does not belong to are taken first."""
        self._held.append(stroke)
        self.running = self.running or len(self._held) >= FEWEST

    def just_before(self) -> tuple[Stroke, ...]:
        """What was taken for a hand's keys just before those that are held."""
        begin = self._held[0].at if self._held else 0.0
        return tuple(each for each in self._just if begin - each.at <= JUST_SECONDS)

    def take(self) -> tuple[tuple[Stroke, ...], bool]:
        """What was held, and whether a reader typed it; nothing is held any more."""
        held, reader = self.held, self.running
        self._just = [] if reader else [*self.just_before(), *held]
        self._held, self.running = [], False
        return held, reader


def zone_text(strokes: Sequence[Stroke], today: date) -> str:
    """The zone that these keys spell, as `mrz.parse` takes it; empty when they spell none.

    The keys are read as the layout gives them and as they lie on a Latin keyboard; the reading on which more check digits
    agree is the zone.
    """
    found = [(agreeing, text) for text in _readings(strokes) if (agreeing := _agreeing(text, today)) is not None]
    return max(found, key=lambda each: each[0], default=(0, ""))[1]


def leaked(before: Sequence[Stroke], strokes: Sequence[Stroke], today: date) -> int:
    """How many of the last keys `before` are the beginning of the zone whose rest `strokes` spell; 0 when they are not."""
    for count in range(1, len(before) + 1):
        if zone_text((*before[-count:], *strokes), today):
            return count
    return 0


def is_swiped(strokes: Sequence[Stroke]) -> bool:
    """Whether a reader of zones typed this, although it is no whole zone: it is framed, or filled with <."""
    return any(text.count("<") > 1 or any(frame in text for frame in _FRAMES) for text in _readings(strokes))


def _readings(strokes: Sequence[Stroke]) -> tuple[str, ...]:
    typed = "".join("\n" if each.text == "\r" else each.text for each in strokes)
    lying = "".join(
        each.text if each.text < " " else sign_at(each.place, shifted=each.shifted) or each.text for each in strokes
    ).replace("\r", "\n")
    return tuple(dict.fromkeys((typed, lying)))


def _agreeing(text: str, today: date) -> int | None:
    try:
        zone = mrz.parse(text, today)
    except OperatorError:
        return None
    return sum(check.ok for check in zone.checks)
