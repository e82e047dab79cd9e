"""What the day has brought so far, lane by lane: counts only, nothing of any traveller."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from watchlists.traits.calendar_day import day_of
from workstation.schema import ScreeningRow

_REFER, _LOOK_AGAIN = "refer", "look again"
"""Answers as a screening keeps them."""


@dataclass(frozen=True, slots=True)
class LaneDay:
    lane: str
    screenings: int
    referred: int
    look_again: int
    last: datetime


def day_so_far(session: Session, now: datetime) -> tuple[LaneDay, ...]:
    """Since midnight of the post, by lane; a traveller who was looked at again counts once."""
    midnight = datetime.combine(day_of(now), time.min).astimezone()
    replaced = select(ScreeningRow.after_id).where(ScreeningRow.after_id.is_not(None))
    rows = session.execute(
        select(
            ScreeningRow.lane,
            func.count(),
            func.sum(case((ScreeningRow.answer == _REFER, 1), else_=0)),
            func.sum(case((ScreeningRow.answer == _LOOK_AGAIN, 1), else_=0)),
            func.max(ScreeningRow.at),
        )
        .where(ScreeningRow.at >= midnight, ScreeningRow.id.not_in(replaced))
        .group_by(ScreeningRow.lane)
        .order_by(ScreeningRow.lane)
    )
    return tuple(LaneDay(*row) for row in rows)
