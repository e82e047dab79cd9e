"""The bench: what a folder of known people, or a list of pairs, shows of an encoder and a score."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.rates import evaluation
from matching.rates.evaluation import EvaluationRefused
from matching.rates.pairs import Pairs, Rate, all_pairs, listed_pairs
from matching.rates.scale import Scale
from workstation.bench import calibrating
from workstation.bench.calibrating import Scores
from workstation.bench.measuring import KINDS, Measured, Photo
from workstation.errors import OperatorError

FMRS = (1e-2, 1e-3, 1e-4, 1e-5)
SIZES = (100, 400, 1000, 3000)
BUDGETS = (0.01, 0.003, 0.002)
PLAIN, NORMALISED = "distance", "normalised distance"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PairList:
    """A protocol of pairs, as a CSV file gives it."""

    photos: tuple[Photo, ...]
    """Each photograph once."""
    pairs: tuple[tuple[int, int], ...]
    """Places of the two photographs of each pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """One score on the photographs of one encoder."""

    name: str
    pairs: Pairs
    matrix: Scores | None
    """(n, n), or None for a list of pairs."""


def read_pairs(table: Path, folder: Path) -> PairList:
    """A CSV file with the columns first, second (files below `folder`) and perhaps same (1 or 0).

    Without `same` the folder that a file lies in names the person. OperatorError names the first line that cannot be used.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError("{table} cannot be read as CSV in UTF-8.", table=table) from error
    if not rows or not {"first", "second"} <= set(rows[0]):
        raise OperatorError("{table} takes a header with the columns first and second.", table=table)
    places: dict[Path, int] = {}
    pairs = []
    for line, row in enumerate(rows, start=2):
        files = [folder / (row[name] or "") for name in ("first", "second")]
        for each in files:
            if each.suffix.lower() not in KINDS or not each.is_file():
                raise OperatorError("Line {line} of {table}: there is no photograph {file}.", line=line, table=table, file=each)
        same = row.get("same")
        if same not in (None, "") and (same == "1") != (files[0].parent.name == files[1].parent.name):
            raise OperatorError(
                "Line {line} of {table}: the column same says otherwise than the folders of the photographs.",
                line=line, table=table,
            )  # fmt: skip # one sentence
        pairs.append((places.setdefault(files[0], len(places)), places.setdefault(files[1], len(places))))
    return PairList(tuple(Photo(path.parent.name, path) for path in places), tuple(pairs))


def read_groups(table: Path) -> Mapping[str, str]:
    """The declared group of each person: a CSV file with the columns identity and group."""
    try:
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError("{table} cannot be read as CSV in UTF-8.", table=table) from error
    if not rows or not {"identity", "group"} <= set(rows[0]):
        raise OperatorError("{table} takes a header with the columns identity and group.", table=table)
    return {row["identity"]: (row["group"] or "").strip() for row in rows}


def fused(measured: Measured, count: int) -> Measured:
    """Photographs of one person taken together, `count` at a time, as several portraits of a record or frames of a probe are.

    What is left over of a person's photographs is left out; a person with fewer stays as one template of what there is.
    """
    places: dict[str, list[int]] = {}
    for place, name in enumerate(measured.identities):
        places.setdefault(name, []).append(place)
    photos, vectors, grades = [], [], []
    for each in places.values():
        whole = [each[start : start + count] for start in range(0, len(each) - count + 1, count)] or [each]
        for group in whole:
            photos.append(measured.photos[group[0]])
            vectors.append(measured.vectors[group].mean(axis=0))
            grades.append(max(measured.grades[one] for one in group))
    return replace(measured, photos=tuple(photos), vectors=np.array(vectors, dtype=np.float32), grades=tuple(grades))


def scored(measured: Measured, scale: Scale | None, progress: Progress, listed: PairList | None = None) -> tuple[Scored, ...]:
    """The plain and the normalised distance. Without `scale` cohorts are fitted to other people of the same folder."""
    plain = calibrating.distances(measured.vectors)
    matrices = {PLAIN: plain}
    if scale is not None:
        matrices[NORMALISED] = calibrating.normalised(measured, scale.cohort)
    elif len(set(measured.identities)) >= evaluation.FEW * calibrating.FOLDS:
        matrices[NORMALISED] = calibrating.cross_fitted(measured, progress)
    if listed is None:
        return tuple(Scored(name, all_pairs(measured.identities, matrix), matrix) for name, matrix in matrices.items())
    place = {photo.path: row for row, photo in enumerate(measured.photos)}
    kept = np.array(
        [
            (place[listed.photos[one].path], place[listed.photos[other].path])
            for one, other in listed.pairs
            if listed.photos[one].path in place and listed.photos[other].path in place
        ],
        dtype=np.int32,
    ).reshape(-1, 2)
    who = np.asarray(measured.identities)
    return tuple(
        Scored(name, listed_pairs(who[kept[:, 0]].tolist(), who[kept[:, 1]].tolist(), kept, _at(matrix, kept)), None)
        for name, matrix in matrices.items()
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    verification: bool = True
    identification: bool = True
    sizes: Sequence[int] = SIZES
    budgets: Sequence[float] = BUDGETS
    fmrs: Sequence[float] = FMRS
    groups: Mapping[str, str] = field(default_factory=dict)


def evaluate(measured: Measured, scores: Sequence[Scored], wanted: Wanted) -> dict[str, object]:
    """One JSON object: what was measured, the failures to acquire, and each score's rates with their bands."""
    total = len(measured.photos) + len(measured.failures)
    answer: dict[str, object] = {
        "encoder": {"name": measured.encoder.name, "digest": measured.encoder.digest},
        "photos": total,
        "people": len(set(measured.identities)),
        "failure_to_acquire": {
            "count": len(measured.failures),
            "rate": len(measured.failures) / total if total else None,
            "photos": {str(path): why for path, why in sorted(measured.failures.items())[:100]},
        },
        "interval": "90 of 100 cases, bootstrap over people; rule of three where no error was seen",
        "scores": {each.name: _of_score(each, measured, wanted) for each in scores},
    }
    if len(scores) > 1 and wanted.verification:
        answer["comparison"] = compared(scores[0], scores[1], wanted.fmrs)
    return answer


def compared(one: Scored, other: Scored, fmrs: Sequence[float]) -> list[dict[str, object]]:
    """FNMR of the second score less that of the first, at each FMR that the data carries."""
    rows: list[dict[str, object]] = []
    for fmr in fmrs:
        if fmr < evaluation.CARRIED / one.pairs.strangers:
            continue
        difference = evaluation.fnmr_difference(other.pairs, one.pairs, fmr)
        rows.append({"fmr": fmr, "first": one.name, "second": other.name, "fnmr_difference": asdict(difference)})
    return rows


def _of_score(score: Scored, measured: Measured, wanted: Wanted) -> dict[str, object]:
    told: dict[str, object] = {}
    if wanted.verification:
        try:
            told["verification"] = asdict(evaluation.verification(score.pairs, wanted.fmrs))
        except EvaluationRefused as refusal:
            told["verification"] = {"refused": str(refusal)}
    if wanted.identification and score.matrix is not None:
        found = evaluation.identification(measured.identities, score.matrix, wanted.sizes, wanted.budgets)
        told["identification"] = [asdict(each) for each in found]
    if wanted.groups:
        told["groups"] = _groups(score, measured, wanted.groups)
    return told


def _groups(score: Scored, measured: Measured, groups: Mapping[str, str]) -> dict[str, object]:
    """At the threshold at which 1 pair of strangers in 1,000 passes, the same for everybody."""
    fmr = next((each for each in (1e-4, 1e-3, 1e-2) if each >= evaluation.CARRIED / score.pairs.strangers), None)
    if fmr is None:
        return {"refused": "too few people to say"}
    threshold = evaluation.threshold_at(score.pairs, fmr)
    names = np.unique(np.asarray(measured.identities)).tolist()
    found = evaluation.by_group(score.pairs, [groups.get(name, "") for name in names], threshold)
    return {
        "fmr": fmr,
        "threshold": threshold,
        "groups": [
            {
                "name": each.name,
                "people": each.people,
                "fmr": _told(each.fmr),
                "fnmr": _told(each.fnmr),
                "fnmr_difference": _told(each.fnmr_difference),
            }
            for each in found
        ],
    }


def _told(rate: Rate | None) -> dict[str, float] | str:
    return "too few to say" if rate is None else asdict(rate)


def _at(matrix: Scores, places: NDArray[np.int32]) -> Scores:
    values: Scores = matrix[places[:, 0], places[:, 1]]
    return values
