"""Records whose owners are to look at them again: due soon, overdue, or no longer searched."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from watchlists.records.reading import full_name, particulars_of
from watchlists.records.records import ACTIVE, GRACE
from watchlists.records.schema import RecordRow, RecordVersionRow, WatchlistRow

AHEAD = timedelta(days=30)


class Review(StrEnum):
    DUE = "due"
    OVERDUE = "overdue"
    """Its day has passed; it is searched until the grace period ends."""
    SUSPENDED = "not searched"
    """The grace period has ended."""


@dataclass(frozen=True, slots=True)
class DueRecord:
    record_id: int
    watchlist: str
    owner: str
    contact: str
    name: str
    review_date: str
    review: Review


def review_of(review_date: str, today: date) -> Review | None:
    """None while the review lies farther ahead than AHEAD. The date is a whole ISO 8601 day."""
    day = date.fromisoformat(review_date)
    if day > today + AHEAD:
        return None
    return Review.DUE if day >= today else Review.OVERDUE if day >= today - GRACE else Review.SUSPENDED


def due(session: Session, today: date) -> tuple[DueRecord, ...]:
    """Every record that counts and whose review is near or past, the longest waiting first."""
    current = and_(RecordVersionRow.record_id == RecordRow.id, RecordVersionRow.version == RecordRow.version)
    query = (
        select(RecordVersionRow, WatchlistRow)
        .join(RecordRow, current)
        .join(WatchlistRow, WatchlistRow.id == RecordRow.watchlist_id)
        .where(RecordVersionRow.status == ACTIVE, RecordVersionRow.review_date <= (today + AHEAD).isoformat())
        .order_by(RecordVersionRow.review_date, RecordRow.id)
    )
    return tuple(
        DueRecord(
            version.record_id,
            watchlist.name,
            watchlist.owner,
            watchlist.contact,
            full_name(particulars_of(version)),
            version.review_date,
            review,
        )
        for version, watchlist in session.execute(query)
        if (review := review_of(version.review_date, today)) is not None
    )
