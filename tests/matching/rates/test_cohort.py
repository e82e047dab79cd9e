"""The cohort: the same numbers everywhere, the mean over the nearest, and nobody's template in it."""

from pathlib import Path

import numpy as np
import pytest

from matching.faces.encoding import unit
from matching.rates import cohort
from matching.rates.cohort import NEAREST, Cohort, CohortRefused, Mixture
from matching.rates.scale import cohort_name, shipped


def drawn(count: int = 400, dimension: int = 12) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    random = np.random.default_rng(2)
    centres = random.normal(0, 1, (2, dimension))
    return (centres[random.integers(0, 2, count)] + random.normal(0, 0.3, (count, dimension))).astype(np.float32)


def test_that_the_normaliser_is_the_mean_distance_to_the_nearest() -> None:
    vectors = drawn()
    made = Cohort.of("e", Mixture.fit(vectors, 2))
    for vector, value in zip(vectors[:20], made.normaliser(vectors[:20]), strict=True):
        distances = sorted(float(np.linalg.norm(other - vector.astype(np.float64))) for other in made.vectors)
        assert value == pytest.approx(sum(distances[:NEAREST]) / NEAREST, rel=1e-5)


def test_that_many_at_once_give_what_one_by_one_gives() -> None:
    made = Cohort.of("e", Mixture.fit(drawn(), 2))
    vectors = drawn(700)
    together = made.normaliser(vectors)
    assert [float(made.normaliser(each[None])[0]) for each in vectors[::97]] == pytest.approx(together[::97].tolist(), rel=1e-6)


def test_that_the_mixture_is_like_what_it_was_fitted_to_and_repeats_nobody() -> None:
    vectors = drawn(1500)
    mixture = Mixture.fit(vectors, 2)
    again = mixture.draw(4000)
    assert again.mean(axis=0) == pytest.approx(vectors.mean(axis=0), abs=0.1)
    assert np.cov(again.T) == pytest.approx(np.cov(vectors.T), abs=0.15)
    nearest = np.linalg.norm(again[:, None, :] - vectors[None, :50], axis=2).min()
    assert nearest > 1e-3


def test_that_a_saved_cohort_is_the_same_and_another_encoders_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cohort.npz"
    cohort.save(path, "e", Mixture.fit(drawn(), 2))
    one, other = cohort.load(path, "e"), cohort.load(path, "e")
    assert one.digest == other.digest
    assert np.array_equal(one.vectors, other.vectors)
    with pytest.raises(CohortRefused, match="another encoder"):
        cohort.load(path, "f")
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(CohortRefused, match="cannot be read"):
        cohort.load(path, "e")


def test_that_too_few_people_are_refused() -> None:
    with pytest.raises(CohortRefused, match="60 people are too few"):
        Mixture.fit(drawn(60), 4)


def test_that_another_encoder_has_another_digest() -> None:
    mixture = Mixture.fit(drawn(), 2)
    assert Cohort.of("e", mixture).digest != Cohort.of("f", mixture).digest


def test_that_the_shipped_cohort_is_of_the_encoder_and_holds_parameters_only() -> None:
    scale = shipped(unit().digest)
    assert scale.cohort.encoder == unit().digest
    (file,) = Path(cohort.__file__).parent.glob("cohort-*.npz")
    assert file.name == cohort_name(scale.digest)
    with np.load(file) as data:
        assert {name: data[name].shape for name in data.files} == {
            "encoder": (),
            "weights": (16,),
            "means": (16, 128),
            "factors": (16, 128, 128),
        }
        assert (data["weights"] * scale.calibration.people > 20).all(), "no component may stand for a few people"
