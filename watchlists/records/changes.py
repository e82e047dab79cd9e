"""Adding, amending and withdrawing. Nothing is overwritten: a change is a new version of the record and of its list."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from watchlists.records.days import check_days
from watchlists.records.purposes import Purpose
from watchlists.records.reading import current_version, particulars_of
from watchlists.records.records import (
    ACTIVE,
    WITHDRAWN,
    NewPortrait,
    Particulars,
    RecordRefused,
    check,
    check_age,
    check_taken_on,
)
from watchlists.records.schema import PortraitRow, RecordRow, RecordVersionRow, TemplateRow, WatchlistRow
from watchlists.traits import numbers
from watchlists.traits.names import fold


def add_watchlist(session: Session, now: datetime, name: str, purpose: Purpose, owner: str, contact: str) -> int:
    """The id of a new, empty list."""
    name, owner, contact = name.strip(), owner.strip(), contact.strip()
    for value, field, words in ((name, "name", "name"), (owner, "owner", "owner"), (contact, "contact", "contact")):
        if not value:
            raise RecordRefused("Enter the {words} of the list.", field, words=words)
    if session.scalar(select(WatchlistRow.id).where(WatchlistRow.name == name)) is not None:
        raise RecordRefused("There is a list named “{name}” already. Choose another name.", "name", name=name)
    row = WatchlistRow(name=name, purpose=purpose, owner=owner, contact=contact, version=1, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def check_new(
    session: Session, watchlist_id: int, particulars: Particulars, photos: int, reason: str, today: date
) -> Particulars:
    """The particulars as they would be saved, or RecordRefused: to be asked before any photograph is encoded.

    A face list needs a photograph; a DOCUMENT list may do with a document number.
    """
    purpose = Purpose(_watchlist_row(session, watchlist_id).purpose)
    clean = check(particulars, purpose)
    check_days(clean, today)
    if not photos and not (purpose is Purpose.DOCUMENT and clean.document_number):
        raise RecordRefused("Add at least one photograph that can be searched.", "photos")
    if not reason.strip():
        raise RecordRefused("Enter why the record is added.", "reason")
    return clean


def add_record(
    session: Session,
    now: datetime,
    by: str,
    watchlist_id: int,
    particulars: Particulars,
    portraits: Sequence[NewPortrait],
    reason: str,
) -> int:
    """The id of a new record."""
    clean = check_new(session, watchlist_id, particulars, len(portraits), reason, now.date())
    record = RecordRow(watchlist_id=watchlist_id, version=1, created_at=now)
    session.add(record)
    session.flush()
    _append_version(session, record, clean, ACTIVE, now, by, reason)
    for portrait in portraits:
        add_portrait(session, now, by, record.id, portrait)
    _watchlist_row(session, watchlist_id).version += 1
    session.flush()
    return record.id


def add_portrait(session: Session, now: datetime, by: str, record_id: int, portrait: NewPortrait) -> int:
    """The id of the portrait. The same file twice on one record is refused."""
    record, current = current_version(session, record_id)
    if current.status != ACTIVE:
        raise RecordRefused("Record {record} was withdrawn; a photograph cannot be added.", record=record_id)
    same = select(PortraitRow.id).where(PortraitRow.record_id == record_id, PortraitRow.digest == portrait.digest)
    if session.scalar(same) is not None:
        raise RecordRefused("This photograph is on the record already. Choose another one.", "photos")
    row = PortraitRow(
        record_id=record_id,
        image=portrait.image,
        digest=portrait.digest,
        face=portrait.face,
        added_at=now,
        added_by=by,
        taken_on=check_taken_on(portrait.taken_on, now),
        age=check_age(portrait.age),
    )
    session.add(row)
    session.flush()
    session.add(
        TemplateRow(
            portrait_id=row.id,
            encoder=portrait.encoder,
            vector=portrait.vector,
            digest=portrait.vector_digest,
            cohort=portrait.cohort,
            normaliser=portrait.normaliser,
        )
    )
    _watchlist_row(session, record.watchlist_id).version += 1
    session.flush()
    return row.id


def amend(session: Session, now: datetime, by: str, record_id: int, particulars: Particulars, reason: str) -> int:
    """The number of the new version."""
    record, current = current_version(session, record_id)
    if current.status != ACTIVE:
        raise RecordRefused("Record {record} was withdrawn and cannot be amended.", record=record_id)
    if not reason.strip():
        raise RecordRefused("Enter why the record is amended.", "reason")
    watchlist = _watchlist_row(session, record.watchlist_id)
    clean = check(particulars, Purpose(watchlist.purpose))
    check_days(clean, now.date())
    record.version += 1
    _append_version(session, record, clean, ACTIVE, now, by, reason)
    watchlist.version += 1
    session.flush()
    return record.version


def withdraw(session: Session, now: datetime, by: str, record_id: int, reason: str) -> None:
    """The record raises no candidate from the next search on; its versions stay."""
    record, current = current_version(session, record_id)
    if current.status != ACTIVE:
        raise RecordRefused("Record {record} is withdrawn already.", record=record_id)
    if not reason.strip():
        raise RecordRefused("Enter why the record is withdrawn.", "reason")
    record.version += 1
    _append_version(session, record, particulars_of(current), WITHDRAWN, now, by, reason)
    _watchlist_row(session, record.watchlist_id).version += 1
    session.flush()


def _watchlist_row(session: Session, watchlist_id: int) -> WatchlistRow:
    row = session.get(WatchlistRow, watchlist_id)
    if row is None:
        raise RecordRefused("There is no list {watchlist}. Choose one of the lists shown.", watchlist=watchlist_id)
    return row


def _append_version(
    session: Session, record: RecordRow, clean: Particulars, status: str, now: datetime, by: str, reason: str
) -> None:
    session.add(version_row(record, clean, status, now, by, reason))


def version_row(record: RecordRow, clean: Particulars, status: str, now: datetime, by: str, reason: str) -> RecordVersionRow:
    """The record's present version as a row, with what the finder needs; the particulars were checked."""
    return RecordVersionRow(
        record_id=record.id,
        version=record.version,
        status=status,
        surname=clean.surname,
        given_names=clean.given_names,
        other_names="\n".join(clean.other_names),
        folded_names=fold(clean.given_names, clean.surname, *clean.other_names),
        birth_date=clean.birth_date,
        sex=clean.sex,
        nationality=clean.nationality,
        document_number=clean.document_number,
        folded_numbers=numbers.for_finding(clean.document_number),
        legal_basis=clean.legal_basis,
        action=clean.action,
        review_date=clean.review_date,
        changed_at=now,
        changed_by=by,
        change_reason=reason.strip(),
    )
