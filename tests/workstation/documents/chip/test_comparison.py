"""The page beside its chip: every difference reaches the officer, and an unknown chip adds no fault."""

from pathlib import Path

import pytest

from tests.chip_files import LINES, TODAY, authority, chip, dg1, signer
from tests.factory import passport_zone
from workstation.documents.chip.comparison import compare, joined
from workstation.documents.chip.folder import document_from_chip, read_folder
from workstation.documents.evidence import findings
from workstation.documents.mrz import mrz
from workstation.documents.travel_document import ChipState, Origin, TravelDocument

ROOT = authority()


@pytest.fixture
def page() -> TravelDocument:
    return TravelDocument(Origin.CAMERA, mrz.parse(LINES, TODAY))


def read(folder: Path) -> TravelDocument:
    return document_from_chip(read_folder(folder, None, TODAY))


def test_that_a_chip_that_says_the_same_adds_its_state_and_portrait_and_no_fault(page: TravelDocument, tmp_path: Path) -> None:
    both = joined(page, read(chip(signer(ROOT)).export(tmp_path / "chip")))
    assert (both.origin, both.chip) == (Origin.CAMERA, ChipState.NO_ANCHOR)
    assert both.portrait is not None
    assert both.portrait.from_chip
    assert findings(both) == findings(page)


def test_that_another_zone_on_the_chip_is_said_field_by_field(tmp_path: Path) -> None:
    other = TravelDocument(Origin.CAMERA, passport_zone())
    both = joined(other, read(chip(signer(ROOT)).export(tmp_path / "chip")))
    said = [str(each) for each in findings(both)]
    assert "The surname is " in " ".join(said)
    assert any(each.endswith("L898902C3 on the chip.") for each in said)


def test_that_an_altered_chip_keeps_its_sentences_beside_the_page(page: TravelDocument, tmp_path: Path) -> None:
    altered = chip(signer(ROOT)).but(DG1=dg1((LINES[0].replace("ERIKSSON", "ERIKSSEN"), LINES[1])))
    both = joined(page, read(altered.export(tmp_path / "chip")))
    said = [str(each) for each in findings(both)]
    assert both.chip is ChipState.ALTERED
    assert "Data group 1 is not as it was signed." in said
    assert any("ERIKSSEN on the chip" in each for each in said)


def test_that_forms_of_different_kinds_are_said_once() -> None:
    card = mrz.parse(
        ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"], TODAY
    )
    assert [str(each) for each in compare(card, mrz.parse(LINES, TODAY))] == [
        "The page is of the form TD1, the chip of the form TD3."
    ]
