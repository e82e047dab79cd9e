"""Documents of nobody: their zones agree, print stands where the truth says, and a photograph keeps the truth."""

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.faces.opencv import cv2
from workstation.documents.mrz.mrz import FORMATS, TD1, TD3, Format, parse
from workstation.errors import OperatorError
from workstation.training_post.camera import Stage, TravellersSource
from workstation.training_post.document_camera import LYING, DocumentsSource
from workstation.training_post.document_stories import STORIES, Story, handed_over, lost_record, named_record
from workstation.training_post.drawn import layout
from workstation.training_post.drawn.documents import Corners, Page, document, page
from workstation.training_post.drawn.photographing import Glare, Photograph, Shot, photograph, scanned, shot
from workstation.training_post.drawn.type_faces import TypeFace
from workstation.training_post.drawn.zone_lines import names_field
from workstation.training_post.script import LISTED, TRAVELLERS, Traveller

TODAY = date(2026, 11, 25)
FORMS = st.sampled_from(FORMATS)
DPI = 120.0


@given(st.integers(0, 2**31), FORMS)
@settings(max_examples=150, deadline=None)
def test_that_the_zone_says_what_the_document_says(seed: int, form: Format) -> None:
    made = document(seed, form)
    zone = parse(made.lines, TODAY)
    assert zone.format == form
    assert zone.checks_agree
    assert (zone.number, zone.nationality, zone.issuing_state) == (made.says.number, made.holder.nationality, made.says.state)
    assert zone.expires.text == made.says.expires.isoformat()
    assert zone.born.raw == made.holder.born.in_zone
    assert zone.optional[0] == made.says.optional[: _room(made.says.number, form)]


def _room(number: str, form: Format) -> int:
    """A long number leaves less of the optional data: its rest, a check digit and a filler stand there first."""
    whole = {"TD1": 15, "TD2": 7, "TD3": 14, "MRV-A": 16, "MRV-B": 8}[form.name]
    return whole if len(number) <= 9 else whole - (len(number) - 9) - 2


@given(st.integers(0, 2**31), FORMS)
@settings(max_examples=100, deadline=None)
def test_that_a_misprint_is_one_letter_and_a_check_digit_tells_it(seed: int, form: Format) -> None:
    right, wrong = document(seed, form), document(seed, form, misprinted=True)
    letters = zip("".join(right.lines), "".join(wrong.lines), strict=True)
    assert sum(one != other for one, other in letters) == 1
    assert not parse(wrong.lines, TODAY).checks_agree


def test_that_seeds_bring_the_odd_cases_of_doc_9303() -> None:
    made = [document(seed, form) for seed, form in itertools.product(range(300), FORMATS)]
    assert any(each.says.state == "D" for each in made)
    assert any(len(each.says.number) > 9 for each in made)
    assert any(each.holder.born.year == 0 for each in made)
    assert any(each.holder.born.year and not each.holder.born.month for each in made)
    assert any(not each.holder.given for each in made)
    assert any(each.holder.sex == "X" for each in made)
    assert any(parse(each.lines, TODAY).names.cut_short for each in made)
    assert any(parse(each.lines, TODAY).identity_number for each in made)


def test_that_a_long_name_leaves_room_for_the_other() -> None:
    assert names_field("A" * 50, "Béla", 30) == "A" * 24 + "<<BELA"
    assert names_field("O'Neill-Ström", "Zoë", 30) == "ONEILL<STROEM<<ZOE<<<<<<<<<<<<"
    assert names_field("Arkfreith", "", 12) == "ARKFREITH<<<"


def test_that_a_page_has_its_size_and_is_the_same_every_time() -> None:
    for form in FORMATS:
        first, again = (page(document(3, form), DPI) for _ in range(2))
        sheet = layout.SHEETS[form.name]
        assert first.image.shape == (round(sheet.height / 25.4 * DPI), round(sheet.width / 25.4 * DPI), 3)
        assert np.array_equal(first.image, again.image)


def test_that_the_ink_of_the_zone_stands_where_the_page_says() -> None:
    for seed, form in enumerate(FORMATS):
        drawn = page(document(seed, form), 150.0)
        assert len(drawn.line_corners) == form.lines
        for corners in drawn.line_corners:
            assert _darkness(drawn, corners) > 3 * _darkness(
                drawn, corners + np.array([0, -1.05], dtype=np.float32) * _height(corners)
            )
            pitch = np.linalg.norm(corners[1] - corners[0]) / form.length
            assert pitch == pytest.approx(2.54 / 25.4 * 150, rel=0.001)


def _height(corners: Corners) -> np.float32:
    return np.float32(np.linalg.norm(corners[3] - corners[0]))


def _darkness(drawn: Page, corners: Corners) -> float:
    """Share of points that are ink."""
    mask = np.zeros(drawn.image.shape[:2], dtype=np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    return float((drawn.image.max(axis=2)[mask == 1] < 110).mean())


def test_that_a_card_has_its_zone_on_the_back_and_its_portrait_on_the_front() -> None:
    back, front = page(document(1, TD1), DPI), page(document(1, TD1), DPI, front=True)
    assert back.lines
    assert back.portrait_corners is None
    assert not front.lines
    assert front.portrait_corners is not None


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 263.0])
def test_that_a_photograph_knows_where_the_page_lies_in_it(turn: float) -> None:
    drawn = page(document(4, TD3), DPI)
    taken = photograph(drawn, Shot(dpi=DPI, tilt=18, swing=-12, turn=turn, desk=2, margin=0.3, noise=3), seed=1)
    high, wide = drawn.image.shape[:2]
    whole = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], dtype=np.float32)
    flat = cv2.warpPerspective(taken.image, cv2.getPerspectiveTransform(taken.corners, whole), (wide, high))
    one, other = (cv2.GaussianBlur(each, (0, 0), 2).astype(float).ravel() for each in (drawn.image, flat))
    assert np.corrcoef(one, other)[0, 1] > 0.95


def test_that_a_photograph_is_the_same_for_a_seed_and_another_for_another() -> None:
    drawn, how = page(document(5, TD1), DPI), shot(9, 3)
    assert np.array_equal(photograph(drawn, how, 1).image, photograph(drawn, how, 1).image)
    assert not np.array_equal(photograph(drawn, how, 1).image, photograph(drawn, how, 2).image)


def test_that_a_page_can_lie_partly_out_of_the_picture_and_beside_another() -> None:
    drawn, other = page(document(6, TD3), DPI), page(document(7, TD1), DPI)
    cut = photograph(drawn, Shot(dpi=DPI, size=(500, 420), shift_x=0.3))
    assert cut.corners[:, 0].max() > 500
    two = photograph(drawn, Shot(dpi=DPI, size=(1300, 500), shift_x=-0.2), beside=[(other, Shot(dpi=DPI, shift_x=0.28))])
    assert [each.lines for each in two.others] == [other.lines]
    assert _inside(two, (1300, 500))
    assert _inside(two.others[0], (1300, 500))


def _inside(taken: Photograph, size: tuple[int, int]) -> bool:
    return bool((taken.corners >= 0).all() and (taken.corners <= size).all())


def test_that_each_kind_of_damage_changes_the_picture() -> None:
    drawn = page(document(8, TD1), DPI)
    plain = Shot(dpi=DPI, desk=1)
    still = photograph(drawn, plain).image.astype(int)
    for damaged in (
        replace(plain, defocus=2.0), replace(plain, motion=6.0), replace(plain, noise=5.0), replace(plain, jpeg_quality=40),
        replace(plain, shadow=0.5), replace(plain, curl=4.0), replace(plain, screen=True), replace(plain, grey=True),
        replace(plain, infrared=True), replace(plain, glare=Glare(0.5, 0.5, 0.4)),
    ):  # fmt: skip # a table
        assert np.abs(photograph(drawn, damaged).image.astype(int) - still).mean() > 0.3, damaged


def test_that_a_scan_is_flat_and_lies_on_white() -> None:
    taken = scanned(page(document(2, TD3), DPI), DPI)
    assert taken.image[2:6, 2:-2].mean() > 225
    assert np.allclose(taken.corners[0][1], taken.corners[1][1], atol=1.0)


def test_that_a_missing_type_face_names_its_package(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="Install the package fonts-ocr-b"):
        TypeFace(tmp_path / "Nowhere.otf", "fonts-ocr-b").of(20)


def test_that_every_story_of_the_counter_is_handed_over() -> None:
    told = {each.number: handed_over(each, TODAY) for each in TRAVELLERS}
    assert {story.story for story in told.values()} == set(Story)
    by_story = {told[number].story: told[number].document for number in STORIES}
    assert by_story.pop(Story.NONE) is None
    zones = {story: parse(made.lines, TODAY) for story, made in by_story.items() if made is not None}
    assert [story for story, zone in zones.items() if not zone.checks_agree] == [Story.BAD_CHECK_DIGIT]
    assert [str(each) for each in zones[Story.EXPIRED].remarks] == ["The document has expired."]
    assert zones[Story.LOST].number == lost_record().document_number
    assert zones[Story.LISTED_NAME].names.surname == names_field(named_record().surname, "", 39).replace("<", " ").strip()
    assert zones[Story.IDENTITY_CARD].format is TD1
    assert zones[Story.VISA].format.visa


def test_that_documents_in_order_name_their_traveller() -> None:
    for traveller in TRAVELLERS:
        given_to = handed_over(traveller, TODAY)
        if given_to.story is not Story.IN_ORDER or given_to.document is None:
            continue
        zone = parse(given_to.document.lines, TODAY)
        assert zone.checks_agree
        assert not zone.remarks
        assert zone.number == traveller.document_number
        assert zone.born.text == traveller.born.isoformat()
    assert all(each.listed is None or LISTED[each.listed].birth_date == each.born for each in TRAVELLERS)


def test_that_a_document_is_laid_down_lies_still_and_is_lifted() -> None:
    at_counter: list[Traveller | None] = [None]
    source = DocumentsSource(lambda: at_counter[0], TODAY, wait=lambda _seconds: None)
    empty = source.read().image
    at_counter[0] = TRAVELLERS[1]
    shown = [source.read().image for _ in range(LYING + 14)]
    away = [float(np.abs(each[::8, ::8].astype(int) - empty[::8, ::8]).mean()) for each in shown]
    still = [
        number
        for number, (one, other) in enumerate(itertools.pairwise(shown))
        if np.abs(one[::8, ::8].astype(int) - other[::8, ::8]).mean() < 3 and away[number] > 20
    ]
    assert len(still) >= LYING - 1
    assert still == list(range(still[0], still[-1] + 1))
    assert away[-1] < 3
    assert len({each.tobytes() for each in shown}) == len(shown)


def test_that_a_traveller_without_a_document_leaves_the_desk_empty() -> None:
    nobody = next(each for each in TRAVELLERS if STORIES.get(each.number) is Story.NONE)
    source = DocumentsSource(lambda: nobody, TODAY, wait=lambda _seconds: None)
    shown = [source.read().image[::8, ::8].astype(int) for _ in range(12)]
    assert max(np.abs(each - shown[0]).mean() for each in shown) < 3


def test_that_the_stage_follows_the_travellers_camera() -> None:
    stage = Stage()
    source = TravellersSource(2, wait=lambda _seconds: None, stage=stage)
    source.read()
    assert stage.traveller is None
    while stage.traveller is None:
        source.read()
    assert stage.traveller is TRAVELLERS[1]
    source.close()
    assert stage.traveller is None
