"""What the officer sees of a document: what to look at, never whether it is genuine, in a place that does not move."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factory import NOW, passport
from tests.fakes import page_picture, read_without_fault
from tests.workstation.documents.mrz.test_mrz import SPECIMENS
from ui.counter.document_panel import DocumentPanel, Sign
from ui.counter.layout import CounterLayout
from ui.widgets import theme
from ui.widgets.page_picture import qimage
from ui.words.documents import age, born_words, chip_words, kind_words, marks
from workstation.documents.mrz.dates import birth
from workstation.documents.mrz.mrz import parse
from workstation.documents.travel_document import Agreement, ChipState, Origin, PrintedField, TravelDocument
from workstation.sentences import Sentence

TODAY = NOW.date()
ANNA = SPECIMENS["TD3"]
VALID = passport()


def read(lines: tuple[str, ...], **others: object) -> TravelDocument:
    reading = read_without_fault(lines)
    return TravelDocument(Origin.CAMERA, reading.zone, reading, **others)  # type: ignore[arg-type] # fields by name


@pytest.fixture
def panel(qtbot: QtBot) -> DocumentPanel:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.dress(application, "light", 14)  # what fits hangs on the type, which another test may have left large
    made = DocumentPanel()
    qtbot.addWidget(made)
    made.resize(440, 305)
    made.show()
    return made


def looks(panel: DocumentPanel) -> list[str]:
    return [label.text() for label in panel.looks if label.text()]


def test_that_a_valid_passport_asks_for_nothing(panel: DocumentPanel) -> None:
    document = read(VALID)
    assert document.zone is not None
    assert document.zone.checks_agree
    panel.show_document(document, TODAY)
    assert panel.name.text() == "ERIKSSON, ANNA MARIA"
    assert "Passport L898902C3" in panel.facts.text()
    assert "age 52" in panel.facts.text()
    assert looks(panel) == []
    assert "Whether the document is genuine is not examined here." in panel.more.text()
    assert "No check digit covers: document code, issuing State, names, nationality, sex." in panel.more.text()


def test_that_a_wrong_check_digit_and_expiry_are_said_and_nothing_is_repaired(panel: DocumentPanel) -> None:
    first, second = ANNA
    panel.show_document(read((first, second.replace("L898902C36", "L898902C37"))), TODAY)
    assert looks(panel) == [
        "Check digit of the number: printed 7, should be 6.",
        "The document has expired.",
    ]


def test_that_what_does_not_fit_in_the_panel_is_counted(panel: DocumentPanel) -> None:
    remarks = tuple(Sentence("Remark {number}.", {"number": number}) for number in range(5))
    panel.show_document(read(VALID, remarks=remarks), TODAY)
    assert looks(panel) == ["Remark 0.", "Remark 1.", "And 3 more: D shows them."]


def test_that_a_contradiction_and_an_altered_chip_ask_to_look(panel: DocumentPanel) -> None:
    printed = PrintedField("surname", "ERIKSSON", "ERICSON", Agreement.DIFFERS)
    panel.show_document(read(VALID, printed=(printed,), chip=ChipState.ALTERED), TODAY)
    assert looks(panel)[0] == "The page prints ERICSON as surname; the zone says ERIKSSON."
    assert "not as signed" in looks(panel)[1]


def test_that_in_little_room_the_first_is_said_before_the_others_are_counted(panel: DocumentPanel) -> None:
    printed = PrintedField("surname", "ERIKSSON", "ERICSON", Agreement.DIFFERS)
    panel.resize(440, 250)
    panel.show_document(read(VALID, printed=(printed,), chip=ChipState.ALTERED), TODAY)
    assert looks(panel) == ["The page prints ERICSON as surname; the zone says ERIKSSON. And 1 more: D shows them."]
    panel.resize(440, 150)
    panel.show_document(read(VALID, printed=(printed,), chip=ChipState.ALTERED), TODAY)
    assert looks(panel) == ["And 2 more: D shows them."]


@pytest.mark.parametrize("state", list(ChipState))
def test_that_every_state_of_a_chip_has_its_words(state: ChipState) -> None:
    assert chip_words(state).startswith("Chip: ")
    assert "genuine" not in chip_words(state)


def test_that_doubtful_characters_are_counted_without_alarm(panel: DocumentPanel) -> None:
    reading = read_without_fault(VALID, doubtful="O")
    document = TravelDocument(Origin.CAMERA, reading.zone, reading)
    assert not any(mark.look for mark in marks(document))
    panel.show_document(document, TODAY)
    assert "Doubtful characters: 3. D shows them." in panel.more.text()


@pytest.mark.parametrize("sign", list(Sign))
def test_that_every_sign_has_words_and_only_a_lost_camera_is_a_fault(panel: DocumentPanel, sign: Sign) -> None:
    panel.show_document(read(VALID), TODAY)
    panel.show_sign(sign)
    assert panel.sign.text()
    assert panel.state == sign


def test_that_the_answer_never_moves(qtbot: QtBot) -> None:
    counter = CounterLayout()
    counter.lay_out()
    qtbot.addWidget(counter)
    counter.resize(1366, 690)
    counter.show()
    before = counter.card.geometry()
    remarks = tuple(Sentence("A long sentence about the document, number {number}.", {"number": each}) for each in range(9))
    counter.document.show_document(read(ANNA, remarks=remarks, page=page_picture(*ANNA)), TODAY)
    counter.card.show_refused("Why it was not searched, in words that take a good deal of room. " * 6)
    counter.say_compared(
        "The face looks like the portrait.\n1 in 900 strangers looks this close to this portrait (500 to 2000)."
    )
    counter.document.show_live(qimage(page_picture(*ANNA)))
    qtbot.wait(20)
    assert counter.card.geometry() == before


@pytest.mark.parametrize(
    ("raw", "years", "words"),
    [("740812", 52, "Born 12 Aug 1974, age 52"), ("74<<<<", 52, "Born 1974, age about 52"), ("<<<<<<", None, "not known")],
)
def test_that_an_age_is_as_certain_as_the_birth_date(raw: str, years: int | None, words: str) -> None:
    born = birth(raw, TODAY)
    assert age(born, TODAY) == years
    assert words in born_words(born, TODAY)


def test_that_somebody_born_tomorrow_sixteen_years_ago_is_fifteen() -> None:
    assert age(birth("101124", date(2026, 11, 23)), date(2026, 11, 23)) == 15


@pytest.mark.parametrize(("form", "words"), [("TD3", "Passport"), ("TD1", "Identity card"), ("MRV-A", "Visa")])
def test_that_a_document_is_called_what_it_is(form: str, words: str) -> None:
    assert kind_words(parse(SPECIMENS[form], TODAY)) == words
