"""Photographs are read from below the table's folder and from nowhere else."""

import os
from pathlib import Path

import pytest

from watchlists.exchange.photo_files import read_photo
from watchlists.records.records import RecordRefused


def test_that_a_photograph_below_the_folder_is_read_by_links_inside_it_too(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.jpg").write_bytes(b"a")
    (tmp_path / "link.jpg").symlink_to("deep/a.jpg")
    assert [read_photo(tmp_path, name) for name in ("deep/a.jpg", "deep\\a.jpg", "link.jpg")] == [b"a", b"a", b"a"]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.jpg",
        "deep/../../secret.jpg",
        "/etc/passwd",
        "C:\\secret.jpg",
        "..\\secret.jpg",
        "out.jpg",
        "outside/secret.jpg",
        "",
    ],
)
def test_that_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    (home / "deep").mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (home / "out.jpg").symlink_to(tmp_path / "secret.jpg")
    (home / "outside").symlink_to(tmp_path)
    with pytest.raises(RecordRefused, match="does not lie below"):
        read_photo(home, name)


def test_that_devices_pipes_folders_loops_and_missing_files_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    for name in ("pipe.jpg", "folder.jpg", "loop.jpg", "missing.jpg", "a\0b.jpg", "x" * 5000):
        with pytest.raises(RecordRefused):
            read_photo(tmp_path, name)
