"""Whether a budget holds on people whom the calibration never saw, and whether “1 in N strangers” is right.

    python benchmarks/budget.py FOLDER [--cache DIR] [--json]

FOLDER holds one folder of photographs per person. The people are split in two halves; each half calibrates once and is judged
once. Planned and observed shares of strangers who raise an alert (FPIR) are printed side by side, over random lists.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from matching.rates.cohort import Cohort
from matching.rates.pairs import Scores
from workstation.bench import calibrating, measuring
from workstation.bench.measuring import Measured

SIZES = (60, 100, 400)
PLANNED = (0.01, 0.003, 0.002)
ONE_IN = (100, 300, 1000)
LISTS = 40


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--cache", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def main(folder: Path, cache: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click
    with tempfile.TemporaryDirectory() as own:
        measured = measuring.measure(measuring.photos_in(folder), cache or Path(own))
    people = sorted(set(measured.identities))
    half = set(np.random.default_rng(0).permutation(people)[: len(people) // 2].tolist())
    rows: list[dict[str, float]] = []
    for inside in (half, set(people) - half):
        rows += _judged(_part(measured, inside), _part(measured, set(people) - inside))
    kinds = sorted({(row["kind"], row["entries"], row["planned"]) for row in rows})
    answer = []
    for kind, entries, planned in kinds:
        shares = [row["observed"] for row in rows if (row["kind"], row["entries"], row["planned"]) == (kind, entries, planned)]
        told = {
            "kind": ("budget", "one in")[int(kind)],
            "entries": entries,
            "planned": planned,
            "observed": float(np.mean(shares)),
        }
        answer.append(told | {"ratio": float(np.mean(shares)) / planned})
    if as_json:
        click.echo(json.dumps({"data": folder.name, "people": len(people), "lists": 2 * LISTS, "rows": answer}))
        return
    for row in answer:
        words = f"{row['kind']:8} {row['entries']:6.0f} entries  planned {row['planned']:.4f}"
        click.echo(f"{words}  observed {row['observed']:.4f}  ratio {row['ratio']:.2f}")


def _part(measured: Measured, people: set[str]) -> Measured:
    kept = [place for place, name in enumerate(measured.identities) if name in people]
    return replace(
        measured,
        photos=tuple(measured.photos[each] for each in kept),
        vectors=measured.vectors[kept],
        grades=tuple(measured.grades[each] for each in kept),
        failures={},
    )


def _judged(fitting: Measured, judging: Measured) -> list[dict[str, float]]:
    made = calibrating.calibrate(fitting, "half")
    scores = calibrating.normalised(judging, Cohort.of(judging.encoder.digest, made.mixture))
    owner = np.unique(np.asarray(judging.identities), return_inverse=True)[1]
    photos = [np.flatnonzero(owner == person) for person in range(int(owner.max()) + 1)]
    random = np.random.default_rng(1)
    rows: list[dict[str, float]] = []
    for size in SIZES:
        for _ in range(LISTS):
            nearest = _strangers(photos, size, scores, random)
            for planned in PLANNED:
                point = made.calibration.operating_point(size, planned)
                if point.within_budget:
                    observed = float(np.mean(nearest <= point.distance))
                    rows.append({"kind": 0, "entries": size, "planned": planned, "observed": observed})
            for one_in in ONE_IN:
                point = made.calibration.operating_point(size, 1 / one_in)
                if point.within_budget:
                    observed = float(np.mean(nearest <= point.distance))
                    rows.append({"kind": 1, "entries": size, "planned": 1 / one_in, "observed": observed})
    return rows


def _strangers(
    photos: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.intp]]], size: int, scores: Scores, random: np.random.Generator
) -> Scores:
    """Distance of the nearest entry to each person who is not on a random list of this size."""
    order = random.permutation(len(photos))
    references = [int(random.choice(photos[each])) for each in order[:size]]
    probes = [int(random.choice(photos[each])) for each in order[size:]]
    nearest: Scores = scores[np.ix_(references, probes)].min(axis=0)
    return nearest


if __name__ == "__main__":
    main()
