"""One person's view of one candidate. A verdict is never changed; a later one of the same person replaces it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.errors import OperatorError
from workstation.schema import CandidateRow, VerdictRow


class View(StrEnum):
    LEAD = "LEAD"
    NOT_THIS_PERSON = "NOT_THIS_PERSON"
    CANNOT_TELL = "CANNOT_TELL"


class Finding(StrEnum):
    """What a look at one feature gave."""

    ALIKE = "alike"
    DIFFERS = "differs"
    CANNOT_SEE = "cannot see"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the checklist, after the feature list for facial image comparison of FISWG."""

    key: str
    """The single key that fills it."""
    name: str
    text: str


REASONS = (
    Reason("1", "face_shape", "Shape of the face"),
    Reason("2", "brows", "Brows and forehead"),
    Reason("3", "eyes", "Eyes and lids"),
    Reason("4", "nose", "Nose"),
    Reason("5", "mouth", "Mouth and lips"),
    Reason("6", "chin", "Chin and jaw"),
    Reason("7", "ears", "Ears"),
    Reason("8", "marks", "Marks and scars"),
)
PAPER_REASONS = (
    Reason("Q", "name", "Name"),
    Reason("W", "birth", "Date of birth"),
    Reason("E", "number", "Document number"),
    Reason("R", "holder", "Document's portrait"),
)
"""The row of keys below 1 to 4. What is compared where a name, a number or a document's portrait raised the candidate."""
ALL_REASONS = REASONS + PAPER_REASONS
_NAMES = {reason.name for reason in ALL_REASONS}


@dataclass(frozen=True, slots=True)
class VerdictView:
    rank: int
    officer: str
    view: View
    reasons: tuple[str, ...]
    note: str
    at: datetime


def give_verdict(
    session: Session,
    now: datetime,
    officer: str,
    alert_id: int,
    rank: int,
    view: View,
    reasons: Sequence[str],
    note: str = "",
) -> int:
    """The id of the verdict. `reasons`: "feature: finding" with the names of ALL_REASONS and Finding, at least one."""
    if session.get(CandidateRow, (alert_id, rank)) is None:
        raise OperatorError("Alert {alert} has no candidate {rank}. Open it again from the list.", alert=alert_id, rank=rank)
    if not reasons and not note.strip():
        raise OperatorError("Mark at least one feature, or write a note, so that others can follow your view.")
    for reason in reasons:
        name, _, finding = reason.partition(": ")
        if name not in _NAMES or finding not in tuple(Finding):
            raise OperatorError("“{reason}” is not on the checklist. Mark the features shown.", reason=reason)
    longest = 1000
    if len(note) > longest:
        raise OperatorError("The note is longer than {longest} characters. Shorten it.", longest=longest)
    row = VerdictRow(
        alert_id=alert_id,
        rank=rank,
        officer=officer,
        view=View(view),
        reasons=json.dumps(list(reasons)),
        note=note.strip(),
        at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def verdicts(session: Session, alert_id: int) -> tuple[VerdictView, ...]:
    """Every verdict on the alert, oldest first; the last one of a person on a candidate is the one that counts."""
    rows = session.scalars(select(VerdictRow).where(VerdictRow.alert_id == alert_id).order_by(VerdictRow.id))
    return tuple(
        VerdictView(row.rank, row.officer, View(row.view), tuple(json.loads(row.reasons)), row.note, row.at) for row in rows
    )
