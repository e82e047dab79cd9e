"""Chooses the seeds of the training post: people whom the encoder tells apart as the training needs it.

    python -m workstation.fitting.choose_cast [POOL]

Prints the two rows of cast.py. The strangers are those who lie farthest from everybody; the records come from the crowd. Every
stranger lies farther than STRANGE from every record, so that a traveller who is on no list raises no lead, and everybody
farther than APART from everybody else, over two views each.
"""

import sys

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from matching.faces import encoding, finding
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person

RECORDS, STRANGERS = 66, 41
APART, STRANGE = 0.33, 0.455
STEADY = 0.30
"""Two views of one person lie nearer than this."""
CROWD = 40
"""Neighbours over whom the loneliness of a person is averaged."""
_VIEWS = (View(), View(yaw=6, pitch=-3, light_from=-20))


def template(seed: int, view: View) -> NDArray[np.float32] | None:
    """The template of the drawn person, or None unless exactly one face is found."""
    picture = portrait(person(seed), view, moment=seed)
    found = finding.find(picture)
    return encoding.encode(picture, found[0]).vector if len(found) == 1 else None


def choose(pool: int) -> tuple[list[int], list[int]]:
    """Seeds of the records and of the strangers."""
    known: dict[int, NDArray[np.float32]] = {}
    for seed in track(range(pool), "Drawing and encoding"):
        views = [each for each in (template(seed, view) for view in _VIEWS) if each is not None]
        if len(views) == len(_VIEWS) and np.linalg.norm(views[0] - views[1]) < STEADY:
            known[seed] = np.stack(views)
    seeds = list(known)
    apart = np.full((len(seeds), len(seeds)), np.inf)
    for row, seed in enumerate(seeds):
        for column in range(row):
            between = known[seed][:, None] - known[seeds[column]][None]
            apart[row, column] = apart[column, row] = np.linalg.norm(between, axis=-1).min()
    lonely = np.argsort(-np.sort(apart, axis=1)[:, :CROWD].mean(axis=1))
    strangers: list[int] = []
    for one in lonely:
        if len(strangers) < STRANGERS and all(apart[one, other] > APART for other in strangers):
            strangers.append(int(one))
    records: list[int] = []
    for one in lonely[::-1]:
        free = one not in strangers and all(apart[one, other] > STRANGE for other in strangers)
        if free and len(records) < RECORDS and all(apart[one, other] > APART for other in records):
            records.append(int(one))
    return sorted(seeds[one] for one in records), sorted(seeds[one] for one in strangers)


if __name__ == "__main__":
    chosen = choose(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
    print(*chosen, sep="\n")  # noqa: T201 - its answer
