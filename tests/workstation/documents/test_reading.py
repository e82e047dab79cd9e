"""From a page that was read to a travel document, with small stand-ins for whoever reads pages and faces."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.faces.images import Image
from tests.fakes import NumberedFaces, picture
from tests.workstation.documents.test_print_beside_zone import page as printed_page
from tests.workstation.documents.zone_reader.test_grammar import TD3, read, swapped
from workstation.commands.document_answers import described_document, spoken_document
from workstation.documents.reading import CONTRADICTS, NOT_READ, SEVERAL, STARTS_LATER, read_page, read_print, typed
from workstation.documents.travel_document import Agreement, Origin
from workstation.documents.zone_reader.reading import PageRead, PrintedText, Quad
from workstation.errors import OperatorError
from workstation.sentences import Sentence

TODAY = date(2026, 11, 24)
DARK = np.zeros((64, 96, 3), dtype=np.uint8)


class OnePage:
    """Reads the same of every picture."""

    def __init__(self, page: PageRead) -> None:
        self.page = page

    def read(self, image: Image, *, texts: bool = False) -> PageRead:
        del image
        assert texts, "the print beside the zone is compared"
        return self.page

    def read_print(self, page: Image, without: Sequence[Quad] = ()) -> tuple[PrintedText, ...]:
        assert page is self.page.page
        assert without, "the lines of the zone are not read again"
        return self.page.texts


def test_that_a_page_gives_zone_print_and_portrait() -> None:
    page = PageRead(read(*TD3), None, picture(4), None, texts=tuple(printed_page()))
    document = read_page(DARK, Origin.CAMERA, OnePage(page), NumberedFaces(), TODAY)
    assert document.zone is not None
    assert document.zone.number == "L898902C3"
    assert {each.agreement for each in document.printed} == {Agreement.AGREES}
    assert document.portrait is not None
    assert document.portrait.face is not None
    assert not document.remarks
    assert document.origin is Origin.CAMERA


def test_that_a_refused_reading_says_why_and_keeps_the_page() -> None:
    why = Sentence("The page is blurred.")
    document = read_page(DARK, Origin.CAMERA, OnePage(PageRead(None, why, picture(4), None)), NumberedFaces(), TODAY)
    assert (document.zone, document.remarks) == (None, (why,))
    assert document.page is not None
    assert document.portrait is not None
    nothing = read_page(picture(4), Origin.FILE, OnePage(PageRead(None, None, None, None)), NumberedFaces(), TODAY)
    assert (nothing.portrait, nothing.remarks) == (None, (NOT_READ,))


def test_that_the_portrait_is_looked_for_in_the_picture_where_no_page_was_found() -> None:
    document = read_page(picture(4), Origin.FILE, OnePage(PageRead(read(*TD3), None, None, None)), NumberedFaces(), TODAY)
    assert document.portrait is not None


def test_that_contradictions_two_documents_and_a_day_of_issue_to_come_are_remarks() -> None:
    texts = tuple(printed_page(surname="LINDSTROEM", issued="16 APR/AVR 2031"))
    page = PageRead(read(*TD3), None, DARK, None, others=(read(*TD3),), texts=texts)
    document = read_page(DARK, Origin.SCANNER, OnePage(page), NumberedFaces(), TODAY)
    assert [remark.template for remark in document.remarks] == [SEVERAL.template, CONTRADICTS, STARTS_LATER]
    assert "“LINDSTROEM” and “ERIKSSON”" in str(document.remarks[1])


def test_that_print_read_later_says_what_it_would_have_said_at_once() -> None:
    texts = tuple(printed_page(surname="LINDSTROEM", issued="16 APR/AVR 2031"))
    corners = ((0.0, 0.0), (96.0, 0.0), (96.0, 64.0), (0.0, 64.0))
    pages = OnePage(PageRead(read(*TD3), None, picture(4), corners, texts=texts))
    at_once = read_page(DARK, Origin.CAMERA, pages, NumberedFaces(), TODAY)
    pages.page = replace(pages.page, texts=())
    before = read_page(DARK, Origin.CAMERA, pages, NumberedFaces(), TODAY)
    assert (before.printed, before.remarks) == ((), ())
    pages.page = replace(pages.page, texts=texts)
    later = read_print(before, pages, TODAY)
    assert (later.printed, later.remarks) == (at_once.printed, at_once.remarks)
    assert read_print(later, pages, TODAY) is later
    typed_only = typed("\n".join(TD3), TODAY)
    assert read_print(typed_only, pages, TODAY) is typed_only


def test_that_typed_lines_are_a_document_or_a_sentence() -> None:
    document = typed("\n".join(TD3), TODAY)
    assert document.origin is Origin.TYPED
    assert document.zone is not None
    assert document.zone.lines == TD3
    with pytest.raises(OperatorError, match="Line 2 has 43"):
        typed("\n".join((TD3[0], TD3[1][1:])), TODAY)


def test_that_a_change_is_told_with_both_characters_and_both_verdicts_of_the_check_digit() -> None:
    reading = read(TD3[0], swapped(TD3[1], 3, "B"), doubts={(1, 3): {"8": 0.3}, (0, 7): {"L": 0.1}})
    page = PageRead(reading, None, DARK, None, timings_ms={"reading": 412.34})
    document = read_page(DARK, Origin.FILE, OnePage(page), NumberedFaces(), TODAY)
    assert document.zone is not None
    answer = described_document(document, document.zone, page)
    assert answer["changes"] == [{"line": 1, "column": 3, "read": "B", "taken": "8", "probability": 0.3}]
    assert answer["checks_agree"] is True
    as_read = answer["checks_as_read"]
    assert isinstance(as_read, list)
    assert [each["of"] for each in as_read if not each["agrees"]] == ["number", "composite"]
    assert answer["timings_ms"] == {"reading": 412.3}
    told = "\n".join(spoken_document(document, document.zone))
    assert "Line 2, place 4: read “B”, taken “8” (the reader gave it 0.30)." in told
    assert "Line 1, place 8: “I” may be “L”; the reader was not sure." in told
    assert f"{TD3[1]}\n   ^\n" in told
    assert "not examined here" in told
