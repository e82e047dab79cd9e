"""How near a template lies to people in general, so that a distance can be read against it.

Some faces lie near many others, some near none; one threshold on the plain distance spends the alerts on the former and
misses the latter. The normalised distance d - (mu_probe + mu_reference) / 2 evens that out (score normalisation with an
adaptive cohort: Matejka et al., Interspeech 2017). mu is the mean distance to the nearest templates of a cohort. The cohort
is drawn from a Gaussian mixture that was fitted to many people: its parameters ship, nobody's template does.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from matching.refusals import Refusal

DRAWN = 8000
NEAREST = 25
_SEED = 20261124
_STEPS = 40
_PRIOR = 1.0
"""People's worth of the covariance of all that each component's own covariance is drawn towards."""
_LEAST = 50
"""People per component from which a mixture is fitted."""
_AT_ONCE = 512

Floats = NDArray[np.float64]


class CohortRefused(Refusal):
    """A cohort cannot be made of what was given, or a file is not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A mixture of Gaussians over templates."""

    weights: Floats
    """(k,), summing to 1."""
    means: Floats
    """(k, d)."""
    factors: Floats
    """(k, d, d), lower Cholesky factors of the covariances."""

    @classmethod
    def fit(cls, vectors: NDArray[np.float32], components: int, seed: int = _SEED) -> Self:
        """Fitted by expectation and maximisation to `vectors` (n, d), one template per person.

        CohortRefused when there are too few people for so many components.
        """
        data = np.asarray(vectors, dtype=np.float64)
        count, dimension = data.shape
        if count < _LEAST * components or count < dimension:
            raise CohortRefused(
                "{count} people are too few for a cohort; it takes {least}. Add photographs of more people.",
                count=count,
                least=max(_LEAST * components, dimension),
            )
        random = np.random.default_rng(seed)
        everyone = np.cov(data.T)
        shares = np.eye(components)[_clustered(data, components, random)]
        for _ in range(_STEPS):
            sizes = shares.sum(axis=0)
            means = (shares.T @ data) / sizes[:, None]
            factors = np.empty((components, dimension, dimension))
            for each in range(components):
                away = data - means[each]
                own = (away * shares[:, each, None]).T @ away
                blended = (own + _PRIOR * everyone) / (sizes[each] + _PRIOR)
                factors[each] = np.linalg.cholesky(blended + 1e-4 * everyone.trace() / dimension * np.eye(dimension))
            mixture = cls(sizes / count, means, factors)
            shares = mixture._shares(data)
        return mixture

    def draw(self, count: int, seed: int = _SEED) -> NDArray[np.float32]:
        """Templates of nobody, (count, d)."""
        random = np.random.default_rng(seed)
        which = random.choice(len(self.weights), count, p=self.weights)
        steps = random.standard_normal((count, self.means.shape[1]))
        drawn = self.means[which]
        for each in range(len(self.weights)):
            drawn[which == each] += steps[which == each] @ self.factors[each].T
        return drawn.astype(np.float32)

    def _shares(self, data: Floats) -> Floats:
        """How much each component answers for each row, (n, k)."""
        logs = np.empty((len(data), len(self.weights)))
        for each, factor in enumerate(self.factors):
            away = np.linalg.solve(factor, (data - self.means[each]).T)
            logs[:, each] = np.log(self.weights[each]) - np.log(np.diag(factor)).sum() - (away * away).sum(axis=0) / 2
        logs -= logs.max(axis=1, keepdims=True)
        shares = np.exp(logs)
        normed: Floats = shares / shares.sum(axis=1, keepdims=True)
        return normed


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Templates of nobody, and which encoder's they look like."""

    encoder: str
    digest: str
    """SHA-256 over the encoder, the mixture and how it is drawn from: normalisers of another digest are not comparable."""
    vectors: Floats
    """(DRAWN, d)."""
    squares: Floats
    """(DRAWN,), squared lengths of the vectors."""

    @classmethod
    def of(cls, encoder: str, mixture: Mixture) -> Self:
        digest = hashlib.sha256(f"{encoder} {DRAWN} {NEAREST} {_SEED}".encode())
        # What is drawn must not depend on how a machine rounds a matrix product, so the stream itself is part of the digest.
        digest.update(np.random.default_rng(_SEED).standard_normal(64).tobytes())
        for array in (mixture.weights, mixture.means, mixture.factors):
            digest.update(np.ascontiguousarray(array, dtype="<f4").tobytes())
        drawn = mixture.draw(DRAWN).astype(np.float64)
        return cls(encoder, digest.hexdigest(), drawn, np.einsum("ij,ij->i", drawn, drawn))

    def normaliser(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mu of each of `vectors` (n, d): the mean distance to its NEAREST nearest templates of the cohort, (n,)."""
        if vectors.ndim != 2 or vectors.shape[1] != self.vectors.shape[1]:
            raise ValueError(f"vectors have the shape {vectors.shape}, not (n, {self.vectors.shape[1]})")
        found = np.empty(len(vectors), dtype=np.float32)
        for start in range(0, len(vectors), _AT_ONCE):
            some = vectors[start : start + _AT_ONCE].astype(np.float64)
            squares = self.squares - 2 * some @ self.vectors.T
            nearest = np.partition(squares, NEAREST - 1, axis=1)[:, :NEAREST]
            nearest += np.einsum("ij,ij->i", some, some)[:, None]
            found[start : start + _AT_ONCE] = np.sqrt(np.maximum(nearest, 0)).mean(axis=1)
        return found


def save(path: Path, encoder: str, mixture: Mixture) -> None:
    """Write the mixture of this encoder. OSError when the disk refuses."""
    arrays = {name: getattr(mixture, name).astype("<f4") for name in ("weights", "means", "factors")}
    with path.open("wb") as file:
        np.savez_compressed(file, encoder=np.array(encoder), **arrays)


def load(path: Path, encoder: str) -> Cohort:
    """The cohort of this encoder from a file that `save` wrote. CohortRefused when it cannot be read or is another's."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            made_for = str(data["encoder"])
            mixture = Mixture(*(data[name].astype(np.float64) for name in ("weights", "means", "factors")))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise CohortRefused("The cohort {file} cannot be read. Install it again.", file=path.name) from error
    if made_for != encoder:
        raise CohortRefused("The cohort {file} was made for another encoder. Calibrate again.", file=path.name)
    shares = mixture.weights / mixture.weights.sum()
    return Cohort.of(encoder, Mixture(shares, mixture.means, mixture.factors))


def _clustered(data: Floats, count: int, random: np.random.Generator) -> NDArray[np.intp]:
    """The cluster of each row, by a few rounds of k-means."""
    centres = data[random.choice(len(data), count, replace=False)]
    nearest = np.zeros(len(data), dtype=np.intp)
    for _ in range(15):
        nearest = np.argmin(np.einsum("ij,ij->i", centres, centres) - 2 * data @ centres.T, axis=1)
        for each in range(count):
            if (nearest == each).any():
                centres[each] = data[nearest == each].mean(axis=0)
    return nearest
