"""The gallery: an immutable snapshot of templates of one encoder, searched exactly. No row is ever skipped unsaid.

Distances are Euclidean, from differences in float64, rounded to float32; equal distances are ordered by id. A snapshot is a
large coded segment and a few small plain ones, so that entries come and go at once. Each search counts the rows that took part
and sums the memory that it read; unless both agree with what the snapshot was built with it is incomplete, and says so.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.search.digests import buckets_of, digest_of, digested
from matching.search.engine import engine, side_by_side, threads
from matching.search.loops import COMPARED, FAULTS, Loops
from matching.search.rows import EVERY_LIST, GalleryRefused, Ids, Lists, Vectors, check_radius, checked, joined, twice
from matching.search.segments import PLAIN_MOST, Found, Probe, Segment

__all__ = ["EVERY_LIST", "PLAIN_MOST", "Gallery", "GalleryRefused", "Search"]

_PIECE = 32
"""Shelves below which a segment is not worth another thread."""
_PAIRS = 2048


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
    """Entries of the lists that were asked for."""
    compared: int
    checksum: str
    """Folded over what was read."""
    expected_checksum: str
    excluded: Mapping[str, int] = field(default_factory=dict)
    """Entries of the snapshot that did not take part, by reason."""
    faults: tuple[str, ...] = ()
    """What went wrong on the way."""

    @property
    def complete(self) -> bool:
        """Whether every eligible row was compared, from memory that is as it was built."""
        return self.compared == self.eligible and self.checksum == self.expected_checksum and not self.faults


@dataclass(frozen=True, slots=True, eq=False)
class _Merged:
    """What all pieces of a search gave together."""

    away: Vectors
    ids: Ids
    nearest_away: Vectors
    nearest_ids: Ids
    compared: int
    fold: int
    expected_fold: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    segments: tuple[Segment, ...]
    dimension: int
    encoder: str
    buckets: Mapping[int, bytes]
    """SHA-256 of the live rows of each bucket of ids."""
    digest: str
    """SHA-256 over encoder, dimension and buckets: the same content has the same digest, however it lies in segments."""
    promised: int
    """Entries that the segments must hold together."""

    @classmethod
    def build(
        cls,
        ids: Ids,
        vectors: Vectors,
        encoder: str = "",
        offsets: Vectors | None = None,
        lists: Lists | None = None,
    ) -> Self:
        """A gallery of `ids` int64 (n,), `vectors` float32 (n, d), and perhaps `offsets` float32 and `lists` uint64 (n,).

        Ranking and radius apply to distance minus offset. `lists` holds a bit for each list that the entry is on.
        Raises GalleryRefused for another type or shape, a number that is not finite, or an id that stands twice.
        """
        new = checked(ids, vectors, offsets, lists)
        dimension = int(vectors.shape[1])
        if not len(ids):
            return cls((), dimension, encoder, {}, digest_of(encoder, dimension, {}), 0)
        segment = Segment.build(*new)
        buckets = digested((segment,), buckets_of(ids))
        return cls((segment,), dimension, encoder, buckets, digest_of(encoder, dimension, buckets), len(ids))

    def __len__(self) -> int:
        return self.promised

    def count(self, lists: int = EVERY_LIST) -> int:
        """Entries on any of these lists."""
        return sum(segment.allow(lists).count for segment in self.segments)

    @property
    def ids(self) -> Ids:
        """Ids of the live rows, ascending."""
        live = [segment.ids[segment.live] for segment in self.segments]
        return np.sort(np.concatenate(live)) if live else np.empty(0, dtype=np.int64)

    def among(self, ids: Sequence[int]) -> Ids:
        """Those of `ids` that are in the gallery."""
        asked = np.asarray(ids, dtype=np.int64)
        here = np.zeros(len(asked), dtype=bool)
        for segment in self.segments:
            here |= segment.rows_of(asked) >= 0
        return asked[here]

    def damaged(self) -> int:
        """How many rows are not as they were built; every row is read, so this takes longer than a search."""
        pieces = [(segment, place) for segment in self.segments for place in segment.stretches()]
        return sum(each.result() for each in side_by_side([partial(segment.damaged, place) for segment, place in pieces]))

    @property
    def untidy(self) -> int:
        """Rows outside the largest segment, and rows that were removed from it: what a merge would tidy up."""
        if not self.segments:
            return 0
        largest = max(self.segments, key=len)
        return sum(map(len, self.segments)) - largest.count

    def nearest(self, probes: Vectors, k: int, lists: int = EVERY_LIST) -> tuple[Vectors, Ids]:
        """The k nearest entries of each of `probes` (q, d): distances (q, k) and ids (q, k), padded with inf and -1.

        Raises GalleryRefused for a probe that cannot be compared, and when the memory of the snapshot is damaged.
        """
        self._check_probes(probes)
        if k < 1:
            raise GalleryRefused("The number of nearest entries is {k}; it must be at least 1.", k=k)
        distances = np.full((len(probes), k), np.inf, dtype=np.float32)
        ids = np.full((len(probes), k), -1, dtype=np.int64)
        for row, found in enumerate(self._scan_many(probes, np.full(len(probes), -np.inf), k, lists)):
            self._require_whole(found, lists)
            distances[row, : len(found.nearest_away)] = found.nearest_away
            ids[row, : len(found.nearest_ids)] = found.nearest_ids
        return distances, ids

    def within(self, probe: Vectors, radius: float, lists: int = EVERY_LIST) -> tuple[Ids, Vectors]:
        """Every entry at most `radius` from the probe (d,): ids and distances, nearest first. Raises as `nearest` does."""
        self._check_probes(probe[None, :] if probe.ndim == 1 else probe)
        check_radius(radius)
        found = self._scan(np.ascontiguousarray(probe), radius, 0, lists)
        self._require_whole(found, lists)
        return found.ids, found.away

    def search(self, probe: Vectors, threshold: float, k: int = 10, lists: int = EVERY_LIST) -> Search:
        """What `within` gives, the k nearest distances, and the account of what was compared: damage makes it incomplete."""
        self._check_probes(probe[None, :] if probe.ndim == 1 else probe)
        check_radius(threshold)
        found = self._scan(np.ascontiguousarray(probe), threshold, k, lists)
        eligible = self.count(lists)
        left_out = len(self) - eligible
        return Search(
            distances=found.away,
            ids=found.ids,
            nearest=tuple(round(float(away), 6) for away in found.nearest_away),
            probe=hashlib.sha256(np.ascontiguousarray(probe, dtype="<f4").tobytes()).hexdigest(),
            encoder=self.encoder,
            threshold=threshold,
            snapshot=self.digest,
            eligible=eligible,
            compared=found.compared,
            checksum=f"{found.fold:016x}",
            expected_checksum=f"{found.expected_fold:016x}",
            excluded=MappingProxyType({"on another list": left_out} if left_out else {}),
            faults=found.faults,
        )

    def duplicates(self, radius: float) -> tuple[Ids, Ids, Vectors]:
        """Every pair of entries a < b whose distance less both offsets is at most `radius`, and that distance, nearest first.

        Each entry is a probe, so a whole gallery takes as long as searching it once for each of its entries.
        """
        check_radius(radius)
        lower, upper, away = [], [], []
        for segment in self.segments:
            rows = np.flatnonzero(segment.live)
            for start in range(0, len(rows), _PAIRS):
                chunk = rows[start : start + _PAIRS]
                radii = radius + segment.offsets[chunk].astype(np.float64)
                for row, found in zip(chunk, self._scan_many(segment.vectors[chunk], radii, 0, EVERY_LIST), strict=True):
                    self._require_whole(found, EVERY_LIST)
                    later = found.ids > segment.ids[row]
                    lower.append(np.full(np.count_nonzero(later), segment.ids[row]))
                    upper.append(found.ids[later])
                    away.append(found.away[later] - segment.offsets[row])
        if not away:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        first, second, distances = np.concatenate(lower), np.concatenate(upper), np.concatenate(away)
        order = np.lexsort((second, first, distances))
        return first[order], second[order], distances[order]

    def with_added(
        self,
        ids: Ids,
        vectors: Vectors,
        offsets: Vectors | None = None,
        lists: Lists | None = None,
    ) -> Self:
        """A new gallery with these rows too. Raises as `build` does."""
        new = checked(ids, vectors, offsets, lists)
        if not self.segments:
            return self.build(ids, vectors, self.encoder, *new[2:])
        if vectors.shape[1] != self.dimension:
            raise GalleryRefused(
                "The rows have {d} numbers each; this gallery has {own}.", d=vectors.shape[1], own=self.dimension
            )
        for segment in self.segments:
            known = np.flatnonzero(segment.rows_of(ids) >= 0)
            if len(known):
                raise twice(int(ids[known[0]]))
        if not len(ids):
            return self
        last = self.segments[-1]
        if last.codes is None and last.count + len(ids) <= PLAIN_MOST:
            segments = (*self.segments[:-1], Segment.build(*joined(last.rows(last.live), new)))
        else:
            segments = (*self.segments, Segment.build(*new))
        return self._with(segments, ids, self.promised + len(ids))

    def without(self, ids: Sequence[int] | Ids) -> Self:
        """A new gallery without these entries. GalleryRefused names one that is not here."""
        gone = np.unique(np.asarray(ids, dtype=np.int64))
        missing = np.ones(len(gone), dtype=bool)
        segments = []
        for segment in self.segments:
            rows = segment.rows_of(gone)
            missing &= rows < 0
            segments.append(segment.without(rows[rows >= 0]) if (rows >= 0).any() else segment)
        if missing.any():
            raise GalleryRefused("Entry {entry} is not in the gallery.", entry=int(gone[missing][0]))
        if not len(gone):
            return self
        return self._with(tuple(each for each in segments if each.count), gone, self.promised - len(gone))

    def merged(self) -> Self:
        """The same content in one segment: as fast as after `build`. Takes as long as `build`; the old gallery stays in use."""
        if not self.untidy or not self.segments:
            return self
        return replace(self, segments=(Segment.build(*joined(*(each.rows(each.live) for each in self.segments))),))

    # Scanning

    def _scan(self, probe: Vectors, radius: float, k: int, lists: int) -> _Merged:
        """All segments against one probe, large ones cut into pieces for the threads."""
        loops = engine.loops
        if loops is None:
            tasks = [partial(each.scan_slowly, probe, lists, radius, k) for each in self.segments]
        else:
            carried = Probe(probe)
            pieces = [piece for segment in sorted(self.segments, key=len) for piece in _pieces(segment)]
            kths = np.full(len(pieces), np.inf, dtype=np.float32)
            tasks = [
                partial(segment.scan, loops, carried.ready(segment), lists, radius, k, piece, kths, slot)
                for slot, (segment, piece) in enumerate(pieces)
            ]
        found, faults = [], self._unsound()
        for each in side_by_side(tasks):
            error = each.exception()
            if error is None:
                found.append(each.result())
            else:
                faults.append(f"a part of the search failed: {type(error).__name__}: {error}")
        return _merged(found, k, faults, self._expected_fold(lists, fast=loops is not None))

    def _scan_many(self, probes: Vectors, radii: NDArray[np.float64], k: int, lists: int) -> list[_Merged]:
        """Many probes: each thread takes its share of them, all of which read a tile before the next tile is touched."""
        loops = engine.loops
        if loops is None or len(probes) == 1:
            return [self._scan(probe, float(radius), k, lists) for probe, radius in zip(probes, radii, strict=True)]
        shares = np.array_split(np.arange(len(probes)), min(threads(), max(1, len(probes))))
        tasks = [partial(self._share, loops, probes[share], radii[share], k, lists) for share in shares]
        return [found for each in side_by_side(tasks) for found in each.result()]

    def _share(self, loops: Loops, probes: Vectors, radii: NDArray[np.float64], k: int, lists: int) -> list[_Merged]:
        kths = np.full(len(probes), np.inf, dtype=np.float32)
        near, whole = radii.astype(np.float32), np.ascontiguousarray(probes)
        by_segment = [segment.scan_batch(loops, whole, lists, near, k, kths) for segment in sorted(self.segments, key=len)]
        parts = [list(found) for found in zip(*by_segment, strict=True)] if by_segment else [[] for _ in probes]
        expected, faults = self._expected_fold(lists, fast=True), self._unsound()
        return [_merged(found, k, faults, expected) for found in parts]

    def _expected_fold(self, lists: int, *, fast: bool) -> int:
        return sum(segment.expected_fold(lists, fast=fast) for segment in self.segments) % (1 << 64)

    def _unsound(self) -> list[str]:
        """What is wrong with the parts that every search relies on and no loop reads."""
        wrong = [
            "the axes of the codes are not as they were built"
            for each in self.segments
            if each.codes is not None and not each.codes.sound()
        ]
        here = sum(segment.count for segment in self.segments)
        if here != self.promised:
            wrong.append(f"{here} of {self.promised} entries are here")
        return wrong

    def _require_whole(self, found: _Merged, lists: int) -> None:
        eligible = self.count(lists)
        if found.faults or found.compared != eligible or found.fold != found.expected_fold:
            raise GalleryRefused(
                "The search was incomplete: {compared} of {eligible} entries, {faults}. Open the lists again.",
                compared=found.compared,
                eligible=eligible,
                faults=", ".join(found.faults) or "and the sums do not agree",
            )

    def _with(self, segments: tuple[Segment, ...], changed: Ids, promised: int) -> Self:
        touched = buckets_of(changed)
        buckets = {**self.buckets, **digested(segments, touched)}
        for bucket in touched.tolist():
            if not buckets[bucket]:
                del buckets[bucket]
        digest = digest_of(self.encoder, self.dimension, buckets)
        return replace(self, segments=segments, buckets=buckets, digest=digest, promised=promised)

    def _check_probes(self, probes: Vectors) -> None:
        if probes.dtype != np.float32 or probes.ndim != 2:
            raise GalleryRefused(
                "A probe must be float32 rows, not {dtype} of shape {shape}.", dtype=probes.dtype, shape=probes.shape
            )
        if self.segments and probes.shape[1] != self.dimension:
            raise GalleryRefused("The probe has {d} numbers; this gallery has {own}.", d=probes.shape[1], own=self.dimension)
        if not np.isfinite(probes).all():
            raise GalleryRefused("The probe holds a number that is not finite.")


def _pieces(segment: Segment) -> list[tuple[Segment, tuple[int, int]]]:
    """The segment, cut for as many threads as it is worth."""
    count = max(1, min(threads(), segment.units // _PIECE))
    edges = [segment.units * place // count for place in range(count + 1)]
    return [(segment, piece) for piece in pairwise(edges)]


def _merged(found: list[Found], k: int, faults: list[str], expected_fold: int) -> _Merged:
    if not found:
        nothing, nobody = np.empty(0, dtype=np.float32), np.empty(0, dtype=np.int64)
        return _Merged(nothing, nobody, nothing, nobody, 0, 0, expected_fold, tuple(faults))
    away, ids = np.concatenate([each.away for each in found]), np.concatenate([each.ids for each in found])
    order = np.lexsort((ids, away))
    near = np.concatenate([each.nearest_away for each in found])
    near_ids = np.concatenate([each.nearest_ids for each in found])
    real = np.flatnonzero(near_ids >= 0)
    first = real[np.lexsort((near_ids[real], near[real]))][:k]
    wrong = sum(int(each.account[FAULTS]) for each in found)
    said = [f"{wrong} sums of rows or codes do not agree"] if wrong else []
    return _Merged(
        away[order],
        ids[order],
        near[first],
        near_ids[first],
        sum(int(each.account[COMPARED]) for each in found),
        sum(each.fold for each in found) % (1 << 64),
        expected_fold,
        (*faults, *said),
    )
