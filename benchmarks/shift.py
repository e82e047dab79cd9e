"""A simulated shift at the real window, with the truth beside it.

    python benchmarks/shift.py [--seeds 5] [--first 1] [--travellers 100] [--told]

tests/shift says what is the program's own and what is drawn. Each seed is a queue of its own: overlapping arrivals, no gap, long
gaps, companions in the picture, pages laid early, late, lifted too soon, laid by the next person, two pages, none, swiped zones,
photographs by file, camera hiccups, a machine slowed four times, keys pressed too early and twice, lock and change of officer.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from argon2 import PasswordHasher
from PySide6.QtWidgets import QApplication

from tests.shift.opening import shift
from workstation.post import access


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--travellers", type=int, default=100)
    parser.add_argument("--told", action="store_true", help="say what happened around each error")
    given = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    access._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # noqa: SLF001 - what a shift costs, not a password
    errors: Counter[str] = Counter()
    travellers, questions, seconds = 0, 0, 0.0
    for seed in range(given.first, given.first + given.seeds):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            counted = shift(Path(folder), seed, given.travellers)
        errors += counted.errors
        travellers += counted.travellers
        questions += counted.questions
        seconds += counted.seconds
        print(
            f"seed {seed}: {counted.travellers} travellers, {counted.seconds / counted.travellers:.1f} s each, "
            f"{counted.questions} questions, errors {dict(counted.errors)} ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
        if given.told:
            for place, words in enumerate(counted.told):
                if "ERROR" in words:
                    print("  --", *counted.told[max(0, place - 24) : place + 4], sep="\n  ")
    print(f"{travellers} travellers, {seconds / travellers:.1f} s each, {questions} questions, errors {dict(errors)}")
    del application
    raise SystemExit(1 if errors else 0)


if __name__ == "__main__":
    main()
