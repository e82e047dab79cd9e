"""The operating distance follows from the budget and the list, and the numbers stand for what was counted."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.faces.encoding import unit
from matching.rates import calibration
from matching.rates.calibration import ANY, CARRIED, GRID, Calibration, CalibrationRefused
from matching.rates.pairs import Pairs, all_pairs
from matching.rates.scale import Scale, shipped


@pytest.fixture(scope="module")
def made() -> Calibration:
    return shipped(unit().digest).calibration


def people(count: int = 260, seed: int = 1) -> tuple[list[str], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Identities and a matrix of scores: own pairs around -0.2, strangers around 0.25."""
    random = np.random.default_rng(seed)
    identities = [f"p{number:03d}" for number in range(count) for _ in range(1 + number % 3)]
    owner = np.unique(identities, return_inverse=True)[1]
    scores = random.normal(0.25, 0.08, (len(owner), len(owner))).astype(np.float32)
    same = owner[:, None] == owner
    scores[same] = random.normal(-0.2, 0.1, int(same.sum()))
    return identities, np.triu(scores) + np.triu(scores, 1).T


def kept(count: int = 260) -> tuple[Pairs, list[str], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    identities, scores = people(count)
    return all_pairs(identities, scores, float(GRID[-1])), identities, scores


def test_that_the_shipped_table_counts_every_pair_of_its_people(made: Calibration) -> None:
    assert made.pairs == made.people * (made.people - 1) // 2
    assert made.photos > made.people > made.mated_people[ANY]
    assert (np.diff(made.within) >= 0).all()
    assert (np.diff(made.fmr.value) >= 0).all()
    assert (made.fmr.low <= made.fmr.value).all()
    assert (made.fmr.value <= made.fmr.high).all()


def test_that_more_entries_never_allow_a_larger_distance(made: Calibration) -> None:
    distances = [made.operating_point(entries, 0.002).distance for entries in (1, 10, 60, 200, 500, 10_000)]
    assert distances == sorted(distances, reverse=True)


@given(entries=st.integers(1, 2000), budget=st.floats(0.0005, 0.05), factor=st.floats(0.2, 5))
def test_that_the_expected_false_alerts_stay_within_the_budget_or_that_is_said(
    entries: int, budget: float, factor: float
) -> None:
    point = shipped(unit().digest).calibration.operating_point(entries, budget, factor)
    assert point.within_budget == (point.false_alerts.value <= budget * 1.02)
    if point.within_budget and point.distance < GRID[-1]:
        assert point.false_alerts.value >= budget * 0.5


def test_that_a_list_longer_than_the_data_carries_is_said_to_be_too_long(made: Calibration) -> None:
    point = made.operating_point(1_000_000, 0.002)
    assert not point.within_budget
    assert point.distance == made.smallest


def test_that_no_distance_is_used_on_which_too_few_pairs_lie(made: Calibration) -> None:
    place = int(np.flatnonzero(made.smallest == GRID)[0])
    assert made.within[place] >= CARRIED > made.within[place - 1]


def test_that_the_curves_are_the_counted_shares() -> None:
    pairs, identities, scores = kept()
    made = calibration.make("e", "c", "drawn", pairs, ["A"] * len(identities), failures=3)
    owner = np.unique(identities, return_inverse=True)[1]
    size = np.bincount(owner)
    at = 0.1
    strangers = own = 0.0
    for row in range(len(owner)):
        for column in range(row + 1, len(owner)):
            one, other = owner[row], owner[column]
            if one == other:
                own += (scores[row, column] > at) / (size[one] * (size[one] - 1) / 2)
            elif scores[row, column] <= at:
                strangers += 1 / (size[one] * size[other])
    place = int(np.argmin(np.abs(GRID - at)))
    assert made.within[place] == pytest.approx(strangers, rel=1e-6)
    assert made.fmr.value[place] == pytest.approx(strangers / (260 * 259 / 2), rel=0.1)
    assert made.fnmr[ANY].value[place] == pytest.approx(own / np.count_nonzero(size > 1), abs=1e-9)
    assert made.failures == 3


def test_that_a_saved_calibration_comes_back_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    pairs, identities, _ = kept()
    made = calibration.make("e", "c", "drawn", pairs, ["B"] * len(identities), failures=0)
    path = tmp_path / "calibration.json"
    made.save(path)
    again = Calibration.load(path)
    assert again.operating_point(50, 0.01).distance == pytest.approx(made.operating_point(50, 0.01).distance, abs=1e-4)
    assert set(again.fnmr) == {ANY, "B"}
    path.write_text(path.read_text()[:-200])
    with pytest.raises(CalibrationRefused, match="cannot be read"):
        Calibration.load(path)


def test_that_few_people_are_refused() -> None:
    pairs, identities, _ = kept(40)
    with pytest.raises(CalibrationRefused, match="40 people are too few"):
        calibration.make("e", "c", "drawn", pairs, ["A"] * len(identities), failures=0)


def test_that_a_calibration_of_another_cohort_is_not_taken() -> None:
    cohort = shipped(unit().digest).cohort
    pairs, identities, _ = kept()
    other = calibration.make(cohort.encoder, "another", "drawn", pairs, ["A"] * len(identities), failures=0)
    with pytest.raises(CalibrationRefused, match="another encoder or cohort"):
        Scale(cohort, other)


def test_that_nearer_faces_are_likelier_the_person(made: Calibration) -> None:
    ratios = [made.likelihood_ratio(distance, 200).value for distance in (-0.4, -0.2, -0.08, -0.04, 0.0)]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[0] == ratios[1] > 100, "nearer than the data carries counts as one"
