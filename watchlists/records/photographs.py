"""Photographs of a record after they were added: one is removed with a reason, one is set before the others.

Nothing is deleted: a removed photograph is compared by no search any more, and alerts that were raised with it show it.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE, RecordRefused
from watchlists.records.schema import PortraitChangeRow, PortraitRow, RecordRow, RecordVersionRow, WatchlistRow

REMOVED, FIRST = "removed", "first"
LONGEST_REASON = 400


def stands() -> ColumnElement[bool]:
    """In a query with portraits: those that were not removed."""
    removed = select(PortraitChangeRow.portrait_id).where(PortraitChangeRow.act == REMOVED)
    return PortraitRow.id.not_in(removed)


def in_order() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """What to order portraits by: the one that was set first last stands first, the others by their age on the record."""
    last = (
        select(func.max(PortraitChangeRow.id))
        .where(PortraitChangeRow.portrait_id == PortraitRow.id, PortraitChangeRow.act == FIRST)
        .correlate(PortraitRow)
        .scalar_subquery()
    )
    return func.coalesce(last, 0).desc(), PortraitRow.id.asc()


def remove(session: Session, now: datetime, by: str, portrait_id: int, reason: str) -> int:
    """The record's id. RecordRefused when it would leave nothing to search for, or without a reason."""
    portrait, record = _standing(session, portrait_id)
    if not reason.strip():
        raise RecordRefused("Enter why the photograph is removed.", "reason")
    left = select(func.count()).select_from(PortraitRow).where(PortraitRow.record_id == record.id, stands())
    watchlist = session.get_one(WatchlistRow, record.watchlist_id)
    if session.scalar(left) == 1 and not _may_do_without(session, record, Purpose(watchlist.purpose)):
        raise RecordRefused(
            "It is the record's only photograph; nobody could be compared with it. Add another one, or withdraw the record."
        )
    _add(session, now, by, portrait, REMOVED, reason)
    watchlist.version += 1
    session.flush()
    return record.id


def set_first(session: Session, now: datetime, by: str, portrait_id: int) -> int:
    """The record's id. What is compared does not change, only which photograph is shown first."""
    portrait, record = _standing(session, portrait_id)
    _add(session, now, by, portrait, FIRST, "")
    session.flush()
    return record.id


def why_removed(session: Session, portrait_id: int) -> str | None:
    """The reason, or None for one that stands."""
    change = select(PortraitChangeRow.reason).where(
        PortraitChangeRow.portrait_id == portrait_id, PortraitChangeRow.act == REMOVED
    )
    return session.scalar(change)


def _standing(session: Session, portrait_id: int) -> tuple[PortraitRow, RecordRow]:
    portrait = session.scalar(select(PortraitRow).where(PortraitRow.id == portrait_id, stands()))
    if portrait is None:
        raise RecordRefused("There is no photograph {portrait} on a record. Read the record again.", portrait=portrait_id)
    record = session.get_one(RecordRow, portrait.record_id)
    version = session.get_one(RecordVersionRow, (record.id, record.version))
    if version.status != ACTIVE:
        raise RecordRefused("Record {record} was withdrawn; its photographs stay as they are.", record=record.id)
    return portrait, record


def _may_do_without(session: Session, record: RecordRow, purpose: Purpose) -> bool:
    version = session.get_one(RecordVersionRow, (record.id, record.version))
    return purpose is Purpose.DOCUMENT and bool(version.document_number)


def _add(session: Session, now: datetime, by: str, portrait: PortraitRow, act: str, reason: str) -> None:
    clean = reason.strip()
    if len(clean) > LONGEST_REASON:
        raise RecordRefused("The reason takes {longest} characters. Shorten it.", "reason", longest=LONGEST_REASON)
    session.add(PortraitChangeRow(portrait_id=portrait.id, act=act, at=now, by=by, reason=clean))
