"""Each benchmark runs from the checkout and says something: the smallest settings, no time looked at."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.factory import NOW
from watchlists.records import changes
from watchlists.records.purposes import Purpose
from workstation.post import access
from workstation.post.post import create_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SMALLEST = [
    ("names.py", "--travellers", "5", "--records", "5", "--large", "50"),
    ("corrections.py", "--zones", "2"),
    ("capture.py", "--people", "1", "--photographs", "/nowhere"),
    ("search.py", "--rows", "500", "--peers", "numpy"),
    ("search.py", "--rows", "5000", "--memory"),
    ("search.py", "--sweep", "--most", "1000"),
    ("fuzz_chip.py", "--cases", "2"),
    ("zones.py", "--pages", "2", "--misprints", "1"),
]


@pytest.mark.parametrize("command", SMALLEST, ids=" ".join)
def test_that_a_benchmark_runs_and_gives_one_object(command: Sequence[str]) -> None:
    if "--sweep" in command:
        pytest.importorskip("faiss", reason="a peer of `make bench` is not installed")
    program, *settings = command
    assert json.loads(run(f"benchmarks/{program}", *settings, "--json"))


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training post without records: drawing them would take half a minute."""
    folder = tmp_path_factory.mktemp("bench") / "post"
    made = create_post(folder, "Bench", training=True, now=NOW)
    with made.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, NOW, each.login, each.name, each.role, each.password)
        changes.add_watchlist(session, NOW, "Missing", Purpose.PROTECT, "Unit", "+00")
    made.close()
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("screening.py", "--travellers", "1", "--entries", "67"), ("documents_at_counter.py", "--travellers", "1")],
    ids=" ".join,
)
def test_that_a_benchmark_of_the_window_runs(command: Sequence[str], post: Path) -> None:
    program, *settings = command
    told = json.loads(run(f"benchmarks/{program}", *settings, "--post", str(post), "--json"))
    assert told["travellers"] == 1
    assert told["milliseconds"]
