"""Slow, obvious twins, written from the definitions in float64."""

import numpy as np
from numpy.typing import NDArray


def distances(vectors: NDArray[np.float32], probe: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.array([np.sqrt(sum((float(a) - float(b)) ** 2 for a, b in zip(row, probe, strict=True))) for row in vectors])


def ranked(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], probe: NDArray[np.float32], offsets: NDArray[np.float32]
) -> list[tuple[float, int]]:
    """(distance - offset, id) of every row, nearest first, ties by id."""
    away = distances(vectors, probe) - offsets.astype(np.float64)
    return sorted((float(np.float32(each)), int(name)) for each, name in zip(away, ids, strict=True))
