"""Every rate of the bench against slow loops that share no code with it."""

import numpy as np
import pytest

from matching.rates import evaluation
from matching.rates.evaluation import EvaluationRefused
from matching.rates.pairs import all_pairs, listed_pairs
from tests import naive

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def made(people: int = 120, seed: int = 3, apart: float = 1.0) -> tuple[list[str], Matrix]:
    """Photographs as points, one to four of each person."""
    random = np.random.default_rng(seed)
    identities = [f"p{number:03d}" for number in range(people) for _ in range(1 + number % 4)]
    centres = random.normal(0, 1, (people, 6))
    owner = np.unique(identities, return_inverse=True)[1]
    points = centres[owner] + random.normal(0, 0.45 * apart, (len(owner), 6))
    return identities, np.linalg.norm(points[:, None] - points, axis=2).astype(np.float32)


@pytest.mark.parametrize("fmr", [1e-2, 3e-3])
def test_that_fnmr_at_an_fmr_is_what_slow_loops_count(fmr: float) -> None:
    identities, scores = made()
    found = evaluation.verification(all_pairs(identities, scores), (fmr,))
    threshold, fnmr = naive.fnmr_at(identities, scores, fmr)
    assert found.at_fmr[0].threshold == pytest.approx(threshold)
    assert found.at_fmr[0].fnmr.value == pytest.approx(fnmr)
    assert found.at_fmr[0].fnmr.low <= fnmr <= found.at_fmr[0].fnmr.high
    assert found.pairs_of_strangers == 120 * 119 // 2


def test_that_every_point_of_the_curve_is_what_slow_loops_count() -> None:
    identities, scores = made(60)
    curve = evaluation.verification(all_pairs(identities, scores), (1e-2,)).det
    for threshold, fmr, fnmr in curve[:: len(curve) // 10]:
        assert (fmr, fnmr) == pytest.approx(naive.rates_at(identities, scores, threshold))


def test_that_a_list_of_pairs_gives_what_all_pairs_give() -> None:
    identities, scores = made(60)
    one, other = np.triu_indices(len(identities), 1)
    listed = listed_pairs(
        [identities[n] for n in one],
        [identities[n] for n in other],
        np.stack([one, other], 1).astype(np.int32),
        scores[one, other],
    )
    whole = evaluation.verification(all_pairs(identities, scores), (1e-2,))
    assert evaluation.verification(listed, (1e-2,)).at_fmr == whole.at_fmr


def test_that_an_fmr_that_the_data_cannot_carry_is_not_told() -> None:
    found = evaluation.verification(all_pairs(*made()), (1e-2, 1e-6))
    assert [each.fmr for each in found.at_fmr] == [1e-2]
    assert found.not_carried == (1e-6,)


def test_that_fnir_is_what_slow_loops_count() -> None:
    identities, scores = made(400, seed=4)
    (found,) = evaluation.identification(identities, scores, sizes=(150,), budgets=(0.05,), seed=9)
    assert found.strangers == 250
    slow = naive.fnir_at(identities, scores, 150, 0.05)
    assert found.fnir.value == pytest.approx(slow, abs=0.02), "another choice of lists gives nearly the same"


def test_that_sizes_the_people_do_not_fill_are_left_out() -> None:
    assert evaluation.identification(*made(), sizes=(100, 400), budgets=(0.003,)) == ()


def test_that_no_error_gives_the_rule_of_three() -> None:
    identities, scores = made(apart=0.05)
    at = evaluation.verification(all_pairs(identities, scores), (1e-2,)).at_fmr[0]
    assert at.fnmr.value == 0
    assert at.fnmr.high == pytest.approx(3 / 90)


def test_that_pairs_of_one_kind_alone_are_refused() -> None:
    with pytest.raises(EvaluationRefused, match="pairs of one person and pairs of different people"):
        evaluation.verification(all_pairs(["a", "b", "c"], np.ones((3, 3), dtype=np.float32)))


def test_that_a_group_too_small_is_said_to_be() -> None:
    identities, scores = made(200)
    pairs = all_pairs(identities, scores)
    names = sorted(set(identities))
    groups = ["few" if number < 12 else "many" for number in range(len(names))]
    few, many = evaluation.by_group(pairs, groups, evaluation.threshold_at(pairs, 1e-2))
    assert (few.fmr, few.fnmr, few.fnmr_difference) == (None, None, None)
    inside = [name in set(names[12:]) for name in identities]
    threshold = evaluation.threshold_at(pairs, 1e-2)
    fmr, fnmr = naive.rates_at(
        [name for name in identities if name in set(names[12:])], scores[np.ix_(inside, inside)], threshold
    )
    assert many.fmr is not None
    assert many.fnmr is not None
    assert (many.fmr.value, many.fnmr.value) == pytest.approx((fmr, fnmr))


def test_that_a_group_that_is_missed_more_often_shows() -> None:
    identities, scores = made(300, apart=0.6)
    names = sorted(set(identities))
    harder = np.array([names.index(each) < 150 for each in identities])
    same = np.array(identities)[:, None] == np.array(identities)
    scores = scores + np.where(same & harder[:, None] & harder, np.float32(0.6), np.float32(0)).astype(np.float32)
    pairs = all_pairs(identities, scores)
    groups = ["harder" if number < 150 else "other" for number in range(300)]
    found = {each.name: each for each in evaluation.by_group(pairs, groups, evaluation.threshold_at(pairs, 1e-2))}
    assert found["harder"].fnmr_difference is not None
    assert found["harder"].fnmr_difference.low > 0


def test_that_a_score_compared_with_itself_does_not_differ_and_a_better_one_does() -> None:
    identities, scores = made(300, apart=1.2)
    same = np.array(identities)[:, None] == np.array(identities)
    better = (scores - np.where(same, 0.5, 0)).astype(np.float32)
    one, other = all_pairs(identities, scores, 99.0), all_pairs(identities, better, 99.0)
    none = evaluation.fnmr_difference(one, one, 1e-2)
    assert (none.value, none.low, none.high) == (0, 0, 0)
    assert evaluation.fnmr_difference(other, one, 1e-2).high < 0
