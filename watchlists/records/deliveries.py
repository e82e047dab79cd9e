"""Taking a whole delivery into the store: many records in the caller's one transaction, at the same cost each, first to last.

Everything here was checked before (`watchlists.exchange.comparing`); what the store itself contradicts is a bug and raises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from watchlists.records.changes import version_row
from watchlists.records.records import ACTIVE, WITHDRAWN, NewPortrait, Particulars, RecordRefused
from watchlists.records.schema import (
    PortraitRow,
    RecordRow,
    RecordVersionRow,
    SourceReferenceRow,
    TemplateRow,
    WatchlistRow,
)

AT_ONCE = 500


class Act(StrEnum):
    ADD = "added"
    CHANGE = "changed"
    WITHDRAW = "withdrawn"


@dataclass(frozen=True, slots=True)
class Delivered:
    """One record as it is to be saved."""

    act: Act
    watchlist_id: int
    particulars: Particulars
    record_id: int = 0
    """0 for a new one."""
    reference: str = ""
    portraits: Sequence[NewPortrait] = ()
    """Those that are not on the record yet."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    record_id: int
    version: int


def take_in(session: Session, now: datetime, by: str, delivered: Sequence[Delivered], reason: str) -> list[TakenIn]:
    """The record and version of each, in their order; AT_ONCE of them at most, so that no delivery lies in memory whole.

    Rows of one table are flushed together: one statement for many, whatever the store already holds. RecordRefused when a
    record was withdrawn since it was compared.
    """
    records = _records(session, now, delivered)
    for each, record in zip(delivered, records, strict=True):
        status = WITHDRAWN if each.act is Act.WITHDRAW else ACTIVE
        session.add(version_row(record, each.particulars, status, now, by, reason))
    _references(session, delivered, records)
    session.flush()
    _portraits(session, now, by, delivered, records)
    return [TakenIn(record.id, record.version) for record in records]


def raise_versions(session: Session, watchlist_ids: Iterable[int]) -> None:
    """Once for a whole delivery: a list has a new version."""
    for watchlist in sorted(set(watchlist_ids)):
        session.get_one(WatchlistRow, watchlist).version += 1
    session.flush()


def _records(session: Session, now: datetime, delivered: Sequence[Delivered]) -> list[RecordRow]:
    known = _known(session, [each.record_id for each in delivered if each.act is not Act.ADD])
    records = []
    for each in delivered:
        if each.act is Act.ADD:
            records.append(RecordRow(watchlist_id=each.watchlist_id, version=1, created_at=now))
            continue
        record, version = known.get(each.record_id, (None, None))
        if record is None or version is None or version.status != ACTIVE:
            raise RecordRefused("Record {record} was withdrawn meanwhile. Begin the import again.", record=each.record_id)
        record.version += 1
        records.append(record)
    session.add_all(records)
    session.flush()
    return records


def _known(session: Session, record_ids: Sequence[int]) -> dict[int, tuple[RecordRow, RecordVersionRow]]:
    query = (
        select(RecordRow, RecordVersionRow)
        .join(RecordVersionRow, RecordVersionRow.record_id == RecordRow.id)
        .where(RecordRow.id.in_(record_ids), RecordVersionRow.version == RecordRow.version)
    )
    return {record.id: (record, version) for record, version in session.execute(query)}


def _references(session: Session, delivered: Sequence[Delivered], records: Sequence[RecordRow]) -> None:
    for each, record in zip(delivered, records, strict=True):
        if not each.reference:
            continue
        row = SourceReferenceRow(record_id=record.id, watchlist_id=record.watchlist_id, reference=each.reference)
        if each.act is Act.ADD:
            session.add(row)
        else:
            session.merge(row)


def _portraits(session: Session, now: datetime, by: str, delivered: Sequence[Delivered], records: Sequence[RecordRow]) -> None:
    pairs = []
    for each, record in zip(delivered, records, strict=True):
        for portrait in each.portraits:
            row = PortraitRow(
                record_id=record.id,
                image=portrait.image,
                digest=portrait.digest,
                face=portrait.face,
                added_at=now,
                added_by=by,
                taken_on=portrait.taken_on,
                age=portrait.age,
            )
            pairs.append((row, portrait))
    session.add_all(row for row, _ in pairs)
    session.flush()
    session.add_all(
        TemplateRow(
            portrait_id=row.id,
            encoder=portrait.encoder,
            vector=portrait.vector,
            digest=portrait.vector_digest,
            cohort=portrait.cohort,
            normaliser=portrait.normaliser,
        )
        for row, portrait in pairs
    )
    session.flush()
