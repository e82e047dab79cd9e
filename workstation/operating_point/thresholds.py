"""The distances up to which candidates are raised, one for each purpose, and the history of why they are what they are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.rates.calibration import Calibration, OperatingPoint
from matching.rates.pairs import Rate
from watchlists.records.purposes import Purpose
from workstation.operating_point.budgets import Budgets
from workstation.schema import ThresholdRow


@dataclass(frozen=True, slots=True)
class Point:
    """What counts for one purpose."""

    purpose: Purpose
    entries: int
    budget: float
    """False alerts per 1,000 travellers."""
    operating: OperatingPoint


@dataclass(frozen=True, slots=True)
class Points:
    by_purpose: Mapping[Purpose, Point]
    factor: float
    """How much more often than in the calibration strangers look close here."""

    @property
    def largest(self) -> float:
        """The distance up to which a search looks; each purpose has its own within it."""
        points = self.by_purpose.values()
        return max(point.operating.distance for point in points if point.entries or not any(each.entries for each in points))

    @property
    def within_budget(self) -> bool:
        return all(point.operating.within_budget for point in self.by_purpose.values() if point.entries)

    @property
    def false_alerts(self) -> Rate:
        """Expected false alerts per 1,000 travellers in all."""
        costs = [point.operating.false_alerts for point in self.by_purpose.values()]
        return Rate(*(1000 * sum(getattr(each, end) for each in costs) for end in ("value", "low", "high")))

    def distance(self, purpose: Purpose) -> float:
        return self.by_purpose[purpose].operating.distance

    def for_the_log(self) -> dict[str, object]:
        """Numbers only, each purpose by its name."""
        return {
            "local_factor": round(self.factor, 3),
            "points": {
                purpose.value: {
                    "entries": point.entries,
                    "budget": point.budget,
                    "distance": round(point.operating.distance, 4),
                    "false_alerts": round(1000 * point.operating.false_alerts.value, 4),
                    "within_budget": point.operating.within_budget,
                }
                for purpose, point in self.by_purpose.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    why: str
    points: Mapping[str, Mapping[str, float]]
    """By the name of the purpose: entries, budget, distance, false_alerts per 1,000."""
    factor: float


def derive(calibration: Calibration, entries: Mapping[Purpose, int], budgets: Budgets, factor: float) -> Points:
    points = {}
    for purpose in Purpose:
        count, budget = entries[purpose], budgets[purpose]
        # A purpose whose lists are empty would get a distance at which nobody could be told from anybody.
        operating = calibration.operating_point(max(count, 1), budget / 1000, factor)
        if not count:
            operating = OperatingPoint(operating.distance, Rate(0.0, 0.0, 0.0), within_budget=True)
        points[purpose] = Point(purpose, count, budget, operating)
    return Points(points, factor)


def keep(session: Session, now: datetime, points: Points) -> bool:
    """Write the points down, and why, when they differ from the last ones. Whether they did."""
    text = json.dumps(points.for_the_log(), sort_keys=True)
    last = session.scalar(select(ThresholdRow).order_by(ThresholdRow.id.desc()).limit(1))
    if last is not None and last.points == text:
        return False
    session.add(ThresholdRow(at=now, why=_why(last.points if last is not None else None, text), points=text))
    return True


def _why(before: str | None, after: str) -> str:
    if before is None:
        return "the post was opened"
    one, other = json.loads(before), json.loads(after)
    for name, words in (("budget", "the budgets changed"), ("entries", "the lists changed")):
        if any(one["points"][purpose][name] != point[name] for purpose, point in other["points"].items()):
            return words
    changed = one["local_factor"] != other["local_factor"]
    return "travellers look otherwise than expected" if changed else "the calibration changed"


def history(session: Session, most: int = 50) -> tuple[Change, ...]:
    """Newest first."""
    rows = session.scalars(select(ThresholdRow).order_by(ThresholdRow.id.desc()).limit(most))
    changes = []
    for row in rows:
        told = json.loads(row.points)
        changes.append(Change(row.at, row.why, told["points"], told["local_factor"]))
    return tuple(changes)
