"""Who works on an alert: somebody takes it, gives it back, or takes it over from another; the last statement counts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.errors import OperatorError
from workstation.schema import AlertRow, AlertTakingRow


def take(session: Session, now: datetime, by: str, alert_id: int) -> str:
    """The person from whom it is taken over, or empty. OperatorError when there is no such alert, or it is theirs already."""
    before = taken_by(session, [alert_id]).get(alert_id, "")
    _known(session, alert_id)
    if before == by:
        raise OperatorError("You have taken alert {alert} already.", alert=alert_id)
    session.add(AlertTakingRow(alert_id=alert_id, at=now, by=by, given_back=False))
    session.flush()
    return before


def give_back(session: Session, now: datetime, by: str, alert_id: int) -> None:
    """Only by whoever has it."""
    _known(session, alert_id)
    if taken_by(session, [alert_id]).get(alert_id) != by:
        raise OperatorError("You have not taken alert {alert}, so that you cannot give it back.", alert=alert_id)
    session.add(AlertTakingRow(alert_id=alert_id, at=now, by=by, given_back=True))
    session.flush()


def taken_by(session: Session, alert_ids: Sequence[int]) -> dict[int, str]:
    """The login of whoever has each of these alerts; those that nobody has are left out."""
    last = select(func.max(AlertTakingRow.id)).where(AlertTakingRow.alert_id.in_(alert_ids)).group_by(AlertTakingRow.alert_id)
    rows = session.scalars(select(AlertTakingRow).where(AlertTakingRow.id.in_(last)))
    return {row.alert_id: row.by for row in rows if not row.given_back}


def _known(session: Session, alert_id: int) -> None:
    if session.get(AlertRow, alert_id) is None:
        raise OperatorError("There is no alert {alert}. Choose one from the list.", alert=alert_id)
