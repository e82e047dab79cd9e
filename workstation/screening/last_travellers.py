"""The last travellers at a counter, as its officer may see them again: when, which answer, which document. Never a list."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workstation.schema import AlertRow, ScreeningRow
from workstation.screening.screening import Answer
from workstation.sentences import Sentence

MOST = 10
WRONG_DOCUMENT = Sentence("The officer said later that the document of this screening was not this traveller's.")


@dataclass(frozen=True, slots=True)
class LastTraveller:
    screening_id: int
    at: datetime
    answer: Answer
    document: str
    """How the document came in; empty without one."""
    picture: bytes
    """PNG, while it may be kept: only of a screening with a lead."""
    alert_id: int | None


def last_travellers(session: Session, lane: str, most: int = MOST) -> tuple[LastTraveller, ...]:
    """By each one's last screening, the newest first."""
    later = aliased(ScreeningRow)
    rows = session.execute(
        select(ScreeningRow, AlertRow.id)
        .outerjoin(AlertRow, AlertRow.screening_id == ScreeningRow.id)
        .where(ScreeningRow.lane == lane, ~select(later.id).where(later.after_id == ScreeningRow.id).exists())
        .order_by(ScreeningRow.id.desc())
        .limit(most)
    ).all()
    return tuple(
        LastTraveller(row.id, row.at, Answer(row.answer), _origin(row.document), row.probe or b"", alert) for row, alert in rows
    )


def _origin(document: str) -> str:
    return str(json.loads(document)["origin"]) if document else ""
