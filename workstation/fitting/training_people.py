"""Makes the calibration of the training post: its people are drawn, and drawn faces lie elsewhere than photographed ones.

    python -m workstation.fitting.training_people [PEOPLE]

Draws people by their seeds, reads two views of each, and writes the cohort and calibration.json beside this file. It takes some
minutes; the files are kept, since the renderer and the encoder decide them.
"""

import sys
from pathlib import Path

import numpy as np
from rich.progress import track

from matching.faces import encoding, finding, quality
from matching.rates.calibration import grade
from workstation.bench import calibrating
from workstation.bench.measuring import NO_FACE, Measured, Photo
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.people import View, person
from workstation.training_post.opening import CALIBRATION

PEOPLE = 1600
_VIEWS = (View(), View(yaw=6, pitch=-3, light_from=-20))


def measured(people: int) -> Measured:
    """The templates of so many drawn people, two views each where exactly one face is found."""
    photos, vectors, grades, failures = [], [], [], {}
    for seed in track(range(people), "Drawing and encoding"):
        for number, view in enumerate(_VIEWS):
            picture = portrait(person(seed), view, moment=seed)
            found = finding.find(picture)
            name = Path(f"{seed:04d}-{number}")
            if len(found) != 1:
                failures[name] = NO_FACE
                continue
            photos.append(Photo(f"{seed:04d}", name))
            vectors.append(encoding.encode(picture, found[0]).vector)
            grades.append(grade(quality.assess(picture, found[0]).score))
    return Measured(encoding.unit(), tuple(photos), np.array(vectors, dtype=np.float32), tuple(grades), failures)


if __name__ == "__main__":
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    calibrating.calibrate(measured(people), "people drawn by the training post's renderer").save(CALIBRATION)
