"""Segments: immutable runs of rows of one gallery, coded when there are many, plain when there are few."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.search import codes as coding
from matching.search.codes import CodedProbes, Codes
from matching.search.loops import ACCOUNT, BLOCK, COMPARED, FAULTS, HITS, MIX, SHELF, SPREAD, Loops
from matching.search.rows import EVERY_LIST, Ids, Lists, Rows, Vectors

Words = NDArray[np.uint64]

PLAIN_MOST = 4096
"""Rows up to which all are simply compared: they lie in the cache, and codes would gain nothing."""
_CHUNK = 16_384
_HITS = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """Which rows take part in a search, and what a search must find when it reads which."""

    words: Words
    """(b,): one bit for each row."""
    count: int
    fold: int
    """Sum over the words as the loops form it."""
    flat_fold: int
    """Sum over the words as numpy forms it."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What some rows gave for one probe, unsorted."""

    away: Vectors
    ids: Ids
    nearest_away: Vectors
    nearest_ids: Ids
    account: NDArray[np.int64]
    fold: int

    @property
    def overflowed(self) -> bool:
        return int(self.account[HITS]) > len(self.away)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    ids: Ids
    """(n,), in the order of the rows."""
    vectors: Vectors
    """(n, d)"""
    offsets: Vectors
    """(n,)"""
    lists: Lists
    """(n,): a bit for each list that the row is on."""
    row_sums: NDArray[np.uint64]
    """(n,): sum over vector, id and offset of each row as built."""
    by_id: Ids
    """(n,): rows by ascending id."""
    live: NDArray[np.bool_]
    """(n,): False where a row was removed."""
    codes: Codes | None
    allowed: dict[int, Allowed] = field(default_factory=dict)
    """By the lists asked for; filled as they are asked for."""

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors, offsets: Vectors, lists: Lists, *, coded: bool | None = None) -> Self:
        """A segment of checked rows; many rows are sorted and coded unless `coded` says otherwise."""
        codes = None
        if (len(ids) > PLAIN_MOST) if coded is None else coded:
            centre, axes, head, trunk = coding.axes_of(vectors)
            order = coding.sorted_rows(vectors, centre, axes)
            ids, vectors, offsets, lists = ids[order], vectors[order], offsets[order], lists[order]
            codes = coding.coded(vectors, offsets, centre, axes, head, trunk)
        ids, vectors = np.ascontiguousarray(ids), np.ascontiguousarray(vectors)
        offsets, lists = np.ascontiguousarray(offsets), np.ascontiguousarray(lists)
        by_id = np.argsort(ids, kind="stable")
        return cls(ids, vectors, offsets, lists, row_sums(ids, vectors, offsets), by_id, np.ones(len(ids), dtype=bool), codes)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def count(self) -> int:
        """Rows that were not removed."""
        return int(np.count_nonzero(self.live))

    @property
    def units(self) -> int:
        """Into how many pieces the segment can be cut for threads."""
        return len(self.codes.lows) if self.codes else 1

    def rows(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Rows:
        """These rows, copied."""
        return self.ids[which], self.vectors[which], self.offsets[which], self.lists[which]

    def rows_of(self, ids: Ids) -> NDArray[np.int64]:
        """The live row of each id, or -1."""
        if not len(self):
            return np.full(len(ids), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.ids, ids, sorter=self.by_id), len(self) - 1)
        rows = self.by_id[places]
        return np.where((self.ids[rows] == ids) & self.live[rows], rows, -1)

    def between(self, low: int, high: int) -> NDArray[np.int64]:
        """Live rows with low <= id < high, by ascending id."""
        start, end = np.searchsorted(self.ids, [low, high], sorter=self.by_id)
        rows = self.by_id[start:end]
        return rows[self.live[rows]]

    def without(self, rows: NDArray[np.int64]) -> Self:
        live = self.live.copy()
        live[rows] = False
        return replace(self, live=live, allowed={})

    def allow(self, lists: int) -> Allowed:
        """The live rows that are on one of these lists."""
        known = self.allowed.get(lists)
        if known is None:
            known = self.allowed[lists] = self._allow(lists)
        return known

    def scan(
        self, loops: Loops, probe: "Probe", lists: int, radius: float, k: int, piece: tuple[int, int], kths: Vectors, slot: int
    ) -> Found:
        """Compare the rows of a piece with the probe; every row is compared or dropped with proof."""
        room = _HITS
        while True:
            found = self._scan(loops, probe, self.allow(lists), np.float32(radius), k, piece, kths, slot, room)
            if not found.overflowed:
                return found
            room = int(found.account[HITS])

    def scan_batch(
        self, loops: Loops, probes: Vectors, lists: int, radii: NDArray[np.float32], k: int, kths: Vectors
    ) -> list[Found]:
        """`scan` of the whole segment for each of many probes (q, d), in one pass over its memory.

        `kths` (q,): the k-th smallest distance that each probe has met elsewhere; brought up to date.
        """
        allowed, whole = self.allow(lists), (0, self.units)
        if self.codes is None:
            every = [
                self.scan(loops, Probe(probe), lists, float(radius), k, whole, kths[row : row + 1], 0)
                for row, (probe, radius) in enumerate(zip(probes, radii, strict=True))
            ]
        else:
            made, count = CodedProbes.of(self.codes, probes), len(probes)
            nearest_away, nearest_ids = np.full((count, k), np.inf, dtype=np.float32), np.full((count, k), -1, dtype=np.int64)
            away, ids = np.empty((count, _HITS), dtype=np.float32), np.empty((count, _HITS), dtype=np.int64)
            accounts, folds = np.zeros((count, ACCOUNT), dtype=np.int64), np.zeros(count, dtype=np.uint64)
            loops.scan_batch(
                *self.arguments(allowed.words), probes, made.lids, made.heads, made.head_bases, made.head_errors,
                made.trunks, made.trunk_bases, made.errors, radii, kths, *whole,
                nearest_away, nearest_ids, away, ids, accounts, folds,
            )  # fmt: skip # one group of arguments a line
            every = []
            for row in range(count):
                inside = int(accounts[row, HITS])
                found = Found(
                    away[row, :inside], ids[row, :inside], nearest_away[row], nearest_ids[row], accounts[row], int(folds[row])
                )
                if found.overflowed:
                    probe = Probe(probes[row]).ready(self)
                    found = self.scan(loops, probe, lists, float(radii[row]), k, whole, kths[row : row + 1], 0)
                every.append(found)
        for row, found in enumerate(every):
            if k:
                kths[row] = min(kths[row], found.nearest_away[-1])
        return every

    def scan_slowly(self, probe: Vectors, lists: int, radius: float, k: int) -> Found:
        """What `scan` gives, through numpy: every row is read and compared in full."""
        allowed = self.allow(lists)
        taking_part = np.unpackbits(allowed.words.view(np.uint8), bitorder="little")[: len(self)].astype(bool)
        away = np.empty(len(self), dtype=np.float32)
        wrong = 0
        wide = probe.astype(np.float64)
        for start in range(0, len(self), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            difference = self.vectors[chunk].astype(np.float64) - wide
            away[chunk] = np.sqrt(np.einsum("ij,ij->i", difference, difference)) - self.offsets[chunk]
            sums = row_sums(self.ids[chunk], self.vectors[chunk], self.offsets[chunk])
            wrong += int(np.count_nonzero(sums != self.row_sums[chunk]))
        rows = np.flatnonzero(taking_part)
        order = rows[np.lexsort((self.ids[rows], away[rows]))]
        inside = order[away[order] <= np.float32(radius)]
        account = np.zeros(ACCOUNT, dtype=np.int64)
        account[[HITS, COMPARED, FAULTS]] = len(inside), len(rows), wrong
        fold = words_sum(allowed.words, coded=False)
        return Found(away[inside], self.ids[inside], away[order[:k]], self.ids[order[:k]], account, fold)

    def stretches(self) -> list[slice]:
        """The rows, cut into pieces that are read in a moment."""
        return [slice(start, start + _CHUNK) for start in range(0, len(self), _CHUNK)]

    def damaged(self, rows: slice) -> int:
        """How many of these rows are not as they were built."""
        sums = row_sums(self.ids[rows], self.vectors[rows], self.offsets[rows])
        return int(np.count_nonzero(sums != self.row_sums[rows]))

    def expected_fold(self, lists: int, *, fast: bool) -> int:
        """What a search that reads everything sums up; through numpy it reads no codes."""
        allowed = self.allow(lists)
        if fast:
            return (allowed.fold + (self.codes.fold if self.codes else 0)) % (1 << 64)
        return allowed.flat_fold

    def _allow(self, lists: int) -> Allowed:
        rows = self.live if lists == EVERY_LIST else self.live & ((self.lists & np.uint64(lists)) != 0)
        blocks = self.units * SHELF if self.codes else -(-len(self) // BLOCK)
        bits = np.zeros(blocks * BLOCK, dtype=bool)
        bits[: len(rows)] = rows
        words = np.packbits(bits, bitorder="little").view("<u8").astype(np.uint64)
        words.setflags(write=False)
        flat = words_sum(words, coded=False)
        return Allowed(words, int(np.count_nonzero(rows)), words_sum(words, coded=True) if self.codes else flat, flat)

    def _scan(
        self,
        loops: Loops,
        probe: "Probe",
        allowed: Allowed,
        radius: np.float32,
        k: int,
        piece: tuple[int, int],
        kths: Vectors,
        slot: int,
        room: int,
    ) -> Found:
        nearest_away, nearest_ids = np.full(k, np.inf, dtype=np.float32), np.full(k, -1, dtype=np.int64)
        away, ids = np.empty(room, dtype=np.float32), np.empty(room, dtype=np.int64)
        account = np.zeros(ACCOUNT, dtype=np.int64)
        taken = (nearest_away, nearest_ids, away, ids, account)
        if self.codes is None:
            fold = loops.scan_rows(allowed.words, *self._rows(), probe.vector, radius, *taken)
        else:
            fold = loops.scan(*self.arguments(allowed.words), *probe.on(self.codes), radius, kths, slot, 1, *piece, *taken)
        inside = min(room, int(account[HITS]))
        return Found(away[:inside], ids[:inside], nearest_away, nearest_ids, account, int(fold))

    def arguments(self, words: Words) -> tuple[Any, ...]:
        """The memory of a coded segment, in the order in which the loops take it."""
        if self.codes is None:
            raise ValueError("a plain segment has no codes")
        c = self.codes
        return (
            c.lows, c.highs, c.lid_slack, words, c.head, c.head_norms, c.slack, c.head_sums,
            c.trunk, c.trunk_norms, c.trunk_sums, *self._rows(),
            coding.check_weights(c.parts[0]), c.step, int(c.scales[1]), int(c.scales[2]),
        )  # fmt: skip # one group of arguments a line

    def _rows(self) -> tuple[Any, ...]:
        bits, offset_bits = self.vectors.view(np.uint32), self.offsets.view(np.uint32)
        return self.vectors, bits, self.offsets, offset_bits, self.ids, self.row_sums


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One probe, and its codes on the axes of each coded segment, made when they are first asked for."""

    vector: Vectors
    """(d,)"""
    coded: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def ready(self, segment: Segment) -> "Probe":
        """This probe, coded for the segment: done once, before threads share it."""
        if segment.codes is not None:
            self.on(segment.codes)
        return self

    def on(self, codes: Codes) -> tuple[Any, ...]:
        """What the loops take of the probe, in their order."""
        known = self.coded.get(id(codes))
        if known is None:
            made = CodedProbes.of(codes, self.vector[None, :])
            known = self.coded[id(codes)] = (
                self.vector, made.lids[0], made.heads[0], int(made.head_bases[0]), float(made.head_errors[0]),
                made.trunks[0], made.trunk_bases[0], float(made.errors[0]),
            )  # fmt: skip # one group of arguments a line
        return known


def row_sums(ids: Ids, vectors: Vectors, offsets: Vectors) -> NDArray[np.uint64]:
    """(n,): sum of the bits of each row, each at the weight of its place, modulo 2^64."""
    sums = np.empty(len(ids), dtype=np.uint64)
    places = 2 * np.arange(vectors.shape[1], dtype=np.uint64) + 1
    for start in range(0, len(ids), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        bits = np.ascontiguousarray(vectors[chunk]).view(np.uint32).astype(np.uint64)
        shifts = np.ascontiguousarray(offsets[chunk]).view(np.uint32).astype(np.uint64)
        sums[chunk] = bits @ places + ids[chunk].astype(np.uint64) * np.uint64(SPREAD) + shifts * np.uint64(MIX)
    return sums


def words_sum(words: Words, *, coded: bool) -> int:
    """The sum that the loops form over the words: by shelf and block in a coded segment, by block in a plain one."""
    blocks = np.arange(len(words), dtype=np.uint64)
    weights = 2 * blocks + 1
    if coded:
        weights = (2 * (blocks % np.uint64(SHELF)) + 1) * (2 * (blocks // np.uint64(SHELF)) + 1)
    return int((words * weights).sum(dtype=np.uint64))
