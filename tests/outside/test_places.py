"""Wherever it is started: odd paths, no home, a plain locale, no display, a processor without AVX. Each works or says a sentence."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from matching.faces.images import png
from tests.journeys.screenshots import x_display
from tests.outside.places import may_mount
from workstation.commands.machine import gigabytes_left, memory_warning
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person

ROOT = Path(__file__).parents[2]
ODD = "50% of a #path; with «spaces» & اردو?"


def amaan(
    *arguments: str, before: Sequence[str] = (), environment: Mapping[str, str | None] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """`amaan` started anywhere but in the checkout; None takes a variable away."""
    set_here = {name: value for name, value in environment.items() if value is not None}
    kept = {name: value for name, value in os.environ.items() if name not in environment}
    return subprocess.run(
        [*before, sys.executable, "-m", "workstation", *arguments],
        env={**kept, "PYTHONPATH": str(ROOT), **set_here},
        cwd="/",
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


LOCALES: tuple[Mapping[str, str], ...] = ({"LC_ALL": "C"}, {"LC_ALL": "", "LANG": "ur_PK.UTF-8"})


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_that_a_post_is_made_and_opened_in_an_odd_folder_under_any_locale(tmp_path: Path, locale: Mapping[str, str]) -> None:
    folder = tmp_path / ODD / "post"
    words = {"AMAAN_PASSPHRASE": "a long passphrase", "AMAAN_PASSWORD": "x", **locale}
    made = amaan("post", "create", str(folder), "--name", "شمالی دروازہ", "--json", environment=words)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["name"] == "شمالی دروازہ"
    opened = amaan("audit", "verify", "--post", str(folder), "--as", "nobody", environment=words)
    assert opened.returncode == 2
    assert "Traceback" not in opened.stderr


@pytest.mark.parametrize("home", ["/dev/null", "/proc/nowhere", None], ids=["a file", "a place nobody can write to", "none"])
def test_that_a_home_that_cannot_be_written_is_said_and_no_home_is_needed(home: str | None) -> None:
    told = amaan("mrz", "--text", "I<UTO", environment={"HOME": home})
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    if home is not None:
        elsewhere = {"HOME": home, "XDG_DATA_HOME": None, "XDG_CACHE_HOME": None}
        refused = amaan("training", "--terminal", "--travellers", "1", environment=elsewhere)
        assert refused.returncode == 2, refused.stderr
        assert "Traceback" not in refused.stderr
        assert home in refused.stderr


def test_that_a_display_without_a_server_is_no_display(tmp_path: Path) -> None:
    told = amaan("run", "--post", str(tmp_path), environment={"DISPLAY": ":1977", "WAYLAND_DISPLAY": None})
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert "There is no display" in told.stderr


@pytest.mark.display
def test_that_a_display_with_a_server_is_one() -> None:
    asking = "from workstation.commands.machine import display_answers; print(display_answers())"
    with x_display(640, 480) as display:
        answers = [
            subprocess.run(
                [sys.executable, "-c", asking],
                cwd=ROOT,
                env={**os.environ, "DISPLAY": name},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for name in (display, ":1977")
        ]
    assert answers == ["True\n", "False\n"]


def test_that_a_processor_without_avx_is_named_and_no_other_picture_asked_for(tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nflags\t\t: fpu sse sse2\n")
    photograph = tmp_path / "face.png"
    photograph.write_bytes(png(portrait(person(3), View(), moment=1)))
    before = (*may_mount(), "sh", "-c", f'mount --bind "{tmp_path}/cpuinfo" /proc/cpuinfo; exec "$@"', "sh")
    told = amaan("faces", str(photograph), before=before)
    assert told.returncode == 2
    assert "no AVX" in told.stderr
    assert "once more" not in told.stderr


def test_that_little_memory_is_told_from_the_machine_and_from_the_container(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 2000000 kB\nMemAvailable: 1500000 kB\nSwapFree: 100000 kB\n")
    assert gigabytes_left(meminfo, tmp_path) == pytest.approx(1.6384)
    (tmp_path / "memory.max").write_text("1000000000\n")
    (tmp_path / "memory.current").write_text("600000000\n")
    assert gigabytes_left(meminfo, tmp_path) == pytest.approx(0.4)
    (tmp_path / "memory.max").write_text("max\n")
    assert gigabytes_left(meminfo, tmp_path) == pytest.approx(1.6384)
    assert gigabytes_left(tmp_path / "none", tmp_path / "none") is None
    assert memory_warning(1.5, None) is memory_warning(1.5, 1.6) is None
    assert "0.4 GB" in str(memory_warning(1.5, 0.4))
