"""The curves of a calibration: how many strangers lie within each distance, and how many people's own pictures do not.

Several photographs of two people count as one pair, and every person counts once. Bands hold 90 of 100 cases, by bootstrap
over people, since pairs that share a person are not independent.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.rates import tail
from matching.rates.pairs import Floats, Indices, Pairs, Rate

GRID = np.round(np.arange(-0.7, 0.1501, 0.005), 3)
"""Normalised distances at which the curves are kept."""
RESAMPLES = 200
_BAND = (5.0, 95.0)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A share at each distance of GRID, and its band."""

    value: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        """From what `as_table` gave. KeyError, TypeError or ValueError when it is something else."""
        parts = [np.array(table[name], dtype=np.float64) for name in ("value", "low", "high")]
        if any(each.shape != GRID.shape for each in parts):
            raise ValueError("a curve over other distances")
        return cls(*parts)

    def as_table(self) -> dict[str, list[float]]:
        return {name: listed(values) for name, values in asdict(self).items()}

    def at(self, distance: float) -> Rate:
        value, low, high = (float(np.interp(distance, GRID, each)) for each in (self.value, self.low, self.high))
        return Rate(value, low, high)


def listed(values: Floats) -> list[float]:
    """As they stand in a file: five figures."""
    return [float(f"{value:.5g}") for value in values]


def draws(people: int, seed: int) -> Floats:
    """How often each person is drawn in each resampling, (RESAMPLES, people)."""
    random = np.random.default_rng(seed)
    return random.multinomial(people, np.full(people, 1 / people), size=RESAMPLES).astype(np.float64)


def strangers(pairs: Pairs, inside: NDArray[np.bool_], seed: int = 0) -> tuple[Floats, Curve]:
    """How many pairs of strangers among the people `inside` lie within each distance, and their share."""
    near = ~pairs.mated & inside[pairs.one] & inside[pairs.other] & (pairs.score <= GRID[-1])
    _, place = np.unique(np.flatnonzero(inside), return_index=True)
    number = np.full(pairs.people, -1, dtype=np.int64)
    number[inside] = place
    one, other, weight = number[pairs.one[near]], number[pairs.other[near]], pairs.weight[near]
    where = np.searchsorted(GRID, pairs.score[near], side="left")
    people = len(place)
    every = people * (people - 1) / 2

    def within(drawn: Floats | None) -> Floats:
        weights = weight if drawn is None else weight * drawn[one] * drawn[other]
        return np.cumsum(np.bincount(where, weights=weights, minlength=len(GRID))[: len(GRID)])

    counted = within(None)
    value = tail.rates(counted, every, GRID)
    resampled = [tail.rates(within(each), every, GRID) for each in draws(people, seed)]
    low, high = np.percentile(resampled, _BAND, axis=0)
    return counted, Curve(value, np.minimum(low, value), np.maximum(high, value))


def missed(whose: Indices, scores: Floats, share: Floats, people: int, seed: int = 0) -> Curve:
    """FNMR at each distance. `share`: what each pair counts; where no miss was seen the rule of three gives the upper end."""
    where = np.searchsorted(GRID, scores, side="left")

    def curve(weight: Floats) -> Floats:
        counts = np.bincount(where, weights=share * weight[whose], minlength=len(GRID) + 1)
        found: Floats = 1 - np.cumsum(counts[: len(GRID)]) / max(float(counts.sum()), 1e-12)
        return np.clip(found, 0, 1)

    value = curve(np.ones(people))
    low, high = np.percentile([curve(each) for each in draws(people, seed)], _BAND, axis=0)
    rule_of_three = 3 / len(np.unique(whose))
    return Curve(value, np.minimum(low, value), np.clip(np.maximum(high, rule_of_three * (value == 0)), value, 1))
