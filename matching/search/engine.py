"""Which loops a search runs on: numpy's at first, the compiled ones as soon as they are ready and have passed their test."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import numpy as np

from matching.search import loops as written
from matching.search.loops import Loops, made, plain_block, plain_fetch, plain_lids, plain_run
from matching.search.rows import EVERY_LIST
from matching.search.segments import Found, Probe, Segment

T = TypeVar("T")

log = logging.getLogger(__name__)
_THREADS_MOST = 8
_KNOWN_ROWS = 200
_KNOWN_AXES = 36


class LoopsWrong(RuntimeError):
    """Compiled loops gave another answer than the same loops in plain Python."""


class Engine:
    """Compiles once, in the background."""

    def __init__(self) -> None:
        self.loops: Loops | None = None
        self.fault = ""
        """Why searches stay slow, when they do."""
        self._started = threading.Lock()
        self._done = threading.Event()

    @property
    def state(self) -> str:
        """How searches run now: compiled, being prepared, numpy, or numpy because of a fault."""
        if self.loops is not None:
            return "compiled"
        if self.fault:
            return f"numpy: {self.fault}"
        return "being prepared" if self._started.locked() else "numpy"

    def start(self) -> None:
        """Begin compiling unless it was begun; returns at once."""
        if self._started.acquire(blocking=False):
            threading.Thread(target=self._compile, name="compile the search", daemon=True).start()

    def wait(self, seconds: float | None = None) -> bool:
        """Begin, and wait until it is decided. Whether searches are fast from now on."""
        self.start()
        self._done.wait(seconds)
        return self.loops is not None

    def settle(self) -> None:
        """Wait for a compilation that is under way: a process must not end in the middle of one."""
        if self._started.locked():
            self._done.wait()

    def _compile(self) -> None:
        try:
            self.loops = _first_that_works()
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            log.exception("The fast search cannot be used on this machine; searches stay exact and are slower.")
        finally:
            self._done.set()


engine = Engine()
"""The one of this process."""


def threads() -> int:
    """How many threads one search uses."""
    return min(_THREADS_MOST, len(os.sched_getaffinity(0)))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads(), thread_name_prefix="search")


def side_by_side(tasks: Sequence[Callable[[], T]]) -> list[Future[T]]:
    """Run all tasks, the last one here, and wait for them. What one raised stays in its future."""
    if not tasks:
        return []
    waiting = [_pool().submit(task) for task in tasks[:-1]]
    here: Future[T] = Future()
    try:
        here.set_result(tasks[-1]())
    except Exception as error:  # noqa: BLE001 - handed on in the future
        here.set_exception(error)
    for each in waiting:
        each.exception()
    return [*waiting, here]


def prove(loops: Loops) -> None:
    """LoopsWrong unless these loops answer, count and sum as the same loops in plain Python and as numpy do."""
    written_out = made(
        np.errstate(over="ignore"), np.errstate(over="ignore"), plain_lids, plain_block, plain_run, plain_fetch, compiled=False
    )
    random = np.random.default_rng(5)
    vectors = random.normal(size=(_KNOWN_ROWS, _KNOWN_AXES)) * np.linspace(1, 0.05, _KNOWN_AXES)
    vectors[7], vectors[11] = 40.0, vectors[12]
    rows = vectors.astype(np.float32)
    ids = random.permutation(_KNOWN_ROWS).astype(np.int64)
    offsets = random.normal(scale=0.05, size=_KNOWN_ROWS).astype(np.float32)
    lists = np.full(_KNOWN_ROWS, EVERY_LIST, dtype=np.uint64)
    for coded in (True, False):
        segment = Segment.build(ids, rows, offsets, lists, coded=coded).without(np.array([3, 20]))
        whole = (0, segment.units)
        for probe in (rows[5], rows[12] + np.float32(0.1), rows[7]):
            for radius, k in ((1.2, 0), (-1.0, 7)):
                kths = [np.full(1, np.inf, dtype=np.float32) for _ in range(2)]
                fast = segment.scan(loops, Probe(probe), EVERY_LIST, radius, k, whole, kths[0], 0)
                slow = segment.scan(written_out, Probe(probe), EVERY_LIST, radius, k, whole, kths[1], 0)
                slowly = segment.scan_slowly(probe, EVERY_LIST, radius, k)
                _same(fast, slow, segment, slowly)
                radii = np.full(2, radius, dtype=np.float32)
                infinite = np.full(2, np.inf, dtype=np.float32)
                for each in segment.scan_batch(loops, np.stack([probe, probe]), EVERY_LIST, radii, k, infinite):
                    _same(each, slow, segment, slowly)


def _same(fast: Found, slow: Found, segment: Segment, scanned: Found) -> None:
    order = np.lexsort((fast.ids, fast.away))
    agree = (
        fast.fold == slow.fold == segment.expected_fold(EVERY_LIST, fast=True)
        and np.array_equal(fast.account, slow.account)
        and fast.account[written.FAULTS] == 0
        and fast.account[written.COMPARED] == scanned.account[written.COMPARED]
        and np.array_equal(fast.ids[order], scanned.ids)
        and np.array_equal(fast.nearest_ids[: len(scanned.nearest_ids)], scanned.nearest_ids)
        and np.allclose(fast.away[order], scanned.away, rtol=1e-6, atol=1e-6)
        and np.allclose(fast.nearest_away[: len(scanned.nearest_away)], scanned.nearest_away, rtol=1e-6, atol=1e-6)
    )
    if not agree:
        raise LoopsWrong("the compiled loops failed their known-answer test")


def _first_that_works() -> Loops:
    """The loops with the processor's byte dot products, or, where it has none or they fail, without."""
    from matching.search.compiled import byte_dots_work, compiled  # noqa: PLC0415 - importing numba takes most of a second

    if byte_dots_work():
        try:
            loops = compiled(wide=True)
            prove(loops)
        except Exception:
            log.exception("The byte dot products cannot be used on this machine.")
        else:
            return loops
    loops = compiled(wide=False)
    prove(loops)
    return loops
