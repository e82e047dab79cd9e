"""A zone among other print: told by its pitch, read exactly, and refused quickly and rightly where there is none."""

import numpy as np
import pytest

from matching.faces.images import Image
from matching.faces.opencv import cv2
from tests.factory import NOW
from workstation.documents.mrz.mrz import TD1, TD3
from workstation.documents.zone_reader import locating, pitch, reader
from workstation.documents.zone_reader.refusing import OTHER_FACE
from workstation.training_post.drawn import documents, surroundings
from workstation.training_post.drawn.documents import Page
from workstation.training_post.drawn.type_faces import TEXT

TODAY = NOW.date()


@pytest.fixture(scope="module")
def passport() -> Page:
    return documents.page(documents.document(2100, TD3), 300.0)


@pytest.fixture(scope="module")
def card() -> Page:
    return documents.page(documents.document(2101, TD1), 300.0)


def among_print(kind: str, passport: Page, card: Page) -> tuple[Image, tuple[str, ...]]:
    pictures = {
        "letter": lambda: (
            surroundings.copied(surroundings.in_a_letter(passport, 1, above=15, below=15, dpi=150), 1),
            passport,
        ),
        "card in a letter": lambda: (surroundings.in_a_letter(card, 2, above=12, below=12), card),
        "printed sheet": lambda: (surroundings.on_a_printed_sheet(passport, 3), passport),
        "screenshot": lambda: (surroundings.on_a_screenshot(passport, 4, wide=560, text_beside=True), passport),
    }
    picture, page = pictures[kind]()
    return picture, page.lines


@pytest.mark.parametrize("kind", ["letter", "card in a letter", "printed sheet", "screenshot"])
def test_that_a_page_among_other_print_is_read_exactly(kind: str, passport: Page, card: Page) -> None:
    picture, lines = among_print(kind, passport, card)
    read = reader.read(picture, TODAY)
    assert read.reading is not None, read.why_not
    assert read.reading.lines == lines


def test_that_a_sheet_of_print_is_refused_for_what_it_is() -> None:
    read = reader.read(surroundings.print_alone(5), TODAY)
    assert read.reading is None
    assert "no machine-readable zone" in str(read.why_not)


def test_that_the_rhythm_of_a_zone_stands_far_above_that_of_a_letter(passport: Page) -> None:
    picture = surroundings.in_a_letter(passport, 6, above=10, below=10, dpi=150)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    lines = [each for each in locating.lines(locating.print_map(picture, 800), picture.shape) if each.length > 300]
    shares = sorted((float(pitch.shares(grey, each).max()) for each in lines), reverse=True)
    assert shares[1] > pitch.REGULAR > 2 * shares[2], "the two lines of the zone, and then the letter"


def test_that_two_documents_in_one_picture_are_both_told(passport: Page) -> None:
    other = documents.page(documents.document(2102, TD3), 300.0)
    read = reader.read(surroundings.two_pages(passport, other), TODAY)
    assert read.reading is not None
    assert {read.reading.lines, *(each.lines for each in read.others)} == {passport.lines, other.lines}


def test_that_another_type_face_is_said_and_what_no_digit_covers_is_marked(passport: Page) -> None:
    read = reader.read(surroundings.in_another_face(passport.lines, TEXT), TODAY)
    assert read.reading is not None
    assert OTHER_FACE in read.remarks
    marked = {(each.line, each.column) for each in read.reading.doubts}
    assert {(0, column) for column in range(5, 44)} <= marked, "the names"


def test_that_the_type_of_travel_documents_bears_no_such_remark(passport: Page) -> None:
    read = reader.read(passport.image, TODAY)
    assert OTHER_FACE not in read.remarks
