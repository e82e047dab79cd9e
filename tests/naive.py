"""Slow, obvious twins, written from the definitions in float64."""

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workstation.documents.mrz import mrz


def distances(vectors: NDArray[np.float32], probe: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.array([np.sqrt(sum((float(a) - float(b)) ** 2 for a, b in zip(row, probe, strict=True))) for row in vectors])


def ranked(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], probe: NDArray[np.float32], offsets: NDArray[np.float32]
) -> list[tuple[float, int]]:
    """(distance - offset, id) of every row, nearest first, ties by id."""
    away = distances(vectors, probe) - offsets.astype(np.float64)
    return sorted((float(np.float32(each)), int(name)) for each, name in zip(away, ids, strict=True))


def rates_at(identities: list[str], scores: np.ndarray, threshold: float) -> tuple[float, float]:
    """FMR and FNMR at a threshold, person by person, pair by pair."""
    people = sorted(set(identities))
    photos = {person: [n for n, each in enumerate(identities) if each == person] for person in people}
    passed, missed, seen_twice = 0.0, 0.0, 0
    for place, one in enumerate(people):
        own = [(a, b) for a in photos[one] for b in photos[one] if a < b]
        if own:
            seen_twice += 1
            missed += sum(scores[a, b] > threshold for a, b in own) / len(own)
        for other in people[place + 1 :]:
            pairs = [(a, b) for a in photos[one] for b in photos[other]]
            passed += sum(scores[a, b] <= threshold for a, b in pairs) / len(pairs)
    return passed / (len(people) * (len(people) - 1) / 2), missed / seen_twice


def fnmr_at(identities: list[str], scores: np.ndarray, fmr: float) -> tuple[float, float]:
    """The largest score of two strangers at which at most `fmr` of the strangers pass, and FNMR there."""
    strangers = sorted(
        float(scores[a, b])
        for a in range(len(identities))
        for b in range(a + 1, len(identities))
        if identities[a] != identities[b]
    )
    low, high = 0, len(strangers) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if rates_at(identities, scores, strangers[middle])[0] <= fmr else (low, middle - 1)
    return strangers[low], rates_at(identities, scores, strangers[low])[1]


def fnir_at(identities: list[str], scores: np.ndarray, size: int, fpir: float) -> float:
    """FNIR on ten random lists of people seen twice, thresholds taken from the strangers' nearest distances."""
    photos = {person: [n for n, each in enumerate(identities) if each == person] for person in set(identities)}
    twice = sorted(person for person, each in photos.items() if len(each) > 1)
    missed = searched = 0
    for seed in range(10):
        random = np.random.default_rng(seed)
        listed = {str(person): random.permutation(photos[str(person)]) for person in random.permutation(twice)[:size]}
        nearest = sorted(
            min(float(scores[reference[0], int(random.choice(each))]) for reference in listed.values())
            for person, each in sorted(photos.items())
            if person not in listed
        )
        threshold = nearest[int(fpir * len(nearest))]
        for reference in listed.values():
            searched += 1
            missed += bool(scores[reference[0], reference[1]] >= threshold)
    return missed / searched


def best_zone(
    lines: Sequence[str], options: Mapping[tuple[int, int], Mapping[str, float]], covered: set[tuple[int, int]], today: date
) -> tuple[float, tuple[str, ...]]:
    """Every reading that the options allow, parsed and its check digits counted: the best score and its lines."""
    open_ = [place for place in sorted(covered) if len(options[place]) > 1]
    best: tuple[float, tuple[str, ...]] = (-math.inf, ())
    for picked in itertools.product(*(options[place] for place in open_)):
        rows = [list(line) for line in lines]
        for (line, column), character in zip(open_, picked, strict=True):
            rows[line][column] = character
        text = tuple("".join(row) for row in rows)
        zone = mrz.parse(text, today)
        score = sum(options[place][text[place[0]][place[1]]] for place in covered)
        wrong = [check.name for check in zone.checks if not check.ok]
        fields = [name for name in wrong if name != "composite"]
        score += len(fields) * math.log(1e-2)
        if "composite" in wrong:
            score += math.log(0.3) if fields else math.log(1e-2)
        for day in (zone.born.raw, zone.expires.raw):
            for part, most in ((day[2:4], 12), (day[4:6], 31)):
                if part != "<<" and not (part.isdecimal() and 1 <= int(part) <= most):
                    score += math.log(1e-2)
        best = max(best, (score, text))
    return best
