"""The program talks to nobody: no socket beyond this machine, no look-up of a name, no file in the home folder."""

from pathlib import Path

import pytest

from matching.faces.images import png
from tests.outside.watched import watched
from workstation.documents.mrz.mrz import TD3
from workstation.post.leftovers import remove_leftovers
from workstation.training_post.drawn.documents import document, page
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person

_FOLDER = Path("Microsoft", "DeveloperTools", ".onnxruntime")
_LONG_ENOUGH = "import time; time.sleep(3)"
"""onnxruntime's first call follows its import within two seconds."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "empty home"
    folder.mkdir()
    return folder


def test_that_the_watch_sees_a_file_a_look_up_and_a_socket(home: Path) -> None:
    """Without this the other tests here could not fail."""
    program = (
        "import pathlib, socket; pathlib.Path.home().joinpath('kept').touch()\n"
        "try: socket.getaddrinfo('name.invalid', 443)\nexcept OSError: pass\n"
        "try: socket.create_connection(('192.0.2.1', 443), 0.1)\nexcept OSError: pass\n"
    )
    seen = watched(["-c", program], home)
    assert seen.home == ("kept",)
    assert any("192.0.2.1" in call for call in seen.calls)
    assert seen.code == 0


def test_that_networks_run_without_telling_their_maker(home: Path) -> None:
    seen = watched(["-c", f"import matching.faces.onnx_runtime; {_LONG_ENOUGH}"], home)
    assert (seen.code, seen.home, seen.calls) == (0, (), ())


def test_that_help_reaches_nobody(home: Path) -> None:
    seen = watched(["-m", "workstation", "--help"], home)
    assert (seen.code, seen.home, seen.calls) == (0, (), ())


@pytest.mark.slow
def test_that_a_page_and_a_face_are_read_without_reaching_anybody(home: Path, tmp_path: Path) -> None:
    passport, photograph = tmp_path / "page.png", tmp_path / "face.png"
    passport.write_bytes(png(page(document(5, TD3), 300.0).image))
    photograph.write_bytes(png(portrait(person(3), View(), moment=1)))
    for command in (["mrz", str(passport)], ["faces", str(photograph)]):
        seen = watched(["-m", "workstation", *command], home)
        assert (seen.code, seen.home, seen.calls) == (0, (), ()), seen.stderr


def test_that_the_identifier_of_an_earlier_version_is_removed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / _FOLDER
    folder.mkdir(parents=True)
    for name in ("deviceid", "deviceid.lock", "onnxruntime.db", "onnxruntime.db-wal"):
        (folder / name).touch()
    others = tmp_path / "Microsoft" / "of another program"
    others.touch()
    assert len(remove_leftovers(tmp_path)) == 4
    assert [each.relative_to(tmp_path) for each in tmp_path.rglob("*")] == [Path("Microsoft"), others.relative_to(tmp_path)]
    others.unlink()
    folder.mkdir(parents=True)
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_that_a_home_without_leftovers_or_rights_is_left_alone(tmp_path: Path) -> None:
    assert remove_leftovers(tmp_path / "nowhere") == ()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "deviceid").touch()
    (tmp_path / _FOLDER).parent.mkdir(parents=True)
    (tmp_path / _FOLDER).symlink_to(elsewhere)
    assert remove_leftovers(tmp_path) == ()
    assert (elsewhere / "deviceid").exists()
