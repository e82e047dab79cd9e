"""What budgets would cost, on both sides, told before they are saved: false alerts a day, and listed people missed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.rates.calibration import ANY, GRADES, GRID, Calibration
from matching.rates.pairs import Rate
from watchlists.records.purposes import Purpose
from workstation.operating_point.thresholds import Point, Points

USUAL_DAY = 1000.0
"""Travellers a day that are taken until the post has screened anybody."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One operating point in a person's words."""

    distance: float
    alerts_a_day: Rate
    """False ones."""
    missed: Rate | None
    """Share of listed people who would not be found with one picture; weighted by the grades of this purpose's photographs."""
    missed_by_grade: Mapping[str, Rate | None]
    """None: too few such photographs were measured."""
    within_budget: bool


@dataclass(frozen=True, slots=True)
class PurposeForecast:
    purpose: Purpose
    entries: int
    budget_now: float
    budget_wanted: float
    now: Cost
    wanted: Cost


@dataclass(frozen=True, slots=True)
class Forecast:
    travellers_a_day: float
    measured: bool
    """Whether the post's last 30 days gave the number of travellers; else it is USUAL_DAY."""
    factor: float
    purposes: tuple[PurposeForecast, ...]
    curve: tuple[tuple[float, float, float, float], ...]
    """False alerts per 1,000 travellers for all entries together, then share missed, low end, high end: the plot."""
    entries: int

    @property
    def alerts_a_day(self) -> Rate:
        costs = [each.wanted.alerts_a_day for each in self.purposes]
        return Rate(*(sum(getattr(each, end) for each in costs) for end in ("value", "low", "high")))

    @property
    def carried(self) -> bool:
        """Whether the calibration carries every wanted budget."""
        return all(each.wanted.within_budget for each in self.purposes if each.entries)

    def for_the_log(self) -> dict[str, object]:
        def rate(each: Rate | None) -> list[float] | None:
            return None if each is None else [round(value, 4) for value in (each.value, each.low, each.high)]

        return {
            "travellers_a_day": round(self.travellers_a_day, 1),
            "measured": self.measured,
            "purposes": {
                each.purpose.value: {
                    "budget": each.budget_wanted,
                    "distance": round(each.wanted.distance, 4),
                    "alerts_a_day": rate(each.wanted.alerts_a_day),
                    "missed": rate(each.wanted.missed),
                }
                for each in self.purposes
            },
        }


def forecast(
    calibration: Calibration,
    now: Points,
    wanted: Points,
    travellers: float | None,
    grades: Mapping[Purpose, Mapping[str, int]],
) -> Forecast:
    """`grades`: photographs of each grade on the lists of each purpose."""
    a_day = travellers or USUAL_DAY
    purposes = []
    for purpose in Purpose:
        one, other = now.by_purpose[purpose], wanted.by_purpose[purpose]
        costs = [_cost(calibration, point, a_day, grades.get(purpose, {})) for point in (one, other)]
        purposes.append(PurposeForecast(purpose, other.entries, one.budget, other.budget, *costs))
    entries = sum(point.entries for point in wanted.by_purpose.values())
    return Forecast(
        a_day, travellers is not None, wanted.factor, tuple(purposes), _curve(calibration, entries, wanted.factor), entries
    )


def missed_share(calibration: Calibration, distance: float, grades: Mapping[str, int]) -> Rate | None:
    """Share missed over photographs of these grades; a grade that was not measured counts as any photograph."""
    total = sum(grades.values())
    parts = []
    for grade, count in grades.items():
        rate = calibration.missed(distance, grade) or calibration.missed(distance)
        if rate is None:
            return None
        parts.append((count / total, rate))
    if not parts:
        return calibration.missed(distance)
    return Rate(*(sum(share * getattr(rate, end) for share, rate in parts) for end in ("value", "low", "high")))


def _cost(calibration: Calibration, point: Point, travellers: float, grades: Mapping[str, int]) -> Cost:
    operating = point.operating
    alerts = Rate(*(travellers * getattr(operating.false_alerts, end) for end in ("value", "low", "high")))
    by_grade = {grade: calibration.missed(operating.distance, grade) for grade in GRADES}
    missed = missed_share(calibration, operating.distance, grades)
    return Cost(operating.distance, alerts, missed, by_grade, operating.within_budget)


def _curve(calibration: Calibration, entries: int, factor: float) -> tuple[tuple[float, float, float, float], ...]:
    missed = calibration.fnmr[ANY]
    points = []
    for place in np.flatnonzero(calibration.smallest <= GRID):
        alerts = 1000 * calibration.false_alerts(float(GRID[place]), max(entries, 1), factor).value
        points.append((alerts, float(missed.value[place]), float(missed.low[place]), float(missed.high[place])))
    return tuple(points)
