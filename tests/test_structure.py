"""What holds for the tree as a whole: imports go one way, each thing stands in its one place, nothing points to an index."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PACKAGES = ("matching", "watchlists", "workstation", "ui")
SOURCES = sorted(path for package in PACKAGES for path in (HOME / package).rglob("*.py"))


def users_of(pattern: str) -> set[str]:
    return {str(path.relative_to(HOME)) for path in SOURCES if re.search(pattern, path.read_text(encoding="utf-8"))}


def test_that_imports_go_one_way() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint_imports)], cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(HOME)))
def test_that_a_module_has_one_idea(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert text.startswith('"""'), "a file opens with what it knows"
    assert not re.search(r"manager|helper|utils|common|service|controller", path.stem)


def test_that_each_thing_has_its_one_place() -> None:
    assert users_of(r"threading\.Thread\(") == {
        "matching/search/engine.py",
        "matching/search/live.py",
        "ui/threads/background.py",
        "ui/threads/document_watch.py",
        "workstation/capture/camera.py",
    }
    assert users_of(r"(?m)^import cv2") == {"matching/faces/opencv.py"}
    assert users_of(r"import onnxruntime|from onnxruntime|readNetFrom") == {"matching/faces/onnx_runtime.py"}
    assert users_of(r"Pillow\.open\(|imdecode\(") == {"matching/faces/images.py"}
    assert users_of(r"PRAGMA ") == {"workstation/post/store.py"}
    assert users_of(r"multiprocessing\.get_context") == {"workstation/capture/processes.py", "workstation/bench/measuring.py"}


def test_that_nothing_names_an_index() -> None:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    tracked = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False).stdout.split("\0")[:-1]
    if not tracked:
        pytest.skip("no git checkout: nobody knows what belongs to it")
    pattern = re.compile(r"--(?:extra-)?index-url|--find-links|https?://[^ \"]*/(?:simple|packages)/")
    named = [
        name
        for name in tracked
        if name != "tests/test_structure.py"
        and (HOME / name).is_file()
        and pattern.search((HOME / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert named == []


def test_that_every_silenced_check_has_a_reason() -> None:
    silent = re.compile(r"# (?:noqa|type: ignore)[^#\n]*$", re.MULTILINE)
    bare = {
        f"{path.relative_to(HOME)}: {found}"
        for path in SOURCES
        for found in silent.findall(path.read_text(encoding="utf-8"))
        if " - " not in found
    }
    assert bare == set()


def test_that_no_face_is_called_a_match_on_a_screen() -> None:
    spoken = re.compile(r"(?:tr|translate|Sentence|OperatorError)\([^)]*\b(?:match|confidence|hit rate)\b", re.IGNORECASE)
    assert users_of(spoken.pattern) == set()
