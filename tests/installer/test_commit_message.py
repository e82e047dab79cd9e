"""The hook for commit messages takes what CONTRIBUTING.md asks for, and says what is wrong with anything else."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "installer" / "commit_message.py"
spec = importlib.util.spec_from_file_location("commit_message", PROGRAM)
assert spec is not None
assert spec.loader is not None
commit_message = importlib.util.module_from_spec(spec)
spec.loader.exec_module(commit_message)
GOOD = "Refuse lines with more places than a zone has\n\nThey were cut in silence.\n"


@pytest.mark.parametrize(
    "message",
    [
        GOOD,
        "Merge branch 'main'\n",
        "Embed the type face\n\nWhy.\n",
        "Address the reader\n\nWhy.\n",
        GOOD + "# a comment\n",
        "Pass it on\n\nWhy.\n",
    ],
)
def test_that_a_good_message_is_taken(message: str) -> None:
    assert commit_message.faults(message) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("", "first line is empty"),
        (GOOD.replace("zone", "machine-readable zone"), "at most 50"),
        ("Refuse it.\n\nWhy.\n", "full stop"),
        ("refuse it\n\nWhy.\n", "small letter"),
        ("Added a check\n\nWhy.\n", "“Added”"),
        ("Fixes a check\n\nWhy.\n", "“Fixes”"),
        ("Adding a check\n\nWhy.\n", "“Adding”"),
        ("Refuse it\nWhy.\n", "second line"),
        ("Refuse it\n", "no body"),
        ("Refuse it\n\n" + "why " * 40 + "\n", "Break it"),
    ],
)
def test_that_each_fault_has_its_sentence(message: str, told: str) -> None:
    assert any(told in each for each in commit_message.faults(message))


def test_that_git_is_told_by_the_exit_code(tmp_path: Path) -> None:
    for message, code in ((GOOD, 0), ("bad\n", 1)):
        (tmp_path / "message").write_text(message, encoding="utf-8")
        done = subprocess.run([sys.executable, str(PROGRAM), str(tmp_path / "message")], capture_output=True, check=False)
        assert done.returncode == code


def test_that_no_hook_fetches_anything() -> None:
    config = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert config.count("repo: local") == config.count("repo:") == 1
    assert "://" not in config
    assert config.count("language: system") == config.count("entry:")
