"""Face and portrait, one to one: the numbers follow the distance, doubts make them claim less, and nothing is a verdict."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import rates
from matching.faces import encoding
from matching.faces.encoding import Encoder, Template
from matching.faces.quality import Quality
from matching.rates.calibration import Calibration
from matching.rates.cohort import Cohort, Mixture
from matching.rates.scale import Scale
from workstation.documents import portrait
from workstation.documents.mrz.mrz import TD3, Zone, parse
from workstation.documents.travel_document import DocumentPortrait
from workstation.operating_point import scales
from workstation.screening import portrait_comparison
from workstation.screening.portrait_comparison import DOUBTS, PORTRAITS, WORDS, Doubt, Looks, compare, doubts, read, sentences
from workstation.sentences import Code, Sentence
from workstation.training_post import opening
from workstation.training_post.drawn.holders import BirthDate, holder, particulars
from workstation.training_post.drawn.zone_lines import zone_lines

SHIPPED = Calibration.load(Path(rates.__file__).parent / PORTRAITS)
TODAY = date(2026, 11, 25)
DISTANCES = st.floats(-0.6, 0.4)
FINE = Quality((), None, 80, good=True)


@given(DISTANCES, DISTANCES)
def test_that_a_closer_face_is_rarer_among_strangers_and_commoner_among_own_portraits(one: float, other: float) -> None:
    near, far = (read(each, SHIPPED, "d") for each in sorted((one, other)))
    assert near.one_in.value >= far.one_in.value
    assert near.own_this_far.value >= far.own_this_far.value
    order = [Looks.ALIKE, Looks.LOOK_YOURSELF, Looks.DIFFERENT]
    assert order.index(near.looks) <= order.index(far.looks)


@given(DISTANCES, st.sets(st.sampled_from(list(Doubt))))
def test_that_doubts_only_ever_make_the_answer_claim_less(distance: float, doubted: set[Doubt]) -> None:
    sure, unsure = read(distance, SHIPPED, "d"), read(distance, SHIPPED, "d", tuple(doubted))
    assert unsure.looks in {sure.looks, Looks.LOOK_YOURSELF}
    assert unsure.one_in.low <= sure.one_in.low <= sure.one_in.value <= sure.one_in.high <= unsure.one_in.high
    assert {str(each) for each in sentences(sure)} - {str(each) for each in sentences(unsure)} <= {
        str(each) for each in sentences(sure)[:3]
    }


@given(DISTANCES)
def test_that_no_rate_is_told_beyond_the_sample(distance: float) -> None:
    told = read(distance, SHIPPED, "d")
    assert told.one_in.value <= SHIPPED.pairs / 9
    assert told.at_least == (distance < SHIPPED.carried)
    assert told.own_this_far.high >= 3 / SHIPPED.mated_people["any"] * 0.99
    if told.at_least:
        assert any(each.template == portrait_comparison.RARER for each in sentences(told))


@given(DISTANCES, st.sets(st.sampled_from(list(Doubt))))
def test_that_the_words_are_no_verdict(distance: float, doubted: set[Doubt]) -> None:
    said = " ".join(str(each) for each in sentences(read(distance, SHIPPED, "d", tuple(doubted)))).lower()
    assert not any(word in said for word in ("match", "%", "confiden", "verified", "same person", "impostor", "fraud"))
    assert "{" not in said


def test_that_every_reading_and_doubt_has_its_words() -> None:
    assert set(WORDS) == set(Looks)
    assert set(DOUBTS) == set(Doubt)


def test_that_the_shipped_numbers_separate_people_from_their_portraits() -> None:
    """What MODEL_CARD may say: alike for nearly all own portraits; unlike only where the own ones hardly ever lie."""
    grid = np.linspace(-0.5, 0.4, 200)
    told = {float(each): read(each, SHIPPED, "d").looks for each in grid}
    alike = max(each for each, looks in told.items() if looks is Looks.ALIKE)
    missed = SHIPPED.missed(alike)
    assert missed is not None
    assert missed.value < 0.05
    assert all(each > alike for each, looks in told.items() if looks is Looks.DIFFERENT)


UNIT = Encoder("plain", "ab" * 32, 16)
COHORT = Cohort.of(UNIT.digest, Mixture(np.ones(1), np.zeros((1, 16)), 0.05 * np.eye(16)[None]))
SCALE = Scale(COHORT, replace(SHIPPED, encoder=UNIT.digest, cohort=COHORT.digest))


def template(seed: int, shake: float = 0.0) -> Template:
    random = np.random.default_rng(seed)
    vector = random.normal(size=16) * 0.05 + np.random.default_rng(99).normal(size=16) * shake
    return Template(vector.astype(np.float32), UNIT.digest)


def test_that_the_distance_is_normalised_by_both_faces_and_symmetrical() -> None:
    one, other = template(1), template(2)
    there, back = compare(one, other, SCALE), compare(other, one, SCALE)
    vectors = np.stack([one.vector, other.vector]).astype(np.float64)
    wanted = np.linalg.norm(vectors[0] - vectors[1]) - COHORT.normaliser(np.stack([one.vector, other.vector])).mean()
    assert there.distance == pytest.approx(wanted, abs=1e-5)
    assert back.distance == pytest.approx(there.distance, abs=1e-6)
    assert there.scale == SCALE.digest


def test_that_templates_of_another_encoder_are_not_compared() -> None:
    with pytest.raises(ValueError, match="another encoder"):
        compare(template(1), Template(template(2).vector, "cd" * 32), SCALE)


def _zone(born: BirthDate, expires: date) -> Zone:
    whose = replace(holder(1), born=born)
    return parse(zone_lines(whose, replace(particulars(1, TD3, whose), expires=expires)), TODAY)


def found(*remarks: Sentence, score: int = 80) -> DocumentPortrait:
    image = np.zeros((8, 8, 3), dtype=np.uint8)
    return DocumentPortrait(image, None, replace(FINE, score=score), None, remarks=remarks)


def test_that_an_adult_with_a_valid_document_raises_no_doubt() -> None:
    assert doubts(found(), FINE, _zone(BirthDate(1980, 5, 4), date(2030, 1, 1)), TODAY) == ()


def test_that_each_doubt_is_raised_by_what_the_document_tells() -> None:
    valid = date(2030, 1, 1)
    adult = BirthDate(1980, 5, 4)
    assert doubts(found(), FINE, _zone(BirthDate(2012, 5, 4), valid), TODAY) == (Doubt.CHILD,)
    assert doubts(found(), FINE, _zone(BirthDate(2005, 5, 4), valid), TODAY) == (Doubt.CHILDS_PORTRAIT,)
    assert doubts(found(), FINE, _zone(BirthDate(2005, 5, 4), valid), TODAY, issued=date(2025, 1, 1)) == ()
    assert doubts(found(), FINE, _zone(adult, date(2019, 1, 1)), TODAY) == (Doubt.OLD,)
    assert doubts(found(), FINE, _zone(adult, valid), TODAY, issued=date(2010, 1, 1)) == (Doubt.OLD,)
    assert doubts(found(), FINE, None, TODAY) == (Doubt.UNDATED,)
    assert doubts(found(score=10), FINE, _zone(adult, valid), TODAY) == (Doubt.LOW_QUALITY,)
    covered = found(portrait.FOREHEAD, Sentence(portrait.SEVERAL, {"count": 2}, Code.SEVERAL_PORTRAITS))
    assert doubts(covered, None, _zone(adult, valid), TODAY) == (Doubt.COVERED, Doubt.SEVERAL)


def test_that_a_post_without_its_own_calibration_of_portraits_uses_the_shipped_one(tmp_path: Path) -> None:
    scale = portrait_comparison.scale_at(tmp_path, encoding.unit().digest)
    assert scale is not None
    assert scale.calibration.data == SHIPPED.data


def test_that_the_training_post_reads_drawn_portraits_against_drawn_people(tmp_path: Path) -> None:
    (tmp_path / scales.FOLDER).symlink_to(opening.CALIBRATION)
    scale = portrait_comparison.scale_at(tmp_path, encoding.unit().digest)
    assert scale is not None
    assert scale.calibration.data.startswith("drawn people")


def test_that_an_encoder_without_numbers_has_no_scale(tmp_path: Path) -> None:
    assert portrait_comparison.scale_at(tmp_path, UNIT.digest) is None
