"""Makes the calibration of portraits: people printed on documents, photographed, and compared with another picture of them.

    python -m workstation.fitting.portraits drawn [PEOPLE]       for the training post, kept beside its other numbers
    python -m workstation.fitting.portraits FOLDER FILE [PEOPLE] from a folder of photographs per person

Printed portraits lie farther from a live picture than another photograph does, so they have numbers of their own. Nothing of
anybody is kept but counts: no picture, no template.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from matching.faces import encoding
from matching.faces.images import Image, decode
from matching.faces.opencv import cv2
from matching.rates import calibration
from matching.rates.calibration import Calibration, grade
from matching.rates.cohort import Cohort, Mixture
from matching.rates.pairs import Floats, Pairs, listed_pairs
from matching.rates.scale import CALIBRATION
from workstation.bench.calibrating import FOLDS, components_for
from workstation.bench.measuring import photos_in, workers
from workstation.capture.face_reader import Sighting
from workstation.capture.faces_here import FacesHere
from workstation.documents import portrait
from workstation.documents.mrz.mrz import MRV_A, TD1, TD2, TD3
from workstation.screening.portrait_comparison import PORTRAITS
from workstation.training_post.drawn.documents import Page, document, page
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.drawing import portrait as drawn_portrait
from workstation.training_post.drawn.people import View, person
from workstation.training_post.drawn.photographing import photograph, shot
from workstation.training_post.opening import CALIBRATION as DRAWN

PEOPLE = 1000
_FIRST_SEED = 20_000
"""Drawn people from here on are in no cohort and in no cast."""
_FORMS = (TD3, TD3, TD2, TD1, MRV_A)
_LEVELS = (0, 0, 1, 1, 1, 2)
"""How hard the photographs of documents are: mostly a scanner or a document camera, some a hurried hand."""
_FACE_CUT = (slice(26, 214), slice(51, 199))
"""Of the 250 x 250 photographs of LFW: as close as a passport's portrait."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person: a live picture, and another one that is printed; the same file where there is only one."""

    name: str
    live: Path | int
    printed: Path | int

    @property
    def mated(self) -> bool:
        return isinstance(self.live, int) or self.live != self.printed


@dataclass(frozen=True, slots=True, eq=False)
class Sat:
    """Templates and grades of one sitter, where there are any."""

    sitter: Sitter
    live: NDArray[np.float32] | None
    live_grade: str
    portrait: NDArray[np.float32] | None
    portrait_grade: str
    why_not: str


def sitters_drawn(count: int) -> tuple[Sitter, ...]:
    return tuple(Sitter(f"{seed}", seed, seed) for seed in range(_FIRST_SEED, _FIRST_SEED + count))


def sitters_in(folder: Path, count: int) -> tuple[Sitter, ...]:
    """So many people of a folder per person, those with two photographs first; the later photograph is printed."""
    photos: dict[str, list[Path]] = {}
    for photo in photos_in(folder):
        photos.setdefault(photo.identity, []).append(photo.path)
    order = sorted(photos, key=lambda name: (len(photos[name]) < 2, name))
    return tuple(Sitter(name, photos[name][0], photos[name][min(1, len(photos[name]) - 1)]) for name in order[:count])


def sit(sitter: Sitter, seed: int) -> Sat:
    """Both templates of one sitter; the document, its printer and the photograph of it follow from the seed."""
    here = FacesHere()
    live, live_grade = None, "D"
    sighting = _nearest_middle(picture := _live(sitter, seed), here.look(picture))
    if sighting is not None:
        live, live_grade = here.encode(picture, sighting.face).vector, grade(sighting.quality.score)
    found = portrait.find(photographed(_photo(sitter, seed), seed), here)
    if found is None or found.template is None or found.quality is None:
        why = str(portrait.NO_PORTRAIT if found is None else found.remarks[-1])
        return Sat(sitter, live, live_grade, None, "D", why)
    return Sat(sitter, live, live_grade, found.template.vector, grade(found.quality.score), "")


def photographed(photo: Image, seed: int) -> Image:
    """The part of a page around the portrait, printed, photographed and laid flat again as a reader of pages gives it."""
    form = _FORMS[seed % len(_FORMS)]
    made = replace(document(seed, form), photo=photo)
    # A few security prints are enough, and are drawn once.
    made = replace(made, style=replace(made.style, background=seed % 4))
    whole = page(made, 300.0, front=form is TD1)
    corners = whole.portrait_corners
    if corners is None:
        raise ValueError(f"a page of the form {form.name} without a portrait")
    wide, high = (int(each) for each in corners[2] * (1.25, 1.1))
    part = Page(np.ascontiguousarray(whole.image[:high, :wide]), whole.dpi, (), (), corners)
    its = shot(seed, _LEVELS[seed // 7 % len(_LEVELS)])
    taken = photograph(part, its, seed)
    share = min(1.0, its.dpi / whole.dpi)
    size = round(wide * share), round(high * share)
    flat = np.array([(0, 0), (size[0], 0), size, (0, size[1])], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(taken.corners, flat)
    return np.asarray(cv2.warpPerspective(taken.image, matrix, size), dtype=np.uint8)


def calibrate(sats: Sequence[Sat], cohort_digest: str, data: str) -> Calibration:
    """Each pair of a live picture and a portrait is judged with a cohort fitted to others than its two people.

    CalibrationRefused when the people are too few.
    """
    whole = [each for each in sats if each.live is not None and each.portrait is not None]
    live, portraits = (np.array([getattr(each, part) for each in whole], dtype=np.float32) for part in ("live", "portrait"))
    scores = _scores(live, portraits)
    pairs = _pairs(whole, scores)
    grades = [*(each.live_grade for each in whole), *(each.portrait_grade for each in whole)]
    return calibration.make(encoding.unit().digest, cohort_digest, data, pairs, grades, len(sats) - len(whole))


def _scores(live: NDArray[np.float32], portraits: NDArray[np.float32]) -> Floats:
    """Normalised distances, (people, people): row the live picture, column the portrait."""
    people = len(live)
    apart = live[:, None, :].astype(np.float64), portraits[None].astype(np.float64)
    scores = np.stack([np.linalg.norm(row - apart[1][0], axis=1) for row in apart[0][:, 0]])
    fold = np.random.default_rng(0).permutation(people) % FOLDS
    for one in range(FOLDS):
        for other in range(one, FOLDS):
            outside = (fold != one) & (fold != other)
            fitted = Cohort.of(encoding.unit().digest, Mixture.fit(live[outside], components_for(int(outside.sum()))))
            for here, there in {(one, other), (other, one)}:
                rows, columns = np.flatnonzero(fold == here), np.flatnonzero(fold == there)
                down, across = fitted.normaliser(live[rows]) / 2, fitted.normaliser(portraits[columns]) / 2
                scores[np.ix_(rows, columns)] -= down[:, None] + across
    return scores


def _pairs(whole: Sequence[Sat], scores: Floats) -> Pairs:
    """Everybody's live picture with everybody's portrait; with the own one only where that is another photograph."""
    people = len(whole)
    names = np.array([each.sitter.name for each in whole])
    rows, columns = (each.ravel() for each in np.indices((people, people)))
    mated = np.array([each.sitter.mated for each in whole])
    kept = (rows != columns) | mated[rows]
    rows, columns = rows[kept], columns[kept]
    photos = np.stack([rows, columns + people], axis=1).astype(np.int32)
    return listed_pairs(names[rows].tolist(), names[columns].tolist(), photos, scores[rows, columns].astype(np.float32))


def _live(sitter: Sitter, seed: int) -> Image:
    if isinstance(sitter.live, Path):
        return decode(sitter.live.read_bytes())
    random = np.random.default_rng([seed, 41])
    turned = View(
        yaw=float(random.uniform(-8, 8)), pitch=float(random.uniform(-5, 5)), light_from=float(random.uniform(-25, 35)),
        smile=float(random.choice([0.0, 0.0, 0.3, 0.6])), background=int(random.integers(3)),
    )  # fmt: skip # one view
    return frame([(person(sitter.live), turned)], moment=seed)


def _photo(sitter: Sitter, seed: int) -> Image:
    if isinstance(sitter.printed, Path):
        return np.ascontiguousarray(decode(sitter.printed.read_bytes())[_FACE_CUT])
    random = np.random.default_rng([seed, 42])
    straight = View(
        yaw=float(random.uniform(-4, 4)), pitch=float(random.uniform(-3, 3)), light_from=float(random.uniform(-20, 20))
    )
    return drawn_portrait(person(sitter.printed), straight, size=480, moment=seed + 1)


def _nearest_middle(image: Image, sightings: Sequence[Sighting]) -> Sighting | None:
    high, wide = image.shape[:2]

    def away(each: Sighting) -> float:
        x, y = each.face.box.centre
        return float(abs(x - wide / 2) + abs(y - high / 2))

    return min(sightings, key=away, default=None)


def everybody(sitters: Sequence[Sitter]) -> list[Sat]:
    with workers() as pool:
        asked = pool.map(sit, sitters, range(len(sitters)), chunksize=4)
        return list(track(asked, "Printing, photographing, encoding", total=len(sitters)))


def main(words: Sequence[str]) -> None:
    drawn = words[0] == "drawn"
    count = int(words[-1]) if words[-1].isdigit() else PEOPLE
    sitters = sitters_drawn(count) if drawn else sitters_in(Path(words[0]), count)
    kept = DRAWN / PORTRAITS if drawn else Path(words[1])
    cohort = Calibration.load(DRAWN / CALIBRATION).cohort if drawn else FacesHere().scale.digest
    what = "drawn people" if drawn else f"people of {Path(words[0]).name}"
    sats = everybody(sitters)
    made = calibrate(sats, cohort, f"{what}, printed on documents and photographed by the training renderer")
    made.save(kept)
    for reason in sorted({each.why_not for each in sats if each.why_not}):
        print(sum(each.why_not == reason for each in sats), reason)  # noqa: T201 - its report
    print(*table(made), sep="\n")  # noqa: T201 - its report


def table(made: Calibration) -> list[str]:
    """FMR and the share of own portraits missed, with their bands, at a few rates that the data carries."""
    lines = [f"{made.people} people, {made.mated_people['any']} seen twice, {made.pairs} pairs, {made.failures} failures"]
    for rate in (0.05, 0.01, 0.003, 0.001, 0.0003, 0.0001):
        point = made.operating_point(1, rate)
        if not point.within_budget:
            lines.append(f"one in {1 / rate:.0f}: beyond the sample")
            continue
        missed = made.missed(point.distance)
        if missed is not None:
            band = f"{missed.value:.3f} ({missed.low:.3f}-{missed.high:.3f})"
            lines.append(f"FMR {rate:<7} at {point.distance:+.3f}: FNMR {band}")
    return lines


if __name__ == "__main__":
    main(sys.argv[1:])
