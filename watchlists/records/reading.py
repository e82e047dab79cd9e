"""Reading the lists: which there are, who is on them, what a record says, and which templates are to be searched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from watchlists.records.finder import Finder
from watchlists.records.not_searched import not_searched
from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE, Change, Particulars, Portrait, RecordLine, RecordRefused, RecordView, Watchlist
from watchlists.records.schema import PortraitRow, RecordRow, RecordVersionRow, TemplateRow, WatchlistRow
from watchlists.traits import numbers

_AT_ONCE = 500
MOST_FOUND = 500
"""Records that one question gives at most; more are found with a longer text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One template that a search compares, and the record it speaks for."""

    entry_id: int
    record_id: int
    watchlist_id: int
    review_date: str
    encoder: str
    digest: str
    vector: bytes
    """Empty when it was not asked for."""
    cohort: str
    normaliser: float


@dataclass(frozen=True, slots=True)
class Known:
    """A record as a search by name and number sees it."""

    record_id: int
    watchlist_id: int
    surname: str
    given_names: str
    other_names: tuple[str, ...]
    birth_date: str
    sex: str
    numbers: tuple[numbers.Number, ...]
    review_date: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an entry belongs to."""

    record_id: int
    watchlist_id: int


def watchlists(session: Session) -> tuple[Watchlist, ...]:
    counted = (
        select(RecordRow.watchlist_id, func.count().label("records"))
        .join(RecordVersionRow, _is_current())
        .where(RecordVersionRow.status == ACTIVE)
        .group_by(RecordRow.watchlist_id)
        .subquery()
    )
    rows = session.execute(
        select(WatchlistRow, func.coalesce(counted.c.records, 0))
        .outerjoin(counted, counted.c.watchlist_id == WatchlistRow.id)
        .order_by(WatchlistRow.name)
    )
    return tuple(_watchlist(row, records) for row, records in rows)


def find(
    session: Session,
    text: str = "",
    watchlist_id: int | None = None,
    *,
    withdrawn: bool = False,
    most: int = MOST_FOUND,
    finder: Finder | None = None,
) -> tuple[RecordLine, ...]:
    """Records with a name for each word of `text` that begins so or sounds so, or with a document number that begins so.

    `finder`: kept by whoever asks often, so that the words of the records are read once.
    """
    portraits = select(func.count()).where(PortraitRow.record_id == RecordRow.id).correlate(RecordRow).scalar_subquery()
    query = (
        select(RecordRow, RecordVersionRow, WatchlistRow, portraits)
        .join(RecordVersionRow, _is_current())
        .join(WatchlistRow, WatchlistRow.id == RecordRow.watchlist_id)
        .order_by(RecordVersionRow.surname, RecordVersionRow.given_names, RecordRow.id)
        .limit(most)
    )
    if watchlist_id is not None:
        query = query.where(RecordRow.watchlist_id == watchlist_id)
    if not withdrawn:
        query = query.where(RecordVersionRow.status == ACTIVE)
    if text.strip():
        found = (finder or Finder()).find(session, text, watchlist_id, withdrawn=withdrawn, most=most)
        query = query.where(RecordRow.id.in_(found))
    return tuple(
        RecordLine(
            record_id=record.id,
            watchlist=watchlist.name,
            purpose=Purpose(watchlist.purpose),
            name=full_name(particulars_of(version)),
            birth_date=version.birth_date,
            document_number=version.document_number,
            status=version.status,
            portraits=count,
            changed_at=version.changed_at,
            not_searched=not_searched(particulars_of(version), count),
        )
        for record, version, watchlist, count in session.execute(query)
    )


def record(session: Session, record_id: int) -> RecordView:
    """All that is stored of one record. RecordRefused when there is none."""
    row, version = current_version(session, record_id)
    watchlist = next(each for each in watchlists(session) if each.id == row.watchlist_id)
    portraits = session.scalars(select(PortraitRow).where(PortraitRow.record_id == record_id).order_by(PortraitRow.id))
    versions = session.scalars(
        select(RecordVersionRow).where(RecordVersionRow.record_id == record_id).order_by(RecordVersionRow.version.desc())
    )
    return RecordView(
        record_id=record_id,
        version=row.version,
        watchlist=watchlist,
        particulars=particulars_of(version),
        status=version.status,
        portraits=tuple(Portrait(each.id, each.image, each.face, each.added_at, each.taken_on, each.age) for each in portraits),
        history=tuple(
            Change(each.version, each.status, each.changed_at, each.changed_by, each.change_reason) for each in versions
        ),
    )


def entries(session: Session, record_ids: Iterable[int] | None = None, *, with_vectors: bool = True) -> Iterator[Entry]:
    """The templates of every record that counts today, or of these records, of every encoder, by entry id."""
    vector = TemplateRow.vector if with_vectors else literal(b"")
    query = (
        select(
            TemplateRow.id, PortraitRow.record_id, RecordRow.watchlist_id, RecordVersionRow.review_date,
            TemplateRow.encoder, TemplateRow.digest, vector, TemplateRow.cohort, TemplateRow.normaliser,
        )
        .join(PortraitRow, PortraitRow.id == TemplateRow.portrait_id)
        .join(RecordRow, RecordRow.id == PortraitRow.record_id)
        .join(RecordVersionRow, _is_current())
        .where(RecordVersionRow.status == ACTIVE, *_among(RecordRow.id, record_ids))
        .order_by(TemplateRow.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip # the fields of an Entry in their order
    for row in session.execute(query):
        yield Entry(*row)


def count_entries(session: Session) -> int:
    """All templates, whether they are searched or not."""
    return session.scalar(select(func.count()).select_from(TemplateRow)) or 0


def templates_of(session: Session, record_ids: Iterable[int]) -> list[int]:
    """The entry ids of these records, whether they count today or not."""
    query = select(TemplateRow.id).join(PortraitRow, PortraitRow.id == TemplateRow.portrait_id)
    return list(session.scalars(query.where(*_among(PortraitRow.record_id, record_ids))))


def belongings(session: Session, entry_ids: Sequence[int]) -> dict[int, Belonging]:
    """What each of these entries belongs to."""
    found: dict[int, Belonging] = {}
    for start in range(0, len(entry_ids), _AT_ONCE):
        query = (
            select(TemplateRow.id, PortraitRow.record_id, RecordRow.watchlist_id)
            .join(PortraitRow, PortraitRow.id == TemplateRow.portrait_id)
            .join(RecordRow, RecordRow.id == PortraitRow.record_id)
            .where(TemplateRow.id.in_(entry_ids[start : start + _AT_ONCE]))
        )
        found |= {entry: Belonging(record, watchlist) for entry, record, watchlist in session.execute(query)}
    return found


def belongings_of(session: Session, records: Mapping[int, int]) -> dict[int, Belonging]:
    """The same for keys that stand for whole records: the record of each key is given."""
    watchlists_of: dict[int, int] = {}
    wanted = sorted(set(records.values()))
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(RecordRow.id, RecordRow.watchlist_id).where(RecordRow.id.in_(wanted[start : start + _AT_ONCE]))
        watchlists_of |= {row.id: row.watchlist_id for row in session.execute(query)}
    return {key: Belonging(record, watchlists_of[record]) for key, record in records.items() if record in watchlists_of}


def portraits(session: Session, record_id: int) -> tuple[Portrait, ...]:
    """The record's portraits, oldest first, without their images."""
    rows = session.execute(
        select(PortraitRow.id, PortraitRow.face, PortraitRow.added_at, PortraitRow.taken_on, PortraitRow.age)
        .where(PortraitRow.record_id == record_id)
        .order_by(PortraitRow.id)
    )
    return tuple(Portrait(row.id, b"", row.face, row.added_at, row.taken_on, row.age) for row in rows)


def vectors_of(session: Session, record_id: int, encoder: str) -> dict[int, bytes]:
    """The template of each portrait of the record that this encoder made."""
    query = (
        select(TemplateRow.portrait_id, TemplateRow.vector)
        .join(PortraitRow, PortraitRow.id == TemplateRow.portrait_id)
        .where(PortraitRow.record_id == record_id, TemplateRow.encoder == encoder)
    )
    return {row.portrait_id: row.vector for row in session.execute(query)}


def reviewed_between(session: Session, first: date, last: date) -> list[int]:
    """The records that count today whose review date lies between these days, both taken in."""
    query = select(RecordRow.id).join(RecordVersionRow, _is_current())
    due = RecordVersionRow.review_date.between(first.isoformat(), last.isoformat())
    return list(session.scalars(query.where(RecordVersionRow.status == ACTIVE, due)))


def portraits_without_template(session: Session, record_ids: Iterable[int] | None = None) -> list[tuple[int, int]]:
    """(portrait, record) of records that count today which no search can compare, whatever its encoder."""
    query = (
        select(PortraitRow.id, PortraitRow.record_id)
        .join(RecordRow, RecordRow.id == PortraitRow.record_id)
        .join(RecordVersionRow, _is_current())
        .outerjoin(TemplateRow, TemplateRow.portrait_id == PortraitRow.id)
        .where(RecordVersionRow.status == ACTIVE, TemplateRow.id.is_(None), *_among(RecordRow.id, record_ids))
    )
    return [(portrait, record) for portrait, record in session.execute(query)]


def known(session: Session, record_ids: Iterable[int] | None = None) -> Iterator[Known]:
    """Every record that counts today, or those of these, by its id: what a search by name and number compares."""
    query = (
        select(
            RecordRow.id, RecordRow.watchlist_id, RecordVersionRow.surname, RecordVersionRow.given_names,
            RecordVersionRow.other_names, RecordVersionRow.birth_date, RecordVersionRow.sex,
            RecordVersionRow.document_number, RecordVersionRow.review_date,
        )
        .join(RecordVersionRow, _is_current())
        .where(RecordVersionRow.status == ACTIVE, *_among(RecordRow.id, record_ids))
        .order_by(RecordRow.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip # the fields of a Known in their order
    for record, watchlist, surname, given, other, born, sex, number, review in session.execute(query):
        yield Known(record, watchlist, surname, given, tuple(other.splitlines()), born, sex, numbers.written(number), review)


def count_known(session: Session) -> int:
    """How many records count today."""
    query = select(func.count()).select_from(RecordRow).join(RecordVersionRow, _is_current())
    return session.scalar(query.where(RecordVersionRow.status == ACTIVE)) or 0


def list_versions(session: Session) -> dict[int, int]:
    """The version of each list by its id."""
    return {row.id: row.version for row in session.execute(select(WatchlistRow.id, WatchlistRow.version))}


def purposes(session: Session) -> dict[int, Purpose]:
    """What each list is for, by its id."""
    return {row.id: Purpose(row.purpose) for row in session.execute(select(WatchlistRow.id, WatchlistRow.purpose))}


def changed_at(session: Session) -> datetime | None:
    """When any record last changed; None while there is none."""
    return session.scalar(select(func.max(RecordVersionRow.changed_at)))


def current_version(session: Session, record_id: int) -> tuple[RecordRow, RecordVersionRow]:
    """The record and the version that counts today. RecordRefused when there is no such record."""
    found = session.execute(
        select(RecordRow, RecordVersionRow).join(RecordVersionRow, _is_current()).where(RecordRow.id == record_id)
    ).one_or_none()
    if found is None:
        raise RecordRefused("There is no record {record}. Search for it by name.", record=record_id)
    return found[0], found[1]


def particulars_of(version: RecordVersionRow) -> Particulars:
    return Particulars(
        surname=version.surname,
        given_names=version.given_names,
        other_names=tuple(version.other_names.splitlines()),
        birth_date=version.birth_date,
        sex=version.sex,
        nationality=version.nationality,
        document_number=version.document_number,
        legal_basis=version.legal_basis,
        action=version.action,
        review_date=version.review_date,
    )


def full_name(particulars: Particulars) -> str:
    """Surname in capitals, given names after it, as on a passport's data page; the document when there is no name."""
    name = ", ".join(part for part in (particulars.surname.upper(), particulars.given_names) if part)
    return name or particulars.document_number


def _among(column: InstrumentedAttribute[int], wanted: Iterable[int] | None) -> list[ColumnElement[bool]]:
    return [] if wanted is None else [column.in_(sorted(set(wanted)))]


def _is_current() -> ColumnElement[bool]:
    return and_(RecordVersionRow.record_id == RecordRow.id, RecordVersionRow.version == RecordRow.version)


def _watchlist(row: WatchlistRow, records: int) -> Watchlist:
    return Watchlist(row.id, row.name, Purpose(row.purpose), row.owner, row.contact, row.version, records)
