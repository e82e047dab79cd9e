"""Which entries cost alerts for nothing, and which cannot be found: what the administrator can put right."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.rates.calibration import Calibration
from matching.rates.pairs import Rate
from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE
from watchlists.records.schema import PortraitRow, RecordRow, RecordVersionRow, WatchlistRow
from workstation.alerts.closeness import portrait_grade
from workstation.alerts.verdicts import View
from workstation.operating_point.own_travellers import WINDOW
from workstation.operating_point.thresholds import Points
from workstation.schema import AlertRow, CandidateRow, VerdictRow

_OFTEN = 3
"""False leads from which a portrait is named."""
_SHARE = 0.2
"""Share of all false leads from which it should be replaced."""
_LOST = 0.5
"""Share missed from which an entry is said not to be found."""


@dataclass(frozen=True, slots=True)
class FalseLeads:
    """A portrait that a second line judged not to be the traveller, several times."""

    record_id: int
    portrait_id: int
    name: str
    count: int
    of_all: int
    grade: str
    replace: bool


@dataclass(frozen=True, slots=True)
class Unfindable:
    """An entry whose photograph is too poor for today's threshold."""

    record_id: int
    portrait_id: int
    name: str
    grade: str
    missed: Rate


def false_leads(session: Session, now: datetime) -> tuple[FalseLeads, ...]:
    """Of the last 30 days, most first."""
    last = select(func.max(VerdictRow.id)).group_by(VerdictRow.alert_id, VerdictRow.rank, VerdictRow.officer)
    rows = session.execute(
        select(CandidateRow.portrait_id, CandidateRow.record_id, CandidateRow.alert_id, CandidateRow.rank, VerdictRow.view)
        .join(AlertRow, AlertRow.id == CandidateRow.alert_id)
        .join(VerdictRow, (VerdictRow.alert_id == CandidateRow.alert_id) & (VerdictRow.rank == CandidateRow.rank))
        .where(AlertRow.raised_at >= now - WINDOW, VerdictRow.id.in_(last))
        # A name that agrees beside another face says nothing against the photograph.
        .where(CandidateRow.distance <= CandidateRow.threshold)
    ).all()
    leads = {(alert, rank) for _, _, alert, rank, view in rows if view == View.LEAD}
    judged = {
        (portrait, record, alert, rank)
        for portrait, record, alert, rank, view in rows
        if view == View.NOT_THIS_PERSON and (alert, rank) not in leads and portrait is not None
    }
    counts = Counter((portrait, record) for portrait, record, _, _ in judged)
    found = []
    for (portrait, record), count in counts.most_common():
        if count < _OFTEN:
            break
        described = session.get_one(PortraitRow, portrait).face
        _, version = reading.current_version(session, record)
        if version.status != ACTIVE:
            continue
        name = reading.full_name(reading.particulars_of(version))
        share = count >= _SHARE * len(judged)
        found.append(FalseLeads(record, portrait, name, count, len(judged), portrait_grade(json.loads(described)), share))
    return tuple(found)


def unfindable(session: Session, calibration: Calibration, points: Points) -> tuple[Unfindable, ...]:
    """Entries of which more than half are missed at today's threshold, worst first."""
    found = []
    for record, portrait, face, version, purpose in _portraits(session):
        grade = portrait_grade(json.loads(face))
        missed = calibration.missed(points.distance(purpose), grade)
        if missed is not None and missed.value > _LOST:
            name = reading.full_name(reading.particulars_of(version))
            found.append(Unfindable(record, portrait, name, grade, missed))
    return tuple(sorted(found, key=lambda each: -each.missed.value))


def grades(session: Session) -> Mapping[Purpose, Mapping[str, int]]:
    """Photographs of each grade on the lists of each purpose."""
    counted: dict[Purpose, Counter[str]] = {purpose: Counter() for purpose in Purpose}
    for _, _, face, _, purpose in _portraits(session):
        counted[purpose][portrait_grade(json.loads(face))] += 1
    return counted


def _portraits(session: Session) -> list[tuple[int, int, str, RecordVersionRow, Purpose]]:
    rows = session.execute(
        select(RecordRow.id, PortraitRow.id, PortraitRow.face, RecordVersionRow, WatchlistRow.purpose)
        .join(PortraitRow, PortraitRow.record_id == RecordRow.id)
        .join(RecordVersionRow, (RecordVersionRow.record_id == RecordRow.id) & (RecordVersionRow.version == RecordRow.version))
        .join(WatchlistRow, WatchlistRow.id == RecordRow.watchlist_id)
        .where(RecordVersionRow.status == ACTIVE)
    )
    return [(record, portrait, face, version, Purpose(purpose)) for record, portrait, face, version, purpose in rows]
