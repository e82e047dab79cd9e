"""Drawn people are found, told apart and coached as real ones are: faces, quality and templates on our own renderer."""

from dataclasses import replace

import numpy as np
import pytest

from matching.faces import encoding, finding, quality
from matching.faces.quality import Fix
from workstation.training_post.cast import RECORD_SEEDS, STRANGER_SEEDS
from workstation.training_post.drawn.drawing import frame, portrait
from workstation.training_post.drawn.people import View, person
from workstation.training_post.script import LISTED, LISTS, TRAVELLERS, listed_portraits, traveller_frames

WHO = person(RECORD_SEEDS[0])


def fix_of(view: View) -> Fix | None:
    image = frame([(WHO, view)])
    (face,) = finding.find(image)
    return quality.assess(image, face).fix


def test_that_a_good_view_has_nothing_to_fix() -> None:
    assert fix_of(View()) is None


@pytest.mark.parametrize(
    ("view", "fix"),
    [
        (View(scale=0.34), Fix.CLOSER),
        (View(yaw=34), Fix.TURN),
        (View(roll=35), Fix.LEVEL),
        (View(blur=5.0), Fix.HOLD_STILL),
        (View(light=0.10), Fix.MORE_LIGHT),
        (View(shift_x=0.42), Fix.CUT_OFF),
    ],
)
def test_that_a_bad_view_names_the_one_thing_to_fix(view: View, fix: Fix) -> None:
    assert fix_of(view) is fix


def test_that_several_people_are_the_first_thing_to_fix() -> None:
    image = frame([(WHO, View(shift_x=-0.22)), (person(STRANGER_SEEDS[0]), View(shift_x=0.22))])
    found = finding.find(image)
    assert len(found) == 2
    assert found[0].box.area >= found[1].box.area
    assert quality.assess(image, found[0], 1).fix is Fix.SEVERAL


def test_that_nobody_is_found_where_nobody_is() -> None:
    assert finding.find(frame([])) == ()
    assert finding.find(frame([]), thorough=False) == ()


@pytest.mark.parametrize("yaw", [-25, -10, 10, 25])
def test_that_the_head_points_where_it_was_turned(yaw: int) -> None:
    image = frame([(WHO, View(yaw=yaw))])
    (face,) = finding.find(image)
    found = quality.assess(image, face).measure("yaw").native
    assert found is not None
    assert np.sign(found) == np.sign(yaw)


def test_that_darker_skin_in_the_same_light_scores_no_less() -> None:
    """The same head painted in every skin tone of the cast, from the lightest to the darkest."""
    scores = []
    for skin in ((244.0, 214.0, 190.0), (184.0, 132.0, 96.0), (104.0, 68.0, 48.0), (84.0, 56.0, 42.0)):
        image = frame([(replace(WHO, skin=skin, beard="", glasses=False), View(noise=0))])
        (face,) = finding.find(image)
        assessed = quality.assess(image, face)
        scores.append([assessed.measure(name).score for name in ("too dark", "too bright", "contrast", "light from the side")])
        assert assessed.good
    assert all(score is not None and score >= quality.GOOD for each in scores for score in each)


def test_that_the_same_person_is_near_and_strangers_are_far() -> None:
    def template(seed: int, view: View) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        image = portrait(person(seed), view, moment=seed)
        (face,) = finding.find(image)
        made = encoding.encode(image, face)
        assert made.encoder == encoding.unit().digest
        return made.vector

    same = np.linalg.norm(template(RECORD_SEEDS[3], View()) - template(RECORD_SEEDS[3], View(yaw=8, light_from=-20)))
    other = np.linalg.norm(template(RECORD_SEEDS[3], View()) - template(STRANGER_SEEDS[3], View()))
    assert same < 0.30
    assert other > 0.44


def test_that_the_story_has_what_it_promises() -> None:
    assert len(LISTED) >= 60
    assert {each.purpose for each in LISTS} == {"PROTECT", "REFER", "DOCUMENT", "INFORM"}
    assert len(TRAVELLERS) == 40
    assert sum(each.listed is not None for each in TRAVELLERS) == 6
    assert {LISTED[each.listed].list_name for each in TRAVELLERS if each.listed is not None} == {each.name for each in LISTS}
    assert any(look.companion for each in TRAVELLERS for look in each.looks)
    assert len({*RECORD_SEEDS, *STRANGER_SEEDS}) == len(RECORD_SEEDS) + len(STRANGER_SEEDS)


def test_that_frames_are_the_same_every_time_and_never_a_listed_portrait() -> None:
    traveller = next(each for each in TRAVELLERS if each.listed is not None)
    first, again = (next(iter(traveller_frames(traveller))) for _ in range(2))
    assert (first == again).all()
    assert traveller.listed is not None
    pictures = listed_portraits(LISTED[traveller.listed])
    assert all(picture.shape == (320, 320, 3) for picture in pictures)
