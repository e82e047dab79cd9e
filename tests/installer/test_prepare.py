"""`make run` and `make test` set up what they need, mend what was left unfinished, and say what they cannot do."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout() -> Iterator[Path]:
    """The parts that set up, in a folder that anybody may read, with a Python that obeys the test."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "requirements").mkdir()
        (folder / "installer").mkdir()
        (folder / "requirements" / "run.txt").touch()
        (folder / "pyproject.toml").touch()
        (folder / "installer" / "system_libraries.py").touch()
        for part in ("prepare.sh", "dependencies.py"):
            shutil.copy(ROOT / "installer" / part, folder / "installer")
        yield folder


def prepare(checkout: Path, *before: str, python: str = sys.executable) -> tuple[int, str]:
    environment = {**os.environ, "AMAAN_PYTHON": python}
    command = [*before, "sh", "installer/prepare.sh", "run"]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def obeying(checkout: Path, refusing: str) -> str:
    """A Python that fails where the words are among its arguments."""
    program = checkout / "python-of-the-test"
    program.write_text(f'#!/bin/sh\ncase "$*" in *"{refusing}"*) exit 1;; esac\nexec "{sys.executable}" "$@"\n')
    program.chmod(0o755)
    return str(program)


def environment(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(folder / ".venv")], check=True)
    return folder / ".venv"


def test_that_a_python_without_venv_is_told_the_package_and_leaves_nothing(checkout: Path) -> None:
    code, told = prepare(checkout, python=obeying(checkout, "ensurepip"))
    assert code == 2
    assert f"apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in told
    assert not (checkout / ".venv").exists()


def test_that_an_environment_that_cannot_be_made_leaves_nothing(checkout: Path) -> None:
    code, told = prepare(checkout, python=obeying(checkout, "-m venv"))
    assert (code, "could not be made" in told) == (2, True)
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("wrong", ["empty", "without pip", "interrupted", "lost a file", "of a Python that is gone", "moved"])
def test_that_an_unfinished_environment_is_made_anew_and_said_to_be(checkout: Path, wrong: str) -> None:
    if wrong == "empty":
        (checkout / ".venv").mkdir()
    elif wrong == "without pip":
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(checkout / ".venv")], check=True)
    elif wrong == "moved":
        environment(checkout / "elsewhere").rename(checkout / ".venv")
    else:
        made = environment(checkout)
        if wrong == "interrupted":
            (made / "unfinished").touch()
        elif wrong == "lost a file":
            next(made.glob("lib/*/site-packages/pip/__main__.py")).unlink()
        else:
            (made / "bin" / "python").unlink()
            (made / "bin" / "python").symlink_to("/nowhere/python")
    code, told = prepare(checkout, python=obeying(checkout, "-m venv"))
    assert code == 2
    assert "is made anew" in told
    assert not (checkout / ".venv").exists()


def test_that_a_whole_environment_is_built_upon_and_a_finished_one_only_read(checkout: Path) -> None:
    made = environment(checkout)
    ask = [str(made / "bin" / "python"), "installer/dependencies.py"]
    codes = [
        subprocess.run([*ask, *what], cwd=checkout, check=False).returncode for what in (["--sound"], ["--finished", "run"])
    ]
    assert codes == [0, 1]
    sealing = "import dependencies as d; from pathlib import Path; p = Path('requirements/run.txt'); d.stamp(p).write_text(d.digest(p))"
    subprocess.run([ask[0], "-c", sealing], cwd=checkout, env={**os.environ, "PYTHONPATH": "installer"}, check=True)
    before = sorted(each for each in made.rglob("*") if "__pycache__" not in each.parts)
    assert prepare(checkout, python="/nowhere/python") == (0, "")
    assert sorted(each for each in made.rglob("*") if "__pycache__" not in each.parts) == before
    (checkout / "requirements" / "run.txt").write_text("# another lock\n")
    assert subprocess.run([*ask, "--finished", "run"], cwd=checkout, check=False).returncode == 1


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become somebody else")
def test_that_a_checkout_of_root_tells_others_what_to_do(checkout: Path) -> None:
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    for there in (False, True):
        if there:
            (checkout / ".venv").mkdir()
        code, told = prepare(checkout, *nobody)
        assert code == 2
        assert "belongs to root" in told
        assert "git clone" in told
        assert "Traceback" not in told


def test_that_a_python_that_is_too_old_or_missing_is_said(checkout: Path) -> None:
    code, told = prepare(checkout, python="/nowhere/python")
    assert (code, "needs Python 3.11, 3.12 or 3.13" in told) == (2, True)
