"""The tail is told as it was drawn, beyond what was counted, and neither twins nor label errors bend it."""

import numpy as np
import pytest

from matching.rates import tail
from matching.rates.curves import GRID
from matching.rates.tail import RAREST


def counts(scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.searchsorted(np.sort(scores), GRID, side="right").astype(np.float64)


def pareto(count: int, shape: float, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Distances of which the nearest hundredth is a generalised Pareto tail of size 0.03 below 0.0."""
    random = np.random.default_rng(seed)
    share = random.uniform(0, 1, count)
    beyond = 0.03 / shape * ((share / 0.01) ** -shape - 1)
    return np.where(share < 0.01, -beyond, random.uniform(0.0, 1.0, count))


def truth(distance: float, shape: float) -> float:
    return float(0.01 * max(1 + shape * -distance / 0.03, 0.0) ** (-1 / shape))


@pytest.mark.parametrize("shape", [-0.1, -0.05, 0.05])
def test_that_the_tail_of_a_small_sample_is_told_far_beyond_what_it_counts(shape: float) -> None:
    told = []
    for seed in range(12):
        rates = tail.rates(counts(pareto(60_000, shape, seed)), 60_000, GRID)
        told.append(np.interp(-0.15, GRID, np.log(rates)))
    expected = np.log(truth(-0.15, shape))
    assert np.exp(expected) < 10 / 60_000, "beyond ten pairs"
    assert np.mean(told) == pytest.approx(expected, abs=1.0)


def test_that_a_held_out_half_finds_its_rates_within_what_the_other_half_tells() -> None:
    random = np.random.default_rng(5)
    scores = random.normal(0.35, 0.12, 3_000_000)
    other = counts(scores) / len(scores)
    inside = (other < 10 / 60_000) & (other > 20 / len(scores))
    assert np.count_nonzero(inside) >= 8
    away = []
    for _ in range(12):
        fitted = tail.rates(counts(random.normal(0.35, 0.12, 60_000)), 60_000, GRID)
        away.append(np.log(fitted[inside] / other[inside]))
    assert np.abs(np.median(away, axis=0)).max() < np.log(2)
    assert np.mean(np.abs(away) < np.log(5)) > 0.9


def test_that_a_few_label_errors_do_not_bend_the_tail() -> None:
    clean = pareto(60_000, -0.1, 3)
    spoilt = np.concatenate([clean, np.full(4, -0.6)])
    one, other = (tail.rates(counts(each), 60_000, GRID) for each in (clean, spoilt))
    place = int(np.searchsorted(GRID, -0.1))
    assert other[place] == pytest.approx(one[place], rel=0.5)


def test_that_rates_rise_and_none_is_told_below_the_rarest() -> None:
    rates = tail.rates(counts(pareto(60_000, -0.15, 1)), 60_000, GRID)
    assert (np.diff(rates) > 0).all()
    assert rates[0] >= RAREST


def test_that_too_few_pairs_are_only_counted() -> None:
    scores = pareto(900, -0.1, 2)
    rates = tail.rates(counts(scores), 900, GRID)
    counted = counts(scores) / 900
    assert rates == pytest.approx(np.maximum(counted, RAREST), rel=1e-6)
