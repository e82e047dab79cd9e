"""Whom an alert is about, before it is opened: which alerts are of one traveller, who came together, what speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from watchlists.records.purposes import Purpose
from workstation.alerts import grounds
from workstation.alerts.grounds import Basis
from workstation.schema import AlertRow, CandidateRow, CompanionRow, ScreeningRow

_ORDER = tuple(Purpose)


@dataclass(frozen=True, slots=True)
class Whom:
    traveller: int
    """The first screening of the same traveller: alerts that have it in common are of one person at the counter."""
    party: int | None
    """The group of travellers who were said to travel together."""
    purposes: tuple[Purpose, ...]
    """Of the lists on which the candidates are, protection first."""
    bases: tuple[Basis, ...]
    """What speaks for the candidates: face, name, number, portrait."""


def whom(session: Session, alert_ids: Sequence[int]) -> dict[int, Whom]:
    """Of each of these alerts, by its id."""
    chosen = select(AlertRow.id, AlertRow.screening_id).where(AlertRow.id.in_(alert_ids))
    screenings = {row.id: row.screening_id for row in session.execute(chosen)}
    firsts = {alert: _first(session, screening) for alert, screening in screenings.items()}
    together = select(CompanionRow.screening_id, CompanionRow.group_id)
    members = session.execute(together.where(CompanionRow.screening_id.in_(screenings.values())))
    parties = {row.screening_id: row.group_id for row in members}
    purposes: dict[int, set[Purpose]] = {alert: set() for alert in screenings}
    bases: dict[int, set[Basis]] = {alert: set() for alert in screenings}
    rows = session.execute(
        select(CandidateRow.alert_id, CandidateRow.purpose, CandidateRow.grounds).where(CandidateRow.alert_id.in_(alert_ids))
    )
    for alert, purpose, text in rows:
        purposes[alert].add(Purpose(purpose))
        bases[alert] |= set(grounds.read(text).bases)
    return {
        alert: Whom(
            firsts[alert],
            parties.get(screening),
            tuple(each for each in _ORDER if each in purposes[alert]),
            tuple(each for each in Basis if each in bases[alert]),
        )
        for alert, screening in screenings.items()
    }


def _first(session: Session, screening_id: int) -> int:
    """The first screening of the traveller: follows what each took the place of."""
    before = session.get_one(ScreeningRow, screening_id).after_id
    while before is not None:
        screening_id = before
        before = session.get_one(ScreeningRow, screening_id).after_id
    return screening_id
