"""Who travels with whom, as stated at the counter. A statement is added and never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.errors import OperatorError
from workstation.schema import AlertRow, CompanionRow, ScreeningRow, TravelGroupRow


@dataclass(frozen=True, slots=True)
class Companion:
    """Another traveller of the group."""

    screening_id: int
    at: datetime
    lane: str
    officer: str
    alert_id: int | None


def join(session: Session, now: datetime, by: str, screening_id: int, with_screening: int) -> int:
    """The group of both. OperatorError when there is no such screening to travel with."""
    if with_screening == screening_id or session.get(ScreeningRow, with_screening) is None:
        raise OperatorError(
            "There is no screening {screening} to travel with. Choose the companion again.", screening=with_screening
        )
    there = session.get(CompanionRow, with_screening)
    if there is None:
        group = TravelGroupRow(opened_at=now, opened_by=by)
        session.add(group)
        session.flush()
        there = CompanionRow(screening_id=with_screening, group_id=group.id, at=now, by=by)
        session.add(there)
    session.add(CompanionRow(screening_id=screening_id, group_id=there.group_id, at=now, by=by))
    session.flush()
    return there.group_id


def keep_group(session: Session, now: datetime, by: str, screening_id: int, earlier: int) -> int | None:
    """The same traveller looked at again stays in the group of the earlier screening; the group, if there is one."""
    there = session.get(CompanionRow, earlier)
    if there is None:
        return None
    session.add(CompanionRow(screening_id=screening_id, group_id=there.group_id, at=now, by=by))
    session.flush()
    return there.group_id


def companions(session: Session, screening_id: int) -> tuple[Companion, ...]:
    """The others of the traveller's group, each by the last screening, in the order in which they came."""
    own = session.get(CompanionRow, screening_id)
    if own is None:
        return ()
    rows = session.execute(
        select(ScreeningRow, AlertRow.id)
        .join(CompanionRow, CompanionRow.screening_id == ScreeningRow.id)
        .outerjoin(AlertRow, AlertRow.screening_id == ScreeningRow.id)
        .where(CompanionRow.group_id == own.group_id)
        .order_by(ScreeningRow.id)
    ).all()
    later = {row.after_id for row, _ in rows if row.after_id is not None}
    same = _chain({row.id: row.after_id for row, _ in rows}, screening_id)
    return tuple(
        Companion(row.id, row.at, row.lane, row.officer, alert)
        for row, alert in rows
        if row.id not in same and row.id not in later
    )


def _chain(after: dict[int, int | None], screening_id: int) -> set[int]:
    """All screenings of the same traveller: those before and those after."""
    same = {screening_id}
    before = after.get(screening_id)
    while before is not None:
        same.add(before)
        before = after.get(before)
    for screening, earlier in sorted(after.items()):
        if earlier in same:
            same.add(screening)
    return same
