"""How well a score tells people apart, counted on photographs of known people, in the terms of ISO/IEC 19795-1.

Scores here are distances: low means alike. FMR: share of pairs of different people at or below a threshold. FNMR: share of
pairs of one person above it. FPIR: share of searches for people who are on no list that raise any candidate. FNIR: share of
searches for listed people in which their own entry is not raised. Every person weighs the same, however many photographs there
are of them. Intervals hold 90 of 100 cases, by bootstrap over people; where no error was seen the rule of three gives the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.rates.pairs import Floats, Indices, Pairs, Rate, Scores
from matching.refusals import Refusal

FEW = 30
"""People below whom a share is not told."""
CARRIED = 10.0
"""Pairs of people that must lie at or below a threshold before a rate of that size is told."""
_RESAMPLES = 200
_BAND = (5.0, 95.0)
_GALLERIES = 20


class EvaluationRefused(Refusal):
    """The photographs cannot show what was asked."""


@dataclass(frozen=True, slots=True)
class AtFmr:
    """What a threshold costs that lets through this share of strangers."""

    fmr: float
    threshold: float
    fnmr: Rate


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    people: int
    mated_people: int
    mated_pairs: int
    pairs_of_strangers: int
    """Pairs of different people."""
    det: tuple[tuple[float, float, float], ...]
    """Threshold, FMR, FNMR along the curve, as far as pairs of strangers were kept."""
    equal_error: float | None
    """None when the two rates do not meet on the kept part of the curve."""
    at_fmr: tuple[AtFmr, ...]
    """Only the FMRs that the data carries."""
    not_carried: tuple[float, ...]
    """FMRs that were asked for and cannot be told from so few people."""


@dataclass(frozen=True, slots=True)
class Identification:
    """One list size and one budget."""

    entries: int
    strangers: int
    """Different people without an entry who were searched."""
    mated_people: int
    """Listed people of whom there is another photograph to search with."""
    fpir: float
    threshold: float
    fnir: Rate


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    people: int
    fmr: Rate | None
    """Among people of this group, at the common threshold. None: too few to say."""
    fnmr: Rate | None
    fnmr_difference: Rate | None
    """To everybody's; an interval that holds 0 is no difference that these photographs show."""


def verification(pairs: Pairs, fmrs: Sequence[float] = (1e-2, 1e-3, 1e-4, 1e-5), seed: int = 0) -> Verification:
    """FMR against FNMR. EvaluationRefused without pairs of either kind."""
    mated = pairs.mated
    mated_people = len(np.unique(pairs.one[mated]))
    if not mated.any() or mated.all():
        raise EvaluationRefused("It takes pairs of one person and pairs of different people. Add more photographs.")
    curve = _curve(pairs)
    carried = CARRIED / pairs.strangers
    told = [fmr for fmr in fmrs if fmr >= carried]
    whose, score, weight = pairs.one[mated], pairs.score[mated], pairs.weight[mated]
    at = []
    for fmr in told:
        threshold = threshold_at(pairs, fmr)
        misses = (score > threshold).astype(np.float64)
        at.append(AtFmr(fmr, threshold, _rate(whose, misses, weight, pairs.people, seed)))
    _, fmr_axis, fnmr_axis = (np.array(axis) for axis in zip(*curve, strict=True))
    nearest = int(np.argmin(np.abs(fmr_axis - fnmr_axis)))
    meet = bool((fmr_axis >= fnmr_axis).any())
    return Verification(
        people=pairs.people,
        mated_people=mated_people,
        mated_pairs=int(np.count_nonzero(mated)),
        pairs_of_strangers=round(pairs.strangers),
        det=curve,
        equal_error=float((fmr_axis[nearest] + fnmr_axis[nearest]) / 2) if meet else None,
        at_fmr=tuple(at),
        not_carried=tuple(fmr for fmr in fmrs if fmr < carried),
    )


def identification(
    identities: Sequence[str],
    scores: Scores,
    sizes: Sequence[int] = (100, 400, 1000),
    budgets: Sequence[float] = (0.01, 0.003),
    seed: int = 0,
) -> tuple[Identification, ...]:
    """Open-set searches with one photograph on the list and one searched; `scores` (n, n), references by probes.

    Each is a mean over random lists; sizes that leave fewer strangers than a budget needs (10 alerts) are left out.
    """
    _, owner = np.unique(np.asarray(identities), return_inverse=True)
    photos = [np.flatnonzero(owner == person) for person in range(int(owner.max(initial=-1)) + 1)]
    random = np.random.default_rng(seed)
    found = []
    for size in sizes:
        fitting = [fpir for fpir in budgets if (len(photos) - size) * fpir >= CARRIED / 2]
        if size > len(photos) or not fitting:
            continue
        nearest, own, whose = [], [], []
        for _ in range(_GALLERIES):
            each = _one_list(photos, size, scores, random)
            nearest.append(each[0])
            own.append(each[1])
            whose.append(each[2])
        everyone = np.unique(np.concatenate(whose))
        if len(everyone) < FEW:
            continue
        for fpir in fitting:
            thresholds = [_share_at(each, fpir) for each in nearest]
            misses = np.concatenate([one > threshold for one, threshold in zip(own, thresholds, strict=True)])
            rate = _rate(np.concatenate(whose), misses.astype(np.float64), np.ones(len(misses)), len(photos), seed)
            middle = float(np.median(thresholds))
            found.append(Identification(size, len(photos) - size, len(everyone), fpir, middle, rate))
    return tuple(found)


def by_group(pairs: Pairs, group_of: Sequence[str], threshold: float, seed: int = 0) -> tuple[Group, ...]:
    """The same threshold for everybody; `group_of` names the group of each person, "" where none is declared."""
    names = np.asarray(group_of)
    mated = pairs.mated
    groups = []
    for name in sorted(set(group_of) - {""}):
        inside = names == name
        people = int(np.count_nonzero(inside))
        same = mated & inside[pairs.one]
        strangers = ~mated & inside[pairs.one] & inside[pairs.other]
        missed = (pairs.score > threshold).astype(np.float64)
        fnmr = difference = fmr = None
        if len(np.unique(pairs.one[same])) >= FEW:
            fnmr = _rate(pairs.one[same], missed[same], pairs.weight[same], pairs.people, seed)
            difference = _difference(pairs, same, mated, missed, seed)
        if people >= FEW and (pairs.weight * strangers * (1 - missed)).sum() >= CARRIED:
            fmr = _pair_rate(pairs, strangers, inside, 1 - missed, seed)
        groups.append(Group(name, people, fmr, fnmr, difference))
    return tuple(groups)


def fnmr_difference(one: Pairs, other: Pairs, fmr: float, seed: int = 0) -> Rate:
    """FNMR of the first score less that of the second on the same pairs, each at its own threshold for this FMR."""
    mated, mated_other = one.mated, other.mated
    if not np.array_equal(one.photos[mated], other.photos[mated_other]):
        raise EvaluationRefused("Two scores are compared on the same pairs of photographs only.")
    missed_one = one.score[mated] > threshold_at(one, fmr)
    missed_other = other.score[mated_other] > threshold_at(other, fmr)
    away = missed_one.astype(np.float64) - missed_other
    return _rate(one.one[mated], away, one.weight[mated], one.people, seed, errors=False)


def _one_list(
    photos: list[NDArray[np.intp]], size: int, scores: Scores, random: np.random.Generator
) -> tuple[Scores, Scores, Indices]:
    """Nearest distance of each stranger; own distance of each listed person seen twice, and who that is.

    People seen twice come on the list first, so that as many as possible are searched for.
    """
    twice = [person for person, each in enumerate(photos) if len(each) > 1]
    once = [person for person, each in enumerate(photos) if len(each) == 1]
    listed = [*random.permutation(twice), *random.permutation(once)][:size]
    chosen = {int(person): random.permutation(photos[int(person)]) for person in listed}
    references = np.array([each[0] for each in chosen.values()])
    strangers = np.array([random.choice(each) for person, each in enumerate(photos) if person not in chosen], dtype=np.intp)
    seen_twice = [(each[0], each[1], person) for person, each in chosen.items() if len(each) > 1]
    own = np.array([scores[reference, probe] for reference, probe, _ in seen_twice], dtype=np.float32)
    nearest = scores[np.ix_(references, strangers)].min(axis=0)
    return nearest, own, np.array([person for _, _, person in seen_twice], dtype=np.int32)


def _share_at(values: Scores, share: float) -> float:
    """The largest threshold at or below which at most this share of the values lies."""
    ordered = np.sort(values)
    return float(np.nextafter(ordered[min(int(np.floor(share * len(ordered))), len(ordered) - 1)], np.float32(-np.inf)))


def threshold_at(pairs: Pairs, fmr: float) -> float:
    """The largest score of a pair of strangers at which the weighted share of strangers is at most `fmr`."""
    strangers = ~pairs.mated
    order = np.argsort(pairs.score[strangers], kind="stable")
    score, weight = pairs.score[strangers][order], pairs.weight[strangers][order]
    share = np.cumsum(weight) / pairs.strangers
    # Equal scores pass together or not at all.
    last = np.r_[score[1:] != score[:-1], True]
    fitting = np.flatnonzero(last & (share <= fmr * (1 + 1e-9)))
    return float(score[fitting[-1]]) if len(fitting) else float(np.nextafter(score[0], np.float32(-np.inf)))


def _curve(pairs: Pairs) -> tuple[tuple[float, float, float], ...]:
    """Threshold, FMR and FNMR at 200 places, close together where few strangers pass."""
    strangers = ~pairs.mated
    score, weight = pairs.score[strangers], pairs.weight[strangers]
    order = np.argsort(score)
    ordered, share = score[order], np.cumsum(weight[order]) / pairs.strangers
    asked = np.geomspace(max(share[0], 1e-9), share[-1], 200)
    thresholds = np.unique(ordered[np.minimum(np.searchsorted(share, asked), len(share) - 1)])
    own, own_weight = pairs.score[pairs.mated], pairs.weight[pairs.mated]
    own_order = np.argsort(own)
    found = np.r_[0.0, np.cumsum(own_weight[own_order])]
    fmr = share[np.searchsorted(ordered, thresholds, side="right") - 1]
    fnmr = 1 - found[np.searchsorted(own[own_order], thresholds, side="right")] / found[-1]
    return tuple((float(each), float(one), float(other)) for each, one, other in zip(thresholds, fmr, fnmr, strict=True))


def _rate(whose: Indices, values: Floats, weight: Floats, people: int, seed: int, *, errors: bool = True) -> Rate:
    """The weighted mean of `values` and its band, people drawn again with replacement."""
    total = np.bincount(whose, weights=values * weight, minlength=people)
    size = np.bincount(whose, weights=weight, minlength=people)
    here = np.flatnonzero(size)
    draws = np.random.default_rng(seed).multinomial(len(here), np.full(len(here), 1 / len(here)), size=_RESAMPLES)
    resampled = (draws @ total[here]) / (draws @ size[here])
    value = float(total.sum() / size.sum())
    low, high = (float(each) for each in np.percentile(resampled, _BAND))
    if errors and value == 0:
        high = min(1.0, 3 / len(here))
    if errors and value == 1:
        low = max(0.0, 1 - 3 / len(here))
    return Rate(value, min(low, value), max(high, value))


def _pair_rate(pairs: Pairs, chosen: NDArray[np.bool_], inside: NDArray[np.bool_], values: Floats, seed: int) -> Rate:
    """The same for pairs of different people: a person who is drawn twice brings every pair twice.

    Where only the nearest pairs were kept, all pairs of the people `inside` are counted, kept or not.
    """
    one, other = pairs.one[chosen], pairs.other[chosen]
    weight, hit = pairs.weight[chosen], (pairs.weight * values)[chosen]
    here = np.flatnonzero(inside)

    def rate(draw: Floats) -> float:
        both = draw[one] * draw[other]
        every = (weight * both).sum() if np.isinf(pairs.limit) else (draw.sum() ** 2 - (draw**2).sum()) / 2
        return float((hit * both).sum() / max(every, 1e-12))

    random = np.random.default_rng(seed)
    resampled = []
    for _ in range(_RESAMPLES):
        draw = np.zeros(pairs.people)
        draw[here] = random.multinomial(len(here), np.full(len(here), 1 / len(here)))
        resampled.append(rate(draw))
    value = rate(inside.astype(np.float64))
    low, high = (float(each) for each in np.percentile(resampled, _BAND))
    return Rate(value, min(low, value), max(high, value))


def _difference(pairs: Pairs, same: NDArray[np.bool_], mated: NDArray[np.bool_], missed: Floats, seed: int) -> Rate:
    """FNMR of the group less that of everybody, people drawn again."""
    size = np.bincount(pairs.one[mated], weights=pairs.weight[mated], minlength=pairs.people)
    total = np.bincount(pairs.one[mated], weights=(pairs.weight * missed)[mated], minlength=pairs.people)
    inside = np.zeros(pairs.people)
    inside[np.unique(pairs.one[same])] = 1
    here = np.flatnonzero(size)
    draws = np.random.default_rng(seed).multinomial(len(here), np.full(len(here), 1 / len(here)), size=_RESAMPLES)

    def away(draw: Floats) -> float:
        own = draw * inside[here]
        parts = (float(each) for each in (own @ total[here], own @ size[here], draw @ total[here], draw @ size[here]))
        hits, tries, all_hits, all_tries = parts
        return hits / max(tries, 1e-12) - all_hits / all_tries

    value = away(np.ones(len(here)))
    low, high = (float(each) for each in np.percentile([away(draw.astype(np.float64)) for draw in draws], _BAND))
    return Rate(value, min(low, value), max(high, value))
