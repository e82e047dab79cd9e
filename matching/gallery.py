"""The gallery: an immutable snapshot of templates of one encoder, searched exactly. No row is ever skipped unsaid.

Distances are Euclidean. They are computed from differences, not from dot products, so that near rows keep their digits; equal
distances are ordered by id. Each search counts the rows that it compared and folds a checksum over the memory that it read;
unless both agree with the snapshot's own the search is incomplete, and says so.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

BLOCK = 2048
"""Rows that are compared, and summed, at a time."""

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


class GalleryRefused(ValueError):
    """Rows or a probe that cannot be compared, by name."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What one search found, and what it looked at to find it."""

    distances: Vectors
    """Ascending, of every entry within the threshold."""
    ids: Ids
    nearest: tuple[float, ...]
    """Distances of the k nearest entries, whether within the threshold or not."""
    probe: str
    """SHA-256 of the probe's vector."""
    encoder: str
    threshold: float
    snapshot: str
    eligible: int
    compared: int
    checksum: str
    expected_checksum: str
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every eligible row was compared, from memory that is as it was built."""
        return self.compared == self.eligible and self.checksum == self.expected_checksum


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    ids: Ids
    """Ascending, (n,)."""
    vectors: Vectors
    """(n, d), in the order of `ids`."""
    offsets: Vectors
    """(n,): ranking and radius apply to distance minus offset."""
    encoder: str
    digest: str
    """SHA-256 over encoder, ids, vectors and offsets: the same content has the same digest."""
    sums: NDArray[np.uint64]
    """Checksum of each block of vectors as it was built."""

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors, encoder: str = "", offsets: Vectors | None = None) -> Self:
        """A gallery of `ids` int64 (n,), `vectors` float32 (n, d) and, where given, `offsets` float32 (n,).

        Raises GalleryRefused for another type or shape, a number that is not finite, or an id that stands twice.
        """
        shifts = np.zeros(len(ids), dtype=np.float32) if offsets is None else offsets
        _check_rows(ids, vectors, shifts)
        order = np.argsort(ids, kind="stable")
        ids, shifts = np.ascontiguousarray(ids[order]), np.ascontiguousarray(shifts[order])
        vectors = np.ascontiguousarray(vectors[order])
        same = np.flatnonzero(ids[1:] == ids[:-1])
        if len(same):
            raise GalleryRefused("Entry {entry} stands twice. Give each entry an id of its own.", entry=int(ids[same[0]]))
        for part in (ids, vectors, shifts):
            part.setflags(write=False)
        digest = hashlib.sha256(encoder.encode() + b"\0" + np.int64(vectors.shape[1]).tobytes())
        for part in (ids, vectors, shifts):
            digest.update(part.data)
        sums = np.array([_checksum(block) for _, block in _blocks(vectors)], dtype=np.uint64)
        return cls(ids, vectors, shifts, encoder, digest.hexdigest(), sums)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    def nearest(self, probes: Vectors, k: int) -> tuple[Vectors, Ids]:
        """The k nearest entries of each of `probes` (q, d): distances (q, k) and ids (q, k), padded with inf and -1."""
        self._check_probes(probes)
        if k < 1:
            raise GalleryRefused("The number of nearest entries is {k}; it must be at least 1.", k=k)
        distances = np.full((len(probes), k), np.inf, dtype=np.float32)
        ids = np.full((len(probes), k), -1, dtype=np.int64)
        for row, probe in enumerate(probes):
            every, _ = self._compare(probe)
            order = np.argsort(every, kind="stable")[:k]
            distances[row, : len(order)] = every[order]
            ids[row, : len(order)] = self.ids[order]
        return distances, ids

    def within(self, probe: Vectors, radius: float) -> tuple[Vectors, Ids]:
        """Every entry at most `radius` from the probe (d,): distances ascending and their ids."""
        found = self.search(probe, radius)
        return found.distances, found.ids

    def search(self, probe: Vectors, threshold: float, k: int = 10) -> Search:
        """What `within` gives, with the k nearest distances and the account of what was compared."""
        self._check_probes(probe[None, :] if probe.ndim == 1 else probe)
        if not np.isfinite(threshold):
            raise GalleryRefused("The search distance is {radius}; it must be a number.", radius=threshold)
        every, sums = self._compare(np.ascontiguousarray(probe))
        order = np.argsort(every, kind="stable")
        inside = order[: int(np.searchsorted(every[order], np.float32(threshold), side="right"))]
        return Search(
            distances=every[inside],
            ids=self.ids[inside],
            nearest=tuple(round(float(away), 6) for away in every[order[:k]]),
            probe=hashlib.sha256(np.ascontiguousarray(probe, dtype="<f4").tobytes()).hexdigest(),
            encoder=self.encoder,
            threshold=threshold,
            snapshot=self.digest,
            eligible=len(self.ids),
            compared=len(every),
            checksum=_folded(sums),
            expected_checksum=_folded(self.sums),
            excluded=MappingProxyType({}),
        )

    def with_added(self, ids: Ids, vectors: Vectors, offsets: Vectors | None = None) -> Self:
        """A new gallery with these rows too. Raises as `build` does."""
        shifts = np.zeros(len(ids), dtype=np.float32) if offsets is None else offsets
        _check_rows(ids, vectors, shifts)
        if len(self) and vectors.shape[1] != self.dimension:
            raise GalleryRefused(
                "The rows have {d} numbers each; this gallery has {own}.", d=vectors.shape[1], own=self.dimension
            )
        return self.build(
            np.concatenate([self.ids, ids]),
            np.concatenate([self.vectors, vectors]) if len(self) else vectors,
            self.encoder,
            np.concatenate([self.offsets, shifts]),
        )

    def without(self, ids: Sequence[int] | Ids) -> Self:
        """A new gallery without these entries. GalleryRefused names one that is not here."""
        unknown = np.setdiff1d(np.asarray(ids, dtype=np.int64), self.ids)
        if len(unknown):
            raise GalleryRefused("Entry {entry} is not in the gallery.", entry=int(unknown[0]))
        kept = ~np.isin(self.ids, np.asarray(ids, dtype=np.int64))
        return self.build(self.ids[kept], self.vectors[kept], self.encoder, self.offsets[kept])

    def _compare(self, probe: Vectors) -> tuple[Vectors, NDArray[np.uint64]]:
        """Distance minus offset of every row, and the checksum of each block as it was read."""
        every = np.empty(len(self.ids), dtype=np.float32)
        sums = np.empty(len(self.sums), dtype=np.uint64)
        for number, (start, block) in enumerate(_blocks(self.vectors)):
            difference = block - probe
            squared = np.einsum("ij,ij->i", difference, difference, dtype=np.float64)
            end = start + len(block)
            every[start:end] = np.sqrt(squared) - self.offsets[start:end]
            sums[number] = _checksum(block)
        return every, sums

    def _check_probes(self, probes: Vectors) -> None:
        if probes.dtype != np.float32 or probes.ndim != 2:
            raise GalleryRefused(
                "A probe must be float32 rows, not {dtype} of shape {shape}.", dtype=probes.dtype, shape=probes.shape
            )
        if len(self) and probes.shape[1] != self.dimension:
            raise GalleryRefused("The probe has {d} numbers; this gallery has {own}.", d=probes.shape[1], own=self.dimension)
        if not np.isfinite(probes).all():
            raise GalleryRefused("The probe holds a number that is not finite.")


def _check_rows(ids: Ids, vectors: Vectors, offsets: Vectors) -> None:
    if ids.dtype != np.int64 or ids.ndim != 1:
        raise GalleryRefused("Ids must be int64 in one row, not {dtype} of shape {shape}.", dtype=ids.dtype, shape=ids.shape)
    if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != len(ids):
        raise GalleryRefused(
            "Vectors must be float32 rows, one for each of {n} ids, not {dtype} of shape {shape}.",
            n=len(ids),
            dtype=vectors.dtype,
            shape=vectors.shape,
        )
    if offsets.dtype != np.float32 or offsets.shape != ids.shape:
        raise GalleryRefused("Offsets must be float32, one for each of {n} ids.", n=len(ids))
    if (ids < 0).any():
        raise GalleryRefused("Entry {entry} is negative; ids count from 0.", entry=int(ids.min()))
    wrong = np.flatnonzero(~(np.isfinite(vectors).all(axis=1) & np.isfinite(offsets)))
    if len(wrong):
        raise GalleryRefused("Entry {entry} holds a number that is not finite.", entry=int(ids[wrong[0]]))


def _blocks(vectors: Vectors) -> list[tuple[int, Vectors]]:
    return [(start, vectors[start : start + BLOCK]) for start in range(0, len(vectors), BLOCK)]


def _checksum(block: Vectors) -> np.uint64:
    """A sum of the block's bits that depends on their places: row sums weighted by odd numbers, modulo 2^64."""
    bits = np.ascontiguousarray(block).view(np.uint32).astype(np.uint64)
    columns = np.arange(1, 2 * bits.shape[1], 2, dtype=np.uint64)
    rows = np.arange(1, 2 * len(bits), 2, dtype=np.uint64)
    return np.uint64(((bits * columns).sum(axis=1, dtype=np.uint64) * rows).sum(dtype=np.uint64))


def _folded(sums: NDArray[np.uint64]) -> str:
    """One checksum of all blocks in their order, in hexadecimal."""
    return hashlib.sha256(sums.astype("<u8").tobytes()).hexdigest()[:32]
