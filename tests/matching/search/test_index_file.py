"""A gallery kept in a file answers as the one that was saved; a file that is not whole, sealed and current is refused by name."""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest

from matching.search import index_file
from matching.search.gallery import Gallery
from matching.search.index_file import IndexRefused
from tests.matching.search.test_gallery import drawn, running_on


def seal(head: bytes) -> bytes:
    return hashlib.sha256(b"post" + head).digest()


def is_sealed(head: bytes, given: bytes) -> bool:
    return seal(head) == given


@pytest.fixture
def gallery(monkeypatch: pytest.MonkeyPatch) -> Gallery:
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 0)
    random = np.random.default_rng(2)
    offsets = random.normal(scale=0.1, size=3000).astype(np.float32)
    return Gallery.build(np.arange(3000), drawn("clustered", 3000, 40, random), "unit", offsets)


@pytest.fixture
def path(gallery: Gallery, tmp_path: Path) -> Path:
    index_file.save(tmp_path / "index.amaan", gallery, "today", seal)
    return tmp_path / "index.amaan"


def loaded(path: Path, encoder: str = "unit", content: str = "today", *, mapped: bool = True) -> Gallery:
    return index_file.load(path, encoder, content, is_sealed, mapped=mapped)


@pytest.mark.parametrize("mapped", [True, False])
def test_that_the_file_answers_as_the_gallery_that_was_saved(
    monkeypatch: pytest.MonkeyPatch, gallery: Gallery, path: Path, mapped: bool
) -> None:
    again = loaded(path, mapped=mapped)
    assert again.digest == gallery.digest
    vectors = again.segments[0].vectors
    assert isinstance(vectors.base, np.memmap) is mapped
    with running_on("compiled without byte dots", monkeypatch):
        probes = gallery.segments[0].vectors[::500]
        for one, other in zip(again.nearest(probes, 7), gallery.nearest(probes, 7), strict=True):
            np.testing.assert_array_equal(one, other)
        changed = again.without([0, 7]).with_added(np.array([5000]), probes[:1], np.ones(1, dtype=np.float32))
        assert changed.search(probes[0], 0.5).complete
        assert changed.nearest(probes[:1], 1)[1].tolist() == [[5000]]
    assert path.stat().st_mode & 0o077 == 0
    assert not path.with_suffix(".part").exists()


def test_that_a_mapped_file_may_be_removed_while_it_is_searched(
    monkeypatch: pytest.MonkeyPatch, gallery: Gallery, path: Path
) -> None:
    again = loaded(path)
    path.unlink()
    with running_on("compiled without byte dots", monkeypatch):
        assert again.search(gallery.segments[0].vectors[5], 0.4).complete


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("cut off", "was cut off"),
        ("emptied", "cannot be read|not written by this post"),
        ("one bit", "is damaged"),
        ("block zeroed", "is damaged"),
        ("head edited", "not written by this post"),
        ("seal of another post", "not written by this post"),
        ("longer", "was cut off"),
        ("removed", "cannot be read"),
        ("no index at all", "cannot be read|not written"),
    ],
)
def test_that_a_damaged_file_is_refused(path: Path, damage: str, said: str) -> None:
    data = path.read_bytes()
    head, given, rest = data.split(b"\n", 2)
    told = json.loads(head)
    codes = len(data) - told["length"] + told["arrays"]["head"]["place"]
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(
            {
                "cut off": data[:-100],
                "emptied": b"",
                "one bit": data[:codes] + bytes([data[codes] ^ 1]) + data[codes + 1 :],
                "block zeroed": data[:codes] + bytes(4096) + data[codes + 4096 :],
                "head edited": head.replace(b"today", b"todaj") + b"\n" + given + b"\n" + rest,
                "seal of another post": head + b"\n" + given[::-1] + b"\n" + rest,
                "longer": data + b"x",
                "no index at all": b"\xff\xd8 a picture\n\xff\n",
            }[damage]
        )
    with pytest.raises(IndexRefused, match=said):
        loaded(path)


def test_that_an_index_of_yesterday_or_of_another_encoder_is_refused(path: Path) -> None:
    with pytest.raises(IndexRefused, match="not of the lists as they are now"):
        loaded(path, content="tomorrow")
    with pytest.raises(IndexRefused, match="another encoder"):
        loaded(path, encoder="other")


def test_that_a_full_disk_leaves_the_old_file(path: Path, gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        index_file.save(path, gallery, "later", seal)
    assert path.read_bytes() == before
    loaded(path)


def test_that_only_one_untouched_segment_is_kept(gallery: Gallery, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one coded segment"):
        index_file.save(tmp_path / "x", gallery.without([3]), "today", seal)
