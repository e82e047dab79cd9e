"""Pages that were drawn, photographed and read: what the officer gets of them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.mrz.mrz import FORMATS, TD1, TD3, Format
from workstation.documents.zone_reader import printed, reader
from workstation.documents.zone_reader.reading import PageRead
from workstation.training_post.drawn.documents import Page, document, page
from workstation.training_post.drawn.photographing import Photograph, Shot, photograph, scanned

TODAY = date(2026, 11, 25)
CALM = Shot(dpi=200, tilt=6, swing=-5, turn=3, margin=0.12, desk=3, defocus=0.4, noise=2, jpeg_quality=80)


def photographed(form: Format, seed: int, shot: Shot = CALM) -> Photograph:
    return photograph(page(document(seed, form), 300), shot, seed)


def read(image: Image) -> PageRead:
    return reader.read(image, TODAY)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_that_every_form_is_read_to_the_last_character(form: Format) -> None:
    photo = photographed(form, 11)
    found = read(photo.image)
    assert found.reading is not None
    assert found.reading.lines == photo.lines
    assert found.reading.zone.format is form
    assert found.page is not None
    width = np.linalg.norm(photo.corners[1] - photo.corners[0])
    assert np.abs(np.array(found.page_corners) - photo.corners).max() < 0.15 * width


@pytest.mark.parametrize("turn", [90, 180, 203])
def test_that_a_page_is_read_whichever_way_it_lies(turn: float) -> None:
    photo = photographed(TD3, 12, replace(CALM, turn=turn, tilt=20, swing=12))
    found = read(photo.image)
    assert found.reading is not None
    assert found.reading.lines == photo.lines
    for quad, corners in zip(found.reading.quads, photo.line_corners, strict=True):
        # A line's first character is where reading begins.
        assert np.linalg.norm(np.array(quad[0]) - corners[0]) < 0.06 * np.linalg.norm(corners[1] - corners[0])


def test_that_a_wrong_printed_check_digit_is_reported_and_not_repaired() -> None:
    wrong = document(13, TD3, misprinted=True)
    found = read(scanned(page(wrong, 300), 200).image)
    assert found.reading is not None
    assert found.reading.lines == wrong.lines
    assert not found.reading.zone.checks_agree


def test_that_a_hundred_megapixel_picture_is_read_and_its_corners_are_its_own() -> None:
    photo = photographed(TD3, 14)
    scale = (40_000_000 / (photo.image.shape[0] * photo.image.shape[1])) ** 0.5
    large = cv2.resize(photo.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    found = read(np.asarray(large, dtype=np.uint8))
    assert found.reading is not None
    assert found.reading.lines == photo.lines
    off = np.linalg.norm(np.array(found.reading.quads[0][0]) - scale * photo.line_corners[0][0])
    assert off < 0.06 * scale * np.linalg.norm(photo.line_corners[0][1] - photo.line_corners[0][0])


def test_that_both_documents_in_one_picture_are_read() -> None:
    first, second = page(document(15, TD1), 300), page(document(16, TD1), 300)
    shot = replace(CALM, tilt=0, swing=0, turn=0, margin=1.3, shift_x=-0.24)
    photo = photograph(first, shot, 3, beside=[(second, replace(shot, shift_x=0.24))])
    found = read(photo.image)
    assert found.reading is not None
    assert {found.reading.lines, *(other.lines for other in found.others)} == {photo.lines, photo.others[0].lines}


def test_that_an_empty_picture_has_no_page() -> None:
    noise = np.random.default_rng(1).integers(100, 140, (480, 640, 3)).astype(np.uint8)
    found = read(noise)
    assert found.reading is None
    assert found.page is None
    assert "No page" in str(found.why_not)


def test_that_print_without_a_zone_is_told() -> None:
    other_side = page(document(17, TD1), 300, front=True)
    found = read(photograph(other_side, CALM, 1).image)
    assert found.reading is None
    assert "machine-readable zone" in str(found.why_not)


def test_that_a_zone_that_is_cut_off_is_told_and_not_guessed() -> None:
    photo = photographed(TD3, 18, replace(CALM, tilt=0, swing=0, turn=0))
    right = int(photo.line_corners[0][1][0] - 0.2 * (photo.line_corners[0][1][0] - photo.line_corners[0][0][0]))
    found = read(np.ascontiguousarray(photo.image[:, :right]))
    assert found.reading is None
    assert "outside the picture" in str(found.why_not)


def test_that_a_blurred_zone_is_told_and_not_guessed() -> None:
    photo = photographed(TD3, 19)
    found = read(np.asarray(cv2.GaussianBlur(photo.image, (0, 0), 9), dtype=np.uint8))
    assert found.reading is None
    assert found.why_not is not None


@pytest.mark.parametrize("screen", [False, True])
def test_that_a_page_on_a_screen_is_remarked(screen: bool) -> None:
    found = read(photographed(TD3, 22, replace(CALM, screen=screen, dpi=250)).image)
    assert found.reading is not None
    assert any("screen" in str(each) for each in found.remarks) is screen


def test_that_letters_of_another_size_are_read() -> None:
    """The digit 0 and the letter O differ in size: in a print whose letters are small, a small 0 is one."""
    drawn = page(document(20, TD1), 300).image
    squeezed = cv2.resize(drawn, None, fx=1.0, fy=0.86, interpolation=cv2.INTER_AREA)
    found = read(np.asarray(squeezed, dtype=np.uint8))
    assert found.reading is not None
    assert found.reading.lines == document(20, TD1).lines


def test_that_print_outside_the_zone_is_read_where_asked() -> None:
    whole: Page = page(document(21, TD3), 300)
    found = reader.read(scanned(whole, 300).image, TODAY, texts=True)
    assert found.reading is not None
    surname = found.reading.zone.names.surname
    assert any(surname.replace(" ", "") in each.text.replace(" ", "").upper() for each in found.texts)
    assert not any("<<" in each.text for each in found.texts)
    assert found.page is not None
    everything = printed.on_page(found.page)
    assert sum("<<" in each.text for each in everything) == 2
    (left_out,) = [each for each in found.texts if each.text.upper().startswith("PASSPORT")][:1]
    assert left_out not in printed.on_page(found.page, [left_out.quad])
