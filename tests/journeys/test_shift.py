"""A short shift at the real window: `benchmarks/shift.py` runs long ones."""

from collections import Counter
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.shift.opening import shift
from tests.shift.shift import UNMEANT


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 3])
def test_that_nobody_is_skipped_and_no_papers_are_swapped_on_a_short_shift(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    assert qtbot
    counted = shift(tmp_path, seed, 12)
    # Keys are held back by the clock on the wall, while the shift's own clock is virtual: on a loaded machine an act may come
    # late. Acts that nobody meant are counted by the benchmark, on a machine that does nothing else.
    errors = Counter({kind: count for kind, count in counted.errors.items() if kind != UNMEANT})
    assert errors == Counter(), "\n".join(counted.told[-60:])
    # Seed 3 brings a passport of somebody else and three people who come beside the one before: 4 pages that were not theirs.
    assert counted.questions <= 5
