"""Chooses the seeds of the training post: people whom the encoder keeps apart, as drawn people must be to be told apart.

    python -m workstation.training.choose_cast [POOL]

Prints the two rows of cast.py. Greedy: a seed joins the records when it lies farther than APART from each of them, and the
strangers when it lies farther than STRANGE from every record and APART from every stranger.
"""

import sys

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from matching import encoding, faces
from workstation.training.drawing import portrait
from workstation.training.people import View, person

RECORDS, STRANGERS = 66, 60
APART, STRANGE = 0.40, 0.47
_VIEWS = (View(), View(yaw=6, pitch=-3, light_from=-20))


def template(seed: int, view: View) -> NDArray[np.float32] | None:
    """The template of the drawn person, or None unless exactly one face is found."""
    picture = portrait(person(seed), view, moment=seed)
    found = faces.find(picture)
    return encoding.encode(picture, found[0]).vector if len(found) == 1 else None


def choose(pool: int) -> tuple[list[int], list[int]]:
    known: dict[int, NDArray[np.float32]] = {}
    for seed in track(range(pool), "Drawing and encoding"):
        seen = [each for each in (template(seed, view) for view in _VIEWS) if each is not None]
        if len(seen) == len(_VIEWS) and np.linalg.norm(seen[0] - seen[1]) < 0.33:
            known[seed] = np.stack(seen)
    records: list[int] = []
    for seed, views in known.items():
        if len(records) < RECORDS and all(apart(views, known[other]) > APART for other in records):
            records.append(seed)
    strangers: list[int] = []
    for seed, views in known.items():
        if seed in records or len(strangers) == STRANGERS:
            continue
        if all(apart(views, known[other]) > STRANGE for other in records) and all(
            apart(views, known[other]) > APART for other in strangers
        ):
            strangers.append(seed)
    return records, strangers


def apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The smallest distance between any two views of two people."""
    return float(np.linalg.norm(one[:, None] - other[None], axis=-1).min())


if __name__ == "__main__":
    chosen = choose(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
    print(*chosen, sep="\n")  # noqa: T201 - its answer
