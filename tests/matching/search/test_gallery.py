"""The gallery answers exactly what a scan from the definition answers, and refuses by name what it cannot compare."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.search.compiled import byte_dots_work, compiled
from matching.search.engine import engine
from matching.search.gallery import PLAIN_MOST, Gallery, GalleryRefused
from matching.search.loops import BLOCK, SHELF, Loops, made, plain_block, plain_fetch, plain_lids, plain_run
from tests import naive


def rows(n: int, d: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


LOOPS = ("numpy", "plain python", "compiled", "compiled without byte dots")


@pytest.fixture(params=LOOPS)
def loops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Searches on these loops."""
    with running_on(request.param, monkeypatch):
        yield request.param


@contextmanager
def running_on(which: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(engine, "loops", loops_named(which))
        patched.setattr(engine, "start", lambda: None)
        yield


@cache
def loops_named(which: str) -> Loops | None:
    if which == "numpy":
        return None
    if which == "plain python":
        return made(
            np.errstate(over="ignore"),
            np.errstate(over="ignore"),
            plain_lids,
            plain_block,
            plain_run,
            plain_fetch,
            compiled=False,
        )
    if which == "compiled" and not byte_dots_work():
        pytest.skip("this processor has no byte dot products")
    return compiled(wide=which == "compiled")


def drawn(kind: str, n: int, d: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Rows of a kind that is hard for codes."""
    rows = random.normal(size=(n, d)) * np.linspace(1, 0.02, d)
    if kind == "grid":
        rows = random.integers(-1, 2, size=(n, d)).astype(np.float64)
    elif kind == "far from the origin":
        rows += 1000
    elif kind == "constant columns":
        rows[:, : d // 2] = 3.0
    elif kind == "huge outliers" and n:
        rows[:: max(1, n // 3)] *= 1e6
    elif kind == "one axis":
        rows[:, 1:] *= 1e-6
    elif kind == "clustered":
        rows = rows * 0.01 + random.normal(size=(3, d))[random.integers(0, 3, size=n)]
    elif kind == "duplicated" and n:
        rows = rows[random.integers(0, max(1, n // 3), size=n)]
    elif kind == "unit":
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    elif kind == "all equal":
        rows[:] = 0.25
    return rows.astype(np.float32)


KINDS = (
    "plain", "grid", "far from the origin", "constant columns", "huge outliers", "one axis", "clustered", "duplicated",
    "unit", "all equal",
)  # fmt: skip # a list


@pytest.mark.parametrize("which", LOOPS)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    n=st.integers(0, 90),
    d=st.sampled_from([1, 3, 17, 127, 128, 130]),
    seed=st.integers(0, 2**32 - 1),
    kind=st.sampled_from(KINDS),
    shifted=st.booleans(),
    coded=st.booleans(),
)
def test_that_nearest_and_within_are_what_the_definition_says(
    monkeypatch: pytest.MonkeyPatch, which: str, n: int, d: int, seed: int, kind: str, shifted: bool, coded: bool
) -> None:
    random = np.random.default_rng(seed)
    vectors = drawn(kind, n, d, random)
    ids = random.permutation(1000)[:n].astype(np.int64)
    offsets = (random.normal(size=n) * 0.3 * shifted).astype(np.float32)
    near = vectors[random.integers(0, n)] if n and seed % 2 else drawn(kind, 1, d, random)[0]
    probe = (near + random.normal(size=d) * 0.01).astype(np.float32)
    with running_on(which, monkeypatch), monkeypatch.context() as patched:
        patched.setattr("matching.search.segments.PLAIN_MOST", 0 if coded else 10_000)
        gallery = Gallery.build(ids, vectors, offsets=offsets)
        expected = naive.ranked(ids, vectors, probe, offsets)
        radius = expected[len(expected) // 2][0] if expected else 1.0
        distances, found = gallery.nearest(probe[None], 5)
        assert_same(distances[0], found[0], expected[:5])
        inside, away = gallery.within(probe, radius)
        assert_same(away, inside, [each for each in expected if each[0] <= np.float32(radius)])
        both = gallery.search(probe, radius, k=3)
        assert both.complete
        assert both.ids.tolist() == inside.tolist()
        assert len(both.nearest) == min(3, n)
    assert (found[0][n:] == -1).all()
    assert np.isinf(distances[0][n:]).all()


def assert_same(away: NDArray[np.float32], ids: NDArray[np.int64], expected: list[tuple[float, int]]) -> None:
    """Equal ids in their order, but for rows that float32 cannot tell apart."""
    kept = ids[ids >= 0]
    distances = [each for each, _ in expected]
    np.testing.assert_allclose(away[: len(kept)], distances[: len(kept)], rtol=2e-7, atol=1e-7)
    assert len(kept) == len(expected)
    if kept.tolist() != [each for _, each in expected]:
        close = {name for each, name in expected if np.isclose(each, distances, rtol=2e-7, atol=1e-7).sum() > 1}
        assert {int(a) for a, (_, b) in zip(kept, expected, strict=True) if a != b} <= close


def test_that_within_takes_the_radius_itself_and_orders_ties_by_id(loops: str) -> None:
    vectors = np.array([[3, 4], [0, 0], [4, 3], [6, 8]], dtype=np.float32)
    gallery = Gallery.build(np.array([9, 4, 2, 7]), vectors)
    ids, distances = gallery.within(np.zeros(2, dtype=np.float32), 5.0)
    assert ids.tolist() == [4, 2, 9], loops
    assert distances.tolist() == [0.0, 5.0, 5.0]


@pytest.mark.parametrize("which", ["numpy", "compiled", "compiled without byte dots"])
@pytest.mark.parametrize("d", [128, 512])
def test_that_a_coded_gallery_answers_what_numpy_answers(monkeypatch: pytest.MonkeyPatch, which: str, d: int) -> None:
    random = np.random.default_rng(d)
    count = 3 * PLAIN_MOST // (d // 128) if d == 128 else PLAIN_MOST + 100
    vectors = drawn("unit", count, d, random)
    ids = random.permutation(10 * count)[:count].astype(np.int64)
    offsets = random.normal(scale=0.03, size=count).astype(np.float32)
    lists = (1 << random.integers(0, 3, size=count)).astype(np.uint64)
    gallery = Gallery.build(ids, vectors, offsets=offsets, lists=lists)
    probes = (vectors[::1500] + random.normal(scale=0.01, size=vectors[::1500].shape)).astype(np.float32)
    with running_on(which, monkeypatch):
        many, many_ids = gallery.nearest(probes, 12)
        for probe, away, found in zip(probes, many, many_ids, strict=True):
            every = np.sqrt(((vectors.astype(np.float64) - probe) ** 2).sum(axis=1)) - offsets
            every = every.astype(np.float32)
            order = np.lexsort((ids, every))
            assert found.tolist() == ids[order[:12]].tolist()
            np.testing.assert_allclose(away, every[order[:12]], rtol=2e-7, atol=1e-7)
            search = gallery.search(probe, float(every[order[40]]), lists=0b101)
            taking_part = order[(lists[order] & 0b101) != 0]
            assert search.complete
            assert search.eligible == len(taking_part) == len(gallery) - search.excluded["on another list"]
            assert search.ids.tolist() == ids[taking_part[every[taking_part] <= every[order[40]]]].tolist()


def test_that_a_gallery_of_several_blocks_is_compared_to_the_last_row(loops: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 0)
    vectors = rows(2 * BLOCK * SHELF + 3 if loops != "plain python" else 2 * BLOCK + 3, 8)
    gallery = Gallery.build(np.arange(len(vectors)), vectors)
    for row in (0, BLOCK, len(vectors) - 1):
        found = gallery.search(vectors[row], 1e-6)
        assert found.ids.tolist() == [row]
        assert (found.compared, found.eligible, found.complete) == (len(vectors), len(vectors), True)


def test_that_an_empty_gallery_answers_nothing_completely(loops: str) -> None:
    gallery = Gallery.build(np.empty(0, dtype=np.int64), np.empty((0, 128), dtype=np.float32))
    found = gallery.search(rows(1, 128)[0], 1.0)
    assert (found.ids.tolist(), found.eligible, found.complete) == ([], 0, True), loops
    assert gallery.nearest(rows(2, 128), 3)[1].tolist() == [[-1] * 3] * 2


def test_that_added_and_removed_entries_take_part_in_the_next_search_only_of_the_new_gallery(loops: str) -> None:
    vectors = rows(4, 16)
    first = Gallery.build(np.array([1, 2]), vectors[:2])
    second = first.with_added(np.array([5, 3]), vectors[2:])
    third = second.without([1])
    assert second.nearest(vectors[2:3], 1)[1][0, 0] == 5, loops
    assert third.ids.tolist() == [2, 3, 5]
    assert first.ids.tolist() == [1, 2]
    assert third.search(vectors[0], 1e-6).ids.tolist() == []
    assert Gallery.build(np.array([3, 5, 2]), vectors[[3, 2, 1]]).digest == third.digest


@pytest.mark.parametrize("coded", [False, True])
def test_that_changes_answer_and_digest_as_a_gallery_built_anew(monkeypatch: pytest.MonkeyPatch, coded: bool) -> None:
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 64 if coded else 10_000)
    random = np.random.default_rng(3)
    vectors = drawn("clustered", 900, 24, random)
    gallery = Gallery.build(np.arange(500), vectors[:500])
    kept = set(range(500))
    with running_on("compiled without byte dots", monkeypatch):
        for step, name in enumerate(range(500, 900, 40)):
            gallery = gallery.with_added(np.arange(name, name + 40), vectors[name : name + 40])
            kept |= set(range(name, name + 40))
            gone = random.choice(sorted(kept), size=15, replace=False)
            gallery = gallery.without(gone)
            kept -= set(gone.tolist())
            if step == 5:
                gallery = gallery.merged()
            names = np.array(sorted(kept))
            anew = Gallery.build(names, vectors[names])
            assert gallery.digest == anew.digest
            assert len(gallery) == len(kept)
            probe = vectors[name : name + 1] + np.float32(0.01)
            assert gallery.nearest(probe, 9)[1].tolist() == anew.nearest(probe, 9)[1].tolist()
            assert gallery.search(probe[0], 0.5).complete
    with pytest.raises(GalleryRefused, match="stands twice"):
        gallery.with_added(names[:1], vectors[:1])


def test_that_duplicates_are_every_pair_within_the_radius(loops: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 20)
    random = np.random.default_rng(1)
    vectors = drawn("clustered", 40, 6, random)
    offsets = random.normal(scale=0.01, size=40).astype(np.float32)
    gallery = Gallery.build(np.arange(40), vectors, offsets=offsets).with_added(np.array([77]), vectors[:1])
    shifts = np.append(offsets, 0)
    together = np.vstack([vectors, vectors[:1]])
    names = [*range(40), 77]
    expected = {
        (names[a], names[b])
        for a in range(41)
        for b in range(a + 1, 41)
        if np.linalg.norm(together[a].astype(float) - together[b]) - shifts[a] - shifts[b] <= 0.03
    }
    lower, upper, away = gallery.duplicates(0.03)
    assert set(zip(lower.tolist(), upper.tolist(), strict=True)) == expected, loops
    assert (0, 77) in expected
    assert (np.diff(away) >= 0).all()


def test_that_threads_may_search_while_the_gallery_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_on("compiled without byte dots", monkeypatch):
        vectors = drawn("unit", 4000, 32, np.random.default_rng(4))
        gallery = Gallery.build(np.arange(2000), vectors[:2000])
        with ThreadPoolExecutor(3) as pool:
            asked = []
            for name in range(2000, 2100):
                gallery = gallery.with_added(np.array([name]), vectors[name : name + 1]).without([name - 2000])
                asked.append((name, pool.submit(gallery.search, vectors[name], 1e-6)))
            for name, found in asked:
                assert found.result().ids.tolist() == [name]
                assert found.result().complete


@pytest.mark.parametrize(
    ("ids", "vectors", "said"),
    [
        (np.array([1, 1]), rows(2, 3), "Entry 1 stands twice"),
        (np.array([1, -4]), rows(2, 3), "Entry -4 is negative"),
        (np.array([1, 2], dtype=np.int32), rows(2, 3), "int32"),
        (np.array([1, 2]), rows(3, 3), "2 ids"),
        (np.array([1, 2]), rows(2, 3).astype(np.float64), "float64"),
        (np.array([1, 2]), rows(2, 3)[0], "shape"),
        (np.array([1, 2]), np.array([[1, 2], [np.nan, 1]], dtype=np.float32), "Entry 2 holds"),
        (np.array([1, 2]), np.array([[np.inf, 2], [1, 1]], dtype=np.float32), "Entry 1 holds"),
    ],
)
def test_that_rows_that_cannot_be_compared_are_refused_by_name(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], said: str
) -> None:
    with pytest.raises(GalleryRefused, match=said):
        Gallery.build(ids, vectors)


@pytest.mark.parametrize(
    ("probe", "said"),
    [
        (rows(1, 4)[0], "4 numbers"),
        (np.array([np.nan, 0, 0], dtype=np.float32), "not finite"),
        (np.zeros(3), "float64"),
    ],
)
def test_that_a_probe_that_cannot_be_compared_is_refused(probe: NDArray[np.float32], said: str) -> None:
    gallery = Gallery.build(np.array([1]), rows(1, 3))
    with pytest.raises(GalleryRefused, match=said):
        gallery.search(probe, 1.0)


@pytest.mark.parametrize("what", ["added of another dimension", "removed that is not there", "k", "radius"])
def test_that_other_misuse_is_refused(what: str) -> None:
    gallery = Gallery.build(np.array([1]), rows(1, 3))
    with pytest.raises(GalleryRefused):
        if what == "added of another dimension":
            gallery.with_added(np.array([2]), rows(1, 4))
        elif what == "removed that is not there":
            gallery.without([2])
        elif what == "k":
            gallery.nearest(rows(1, 3), 0)
        else:
            gallery.search(rows(1, 3)[0], float("nan"))
