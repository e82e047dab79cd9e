"""Whether the clock on the wall can be believed: held against the log and its checkpoints, which know when things happened.

A clock that jumped makes records lapse, or come back, that should not. Until somebody who may says that the date is right, the
day that follows from the log goes on counting.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import LargeBinary, cast, select
from sqlalchemy.orm import Session

from watchlists.traits.calendar_day import day_of
from workstation.accountability.acts import Deed
from workstation.schema import AuditRow, CheckpointRow
from workstation.sentences import Sentence

AHEAD, BACK = timedelta(days=7), timedelta(hours=26)
"""A post that was closed for so long is asked about its date. Back by less than a day and a time zone is a clock put right."""
_MOST = 20_000
"""Entries of the log that are looked at, the newest."""
JUMPED = (
    "The clock of this post shows {shown}, and the log was last written on {known}. "
    "No record lapses until a supervisor says that the date is right."
)


@dataclass(frozen=True, slots=True)
class Day:
    """The day that counts for the lists."""

    date: date
    doubt: Sentence | None = None
    """Why it is not the day of the clock on the wall."""


class SteadyClock:
    """Knows the last moment that followed from the one before it."""

    def __init__(self, known: datetime | None) -> None:
        self._known = known

    @classmethod
    def of_log(cls, session: Session) -> "SteadyClock":
        """From the newest entries and the last checkpoint. A moment that is no plausible next one is passed over."""
        clock = cls(None)
        bodies = session.scalars(select(cast(AuditRow.body, LargeBinary)).order_by(AuditRow.number.desc()).limit(_MOST))
        for at, act in reversed(list(islice(_moments(bodies), _MOST))):
            clock._follow(at, confirmed=act == Deed.CLOCK_CONFIRMED)
        note = session.scalar(select(CheckpointRow.note).order_by(CheckpointRow.size.desc()).limit(1))
        for line in (note or "").split("\n"):
            if line.startswith("at "):
                clock._follow(datetime.fromisoformat(line.removeprefix("at ")), confirmed=False)
        return clock

    def day(self, now: datetime) -> Day:
        """`now` is the clock on the wall; where it follows from what was known, it is what is known from here on."""
        if self._follow(now, confirmed=False) or self._known is None:
            return Day(day_of(now))
        shown, known = day_of(now), day_of(self._known)
        return Day(known, Sentence(JUMPED, {"shown": shown.isoformat(), "known": known.isoformat()}))

    def confirm(self, now: datetime) -> None:
        """Somebody who may says that this is the time."""
        self._known = now

    def _follow(self, at: datetime, *, confirmed: bool) -> bool:
        if confirmed or self._known is None or -BACK <= at - self._known <= AHEAD:
            self._known = at if confirmed or self._known is None else max(self._known, at)
            return True
        return False


def _moments(bodies: Iterable[bytes]) -> Iterable[tuple[datetime, str]]:
    """Time and act of each entry that can be read, newest first, up to the last confirmation of the clock."""
    for body in bodies:
        try:
            parts = json.loads(body)
            at, act = datetime.fromisoformat(parts["at"]), str(parts["act"])
        except (ValueError, KeyError, TypeError):
            continue
        yield at, act
        if act == Deed.CLOCK_CONFIRMED:
            return
