"""Canaries: made-up templates, one for each list, that a working search finds first. They belong to nobody."""

from collections.abc import Iterable

import numpy as np

from matching.search.gallery import Gallery
from matching.search.rows import EVERY_LIST, Ids, Vectors

CANARY = 1 << 63
"""The bit of canaries among the lists of an entry."""
PEOPLE = EVERY_LIST ^ CANARY
"""Every list, and no canary."""
_FIRST = 1 << 62
"""Ids from here on are canaries."""
_NEAR = 0.05


def canary_ids(lists: Iterable[int]) -> Ids:
    return np.array([_FIRST + each for each in lists], dtype=np.int64)


def canaries(lists: Iterable[int], dimension: int) -> Vectors:
    """(n, d): for each list a direction of its own, of length 1. In 128 dimensions it lies about 1.4 from every face."""
    return np.array([_drawn(each, dimension) for each in lists], dtype=np.float32).reshape(-1, dimension)


def lost_canaries(gallery: Gallery, lists: Iterable[int]) -> tuple[int, ...]:
    """The lists whose canary did not come back first, or came back from an incomplete search."""
    lost = []
    for each in lists:
        probe = _drawn(each, gallery.dimension)
        found = gallery.search(probe + _drawn(-1 - each, gallery.dimension) * np.float32(_NEAR / 2), _NEAR, k=1)
        if not found.complete or found.ids[:1].tolist() != [_FIRST + each]:
            lost.append(each)
    return tuple(lost)


def _drawn(seed: int, dimension: int) -> Vectors:
    direction = np.random.Generator(np.random.PCG64([0xCA, seed % (1 << 32)])).normal(size=dimension)
    return (direction / np.linalg.norm(direction)).astype(np.float32)
