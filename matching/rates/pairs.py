"""Scored pairs of photographs of known people: what every error rate is counted from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]
Indices = NDArray[np.int32]

KEPT = 0.1
"""Share of the pairs of strangers, the nearest ones, that are kept one by one; the others are only counted."""
_SAMPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, with the band in which it lies in 90 of 100 cases."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Every pair of one person, and the nearest pairs of different people. A pair of photographs stands here once."""

    one: Indices
    """(p,) the person of the first photograph, counted from 0."""
    other: Indices
    photos: NDArray[np.int32]
    """(p, 2) places of the two photographs."""
    score: Scores
    weight: Floats
    """(p,) what the pair counts: all pairs of the same two people, or of one person, count 1 together."""
    people: int
    strangers: float
    """Weight of all pairs of different people, kept or not: the number of such pairs of people."""
    limit: float
    """Pairs of different people are here up to this score."""

    @property
    def mated(self) -> NDArray[np.bool_]:
        own: NDArray[np.bool_] = self.one == self.other
        return own


def all_pairs(identities: Sequence[str], scores: Scores, limit: float | None = None) -> Pairs:
    """Every pair of the n photographs; `scores` (n, n). Strangers are kept up to `limit`, else the nearest KEPT of them."""
    _, owner = np.unique(np.asarray(identities), return_inverse=True)
    owner = owner.astype(np.int32)
    count = np.bincount(owner)
    if limit is None:
        places = np.random.default_rng(0).integers(0, len(owner), (2, _SAMPLE))
        apart = places[:, owner[places[0]] != owner[places[1]]]
        limit = float(np.quantile(scores[apart[0], apart[1]], KEPT)) if apart.size else float("inf")
    found = []
    for row in range(len(owner) - 1):
        rest = scores[row, row + 1 :]
        near = np.flatnonzero((rest <= limit) | (owner[row + 1 :] == owner[row])).astype(np.int32)
        found.append(np.stack([np.full(len(near), row, dtype=np.int32), near + np.int32(row + 1)], axis=1))
    photos = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int32)
    one, other = owner[photos[:, 0]], owner[photos[:, 1]]
    same = one == other
    weight = 1.0 / np.where(same, np.maximum(count[one] * (count[one] - 1) / 2, 1), count[one] * count[other])
    people = len(count)
    score = scores[photos[:, 0], photos[:, 1]]
    return Pairs(one, other, photos, score, weight, people, people * (people - 1) / 2, limit)


def listed_pairs(one: Sequence[str], other: Sequence[str], photos: NDArray[np.int32], score: Scores) -> Pairs:
    """Pairs as a protocol file lists them, by the names of their people; `photos` (p, 2)."""
    _, owner = np.unique(np.asarray([*one, *other]), return_inverse=True)
    first, second = (part.astype(np.int32) for part in (owner[: len(one)], owner[len(one) :]))
    people = int(owner.max(initial=-1)) + 1
    key = np.minimum(first, second).astype(np.int64) * people + np.maximum(first, second)
    _, place, count = np.unique(key, return_inverse=True, return_counts=True)
    weight = 1.0 / count[place]
    strangers = float(weight[first != second].sum())
    return Pairs(first, second, photos, np.asarray(score, dtype=np.float32), weight, people, strangers, float("inf"))
