"""Rows as they enter a gallery: ids, vectors, offsets and lists, checked before anything is built of them."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.refusals import Refusal

Ids: TypeAlias = NDArray[np.int64]
Vectors: TypeAlias = NDArray[np.float32]
Lists: TypeAlias = NDArray[np.uint64]
Rows: TypeAlias = tuple[Ids, Vectors, Vectors, Lists]
"""ids (n,), vectors (n, d), offsets (n,), lists (n,)."""
EVERY_LIST = (1 << 64) - 1


class GalleryRefused(Refusal):
    """Rows or a probe that cannot be compared, by name."""


def checked(ids: Ids, vectors: Vectors, offsets: Vectors | None, lists: Lists | None) -> Rows:
    """The rows, offsets and lists filled where they are not given. GalleryRefused names what cannot be compared."""
    if ids.dtype != np.int64 or ids.ndim != 1:
        raise GalleryRefused("Ids must be int64 in one row, not {dtype} of shape {shape}.", dtype=ids.dtype, shape=ids.shape)
    if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != len(ids) or not vectors.shape[1]:
        raise GalleryRefused(
            "Vectors must be float32 rows, one for each of {n} ids, not {dtype} of shape {shape}.",
            n=len(ids),
            dtype=vectors.dtype,
            shape=vectors.shape,
        )
    offsets = np.zeros(len(ids), dtype=np.float32) if offsets is None else offsets
    if offsets.dtype != np.float32 or offsets.shape != ids.shape:
        raise GalleryRefused("Offsets must be float32, one for each of {n} ids.", n=len(ids))
    lists = np.ones(len(ids), dtype=np.uint64) if lists is None else lists
    if lists.dtype != np.uint64 or lists.shape != ids.shape:
        raise GalleryRefused("Lists must be uint64, one for each of {n} ids.", n=len(ids))
    if (ids < 0).any():
        raise GalleryRefused("Entry {entry} is negative; ids count from 0.", entry=int(ids.min()))
    wrong = np.flatnonzero(~(np.isfinite(vectors).all(axis=1) & np.isfinite(offsets)))
    if len(wrong):
        raise GalleryRefused("Entry {entry} holds a number that is not finite.", entry=int(ids[wrong[0]]))
    ordered = np.sort(ids)
    same = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(same):
        raise twice(int(ordered[same[0]]))
    return ids, vectors, offsets, lists


def twice(entry: int) -> GalleryRefused:
    return GalleryRefused("Entry {entry} stands twice. Give each entry an id of its own.", entry=entry)


def check_radius(radius: float) -> None:
    if not np.isfinite(radius):
        raise GalleryRefused("The search distance is {radius}; it must be a number.", radius=radius)


def joined(*parts: Rows) -> Rows:
    ids, vectors, offsets, lists = zip(*parts, strict=True)
    return np.concatenate(ids), np.concatenate(vectors), np.concatenate(offsets), np.concatenate(lists)
