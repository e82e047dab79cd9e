"""From measured photographs to a cohort and a calibration, no person judged by a cohort that was fitted to them."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.rates import calibration, cohort
from matching.rates.calibration import GRID, Calibration, CalibrationRefused
from matching.rates.cohort import Cohort, Mixture
from matching.rates.pairs import all_pairs
from matching.rates.scale import CALIBRATION, cohort_name
from workstation.bench.measuring import Measured
from workstation.errors import OperatorError

FOLDS = 5
COMPONENTS = 16
"""Gaussians of the mixture, where there are people enough (DECISIONS 13)."""
_PEOPLE_EACH = 70
_ROWS = 512

Scores = NDArray[np.float32]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    mixture: Mixture
    calibration: Calibration

    def save(self, folder: Path) -> None:
        """Both files, in `folder`, which is made. What was there counts until the last moment: one file decides which cohort.

        OperatorError when the disk refuses.
        """
        kept = folder / cohort_name(self.calibration.cohort)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            cohort.save(kept, self.calibration.encoder, self.mixture)
            part = folder / f".{CALIBRATION}"
            self.calibration.save(part)
            part.replace(folder / CALIBRATION)
            for old in set(folder.glob("cohort-*.npz")) - {kept}:
                old.unlink()
        except OSError as error:
            raise OperatorError("{path} cannot be written: {why}.", path=folder, why=error.strerror) from error


def calibrate(measured: Measured, data: str, progress: Progress = lambda _done, _all: None) -> Made:
    """CalibrationRefused or CohortRefused when the people are too few.

    The cohort is fitted to one photograph of everybody. Each pair is judged with one fitted to others than its two people.
    """
    people = len(set(measured.identities))
    if people < calibration.LEAST_PEOPLE:
        raise CalibrationRefused(
            "{people} people are too few for a calibration; it takes {least}.", people=people, least=calibration.LEAST_PEOPLE
        )
    scores = cross_fitted(measured, progress)
    mixture = Mixture.fit(_one_each(measured), components_for(people))
    pairs = all_pairs(measured.identities, scores, float(GRID[-1]))
    digest = Cohort.of(measured.encoder.digest, _as_saved(mixture)).digest
    made = calibration.make(
        measured.encoder.digest, digest, data, pairs, measured.grades, failures=len(measured.failures)
    )  # fmt: skip # one call
    return Made(mixture, made)


def cross_fitted(measured: Measured, progress: Progress = lambda _done, _all: None) -> Scores:
    """Normalised distances (n, n), each from a cohort that was fitted to neither of the two people."""
    scores = distances(measured.vectors)
    _, owner = np.unique(np.asarray(measured.identities), return_inverse=True)
    people = int(owner.max()) + 1
    fold = np.random.default_rng(0).permutation(people) % FOLDS
    rounds = list(itertools.combinations_with_replacement(range(FOLDS), 2))
    for done, (one, other) in enumerate(rounds):
        progress(done, len(rounds))
        inside = (fold[owner] == one) | (fold[owner] == other)
        outside = np.flatnonzero(~inside)
        first = outside[np.unique(owner[outside], return_index=True)[1]]
        mixture = Mixture.fit(measured.vectors[first], components_for(len(first)))
        fitted = Cohort.of(measured.encoder.digest, mixture)
        rows, columns = np.flatnonzero(fold[owner] == one), np.flatnonzero(fold[owner] == other)
        down, across = (fitted.normaliser(measured.vectors[each]) / 2 for each in (rows, columns))
        block = np.ix_(rows, columns)
        scores[block] -= down[:, None] + across
        if one != other:
            scores[np.ix_(columns, rows)] = scores[block].T
    progress(len(rounds), len(rounds))
    return scores


def normalised(measured: Measured, with_cohort: Cohort) -> Scores:
    """Normalised distances (n, n) with a given cohort."""
    half = with_cohort.normaliser(measured.vectors) / 2
    scores: Scores = (distances(measured.vectors) - half[:, None] - half).astype(np.float32)
    return scores


def distances(vectors: NDArray[np.float32]) -> Scores:
    """Euclidean distances (n, n)."""
    wide = vectors.astype(np.float64)
    squares = np.einsum("ij,ij->i", wide, wide)
    found = np.empty((len(wide), len(wide)), dtype=np.float32)
    for start in range(0, len(wide), _ROWS):
        some = slice(start, start + _ROWS)
        found[some] = np.sqrt(np.maximum(squares[some, None] + squares - 2 * wide[some] @ wide.T, 0))
    return found


def components_for(people: int) -> int:
    return max(1, min(COMPONENTS, people // _PEOPLE_EACH))


def _one_each(measured: Measured) -> NDArray[np.float32]:
    _, first = np.unique(np.asarray(measured.identities), return_index=True)
    return measured.vectors[first]


def _as_saved(mixture: Mixture) -> Mixture:
    """The mixture as it comes back from its file, where it is kept in single precision."""
    weights, means, factors = (
        np.asarray(part, dtype="<f4").astype(np.float64) for part in (mixture.weights, mixture.means, mixture.factors)
    )
    return Mixture(weights / weights.sum(), means, factors)
