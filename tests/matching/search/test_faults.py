"""Faults planted in a gallery and in the machinery of a search. None may end in a search that says it was complete."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.search.canaries import CANARY, PEOPLE, canaries, canary_ids, lost_canaries
from matching.search.codes import Codes
from matching.search.engine import Engine, LoopsWrong, engine, prove
from matching.search.gallery import Gallery, GalleryRefused, Search
from matching.search.loops import Loops
from matching.search.rows import EVERY_LIST, Vectors
from matching.search.segments import Allowed, Segment
from tests.matching.search.test_gallery import drawn, loops_named, running_on

COUNT = 3000
WIDE = 96
"""Wide enough for a head and a trunk."""
Fault = Callable[[Segment, Codes], None]


def zeroed(part: str, at: object = ...) -> Fault:
    """Overwrite what the field holds with zeros, or with 7 where it held zeros."""

    def plant(segment: Segment, codes: Codes) -> None:
        array = getattr(codes if hasattr(codes, part) else segment, part)
        array.setflags(write=True)
        array[at] = 7 if not np.any(array[at]) else 0

    return plant


def flipped(part: str, at: int = 0) -> Fault:
    """One bit of the memory of the field."""

    def plant(segment: Segment, codes: Codes) -> None:
        array = getattr(codes if hasattr(codes, part) else segment, part)
        array.setflags(write=True)
        array.reshape(-1).view(np.uint8)[at] ^= 1

    return plant


def swapped(part: str) -> Fault:
    def plant(segment: Segment, codes: Codes) -> None:
        array = getattr(codes if hasattr(codes, part) else segment, part)
        array.setflags(write=True)
        array[[0, 1]] = array[[1, 0]]

    return plant


def not_a_number(segment: Segment, _: Codes) -> None:
    segment.vectors.setflags(write=True)
    segment.vectors[0, 3] = np.nan


def allowed_otherwise(change: Callable[[Allowed], Allowed]) -> Fault:
    def plant(segment: Segment, _: Codes) -> None:
        segment.allowed[EVERY_LIST] = change(segment.allow(EVERY_LIST))

    return plant


def fewer(allowed: Allowed) -> Allowed:
    words = allowed.words.copy()
    words[0] &= ~np.uint64(1)
    return replace(allowed, words=words)


def exchanged(allowed: Allowed) -> Allowed:
    words = allowed.words.copy()
    words[0] &= ~np.uint64(1)
    words[-1] |= np.uint64(1) << np.uint64(63)
    return replace(allowed, words=words)


IN_CODES: dict[str, Fault] = {
    "lids zeroed": zeroed("lows"),
    "a bit of a lid": flipped("highs"),
    "the slack of a lid": zeroed("lid_slack"),
    "a block of codes zeroed": zeroed("head", 0),
    "a bit of a code": flipped("head"),
    "two blocks of codes exchanged": swapped("head"),
    "norms zeroed": zeroed("head_norms"),
    "slack zeroed": zeroed("slack"),
    "the sums of blocks zeroed": zeroed("head_sums"),
    "a trunk zeroed": zeroed("trunk"),
    "the norms of a trunk": zeroed("trunk_norms"),
    "the sums of a trunk": zeroed("trunk_sums"),
    "the axes": flipped("axes"),
    "the centre": flipped("centre", 3),
    "the scale": flipped("scales"),
}
IN_ROWS: dict[str, Fault] = {
    "a row zeroed": zeroed("vectors", 0),
    "a bit of a row": flipped("vectors"),
    "two rows exchanged": swapped("vectors"),
    "not a number": not_a_number,
    "an id": flipped("ids"),
    "an offset": flipped("offsets"),
    "the sum of a row": zeroed("row_sums", 0),
    "an entry dropped from those allowed": allowed_otherwise(fewer),
    "an entry exchanged for another among those allowed": allowed_otherwise(exchanged),
    "a count off by one": allowed_otherwise(lambda allowed: replace(allowed, count=allowed.count + 1)),
}


@pytest.fixture
def gallery() -> Gallery:
    random = np.random.default_rng(8)
    ids = np.arange(COUNT)
    rows = drawn("unit", COUNT, WIDE, random)
    segment = Segment.build(ids, rows, np.full(COUNT, 0.01, dtype=np.float32), np.ones(COUNT, dtype=np.uint64), coded=True)
    return replace(Gallery.build(ids, rows, "unit"), segments=(segment,))


def probe_of(gallery: Gallery) -> Vectors:
    """The first row, so that its block and itself are read."""
    probe: Vectors = gallery.segments[0].vectors[0].copy()
    return probe


@pytest.mark.parametrize("which", ["compiled", "compiled without byte dots"])
@pytest.mark.parametrize("fault", IN_CODES | IN_ROWS)
def test_that_damaged_memory_makes_the_search_incomplete(
    gallery: Gallery, which: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = probe_of(gallery)
    with running_on(which, monkeypatch):
        assert gallery.search(probe, 3.0).complete
        segment = gallery.segments[0]
        assert segment.codes is not None
        (IN_CODES | IN_ROWS)[fault](segment, segment.codes)
        damaged = gallery.search(probe, 3.0)
        assert not damaged.complete
        with pytest.raises(GalleryRefused, match="incomplete"):
            gallery.within(probe, 3.0)
        with pytest.raises(GalleryRefused, match="incomplete"):
            gallery.nearest(np.stack([probe, probe]), COUNT)


@pytest.mark.parametrize("fault", IN_ROWS)
def test_that_numpy_sees_damaged_rows_too(gallery: Gallery, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_on("numpy", monkeypatch):
        probe = probe_of(gallery)
        assert gallery.search(probe, 1.0).complete
        segment = gallery.segments[0]
        assert segment.codes is not None
        IN_ROWS[fault](segment, segment.codes)
        assert not gallery.search(probe, 1.0).complete


def test_that_damage_far_from_every_probe_is_found_by_reading_everything(gallery: Gallery) -> None:
    assert gallery.damaged() == 0
    segment = gallery.segments[0]
    segment.vectors.setflags(write=True)
    segment.vectors[[17, COUNT - 1]] = np.nan
    assert gallery.damaged() == 2


def broken(loops: Loops, scan: Callable[..., Any]) -> Loops:
    return replace(loops, scan=scan)


def searched_with(gallery: Gallery, scan: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Search:
    loops = loops_named("compiled without byte dots")
    assert loops is not None
    monkeypatch.setattr(engine, "loops", broken(loops, scan))
    return gallery.search(probe_of(gallery), 0.5)


def test_that_a_thread_that_raises_is_said(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(*_: object) -> int:
        raise RuntimeError("broken")

    found = searched_with(gallery, raises, monkeypatch)
    assert not found.complete
    assert "RuntimeError: broken" in found.faults[0]


def test_that_a_loop_that_reads_nothing_is_noticed(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not searched_with(gallery, lambda *_: 0, monkeypatch).complete


def test_that_a_loop_that_leaves_out_a_shelf_is_noticed(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    loops = loops_named("compiled without byte dots")
    assert loops is not None

    def shorter(*arguments: Any) -> Any:
        asked = list(arguments)
        asked[-6] -= 1  # the last shelf
        return loops.scan(*asked)

    assert not searched_with(gallery, shorter, monkeypatch).complete


@pytest.mark.parametrize("which", ["numpy", "compiled without byte dots"])
def test_that_a_segment_that_is_dropped_is_noticed(gallery: Gallery, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    two = gallery.with_added(np.array([9000]), gallery.segments[0].vectors[:1])
    with running_on(which, monkeypatch):
        assert two.search(probe_of(gallery), 0.5).complete
        found = replace(two, segments=two.segments[:1]).search(probe_of(gallery), 0.5)
        assert not found.complete
        assert found.faults == ("3000 of 3001 entries are here",)
        assert not replace(two, segments=()).search(probe_of(gallery), 0.5).complete
    canary = canaries([1], WIDE)
    flown = two.with_added(canary_ids([1]), canary, lists=np.array([CANARY], dtype=np.uint64))
    assert lost_canaries(flown, [1]) == ()
    assert lost_canaries(replace(flown, segments=flown.segments[:1]), [1]) == (1,)


@pytest.mark.parametrize("which", ["numpy", "compiled", "compiled without byte dots"])
def test_that_canaries_come_back_first_and_never_among_people(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    people = drawn("unit", 500, 128, random)
    lists = [1, 2, 40]
    gallery = Gallery.build(
        np.concatenate([np.arange(500), canary_ids(lists)]),
        np.concatenate([people, canaries(lists, 128)]),
        lists=np.array([1] * 500 + [CANARY] * 3, dtype=np.uint64),
    )
    with running_on(which, monkeypatch):
        assert lost_canaries(gallery, lists) == ()
        assert lost_canaries(gallery, [*lists, 41]) == (41,)
        assert lost_canaries(gallery.without(canary_ids([2])), lists) == (2,)
        found = gallery.search(canaries([2], 128)[0], 5.0, k=600, lists=PEOPLE)
        assert found.complete
        assert found.ids.max() < 500
        assert (found.eligible, len(found.nearest), found.excluded) == (500, 500, {"on another list": 3})


def test_that_a_mask_that_excludes_everything_says_so(gallery: Gallery) -> None:
    found = gallery.search(probe_of(gallery), 0.5, lists=1 << 9)
    assert (found.eligible, found.compared, found.excluded) == (0, 0, {"on another list": COUNT})


def test_that_ids_out_of_range_are_refused(gallery: Gallery) -> None:
    with pytest.raises(GalleryRefused, match="Entry 999999 is not in the gallery"):
        gallery.without([5, 999999])
    with pytest.raises(GalleryRefused, match="negative"):
        gallery.with_added(np.array([-1]), gallery.segments[0].vectors[:1])
    with pytest.raises((GalleryRefused, OverflowError)):
        gallery.without([1 << 70])


def test_that_loops_that_answer_otherwise_are_never_used() -> None:
    loops = loops_named("compiled without byte dots")
    assert loops is not None
    prove(loops)

    def forgets(*arguments: Any) -> Any:
        fold = loops.scan(*arguments)
        arguments[-5][:1] = np.inf
        return fold

    with pytest.raises(LoopsWrong):
        prove(replace(loops, scan=forgets))
    with pytest.raises(LoopsWrong):
        prove(replace(loops, scan_rows=lambda *_: 0))


def test_that_a_machine_that_cannot_compile_searches_slowly_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> Loops:
        raise OSError("no memory may be executed")

    monkeypatch.setattr("matching.search.engine._first_that_works", refuse)
    own = Engine()
    assert own.state == "numpy"
    assert not own.wait(10)
    assert own.state == "numpy: OSError: no memory may be executed"
    own.settle()
    assert "cannot be used" in caplog.text
    caplog.clear()
