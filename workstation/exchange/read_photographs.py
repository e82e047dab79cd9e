"""What was read of a delivery's photographs, kept in the store until the records are: a stopped import goes on where it was."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from watchlists.records.schema import PortraitRow, ReadPhotographRow, TemplateRow
from workstation.exchange.photographs import Read, Refusal

KEPT = timedelta(days=7)
"""After that nobody goes on with an import that was stopped, and nothing of its faces stays."""
_AT_ONCE = 500


def keep(session: Session, now: datetime, encoder: str, found: Iterable[Read]) -> None:
    """Those that were read anew; a file that was not there may be there the next time."""
    for each in found:
        if each.digest and (each.vector or each.refusal):
            session.merge(
                ReadPhotographRow(
                    digest=each.digest,
                    encoder=encoder,
                    face=each.face,
                    vector=each.vector,
                    refusal=json.dumps(each.refusal) if each.refusal else "",
                    read_at=now,
                )
            )


def kept(session: Session, encoder: str) -> dict[str, Read]:
    """By digest."""
    rows = session.scalars(select(ReadPhotographRow).where(ReadPhotographRow.encoder == encoder))
    return {row.digest: Read(row.digest, row.face, row.vector, _refusal(row.refusal)) for row in rows}


def on_records(session: Session, encoder: str, digests: Iterable[str]) -> dict[str, Read]:
    """The same of photographs that some record has already, read by this encoder."""
    wanted = sorted(set(digests))
    found: dict[str, Read] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(PortraitRow.digest, PortraitRow.face, TemplateRow.vector)
            .join(TemplateRow, TemplateRow.portrait_id == PortraitRow.id)
            .where(PortraitRow.digest.in_(wanted[start : start + _AT_ONCE]), TemplateRow.encoder == encoder)
        )
        found |= {digest: Read(digest, face, vector) for digest, face, vector in session.execute(query)}
    return found


def known_digests(session: Session, encoder: str) -> frozenset[str]:
    """Of photographs that need not be read again."""
    waiting = select(ReadPhotographRow.digest).where(ReadPhotographRow.encoder == encoder)
    saved = (
        select(PortraitRow.digest)
        .join(TemplateRow, TemplateRow.portrait_id == PortraitRow.id)
        .where(TemplateRow.encoder == encoder)
    )
    return frozenset([*session.scalars(waiting), *session.scalars(saved)])


def forget(session: Session, digests: Iterable[str], now: datetime) -> None:
    """These, which are on records now, and whatever was left behind long ago."""
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), _AT_ONCE):
        session.execute(delete(ReadPhotographRow).where(ReadPhotographRow.digest.in_(wanted[start : start + _AT_ONCE])))
    session.execute(delete(ReadPhotographRow).where(ReadPhotographRow.read_at < now - KEPT))


def _refusal(text: str) -> Refusal | None:
    if not text:
        return None
    template, values = json.loads(text)
    return str(template), dict(values)
