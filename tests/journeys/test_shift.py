"""A short shift at the real window: `benchmarks/shift.py` runs long ones."""

from collections import Counter
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.shift.opening import shift


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 3])
def test_that_nobody_is_skipped_and_no_papers_are_swapped_on_a_short_shift(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    assert qtbot
    counted = shift(tmp_path, seed, 12)
    assert counted.errors == Counter(), "\n".join(counted.told[-60:])
    # Seed 3 brings a passport of somebody else and three people who come beside the one before: 4 pages that were not theirs.
    assert counted.questions <= 5
