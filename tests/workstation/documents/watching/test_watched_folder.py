"""A scanner's folder: pages once, whole, and then gone; everything else stays and is said."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from matching.faces.images import MAX_BYTES, jpeg, png
from matching.faces.opencv import cv2
from workstation.documents.watching.watched_folder import MOST_FILES, Scan, WatchedFolder, folder_of
from workstation.errors import OperatorError

_RNG = np.random.default_rng(5)
PAGE = png(_RNG.integers(0, 255, (60, 90, 3), dtype=np.uint8))


class Watch:
    """A folder that is looked at once a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.watched = WatchedFolder(folder)
        self._moments = count()

    def look(self, times: int = 1) -> list[Scan | OperatorError]:
        return [found for _ in range(times) for found in self.watched.look(float(next(self._moments)))]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    folder = tmp_path / "scans"
    folder.mkdir()
    made = Watch(folder)
    assert made.look() == []
    return made


def test_that_a_page_is_handed_out_once_and_then_removed(watch: Watch) -> None:
    (watch.folder / "page.png").write_bytes(PAGE)
    (scan,) = watch.look(5)
    assert isinstance(scan, Scan)
    assert scan.image.shape == (60, 90, 3)
    assert (scan.number, scan.remains) == (1, None)
    assert list(watch.folder.iterdir()) == []


def test_that_the_format_is_told_by_the_first_bytes(watch: Watch) -> None:
    (watch.folder / "page.dat").write_bytes(jpeg(np.full((40, 40, 3), 200, dtype=np.uint8)))
    assert isinstance(watch.look(3)[0], Scan)


def test_that_a_half_written_page_waits_until_it_is_whole(watch: Watch) -> None:
    path = watch.folder / "page.png"
    for part in (0, 100, len(PAGE) // 2):
        path.write_bytes(PAGE[:part])
        assert watch.look(4) == []
    path.write_bytes(PAGE)
    assert isinstance(watch.look(3)[0], Scan)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PAGE[:-200], "damaged or cut off"),
        (b"", "not a picture"),
        (b"hello", "not a picture"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "Scan the page again"),
    ],
)
def test_that_a_broken_file_is_said_once_and_left_alone(watch: Watch, data: bytes, said: str) -> None:
    path = watch.folder / "page.png"
    path.write_bytes(data)
    (refusal,) = watch.look(30)
    assert said in str(refusal)
    assert "page.png" in str(refusal)
    assert path.read_bytes() == data


def test_that_a_picture_of_a_hundred_megapixels_is_refused_by_its_size(watch: Watch) -> None:
    _, data = cv2.imencode(".png", np.zeros((10_000, 10_000), dtype=np.uint8))
    (watch.folder / "page.png").write_bytes(data.tobytes())
    (refusal,) = watch.look(30)
    assert "10000 x 10000" in str(refusal)


def test_that_a_huge_file_is_not_even_opened(watch: Watch) -> None:
    with (watch.folder / "page.tif").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (refusal,) = watch.look(5)
    assert "50 MB at most" in str(refusal)


def test_that_no_link_is_followed(watch: Watch, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.png"
    elsewhere.write_bytes(PAGE)
    (watch.folder / "page.png").symlink_to(elsewhere)
    os.mkfifo(watch.folder / "pipe.png")
    (watch.folder / "sub").mkdir()
    assert ["is a link" in str(refusal) for refusal in watch.look(30)] == [True, True, True]
    assert elsewhere.read_bytes() == PAGE


def test_that_a_link_put_in_place_of_a_page_is_not_followed(watch: Watch, tmp_path: Path) -> None:
    path, elsewhere = watch.folder / "page.png", tmp_path / "elsewhere.png"
    elsewhere.write_bytes(PAGE)
    path.write_bytes(PAGE)
    files, _ = watch.watched._files()
    path.unlink()
    path.symlink_to(elsewhere)
    with pytest.raises(OSError, match="symbolic"):
        watch.watched._bytes("page.png", files["page.png"])
    assert watch.watched._remove("page.png", files["page.png"]) is None
    assert elsewhere.exists()


def test_that_older_files_are_neither_read_nor_removed_but_said(tmp_path: Path) -> None:
    (tmp_path / "old.png").write_bytes(PAGE)
    watch = Watch(tmp_path)
    (said,) = watch.look(10)
    assert "1 older files" in str(said)
    assert (tmp_path / "old.png").exists()
    (tmp_path / "new.png").write_bytes(PAGE)
    assert isinstance(watch.look(3)[0], Scan)


def test_that_what_came_while_nobody_was_there_is_not_read(watch: Watch) -> None:
    watch.watched.begin_anew()
    (watch.folder / "page.png").write_bytes(PAGE)
    (said,) = watch.look(10)
    assert "1 older files" in str(said)
    watch.watched.begin_anew()
    assert watch.look(3) == []


def test_that_a_name_used_again_is_another_page(watch: Watch) -> None:
    for number in (1, 2):
        (watch.folder / "scan.png").write_bytes(PAGE)
        (scan,) = watch.look(4)
        assert isinstance(scan, Scan)
        assert scan.number == number


def test_that_pages_come_in_the_order_in_which_they_were_scanned(watch: Watch) -> None:
    for name, age in (("b.png", 30), ("a.png", 20), ("c.png", 10)):
        (watch.folder / name).write_bytes(PAGE)
        os.utime(watch.folder / name, (1000 - age, 1000 - age))
    assert [scan.name for scan in watch.look(3) if isinstance(scan, Scan)] == ["b.png", "a.png", "c.png"]


def test_that_what_scanners_and_shares_write_beside_is_not_looked_at(watch: Watch) -> None:
    for name in (".hidden.png", "page.png.part", "page.tmp", "Thumbs.db", "desktop.ini", "~page.png"):
        (watch.folder / name).write_bytes(PAGE)
    assert watch.look(30) == []


def test_that_a_folder_that_disappears_is_said_once_and_resumes(watch: Watch, tmp_path: Path) -> None:
    away = tmp_path / "away"
    watch.folder.rename(away)
    (lost,) = watch.look(5)
    assert "is not there" in str(lost)
    assert watch.watched.trouble
    away.rename(watch.folder)
    assert watch.look() == []
    assert not watch.watched.trouble
    (watch.folder / "page.png").write_bytes(PAGE)
    assert isinstance(watch.look(3)[0], Scan)


def test_that_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (said,) = Watch(tmp_path / "file").look(3)
    assert "is not there" in str(said)


def test_that_a_folder_with_too_many_files_is_said(watch: Watch) -> None:
    for number in range(MOST_FILES + 1):
        (watch.folder / f"{number}.png").touch()
    (said,) = watch.look(2)
    assert "only the scanner uses" in str(said)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Who may read what stands open to all and change nothing; the tests may run as root, to whom nothing is closed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_that_a_page_that_cannot_be_removed_is_said_and_not_handed_out_again() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        watch = Watch(folder)
        assert watch.look() == []
        (folder / "page.png").write_bytes(PAGE)
        folder.chmod(0o555)
        with somebody_else():
            (scan,) = watch.look(30)
        folder.chmod(0o755)
        assert isinstance(scan, Scan)
        assert "Delete it by hand" in str(scan.remains)
        assert (folder / "page.png").exists()


def test_that_a_file_and_a_folder_that_may_not_be_read_are_said() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        watch = Watch(folder)
        assert watch.look() == []
        (folder / "page.png").write_bytes(PAGE)
        (folder / "page.png").chmod(0o000)
        with somebody_else():
            (closed,) = watch.look(30)
        folder.chmod(0o000)
        with somebody_else():
            (shut,) = watch.look(5)
        folder.chmod(0o755)
        assert "page.png from the scanner cannot be read" in str(closed)
        assert "Ask the administrator" in str(shut)


def test_that_a_watched_folder_is_named_by_a_whole_path() -> None:
    assert folder_of("folder-watch:/srv/scanner") == Path("/srv/scanner")
    with pytest.raises(OperatorError, match="whole path"):
        folder_of("folder-watch:scans")
