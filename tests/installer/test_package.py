"""What `pip install .` lays down: every file of the packages, the command, the licence, and nothing that needs a compiler."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("matching", "watchlists", "workstation", "ui")
SOURCE_ONLY = {"dlib", "hnswlib", "face-recognition", "face_recognition"}
"""Packages that come as source and want a compiler, or ask for one that does."""


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    if not listed:
        pytest.skip("no git checkout: nobody knows what belongs to it")
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def built(tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution of what is tracked."""
    pytest.importorskip("setuptools", minversion="77")
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("built")
    for name in tracked:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    building = f"from setuptools import build_meta as b; b.build_wheel({str(out)!r}); b.build_sdist({str(out)!r})"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", building], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


def test_that_the_wheel_holds_every_file_of_the_packages(built: Path, tracked: list[str]) -> None:
    (wheel,) = built.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in tracked if name.split("/")[0] in PACKAGES} - held == set()
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == set(PACKAGES)


def test_that_the_wheel_needs_no_compiler_and_brings_command_and_licence(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    held = zipfile.ZipFile(wheel)
    information = next(name for name in held.namelist() if name.endswith("METADATA"))
    lines = held.read(information).decode().splitlines()
    needed = {
        line.removeprefix("Requires-Dist: ").split(";")[0]
        for line in lines
        if line.startswith("Requires-Dist") and "extra ==" not in line
    }
    names = {each.split("=")[0].split("<")[0].split(">")[0].strip() for each in needed}
    assert "dlib-bin" in names
    assert names & SOURCE_ONLY == set()
    assert "License-Expression: Apache-2.0" in lines
    assert any(name.endswith("licenses/LICENSE") for name in held.namelist())
    entry = next(name for name in held.namelist() if name.endswith("entry_points.txt"))
    assert "amaan = workstation.__main__:main" in held.read(entry).decode()


def test_that_the_source_distribution_can_be_worked_with(built: Path, tracked: list[str]) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        name
        for name in tracked
        if name.split("/")[0] in {*PACKAGES, "tests", "benchmarks", "installer", "requirements", "docs"}
    }
    assert wanted | {"LICENSE", "Makefile", "pyproject.toml", "README.md"} <= held
