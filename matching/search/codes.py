"""Byte codes of a gallery, and why a search that reads them drops no row that it should have found.

1. Rows are moved by `centre` and turned onto principal axes, an orthonormal set, so ||x - q|| is what it was; the distance over
   any subset of the axes is at most the distance over all (partial distances: PDX, SIGMOD 2025; axes by energy: Panorama,
   arXiv 2510.00566; a radius turned into a bound before anything is read: SNN, arXiv 2212.07679).
2. On the coded axes each value y is kept as y^ = step * code, code in [-127, 127]. With e_x = ||y - y^|| and e_q likewise, the
   triangle inequality gives ||x - q|| >= ||y_x - y_q|| >= ||y_x^ - y_q^|| - e_x - e_q, whatever was rounded or clipped.
3. ||y_x^ - y_q^||^2 = step^2 * S, and S = |x|^2 + |q|^2 - 2 x.q is computed in integers; a norm stored with its low bits cut
   off only makes S smaller. So a row with sqrt(S) > (r + o_x + e_x + e_q) / step lies farther than r once its offset o_x is
   taken off. `slack` is (o_x + e_x) / step rounded up; a row whose slack does not fit is never dropped.
4. Rows are sorted so that the 64 of a block lie together; a box around their codes (its `lid`) bounds S for all of them.
5. r is the radius asked for, or the k-th smallest distance met so far, which only shrinks; bounds are widened by 1e-5 of
   themselves and 1e-3 of a step, far above the rounding of float32 (S below 2^24 is exact) and of the float64 rotation.
6. What survives is compared in full from the float32 rows: the answer never depends on the codes, only the time does.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.search.loops import BLOCK, LID_AXES, MIX, NEVER_DROPPED, PART, RUN, RUNS, SHELF, SLACK_PARTS

HEAD_ENERGY = 0.85
"""Part of the variance that the head carries: it is read for every block whose lid the probe reaches."""
TRUNK_LEAST = 0.1
"""A further part belongs to the trunk while it carries at least so much of what a part carries on average."""
_SAMPLE = 50_000
_CHUNK = 65_536
_WITHIN = 0.9999
"""Part of the values that are coded without clipping."""
_BLOCK_WEIGHTS = 2 * np.arange(BLOCK, dtype=np.uint64) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Codes of n rows, sorted. `h` parts of 16 axes form the head and `t` the trunk; b blocks fill s shelves."""

    centre: NDArray[np.float64]
    """(d,)"""
    axes: NDArray[np.float64]
    """(d, 16 * (h + t)), orthonormal columns; zero columns fill the last part."""
    scales: NDArray[np.float64]
    """step, head shift, trunk shift."""
    lows: NDArray[np.int8]
    """(s, 8, 16): the least code of each block on the first axes."""
    highs: NDArray[np.int8]
    lid_slack: NDArray[np.int16]
    """(s, 16): the most slack of each block."""
    head: NDArray[np.uint8]
    """(b, 4 * h, 64, 4): code + 128."""
    head_norms: NDArray[np.uint16]
    """(b, 64)"""
    slack: NDArray[np.int16]
    """(b, 64)"""
    head_sums: NDArray[np.uint32]
    """(b,)"""
    trunk: NDArray[np.uint8]
    """(4 * b, t, 4, 16, 4)"""
    trunk_norms: NDArray[np.uint16]
    """(4 * b, t, 16)"""
    trunk_sums: NDArray[np.uint32]
    """(4 * b, t)"""
    fold: int
    """Sum over all lids as built."""
    frame: int = field(default=0)
    """Sum over centre, axes and scales as built."""

    @property
    def step(self) -> float:
        return float(self.scales[0])

    @property
    def parts(self) -> tuple[int, int]:
        """Parts of head and of trunk."""
        return self.head.shape[1] * 4 // PART, self.trunk.shape[1]

    def sound(self) -> bool:
        """Whether centre, axes and scales are as they were built."""
        return frame_sum(self.centre, self.axes, self.scales) == self.frame


@dataclass(frozen=True, slots=True, eq=False)
class CodedProbes:
    """q probes on the axes of one `Codes`."""

    lids: NDArray[np.int32]
    """(q, 8): codes on the first axes."""
    heads: NDArray[np.int8]
    """(q, 4 * h, 4)"""
    head_bases: NDArray[np.int32]
    """(q,): |q|^2 + 256 * sum of codes: takes the 128 of the stored codes out again."""
    head_errors: NDArray[np.float64]
    """(q,): e_q over the head."""
    trunks: NDArray[np.int8]
    """(q, t, 4, 4)"""
    trunk_bases: NDArray[np.int32]
    """(q, t)"""
    errors: NDArray[np.float64]
    """(q,): e_q over head and trunk."""

    @classmethod
    def of(cls, codes: Codes, probes: NDArray[np.float32]) -> Self:
        count, (head, trunk) = len(probes), codes.parts
        turned = (probes.astype(np.float64) - codes.centre) @ codes.axes
        coded, _ = _coded(turned, codes.step)
        wrong = (turned - coded * codes.step) ** 2
        width = head * PART
        bases = (coded**2 + 256 * coded).reshape(count, -1, PART).sum(axis=2)
        narrow = coded.astype(np.int8)
        return cls(
            lids=np.ascontiguousarray(coded[:, :LID_AXES], dtype=np.int32),
            heads=np.ascontiguousarray(narrow[:, :width]).reshape(count, head * PART // 4, 4),
            head_bases=bases[:, :head].sum(axis=1).astype(np.int32),
            head_errors=np.sqrt(wrong[:, :width].sum(axis=1)),
            trunks=np.ascontiguousarray(narrow[:, width:]).reshape(count, trunk, PART // 4, 4),
            trunk_bases=np.ascontiguousarray(bases[:, head:], dtype=np.int32),
            errors=np.sqrt(wrong.sum(axis=1)),
        )


def axes_of(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64], int, int]:
    """Centre, axes by falling variance, and how many parts head and trunk take, from an even sample of the rows."""
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)].astype(np.float64)
    centre = sample.mean(axis=0)
    sample -= centre
    variances, axes = np.linalg.eigh(sample.T @ sample / len(sample))
    variances, axes = np.maximum(variances[::-1], 0), axes[:, ::-1]
    energy = np.cumsum(variances) / max(float(variances.sum()), np.finfo(np.float64).tiny)
    whole = -(-vectors.shape[1] // PART)
    head = min(whole, 1 + int(np.searchsorted(energy, HEAD_ENERGY)) // PART)
    carried = np.diff(np.append(energy[PART - 1 :: PART], 1.0)[:whole], prepend=0.0)
    both = max(head, int(np.count_nonzero(np.cumprod(carried >= TRUNK_LEAST / whole))))
    width = both * PART
    filled = np.zeros((vectors.shape[1], width))
    filled[:, : min(width, axes.shape[1])] = axes[:, :width]
    return centre, filled, head, both - head


def sorted_rows(vectors: NDArray[np.float32], centre: NDArray[np.float64], axes: NDArray[np.float64]) -> NDArray[np.int64]:
    """An order in which the 64 rows of each block lie together: halved again and again along the widest of the first axes."""
    few = axes[:, :PART].astype(np.float32)
    flat = np.concatenate(
        [(vectors[at : at + _CHUNK] - centre.astype(np.float32)) @ few for at in range(0, len(vectors), _CHUNK)]
    )
    order = np.arange(len(vectors))
    waiting = [(0, len(vectors))]
    while waiting:
        start, end = waiting.pop()
        if end - start <= BLOCK:
            continue
        rows = order[start:end]
        axis = int(flat[rows[:: 1 + len(rows) // _SAMPLE]].var(axis=0).argmax())
        half = -(-len(rows) // (2 * BLOCK)) * BLOCK
        order[start:end] = rows[np.argpartition(flat[rows, axis], half)] if half < len(rows) else rows
        waiting += [(start, start + half), (start + half, end)]
    return order


def coded(
    vectors: NDArray[np.float32],
    offsets: NDArray[np.float32],
    centre: NDArray[np.float64],
    axes: NDArray[np.float64],
    head_parts: int,
    trunk_parts: int,
) -> Codes:
    """The codes of sorted rows."""
    count = len(vectors)
    shelves = -(-count // (BLOCK * SHELF))
    blocks = shelves * SHELF
    width = head_parts * PART
    step = _step(vectors, centre, axes)
    weights = check_weights(head_parts)
    every = np.zeros((blocks * BLOCK, axes.shape[1]), dtype=np.int8)
    errors = np.zeros(blocks * BLOCK)
    for start in range(0, count, _CHUNK):
        turned = (vectors[start : start + _CHUNK].astype(np.float64) - centre) @ axes
        codes, error = _coded(turned, step)
        every[start : start + len(codes)] = codes
        errors[start : start + len(codes)] = error
    slack = np.full(blocks * BLOCK, -NEVER_DROPPED - 1, dtype=np.int16)
    slack[:count] = _slack(errors[:count] + offsets, step)
    return _laid_out(every, slack.reshape(blocks, BLOCK), width, trunk_parts, centre, axes, step, weights)


@cache
def check_weights(parts: int) -> NDArray[np.int8]:
    """(4 * parts, 4): odd, fixed, by which the codes of an axis are weighted in the sums."""
    drawn = np.random.Generator(np.random.PCG64(9794)).integers(-63, 63, size=(max(parts, 1) * PART // 4, 4))
    weights = (2 * drawn + 1).astype(np.int8)
    weights.setflags(write=False)
    return weights


def frame_sum(*parts: NDArray[np.float64]) -> int:
    """Of the bits of all parts, each at the weight of its place."""
    bits = np.concatenate([part.reshape(-1).view(np.uint64) for part in parts])
    return int((bits * (2 * np.arange(len(bits), dtype=np.uint64) + 1)).sum(dtype=np.uint64))


def _coded(turned: NDArray[np.float64], step: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    codes = np.clip(np.rint(turned / step), -127, 127)
    errors = np.sqrt(((turned - codes * step) ** 2).sum(axis=1))
    return codes.astype(np.int64), errors


def _step(vectors: NDArray[np.float32], centre: NDArray[np.float64], axes: NDArray[np.float64]) -> float:
    """So that nearly all values fit; the few that are clipped have a larger error, which their slack carries."""
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)].astype(np.float64) - centre
    furthest = float(np.quantile(np.abs(sample @ axes[:, :PART]).max(axis=1), _WITHIN))
    return max(furthest / 127, float(np.finfo(np.float32).tiny))


def _slack(more: NDArray[np.float64], step: float) -> NDArray[np.int16]:
    """In parts of a step, rounded up; NEVER_DROPPED where it does not fit."""
    parts = np.ceil(more / step * SLACK_PARTS * (1 + 1e-9) + 1e-6)
    return np.where(parts < NEVER_DROPPED, np.maximum(parts, -NEVER_DROPPED - 1), NEVER_DROPPED).astype(np.int16)


def _laid_out(
    every: NDArray[np.int8],
    slack: NDArray[np.int16],
    width: int,
    trunk_parts: int,
    centre: NDArray[np.float64],
    axes: NDArray[np.float64],
    step: float,
    weights: NDArray[np.int8],
) -> Codes:
    blocks = len(slack)
    grouped = (every.reshape(blocks, BLOCK, -1, 4).view(np.uint8) + np.uint8(128)).transpose(0, 2, 1, 3)
    head = np.ascontiguousarray(grouped[:, : width // 4])
    trunk = np.ascontiguousarray(
        grouped[:, width // 4 :]
        .reshape(blocks, trunk_parts, PART // 4, RUNS, RUN, 4)
        .transpose(0, 3, 1, 2, 4, 5)
        .reshape(blocks * RUNS, trunk_parts, PART // 4, RUN, 4)
    )
    squares = np.empty((blocks * BLOCK, 1 + trunk_parts), dtype=np.int32)
    for start in range(0, len(every), _CHUNK):
        square = every[start : start + _CHUNK].astype(np.int32) ** 2
        squares[start : start + _CHUNK, 0] = square[:, :width].sum(axis=1)
        squares[start : start + _CHUNK, 1:] = square[:, width:].reshape(len(square), trunk_parts, PART).sum(axis=2)
    shift, trunk_shift = _shift(squares[:, 0]), _shift(squares[:, 1:])
    head_norms = (squares[:, 0] >> shift).astype(np.uint16).reshape(blocks, BLOCK)
    trunk_norms = (squares[:, 1:] >> trunk_shift).astype(np.uint16).reshape(blocks * RUNS, RUN, trunk_parts)
    trunk_norms = np.ascontiguousarray(trunk_norms.transpose(0, 2, 1))
    first = every[:, :LID_AXES].reshape(blocks // SHELF, SHELF, BLOCK, LID_AXES)
    lows = np.ascontiguousarray(first.min(axis=2).transpose(0, 2, 1))
    highs = np.ascontiguousarray(first.max(axis=2).transpose(0, 2, 1))
    lid_slack = slack.max(axis=1).reshape(blocks // SHELF, SHELF)
    scales = np.array([step, shift, trunk_shift])
    return Codes(
        centre, axes, scales, lows, highs, lid_slack, head, head_norms, slack,
        head_sums=_head_sums(head, head_norms, slack, weights),
        trunk=trunk, trunk_norms=trunk_norms, trunk_sums=_trunk_sums(trunk, trunk_norms, weights),
        fold=_lid_sum(lows, highs, lid_slack), frame=frame_sum(centre, axes, scales),
    )  # fmt: skip # the parts in their order


def _shift(squares: NDArray[np.int32]) -> int:
    """Low bits to cut off so that the rest fits into 16."""
    return max(0, int(squares.max(initial=0)).bit_length() - 16)


def _head_sums(
    head: NDArray[np.uint8], norms: NDArray[np.uint16], slack: NDArray[np.int16], weights: NDArray[np.int8]
) -> NDArray[np.uint32]:
    sums = np.empty(len(head), dtype=np.uint32)
    for at in range(0, len(head), 1024):
        chunk = slice(at, at + 1024)
        checks = np.einsum("bgra,ga->br", head[chunk].astype(np.int32), weights.astype(np.int32))
        beside = norms[chunk].astype(np.uint32) | (slack[chunk].view(np.uint16).astype(np.uint32) << np.uint32(16))
        sums[chunk] = _mixed(checks, beside)
    return sums


def _trunk_sums(trunk: NDArray[np.uint8], norms: NDArray[np.uint16], weights: NDArray[np.int8]) -> NDArray[np.uint32]:
    sums = np.empty(trunk.shape[:2], dtype=np.uint32)
    first = weights[: PART // 4].astype(np.int32)
    for at in range(0, len(trunk), 4096):
        chunk = slice(at, at + 4096)
        checks = np.einsum("lpgra,ga->lpr", trunk[chunk].astype(np.int32), first)
        sums[chunk] = _mixed(checks, norms[chunk].astype(np.uint32))
    return sums


def _mixed(checks: NDArray[np.int32], beside: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = checks.view(np.uint32) + beside * np.uint32(MIX)
    sums: NDArray[np.uint32] = (mixed * _BLOCK_WEIGHTS[: mixed.shape[-1]].astype(np.uint32)).sum(axis=-1, dtype=np.uint32)
    return sums


def _lid_sum(lows: NDArray[np.int8], highs: NDArray[np.int8], lid_slack: NDArray[np.int16]) -> int:
    pairs = lows.view(np.uint8).astype(np.uint32) | (highs.view(np.uint8).astype(np.uint32) << np.uint32(8))
    read = (pairs * (2 * np.arange(LID_AXES, dtype=np.uint32) + 1)[:, None]).sum(axis=1, dtype=np.uint32)
    read += lid_slack.view(np.uint16).astype(np.uint32) * np.uint32(MIX)
    sums = (read * _BLOCK_WEIGHTS[:SHELF].astype(np.uint32)).sum(axis=1, dtype=np.uint32)
    shelves = 2 * np.arange(len(lows), dtype=np.uint64) + 1
    return int((sums.astype(np.uint64) * shelves).sum(dtype=np.uint64))
