"""The gallery answers exactly what a scan from the definition answers, and refuses by name what it cannot compare."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.gallery import BLOCK, Gallery, GalleryRefused
from tests import naive


def rows(n: int, d: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


@given(
    n=st.integers(0, 40),
    d=st.sampled_from([1, 3, 127, 128, 130]),
    seed=st.integers(0, 2**32 - 1),
    shift=st.sampled_from([0.0, 1000.0]),
    grid=st.booleans(),
    shifted=st.booleans(),
)
def test_that_nearest_is_what_the_definition_says(n: int, d: int, seed: int, shift: float, grid: bool, shifted: bool) -> None:
    random = np.random.default_rng(seed)
    drawn = random.integers(-1, 2, size=(n, d)).astype(np.float64) if grid else random.normal(size=(n, d))
    vectors = (drawn + shift).astype(np.float32)
    ids = random.permutation(1000)[:n].astype(np.int64)
    offsets = (random.normal(size=n) * shifted).astype(np.float32)
    probe = (random.integers(-1, 2, size=d) + shift).astype(np.float32)
    gallery = Gallery.build(ids, vectors, offsets=offsets)
    expected = naive.ranked(ids, vectors, probe, offsets)[:5]
    distances, found = gallery.nearest(probe[None], 5)
    assert [int(each) for each in found[0] if each >= 0] == [each for _, each in expected]
    np.testing.assert_allclose(distances[0][: len(expected)], [away for away, _ in expected], rtol=1e-6, atol=1e-5)
    assert (found[0][len(expected) :] == -1).all()
    assert np.isinf(distances[0][len(expected) :]).all()


def test_that_within_takes_the_radius_itself_and_orders_ties_by_id() -> None:
    vectors = np.array([[3, 4], [0, 0], [4, 3], [6, 8]], dtype=np.float32)
    gallery = Gallery.build(np.array([9, 4, 2, 7]), vectors)
    distances, ids = gallery.within(np.zeros(2, dtype=np.float32), 5.0)
    assert ids.tolist() == [4, 2, 9]
    assert distances.tolist() == [0.0, 5.0, 5.0]


def test_that_a_gallery_of_several_blocks_is_compared_to_the_last_row() -> None:
    vectors = rows(2 * BLOCK + 3, 8)
    gallery = Gallery.build(np.arange(len(vectors)), vectors)
    found = gallery.search(vectors[-1], 1e-6)
    assert found.ids.tolist() == [len(vectors) - 1]
    assert (found.compared, found.eligible, found.complete) == (len(vectors), len(vectors), True)


def test_that_an_empty_gallery_answers_nothing_completely() -> None:
    gallery = Gallery.build(np.empty(0, dtype=np.int64), np.empty((0, 128), dtype=np.float32))
    found = gallery.search(rows(1, 128)[0], 1.0)
    assert (found.ids.tolist(), found.eligible, found.complete) == ([], 0, True)


def test_that_added_and_removed_entries_take_part_in_the_next_search_only_of_the_new_gallery() -> None:
    vectors = rows(4, 16)
    first = Gallery.build(np.array([1, 2]), vectors[:2])
    second = first.with_added(np.array([5, 3]), vectors[2:])
    third = second.without([1])
    assert second.nearest(vectors[2:3], 1)[1][0, 0] == 5
    assert third.ids.tolist() == [2, 3, 5]
    assert first.ids.tolist() == [1, 2]
    assert Gallery.build(np.array([3, 5, 2]), vectors[[3, 2, 1]]).digest == third.digest


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


@pytest.mark.parametrize("damage", ["zeroed", "swapped rows", "one bit", "not a number"])
def test_that_damaged_memory_makes_the_search_incomplete(damage: str) -> None:
    gallery = Gallery.build(np.arange(BLOCK + 5), rows(BLOCK + 5, 8))
    gallery.vectors.setflags(write=True)
    if damage == "zeroed":
        gallery.vectors[BLOCK:] = 0
    elif damage == "swapped rows":
        gallery.vectors[[0, 1]] = gallery.vectors[[1, 0]]
    elif damage == "one bit":
        gallery.vectors.view(np.uint32)[7, 3] ^= 1
    else:
        gallery.vectors[2, 2] = np.nan
    assert not gallery.search(rows(1, 8, seed=3)[0], 0.1).complete
