"""Entries join and leave while searches go on; merging happens beside them and changes no answer."""

import threading
import time

import numpy as np
import pytest

from matching.search.gallery import Gallery, GalleryRefused
from matching.search.live import Change, LiveGallery
from tests.matching.search.test_gallery import drawn, running_on

NOBODY = np.empty(0, dtype=np.int64)


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> LiveGallery:
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 50)
    monkeypatch.setattr("matching.search.gallery.PLAIN_MOST", 50)
    monkeypatch.setattr("matching.search.live.PLAIN_MOST", 50)
    return LiveGallery(Gallery.build(np.arange(400), drawn("unit", 400, 20, np.random.default_rng(0))))


def test_that_changes_made_during_a_merge_are_in_the_merged_gallery(live: LiveGallery, monkeypatch: pytest.MonkeyPatch) -> None:
    new = drawn("unit", 200, 20, np.random.default_rng(9))
    go_on = threading.Event()
    merged = Gallery.merged

    def slow(gallery: Gallery) -> Gallery:
        assert go_on.wait(10)
        return merged(gallery)

    monkeypatch.setattr(Gallery, "merged", slow)
    live.change(Change(NOBODY, np.arange(1000, 1100), new[:100]))
    before = live.gallery
    assert len(before.segments) == 2
    live.change(Change(np.array([3, 1005]), np.array([1005, 2000]), new[100:102]))
    live.change(Change(np.array([4]), NOBODY, new[:0]))
    with running_on("compiled without byte dots", monkeypatch):
        assert live.gallery.nearest(new[101:102], 1)[1].tolist() == [[2000]], "readers never wait for the merge"
        digest = live.gallery.digest
        go_on.set()
        live.settle()
        assert live.gallery.digest == digest
        assert len(live.gallery) == 400 + 100 - 2 + 1
        assert live.gallery.segments[0].count > 400
        assert live.gallery.nearest(new[100:101], 1)[1].tolist() == [[1005]]
        assert live.gallery.search(new[0], 2.0).complete


def test_that_a_change_that_cannot_be_made_changes_nothing(live: LiveGallery) -> None:
    before = live.gallery
    with pytest.raises(GalleryRefused, match="stands twice"):
        live.change(Change(np.array([1]), np.array([2]), drawn("unit", 1, 20, np.random.default_rng(1))))
    assert live.gallery is before


def test_that_a_merge_that_fails_leaves_the_snapshot(live: LiveGallery, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda failed: raised.append(failed.exc_value))

    def fail(_: Gallery) -> Gallery:
        raise MemoryError

    monkeypatch.setattr(Gallery, "merged", fail)
    live.change(Change(NOBODY, np.arange(1000, 1100), drawn("unit", 100, 20, np.random.default_rng(9))))
    live.settle()
    assert len(live.gallery) == 500
    assert isinstance(raised[0], MemoryError)
    until = time.monotonic() + 5
    while live._merging is not None and time.monotonic() < until:
        time.sleep(0.01)
    assert live._merging is None
