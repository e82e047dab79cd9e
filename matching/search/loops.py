"""The loops of a search, written once: compiled for the officer, run as plain Python where a test wants to.

`matching.search.codes` lays out the memory that they read, in blocks of 64 rows, and proves that no near row is dropped.
Everything that is read is summed as it is read; a sum that is not the one it was built with is counted as a fault.
Integers wrap as their unsigned types say; the only relaxed arithmetic is the order of additions (`reassoc`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Jit = Callable[[Callable[..., Any]], Callable[..., Any]]

BLOCK = 64
"""Rows of a block."""
RUN = 16
"""Rows of a run: four bytes of each fill one cache line."""
RUNS = BLOCK // RUN
SHELF = 16
"""Blocks whose lids are looked at together."""
PART = 16
"""Axes of a part of the trunk."""
GROUPS = PART // 4
LID_AXES = 8
"""Axes of the box that encloses the rows of a block."""
NEVER_DROPPED = 32767
"""Slack of a row whose error does not fit: it survives every bound."""
SLACK_PARTS = 64
"""Slack is counted in this part of a step."""
HITS, COMPARED, FAULTS, EXACT, BLOCKS_READ, RUNS_READ = range(6)
"""What is counted: rows within the radius, rows that took part, wrong sums, rows compared in full, blocks and runs read."""
ACCOUNT = 6
TILE = 16
"""Shelves that are read together."""
AHEAD = 8
"""How many runs or rows ahead memory is asked for that lies apart."""
ROW_FETCHED = 512
MIX = 0x9E3779B1
SPREAD = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Loops:
    scan: Callable[..., Any]
    """Blocks of a coded segment against one probe."""
    scan_batch: Callable[..., Any]
    """Blocks of a coded segment against many probes."""
    scan_rows: Callable[..., Any]
    """Rows of a plain segment against one probe."""
    compiled: bool


Lines = Callable[..., Any]


def plain_lids(lows, highs, slack, shelf, probe, bound, check):
    """Which blocks of a shelf the probe may reach, as bits; the sum of their lids goes into `check` uint32 (1,)."""
    near = np.uint64(0)
    total = np.uint32(0)
    for each in range(SHELF):
        square = np.int32(0)
        read = np.uint32(np.uint32(np.uint16(slack[shelf, each])) * np.uint32(MIX))
        for axis in range(LID_AXES):
            low = np.int32(lows[shelf, axis, each])
            high = np.int32(highs[shelf, axis, each])
            away = np.int32(max(low - probe[axis], probe[axis] - high, 0))
            square = np.int32(square + away * away)
            pair = np.uint32(np.uint32(np.uint8(low)) | np.uint32(np.uint32(np.uint8(high)) << np.uint32(8)))
            read = np.uint32(read + np.uint32(pair * np.uint32(2 * axis + 1)))
        total = np.uint32(total + np.uint32(read * np.uint32(2 * each + 1)))
        far = max(bound + np.float32(slack[shelf, each]) * np.float32(1 / SLACK_PARTS), np.float32(0))
        if slack[shelf, each] == NEVER_DROPPED or np.float32(square) <= far * far:
            near |= np.uint64(1) << np.uint64(each)
    check[0] = total
    return near


def plain_block(codes, norms, slack, block, probe, weights, shift, base, bound, squares, each, check):
    """Which rows of a block the probe may reach on its first axes, as bits.

    Writes S on these axes into `squares` int32 (16, 64) at `each`, and the sum of what was read into `check` uint32 (1,).
    """
    alive = np.uint64(0)
    total = np.uint32(0)
    for row in range(BLOCK):
        dot = np.int32(0)
        mixed = np.int32(0)
        for group in range(codes.shape[1]):
            for axis in range(4):
                code = np.int32(codes[block, group, row, axis])
                dot += code * np.int32(probe[group, axis])
                mixed += code * np.int32(weights[group, axis])
        square = np.int32((np.int32(norms[block, row]) << shift) - np.int32(2) * dot + base)
        squares[each, row] = square
        more = slack[block, row]
        beside = np.uint32(norms[block, row]) | np.uint32(np.uint32(np.uint16(more)) << np.uint32(16))
        read = np.uint32(np.uint32(mixed) + np.uint32(beside * np.uint32(MIX)))
        total = np.uint32(total + np.uint32(read * np.uint32(2 * row + 1)))
        far = max(bound + np.float32(more) * np.float32(1 / SLACK_PARTS), np.float32(0))
        if more == NEVER_DROPPED or np.float32(square) <= far * far:
            alive |= np.uint64(1) << np.uint64(row)
    check[0] = total
    return alive


def plain_run(codes, norms, slack, line, part, probe, weights, shift, base, bound, squares, each, check):
    """`plain_block` for the 16 rows of a run on a further part of the axes: S is added to; slack is not summed again."""
    alive = np.uint64(0)
    total = np.uint32(0)
    for row in range(RUN):
        dot = np.int32(0)
        mixed = np.int32(0)
        for group in range(GROUPS):
            for axis in range(4):
                code = np.int32(codes[line, part, group, row, axis])
                dot += code * np.int32(probe[part, group, axis])
                mixed += code * np.int32(weights[group, axis])
        norm = norms[line, part, row]
        square = np.int32(squares[each, row] + (np.int32(norm) << shift) - np.int32(2) * dot + base)
        squares[each, row] = square
        read = np.uint32(np.uint32(mixed) + np.uint32(np.uint32(norm) * np.uint32(MIX)))
        total = np.uint32(total + np.uint32(read * np.uint32(2 * row + 1)))
        more = slack[line // RUNS, line % RUNS * RUN + row]
        far = max(bound + np.float32(more) * np.float32(1 / SLACK_PARTS), np.float32(0))
        if more == NEVER_DROPPED or np.float32(square) <= far * far:
            alive |= np.uint64(1) << np.uint64(row)
    check[0] = total
    return alive


def plain_fetch(memory, index, most):
    """Ask the processor to bring the first bytes of memory[index] near; plain Python has nothing to ask."""


def made(jit: Jit, inlined: Jit, lids: Lines, lines64: Lines, lines16: Lines, fetch: Lines, *, compiled: bool) -> Loops:
    """The loops under `jit`, over these ways to compare the lids of a shelf, the rows of a block and those of a run."""

    @inlined
    def compare(vectors, bits, offsets, offset_bits, ids, row, probe):
        """Distance minus offset of one row in float64, and the sum of what was read."""
        squared = 0.0
        for axis in range(probe.size):
            away = np.float64(vectors[row, axis]) - np.float64(probe[axis])
            squared += away * away
        total = np.uint64(ids[row]) * np.uint64(SPREAD) + np.uint64(offset_bits[row]) * np.uint64(MIX)
        for axis in range(probe.size):
            total += np.uint64(bits[row, axis]) * np.uint64(2 * axis + 1)
        return math.sqrt(squared) - np.float64(offsets[row]), total

    @inlined
    def keep(away, name, radius, best_away, best_ids, hit_away, hit_ids, account):
        """Take a compared row among the hits and the nearest, where it belongs."""
        if away <= radius:
            place = account[HITS]
            if place < hit_away.size:
                hit_away[place] = away
                hit_ids[place] = name
            account[HITS] = place + 1
        last = best_away.size - 1
        if last >= 0 and (away < best_away[last] or (away == best_away[last] and name < best_ids[last])):
            while last > 0 and (away < best_away[last - 1] or (away == best_away[last - 1] and name < best_ids[last - 1])):
                best_away[last] = best_away[last - 1]
                best_ids[last] = best_ids[last - 1]
                last -= 1
            best_away[last] = away
            best_ids[last] = name

    @jit
    def reach(radius, best_away, kths, error, step):
        """How far a row may lie, in steps, before it is dropped: a little too far rather than too near."""
        far = -np.inf
        if best_away.size:
            far = np.float64(best_away[best_away.size - 1])
            for other in range(kths.size):
                far = min(far, np.float64(kths[other]))
        far = max(far, np.float64(radius))
        far += abs(far) * 1e-6
        bound = (far + error) / step
        return np.float32(bound + abs(bound) * 1e-5 + 1e-3)

    @jit
    def ones(word):
        """Bits that are set, counted in pairs, in fours, in bytes."""
        word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
        word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
        word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
        return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))

    @jit
    def scan(
        lows, highs, lid_slack, words, head, head_norms, slack, head_sums,
        trunk, trunk_norms, trunk_sums, vectors, bits, offsets, offset_bits, ids, row_sums,
        weights, step, shift, trunk_shift,
        probe, probe_lid, probe_head, head_base, head_error, probe_trunk, trunk_bases, error,
        radius, kths, slot, size, first, last,
        best_away, best_ids, hit_away, hit_ids, account,
    ):  # fmt: skip # one group of arguments a line
        """Shelves `first` to `last` against one probe; returns the sum over their lids and words.

        A tile of shelves is read in three strides, so that each reads its memory in order and can ask for what comes next:
        lids and heads, trunks of the runs that are left, rows in full. The first tiles are small, and of the rows that are left
        the nearest are compared first: so the bound shrinks early.
        """
        squares = np.empty((1, BLOCK), np.int32)
        pending = np.empty((TILE * SHELF * RUNS, RUN), np.int32)
        runs = np.empty(TILE * SHELF * RUNS, np.int64)
        alive = np.empty(TILE * SHELF * RUNS, np.uint64)
        left = np.empty(TILE * SHELF * BLOCK, np.int64)
        squares_left = np.empty(TILE * SHELF * BLOCK, np.int32)
        check = np.empty(1, np.uint32)
        fold = np.uint64(0)
        compared = np.int64(0)
        faults = np.int64(0)
        blocks_read = np.int64(0)
        runs_read = np.int64(0)
        exact = np.int64(0)
        start = np.int64(first)
        while start < last:
            end = min(start + size, np.int64(last))
            size = min(2 * size, np.int64(TILE))
            bound = reach(radius, best_away, kths, head_error, step)
            reached = 0
            for shelf in range(start, end):
                near = lids(lows, highs, lid_slack, shelf, probe_lid, bound, check)
                total = np.uint64(check[0])
                for each in range(SHELF):
                    block = shelf * SHELF + each
                    word = words[block]
                    compared += ones(word)
                    total += word * np.uint64(2 * each + 1)
                    if word == np.uint64(0) or not (near >> np.uint64(each)) & np.uint64(1):
                        continue
                    blocks_read += 1
                    living = word & lines64(
                        head, head_norms, slack, block, probe_head, weights, shift, head_base, bound, squares, 0, check
                    )
                    faults += np.int64(check[0] != head_sums[block])
                    if living == np.uint64(0):
                        continue
                    for run in range(RUNS):
                        some = (living >> np.uint64(RUN * run)) & np.uint64(0xFFFF)
                        if some != np.uint64(0):
                            runs[reached] = block * RUNS + run
                            alive[reached] = some
                            for row in range(RUN):
                                pending[reached, row] = squares[0, RUN * run + row]
                            reached += 1
                fold += total * np.uint64(2 * shelf + 1)
            start = end
            bound = reach(radius, best_away, kths, error, step)
            count = 0
            least = np.int32(2**31 - 1)
            for each in range(reached):
                if each + AHEAD < reached:
                    fetch(trunk, runs[each + AHEAD], PART * RUN)
                    fetch(trunk_norms, runs[each + AHEAD], 2 * RUN)
                line = runs[each]
                living = alive[each]
                for part in range(trunk.shape[1]):
                    runs_read += 1
                    living &= lines16(
                        trunk, trunk_norms, slack, line, part, probe_trunk, weights, trunk_shift, trunk_bases[part], bound,
                        pending, each, check,
                    )  # fmt: skip # one group of arguments a line
                    faults += np.int64(check[0] != trunk_sums[line, part])
                    if living == np.uint64(0):
                        break
                row = line * RUN
                while living != np.uint64(0):
                    if living & np.uint64(1):
                        left[count] = row
                        squares_left[count] = pending[each, row % RUN]
                        least = min(least, squares_left[count])
                        count += 1
                    living >>= np.uint64(1)
                    row += 1
            close = np.int64(least) + np.int64(least) // 2
            for turn in range(2):
                for place in range(count):
                    if (squares_left[place] <= close) != (turn == 0):
                        continue
                    row = left[place]
                    if turn == 1:
                        more = np.float32(slack[row // BLOCK, row % BLOCK])
                        far = max(bound + more * np.float32(1 / SLACK_PARTS), np.float32(0))
                        if more != NEVER_DROPPED and np.float32(squares_left[place]) > far * far:
                            continue
                    elif place + AHEAD < count:
                        fetch(vectors, left[place + AHEAD], ROW_FETCHED)
                    away, read = compare(vectors, bits, offsets, offset_bits, ids, row, probe)
                    exact += 1
                    faults += np.int64(read != row_sums[row])
                    keep(np.float32(away), ids[row], radius, best_away, best_ids, hit_away, hit_ids, account)
                    if turn == 1 and best_away.size:
                        bound = reach(radius, best_away, kths, error, step)
                bound = reach(radius, best_away, kths, error, step)
            if count and best_away.size:
                kths[slot] = best_away[best_away.size - 1]
        account[COMPARED] += compared
        account[EXACT] += exact
        account[FAULTS] += faults
        account[BLOCKS_READ] += blocks_read
        account[RUNS_READ] += runs_read
        return fold

    @jit
    def scan_batch(
        lows, highs, lid_slack, words, head, head_norms, slack, head_sums,
        trunk, trunk_norms, trunk_sums, vectors, bits, offsets, offset_bits, ids, row_sums,
        weights, step, shift, trunk_shift,
        probes, probe_lids, probe_heads, head_bases, head_errors, probe_trunks, trunk_bases, errors,
        radii, kths, first, last,
        best_away, best_ids, hit_away, hit_ids, accounts, folds,
    ):  # fmt: skip # one group of arguments a line
        """Every probe against shelves `first` to `last`: a tile stays in the cache while one probe after another reads it."""
        size = np.int64(1)
        for start in range(first, last, TILE):
            end = np.int64(min(start + TILE, last))
            for each in range(len(probes)):
                folds[each] += scan(
                    lows, highs, lid_slack, words, head, head_norms, slack, head_sums,
                    trunk, trunk_norms, trunk_sums, vectors, bits, offsets, offset_bits, ids, row_sums,
                    weights, step, shift, trunk_shift,
                    probes[each], probe_lids[each], probe_heads[each], head_bases[each], head_errors[each],
                    probe_trunks[each], trunk_bases[each], errors[each],
                    radii[each], kths[each : each + 1], np.int64(0), size, np.int64(start), end,
                    best_away[each], best_ids[each], hit_away[each], hit_ids[each], accounts[each],
                )  # fmt: skip # one group of arguments a line
            size = np.int64(TILE)

    @jit
    def scan_rows(
        words, vectors, bits, offsets, offset_bits, ids, row_sums, probe, radius,
        best_away, best_ids, hit_away, hit_ids, account,
    ):  # fmt: skip # one group of arguments a line
        """Every row of a plain segment against one probe; returns the sum over its words."""
        fold = np.uint64(0)
        for block in range(len(words)):
            word = words[block]
            account[COMPARED] += ones(word)
            fold += word * np.uint64(2 * block + 1)
            for place in range(block * BLOCK, min((block + 1) * BLOCK, len(vectors))):
                away, read = compare(vectors, bits, offsets, offset_bits, ids, place, probe)
                account[EXACT] += 1
                if read != row_sums[place]:
                    account[FAULTS] += 1
                if (word >> np.uint64(place - block * BLOCK)) & np.uint64(1):
                    keep(np.float32(away), ids[place], radius, best_away, best_ids, hit_away, hit_ids, account)
        return fold

    return Loops(scan, scan_batch, scan_rows, compiled)
