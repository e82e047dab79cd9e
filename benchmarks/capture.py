"""How often a note about the picture is wrong, and how often a screen or a paper that is held up is noted.

    python benchmarks/capture.py [--json] [--people 40] [--photographs FOLDER]

False notes: drawn travellers before the counter's camera, as they come and through JPEG; and photographs of people, if there is
a folder with one folder for each person (the middle of each, since rotated photographs bring a frame of their own).
Detection: the same drawn travellers on a simulated screen (points of red, green and blue; `pitch` camera points to one of them)
and on paper. A simulation knows no Bayer pattern and no real lens: the rates tell what the measure can do, not what it does
at a post. Single looks; a note needs three of the last six.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from matching.faces.finding import Box
from matching.faces.images import Image, decode, jpeg
from tests.rephotographed import held_up
from workstation.capture.presentation import GRID, frame_around, grid_strength
from workstation.training_post.cast import RECORD_SEEDS, STRANGER_SEEDS
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person

PITCHES = (0.6, 0.85, 1.0, 1.2, 1.5, 2.0, 2.6)
_UNIT = 480 / 4.4
FACE = Box(round(320 - 0.8 * _UNIT), round(225 - 0.9 * _UNIT), round(320 + 0.8 * _UNIT), round(225 + 0.9 * _UNIT))
_MIDDLE = 182
"""Side of the middle of a photograph of 250 points that holds no edge of a rotation by up to 15 degrees."""


def traveller(number: int) -> Image:
    seeds = STRANGER_SEEDS + RECORD_SEEDS
    return frame([(person(seeds[number % len(seeds)]), View(background=number % 4))], moment=number)


def noted(image: Image, box: Box) -> tuple[bool, bool]:
    """Whether one look finds a grid, and whether it finds a frame."""
    strength = grid_strength(image, box)
    return strength is not None and strength >= GRID, frame_around(image, box) is not None


def rates(name: str, looks: list[tuple[bool, bool]]) -> dict[str, object]:
    grids, frames = (sum(each[which] for each in looks) for which in (0, 1))
    either = sum(any(each) for each in looks)
    return {"what": name, "n": len(looks), "grid": grids, "frame": frames, "either": either}


def photographs(folder: Path, most: int) -> list[tuple[bool, bool]]:
    paths = sorted(folder.glob("*/*.jpg"))
    looks = []
    for path in paths[:: max(1, len(paths) // most)][:most]:
        image = decode(path.read_bytes())
        top, left = (max((side - _MIDDLE) // 2, 0) for side in image.shape[:2])
        middle = np.ascontiguousarray(image[top : top + _MIDDLE, left : left + _MIDDLE])
        centre = _MIDDLE // 2
        box = Box(centre - 48, centre - 48, centre + 48, centre + 48)
        strength = grid_strength(np.pad(image, ((3, 3), (3, 3), (0, 0)), mode="reflect"), Box(80, 80, 176, 176))
        looks.append((strength is not None and strength >= GRID, frame_around(middle, box) is not None))
    return looks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--photographs", type=Path, default=Path("/work/shared/faces/lfw_dev"))
    given = parser.parse_args()
    random = np.random.default_rng(1)
    drawn = [traveller(number) for number in range(given.people)]
    start = time.perf_counter()
    rows = [rates("drawn people", [noted(image, FACE) for image in drawn])]
    milliseconds = (time.perf_counter() - start) * 1000 / len(drawn)
    rows.append(rates("drawn people, JPEG 80", [noted(decode(jpeg(image, 80)), FACE) for image in drawn]))
    if given.photographs.is_dir():
        rows.append(rates("photographs of people", photographs(given.photographs, 1000)))
    for screen in (True, False):
        for pitch in PITCHES if screen else PITCHES[:1]:
            looks = [
                noted(
                    *held_up(
                        image,
                        FACE,
                        pitch=pitch,
                        turn=float(random.uniform(-6, 6)),
                        screen=screen,
                        sharp=float(random.uniform(0.3, 0.7)),
                        moment=number,
                    )
                )
                for number, image in enumerate(drawn[: given.people // 2])
            ]
            rows.append(rates(f"{'screen' if screen else 'paper'}, pitch {pitch}", looks))
    if given.json:
        print(json.dumps({"looks": rows, "milliseconds_a_look": round(milliseconds, 1)}))
        return
    print(f"{'':28}{'n':>6}{'grid':>7}{'frame':>7}{'either':>8}")
    for row in rows:
        print(f"{row['what']:28}{row['n']:>6}{row['grid']:>7}{row['frame']:>7}{row['either']:>8}")
    print(f"{milliseconds:.1f} ms a look")


if __name__ == "__main__":
    main()
