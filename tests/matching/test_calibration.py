"""The operating distance follows from the budget and the list, and says when the data cannot carry it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calibration import Calibration


def test_that_the_shipped_table_counts_every_pair_of_its_people() -> None:
    shipped = Calibration.shipped()
    assert shipped.pairs == shipped.people * (shipped.people - 1) // 2
    assert (np.diff(shipped.within) >= 0).all()


def test_that_more_entries_never_allow_a_larger_distance() -> None:
    shipped = Calibration.shipped()
    distances = [shipped.operating_point(entries, 0.002).distance for entries in (1, 10, 60, 200, 500, 10_000)]
    assert distances == sorted(distances, reverse=True)


@given(entries=st.integers(1, 400), budget=st.floats(0.0005, 0.05))
def test_that_the_expected_false_alerts_stay_within_the_budget_or_that_is_said(entries: int, budget: float) -> None:
    point = Calibration.shipped().operating_point(entries, budget)
    assert point.within_budget == (point.false_alerts <= budget)


def test_that_a_list_longer_than_the_data_carries_is_said_to_be_too_long() -> None:
    point = Calibration.shipped().operating_point(1_000_000, 0.002)
    assert not point.within_budget
    assert point.distance >= 0.35


def test_that_the_measured_share_at_the_chosen_distance_is_below_its_upper_limit() -> None:
    shipped = Calibration.shipped()
    assert (shipped.upper_fmr() > shipped.within / shipped.pairs).all()


@pytest.mark.parametrize(("count", "exact"), [(0, 2.996), (1, 4.744), (10, 16.962), (100, 118.08)])
def test_that_the_upper_limit_is_never_below_the_exact_poisson_limit(count: int, exact: float) -> None:
    table = Calibration("e", "d", 3, 1000, np.array([0.5]), np.array([count]))
    assert exact <= table.upper_fmr()[0] * 1000 <= exact * 1.12
