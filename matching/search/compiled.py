"""The loops of `matching.search.loops` as machine code: compiled in the background, tried against plain Python, then used.

Nothing is cached on disk: numba's cache is native code that nobody checks. Until the loops are ready, and for good if they fail
their test, searches take the slow path through numpy, which answers the same.
"""

from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from matching.search.loops import (
    BLOCK,
    GROUPS,
    LID_AXES,
    MIX,
    NEVER_DROPPED,
    PART,
    RUN,
    SHELF,
    SLACK_PARTS,
    Loops,
    made,
    plain_block,
    plain_lids,
    plain_run,
)

_RELAXED = {"reassoc", "nsz"}
"""Additions may change places, so that they run side by side; NaN and infinity keep their meaning."""
_LANES = 16
_BYTE_DOTS_BY_BYTES = 21
"""From this LLVM on the byte dot product takes vectors of bytes."""
_LINE = 64
_WORD = ir.IntType(32)
_FLOAT = ir.FloatType()
_WORDS = ir.VectorType(_WORD, _LANES)
_HALVES = ir.VectorType(ir.IntType(16), _LANES)
_BYTES = ir.VectorType(ir.IntType(8), _LANES)
_FLOATS = ir.VectorType(_FLOAT, _LANES)
_OPERAND = ir.VectorType(ir.IntType(8), 4 * _LANES) if llvm.llvm_version_info[0] >= _BYTE_DOTS_BY_BYTES else _WORDS


def byte_dots_work() -> bool:
    """Whether this processor multiplies and adds 64 bytes at once (AVX-512 VNNI)."""
    features = llvm.get_host_cpu_features()
    return bool(features.get("avx512vnni") and features.get("avx512bw"))


def compiled(*, wide: bool) -> Loops:
    """Compile everything for the types it is called with. Takes seconds."""
    plain = (_narrow(plain_lids), _narrow(plain_block), _narrow(plain_run))
    lids, block, run = (_wide_lids, _wide_block, _wide_run) if wide else plain
    loops = made(_narrow, njit(nogil=True, inline="always"), lids, block, run, _fetch, compiled=True)
    for loop, signature in ((loops.scan, _SCAN), (loops.scan_batch, _SCAN_BATCH), (loops.scan_rows, _SCAN_ROWS)):
        loop.compile(signature)
        loop.disable_compile()
    return loops


def _narrow(function: Any) -> Any:
    return njit(nogil=True, fastmath=_RELAXED)(function)


def _kept(kind: Any, axes: int) -> Any:
    return types.Array(kind, axes, "C", readonly=True)


def _changed(kind: Any, axes: int) -> Any:
    return types.Array(kind, axes, "C")


_ROWS = (
    _kept(types.float32, 2), _kept(types.uint32, 2), _kept(types.float32, 1), _kept(types.uint32, 1),
    _kept(types.int64, 1), _kept(types.uint64, 1),
)  # fmt: skip # in the order of the loops' arguments
_SEGMENT = (
    _kept(types.int8, 3), _kept(types.int8, 3), _kept(types.int16, 2), _kept(types.uint64, 1),
    _kept(types.uint8, 4), _kept(types.uint16, 2), _kept(types.int16, 2), _kept(types.uint32, 1),
    _kept(types.uint8, 5), _kept(types.uint16, 3), _kept(types.uint32, 2),
    *_ROWS, _kept(types.int8, 2), types.float64, types.int64, types.int64,
)  # fmt: skip # in the order of the loops' arguments
_FOUND = (
    _changed(types.float32, 1), _changed(types.int64, 1), _changed(types.float32, 1), _changed(types.int64, 1),
    _changed(types.int64, 1),
)  # fmt: skip # in the order of the loops' arguments
_SCAN = types.uint64(
    *_SEGMENT,
    _kept(types.float32, 1), _kept(types.int32, 1), _kept(types.int8, 2), types.int32, types.float64,
    _kept(types.int8, 3), _kept(types.int32, 1), types.float64,
    types.float32, _changed(types.float32, 1), types.int64, types.int64, types.int64, types.int64,
    *_FOUND,
)  # fmt: skip # in the order of the loops' arguments
_SCAN_BATCH = types.void(
    *_SEGMENT,
    _kept(types.float32, 2), _kept(types.int32, 2), _kept(types.int8, 3), _kept(types.int32, 1), _kept(types.float64, 1),
    _kept(types.int8, 4), _kept(types.int32, 2), _kept(types.float64, 1),
    _kept(types.float32, 1), _changed(types.float32, 1), types.int64, types.int64,
    _changed(types.float32, 2), _changed(types.int64, 2), _changed(types.float32, 2), _changed(types.int64, 2),
    _changed(types.int64, 2), _changed(types.uint64, 1),
)  # fmt: skip # in the order of the loops' arguments
_SCAN_ROWS = types.uint64(
    _kept(types.uint64, 1), *_ROWS, _kept(types.float32, 1), types.float32, *_FOUND,
)  # fmt: skip # in the order of the loops' arguments


@njit(nogil=True)
def _fetch(memory, index, most):
    start = memory.ctypes.data + np.uintp(index * memory.strides[0])
    for line in range(0, min(memory.strides[0], most), _LINE):
        _prefetch(start + np.uintp(line))


@intrinsic
def _prefetch(_typing, address):
    def code(context, builder, signature, arguments):
        pointer = ir.IntType(8).as_pointer()
        number = ir.IntType(32)
        form = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        ask = cgutils.get_or_insert_function(builder.module, form, "llvm.prefetch.p0")
        to_read, keep, data = ir.Constant(number, 0), ir.Constant(number, 3), ir.Constant(number, 1)
        builder.call(ask, [builder.inttoptr(arguments[0], pointer), to_read, keep, data])
        return context.get_dummy_value()

    return types.void(types.uintp), code


def _byte_dots(registers: int) -> Any:
    """What numba does not write by itself: 16 rows at a time, from the codes to the bits of those that live."""

    @intrinsic
    def lines(_typing, codes, probe, weights, groups, norms, slack, shift, base, bound, squares, check):
        address = types.uintp
        signature = types.uint64(
            address, address, address, types.intp, address, address, types.int32, types.int32, types.float32, address, address
        )

        def code(context, builder, signature, arguments):
            return _Lines(builder, registers).rows(*arguments)

        return signature, code

    return lines


class _Lines:
    """Writes the instructions of `plain_block` (four registers of 16 rows) or of `plain_run` (one)."""

    def __init__(self, builder: Any, registers: int) -> None:
        self._builder = builder
        self._registers = registers

    def lids(self, lows: Any, highs: Any, slack: Any, probe: Any, bound: Any, check: Any) -> Any:
        """The instructions of `plain_lids`."""
        b = self._builder
        nothing = ir.Constant(_WORDS, [0] * _LANES)
        places = b.inttoptr(probe, _WORD.as_pointer())
        halves = self._load(slack, _HALVES, 0)
        read = b.mul(b.zext(halves, _WORDS), ir.Constant(_WORDS, [MIX] * _LANES))
        squares = nothing
        for axis in range(LID_AXES):
            place = self._spread(b.load(b.gep(places, [ir.Constant(_WORD, axis)])), _WORD)
            low, high = self._load(lows, _BYTES, axis), self._load(highs, _BYTES, axis)
            below, above = b.sub(b.sext(low, _WORDS), place), b.sub(place, b.sext(high, _WORDS))
            away = b.select(b.icmp_signed(">", below, above), below, above)
            away = b.select(b.icmp_signed(">", away, nothing), away, nothing)
            squares = b.add(squares, b.mul(away, away))
            pair = b.or_(b.zext(low, _WORDS), b.shl(b.zext(high, _WORDS), ir.Constant(_WORDS, [8] * _LANES)))
            read = b.add(read, b.mul(pair, ir.Constant(_WORDS, [2 * axis + 1] * _LANES)))
        self._add_up(b.mul(read, ir.Constant(_WORDS, [2 * lane + 1 for lane in range(_LANES)])), check)
        return self._reached(squares, b.sext(halves, _WORDS), self._spread(bound, _FLOAT))

    def rows(
        self, codes: Any, probe: Any, weights: Any, groups: Any, norms: Any, slack: Any, shift: Any, base: Any,
        bound: Any, squares: Any, check: Any,
    ) -> Any:  # fmt: skip
        b = self._builder
        dots, checks = self._multiplied(codes, (probe, weights), groups)
        shifts, bases, bounds = self._spread(shift, _WORD), self._spread(base, _WORD), self._spread(bound, _FLOAT)
        alive, total = ir.Constant(ir.IntType(64), 0), ir.Constant(_WORDS, [0] * _LANES)
        for register in range(self._registers):
            norm = b.zext(self._load(norms, _HALVES, register), _WORDS)
            halves = self._load(slack, _HALVES, register)
            more = b.sext(halves, _WORDS)
            dot = dots[register]
            square = b.add(b.sub(b.shl(norm, shifts), b.add(dot, dot)), bases)
            beside = norm
            if self._registers == 1:
                square = b.add(square, self._load(squares, _WORDS, register))
            else:
                beside = b.or_(norm, b.shl(b.zext(halves, _WORDS), ir.Constant(_WORDS, [16] * _LANES)))
            self._save(square, squares, register)
            read = b.add(checks[register], b.mul(beside, ir.Constant(_WORDS, [MIX] * _LANES)))
            places = [2 * (_LANES * register + lane) + 1 for lane in range(_LANES)]
            total = b.add(total, b.mul(read, ir.Constant(_WORDS, places)))
            bits = self._reached(square, more, bounds)
            alive = b.or_(alive, b.shl(bits, ir.Constant(ir.IntType(64), _LANES * register)))
        self._add_up(total, check)
        return alive

    def _reached(self, squares: Any, slack: Any, bounds: Any) -> Any:
        """A bit for each lane whose square the bound and its slack reach."""
        b = self._builder
        zero = ir.Constant(_FLOATS, [0.0] * _LANES)
        far = b.fadd(bounds, b.fmul(b.sitofp(slack, _FLOATS), ir.Constant(_FLOATS, [1 / SLACK_PARTS] * _LANES)))
        far = b.select(b.fcmp_ordered(">", far, zero), far, zero)
        lives = b.fcmp_ordered("<=", b.sitofp(squares, _FLOATS), b.fmul(far, far))
        lives = b.or_(lives, b.icmp_signed("==", slack, ir.Constant(_WORDS, [NEVER_DROPPED] * _LANES)))
        return b.zext(b.bitcast(lives, ir.IntType(_LANES)), ir.IntType(64))

    def _add_up(self, words: Any, check: Any) -> None:
        """The sum of all lanes into `check`."""
        b = self._builder
        form = ir.FunctionType(_WORD, [_WORDS])
        adding = cgutils.get_or_insert_function(b.module, form, f"llvm.vector.reduce.add.v{_LANES}i32")
        b.store(b.call(adding, [words]), b.inttoptr(check, _WORD.as_pointer()))

    def _multiplied(self, codes: Any, factors: Any, groups: Any) -> Any:
        """For each factor the dot products of each register's rows."""
        b = self._builder
        form = ir.FunctionType(_WORDS, [_WORDS, _OPERAND, _OPERAND])
        multiply = cgutils.get_or_insert_function(b.module, form, "llvm.x86.avx512.vpdpbusd.512")
        nothing = ir.Constant(_WORDS, [0] * _LANES)
        sums = [[cgutils.alloca_once_value(b, nothing) for _ in range(self._registers)] for _ in factors]
        with cgutils.for_range(b, groups) as loop:
            first = b.mul(loop.index, ir.Constant(loop.index.type, self._registers))
            each = [
                b.bitcast(self._spread(b.load(b.gep(b.inttoptr(factor, _WORD.as_pointer()), [loop.index])), _WORD), _OPERAND)
                for factor in factors
            ]
            for register in range(self._registers):
                data = self._load(codes, _OPERAND, b.add(first, ir.Constant(first.type, register)))
                for factor, total in zip(each, sums, strict=True):
                    b.store(b.call(multiply, [b.load(total[register]), data, factor]), total[register])
        return [[b.load(each) for each in total] for total in sums]

    def _spread(self, value: Any, kind: Any) -> Any:
        """The value in every lane."""
        b = self._builder
        nothing = ir.Constant(ir.VectorType(kind, _LANES), ir.Undefined)
        one = b.insert_element(nothing, value, ir.Constant(_WORD, 0))
        return b.shuffle_vector(one, nothing, ir.Constant(_WORDS, [0] * _LANES))

    def _load(self, address: Any, kind: Any, place: Any) -> Any:
        index = ir.Constant(_WORD, place) if isinstance(place, int) else place
        value = self._builder.load(self._builder.gep(self._builder.inttoptr(address, kind.as_pointer()), [index]))
        value.align = 1
        return value

    def _save(self, value: Any, address: Any, place: int) -> None:
        target = self._builder.inttoptr(address, value.type.as_pointer())
        self._builder.store(value, self._builder.gep(target, [ir.Constant(_WORD, place)])).align = 1


@intrinsic
def _lids(_typing, lows, highs, slack, probe, bound, check):
    def code(context, builder, signature, arguments):
        return _Lines(builder, 1).lids(*arguments)

    address = types.uintp
    return types.uint64(address, address, address, address, types.float32, address), code


_block, _run = _byte_dots(BLOCK // _LANES), _byte_dots(RUN // _LANES)


@njit(nogil=True, inline="always")
def _wide_lids(lows, highs, slack, shelf, probe, bound, check):
    place = np.uintp(shelf)
    return _lids(
        lows.ctypes.data + place * np.uintp(LID_AXES * SHELF), highs.ctypes.data + place * np.uintp(LID_AXES * SHELF),
        slack.ctypes.data + place * np.uintp(2 * SHELF), probe.ctypes.data, np.float32(bound), check.ctypes.data,
    )  # fmt: skip # one group of arguments a line


@njit(nogil=True, inline="always")
def _wide_block(codes, norms, slack, block, probe, weights, shift, base, bound, squares, each, check):
    place = np.uintp(block)
    groups = codes.shape[1]
    return _block(
        codes.ctypes.data + place * np.uintp(4 * BLOCK * groups), probe.ctypes.data, weights.ctypes.data, groups,
        norms.ctypes.data + place * np.uintp(2 * BLOCK), slack.ctypes.data + place * np.uintp(2 * BLOCK),
        np.int32(shift), np.int32(base), np.float32(bound),
        squares.ctypes.data + np.uintp(each) * np.uintp(4 * BLOCK), check.ctypes.data,
    )  # fmt: skip # one group of arguments a line


@njit(nogil=True, inline="always")
def _wide_run(codes, norms, slack, line, part, probe, weights, shift, base, bound, squares, each, check):
    place = np.uintp(line * codes.shape[1] + part)
    return _run(
        codes.ctypes.data + place * np.uintp(PART * RUN), probe.ctypes.data + np.uintp(part) * np.uintp(PART),
        weights.ctypes.data, GROUPS,
        norms.ctypes.data + place * np.uintp(2 * RUN), slack.ctypes.data + np.uintp(line) * np.uintp(2 * RUN),
        np.int32(shift), np.int32(base), np.float32(bound),
        squares.ctypes.data + np.uintp(each) * np.uintp(4 * RUN), check.ctypes.data,
    )  # fmt: skip # one group of arguments a line
