"""Every record of some lists at once, as a delivery is compared with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from watchlists.records.reading import particulars_of
from watchlists.records.records import Particulars
from watchlists.records.schema import PortraitRow, RecordRow, RecordVersionRow, SourceReferenceRow


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as the store holds it today."""

    record_id: int
    watchlist_id: int
    status: str
    reference: str
    """The source's own key, or empty."""
    particulars: Particulars
    photos: frozenset[str] = frozenset()
    """SHA-256 of each, in hexadecimal."""


def standing(session: Session, record_ids: Iterable[int] | None = None) -> Iterator[Standing]:
    """All records, withdrawn ones too, or these, by their id. No photograph is read."""
    wanted = None if record_ids is None else sorted(set(record_ids))
    photos: dict[int, set[str]] = defaultdict(set)
    pairs = select(PortraitRow.record_id, PortraitRow.digest)
    for record, digest in session.execute(pairs if wanted is None else pairs.where(PortraitRow.record_id.in_(wanted))):
        photos[record].add(digest)
    current = and_(RecordVersionRow.record_id == RecordRow.id, RecordVersionRow.version == RecordRow.version)
    query = (
        select(RecordVersionRow, RecordRow.watchlist_id, SourceReferenceRow.reference)
        .join(RecordRow, current)
        .outerjoin(SourceReferenceRow, SourceReferenceRow.record_id == RecordRow.id)
        .order_by(RecordRow.id)
        .execution_options(yield_per=1000)
    )
    if wanted is not None:
        query = query.where(RecordRow.id.in_(wanted))
    for version, watchlist, reference in session.execute(query):
        yield Standing(
            version.record_id,
            watchlist,
            version.status,
            reference or "",
            particulars_of(version),
            frozenset(photos.get(version.record_id, ())),
        )
