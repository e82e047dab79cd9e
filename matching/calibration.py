"""How often strangers look as close as a distance, and the distance that keeps false alerts within a budget.

The table was measured on pairs of different people and is never read beyond what its pairs carry.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

_CARRIED = 10
"""Pairs that must have been seen within a distance before it is used: below, the label errors of the data decide."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The distance below which a candidate is raised, and what it costs."""

    distance: float
    fmr: float
    """Share of comparisons of strangers that lie within the distance."""
    false_alerts: float
    """Expected false alerts per traveller, at most, for the number of entries that it was made for."""
    within_budget: bool
    """False when the calibration cannot carry a distance small enough: the list is too long for what was measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    encoder: str
    data: str
    people: int
    pairs: int
    distances: NDArray[np.float64]
    """Ascending grid, (m,)."""
    within: NDArray[np.int64]
    """How many pairs of strangers lie within each of `distances`, (m,)."""

    @classmethod
    def shipped(cls) -> Self:
        table = json.loads(Path(__file__).with_name("calibration.json").read_text(encoding="utf-8"))
        return cls(
            encoder=table["encoder"],
            data=table["data"],
            people=table["people"],
            pairs=table["pairs"],
            distances=np.array(table["distances"], dtype=np.float64),
            within=np.array(table["within"], dtype=np.int64),
        )

    def operating_point(self, entries: int, budget: float) -> OperatingPoint:
        """The largest distance whose false alerts stay within `budget` per traveller on a list of `entries` templates.

        FPIR is bounded by entries x FMR (union bound), with the upper 95 % limit of FMR from `upper_fmr`. When even the
        smallest distance that the data carries is too much, that distance is given and `within_budget` is False.
        """
        upper = self.upper_fmr()
        cost = upper * max(entries, 1)
        smallest = int(np.flatnonzero(self.within >= _CARRIED)[0])
        fitting = np.flatnonzero(cost <= budget)
        index = max(int(fitting[-1]), smallest) if len(fitting) else smallest
        return OperatingPoint(
            distance=float(self.distances[index]),
            fmr=float(self.within[index] / self.pairs),
            false_alerts=float(min(1.0, cost[index])),
            within_budget=bool(cost[index] <= budget),
        )

    def upper_fmr(self) -> NDArray[np.float64]:
        """Upper one-sided 95 % limit of the FMR at each of `distances`, (m,).

        (sqrt(c + 1) + 1.645 / 2)^2 / n, the variance-stabilised Poisson limit for c of n pairs,
        never below the exact one.
        """
        limit: NDArray[np.float64] = (np.sqrt(self.within + 1.0) + 0.8225) ** 2 / self.pairs
        return limit
