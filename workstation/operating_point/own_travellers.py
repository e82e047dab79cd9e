"""What the post's own travellers show of how alike strangers look here: distances alone, kept by day and lane.

The distance of the nearest entry of each traveller without a confirmed lead is a number without a way back to a person. Many
of them tell whether strangers look closer here than in the calibration; the thresholds follow, carefully: at once when there
are more close ones than planned, and to the other side only after LEAST_TRAVELLERS.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matching.rates.calibration import Calibration
from workstation.alerts.verdicts import View
from workstation.schema import AlertRow, CandidateRow, NearestDistanceRow, ScreeningRow, VerdictRow

KEPT = timedelta(days=60)
WINDOW = timedelta(days=30)
RECENT = timedelta(days=7)
LEAST_TRAVELLERS = 1000
"""Travellers before a threshold is loosened because of them."""
_LEAST_CLOSE = 20
"""Close ones that the calibration must expect before they are counted: fewer would follow chance."""
_PRIOR = 20.0
"""Close ones' worth of belief that it is here as in the calibration."""
_MOST = 20.0
_DRIFT = 2.0
_DEVIATE = 1.96


@dataclass(frozen=True, slots=True)
class LocalFactor:
    """How many times more often than in the calibration strangers look close at this post."""

    travellers: int
    value: float
    """The one that the thresholds use."""
    measured: float
    low: float
    high: float
    """Ends of the band of 95 of 100 cases."""
    drift: float | None
    """The last RECENT days against the days before when they differ for certain by more than two times, else None."""


UNKNOWN = LocalFactor(0, 1.0, 1.0, 1.0, 1.0, None)


def note(session: Session, day: date, lane: str, entries: int, distance: float, scale: str) -> None:
    """Keep one traveller's number under a drawn id, so that no order of travellers is kept; forget those older than KEPT."""
    session.add(
        NearestDistanceRow(
            id=secrets.randbits(62),
            day=day.isoformat(),
            lane=lane,
            entries=entries,
            distance=round(distance, 4),
            calibration=scale,
        )
    )
    session.execute(delete(NearestDistanceRow).where(NearestDistanceRow.day < (day - KEPT).isoformat()))


def factor(session: Session, calibration: Calibration, scale: str, today: date) -> LocalFactor:
    """What the last 30 days show."""
    days, entries, distances = _numbers(session, scale, today - WINDOW)
    travellers = len(distances)
    if not travellers:
        return UNKNOWN
    seen, expected = _close(calibration, entries, distances)
    if expected < _LEAST_CLOSE:
        return LocalFactor(travellers, 1.0, 1.0, 1.0, 1.0, None)
    shape, rate = _PRIOR + seen, _PRIOR + expected
    value, low, high = shape / rate, *(_gamma_quantile(shape, deviate) / rate for deviate in (-_DEVIATE, _DEVIATE))
    used = min(value, _MOST) if value > 1 or travellers >= LEAST_TRAVELLERS else 1.0
    recent = days >= (today - RECENT).isoformat()
    drift = _drift(
        _close(calibration, entries[recent], distances[recent]), _close(calibration, entries[~recent], distances[~recent])
    )
    return LocalFactor(travellers, used, value, low, high, drift)


def travellers_a_day(session: Session, today: date) -> float | None:
    """Mean over the days of the last 30 on which anybody was screened; None when nobody was."""
    since = (today - WINDOW).isoformat()
    day = func.substr(ScreeningRow.at, 1, 10)
    counts = session.execute(select(day, func.count()).where(day >= since).group_by(day)).all()
    return float(np.mean([count for _, count in counts])) if counts else None


def _numbers(session: Session, scale: str, since: date) -> tuple[NDArray[np.str_], NDArray[np.float64], NDArray[np.float64]]:
    """Day, entries and distance of each traveller without a confirmed lead."""
    kept = session.execute(
        select(NearestDistanceRow.day, NearestDistanceRow.entries, NearestDistanceRow.distance).where(
            NearestDistanceRow.calibration == scale, NearestDistanceRow.day >= since.isoformat()
        )
    )
    rows = [(day, entries, distance) for day, entries, distance in kept]
    confirmed = select(VerdictRow.alert_id).where(VerdictRow.view == View.LEAD)
    raised = session.execute(
        select(ScreeningRow.at, ScreeningRow.receipt, CandidateRow.distance)
        .join(AlertRow, AlertRow.screening_id == ScreeningRow.id)
        .join(CandidateRow, CandidateRow.alert_id == AlertRow.id)
        .where(CandidateRow.rank == 1, AlertRow.id.not_in(confirmed), CandidateRow.closeness.contains(scale))
        .where(CandidateRow.distance <= CandidateRow.threshold, AlertRow.after_id.is_(None))
        .where(AlertRow.raised_at >= datetime.combine(since, time.min, UTC))
    )
    rows += [
        (at.date().isoformat(), json.loads(receipt)["eligible"], distance)
        for at, receipt, distance in raised
        if distance is not None
    ]
    days, entries, distances = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(days, dtype="U10"), np.array(entries, dtype=np.float64), np.array(distances, dtype=np.float64)


def _close(calibration: Calibration, entries: NDArray[np.float64], distances: NDArray[np.float64]) -> tuple[float, float]:
    """How many travellers lie near an entry, and how many the calibration expects, at the closest distance that carries."""
    for level in calibration.levels():
        rate = calibration.fmr.at(level).value
        expected = float((-np.expm1(entries * np.log1p(-min(rate, 1 - 1e-9)))).sum())
        if expected >= _LEAST_CLOSE:
            return float(np.count_nonzero(distances <= level)), expected
    return 0.0, 0.0


def _drift(recent: tuple[float, float], before: tuple[float, float]) -> float | None:
    """Their ratio when it is certain that it is more than _DRIFT to either side."""
    if not recent[1] or not before[1]:
        return None
    one, other = recent[0] / recent[1], before[0] / before[1]
    ratio = (one + 1e-9) / (other + 1e-9)
    spread = float(np.sqrt(1 / max(recent[0], 1) + 1 / max(before[0], 1)))
    return ratio if abs(np.log(ratio)) - _DEVIATE * spread > np.log(_DRIFT) else None


def _gamma_quantile(shape: float, deviate: float) -> float:
    """Of a gamma distribution of rate 1, by Wilson and Hilferty (1931); good to a percent for the shapes met here."""
    return float(shape * (1 - 1 / (9 * shape) + deviate / (3 * np.sqrt(shape))) ** 3)
