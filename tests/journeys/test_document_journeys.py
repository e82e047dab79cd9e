"""Travellers with their documents at the counter: real widgets, real store, asserted on the database."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from matching.faces.images import png
from tests.chip_files import authority, chip, signer
from tests.factory import particulars, passport
from tests.fakes import page_picture, picture
from tests.journeys.test_journeys import rows, sign_in
from tests.ui.conftest import FedWatch, QuietDocuments
from tests.workstation.conftest import sign_in as enter
from tests.workstation.documents.mrz.test_mrz import SPECIMENS
from ui.counter.document_panel import Sign
from ui.shell.main_window import MainWindow
from watchlists.records.purposes import Purpose
from workstation.capture.exposure import FaceLight
from workstation.desk.desk import Desk
from workstation.documents.travel_document import Agreement, PrintedField
from workstation.documents.watching.laid_page import PageState
from workstation.schema import ScreeningRow
from workstation.screening.screening import Answer
from workstation.sentences import Sentence

STRANGER, OTHER = 500, 501


@pytest.fixture
def at_counter(qtbot: QtBot, window: MainWindow, camera: FedWatch, listed: int) -> FedWatch:
    """The officer sits at the counter, and nobody stands before it."""
    assert listed
    sign_in(qtbot, window, "officer")
    qtbot.waitUntil(lambda: window.counter._watch is not None)
    camera.show()
    return camera


def answered(qtbot: QtBot, window: MainWindow, camera: FedWatch, *people: int) -> Answer:
    """The traveller stands before the camera until the answer is on the card; no key is pressed."""

    def stands() -> bool:
        camera.show(*people)
        return window.counter.answered is not None and not window.counter._busy

    qtbot.waitUntil(stands, timeout=10_000)
    screened = window.counter.answered
    assert screened is not None
    assert window.counter.card.state == ("fault" if screened.fault else screened.answer)
    return screened.answer


def close(qtbot: QtBot, window: MainWindow, camera: FedWatch) -> None:
    QTest.keyClick(window.counter, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.counter.answered is None, timeout=10_000)
    camera.show()


def looks(window: MainWindow) -> list[str]:
    return [label.text() for label in window.counter.document.looks if label.text()]


def screenings(desk: Desk) -> list[ScreeningRow]:
    return rows(desk, ScreeningRow)  # type: ignore[return-value] # rows of the table that was asked for


def test_that_a_good_passport_needs_one_key(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    panel = window.counter.document
    assert panel.state == Sign.LAY
    documents.show(PageState.READING, page_picture(*passport()))
    assert panel.state == Sign.READING
    documents.lay(page_picture(*passport(), person=STRANGER))
    assert panel.name.text() == "ERIKSSON, ANNA MARIA"
    assert panel.state == Sign.READ
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    assert looks(window) == []
    assert window.counter.view.beside
    close(qtbot, window, at_counter)
    assert panel.name.text() == ""
    (row,) = screenings(desk)
    assert row.answer == Answer.NO_LEAD
    assert "ERIKSSON" not in row.document
    assert row.page is None


def test_that_a_face_against_the_light_is_told_before_anything_else(window: MainWindow, at_counter: FedWatch) -> None:
    at_counter.show(STRANGER, poor=True, light=FaceLight(light=30.0, burnt=0.0, behind=250.0))
    assert window.counter.coaching.text().startswith("Against the light.")
    at_counter.show(STRANGER, poor=True, light=FaceLight(light=120.0, burnt=0.0, behind=250.0))
    assert "light" not in window.counter.coaching.text()


def test_that_a_document_after_the_face_is_searched_too(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    first = window.counter.answered
    documents.lay(page_picture(*passport(expires="200101")))
    qtbot.waitUntil(lambda: window.counter.card.state == Answer.LOOK_AGAIN, timeout=10_000)
    assert "The document has expired." in window.counter.card.why.text()
    earlier, later = screenings(desk)
    assert first is not None
    assert (later.after_id, earlier.id) == (earlier.id, first.screening_id)


def test_that_print_that_contradicts_is_said_after_the_answer_and_print_that_agrees_changes_nothing(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*passport()))
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    document = window.counter.lane.document
    assert document is not None
    agrees = PrintedField("surname", "ERIKSSON", "ERIKSSON", Agreement.AGREES)
    documents.print_read.emit(replace(document, printed=(agrees,)))
    assert window.counter.lane.document is not None
    assert window.counter.lane.document.printed == (agrees,)
    assert len(screenings(desk)) == 1
    differs = Sentence("The page prints another {field} than its lines.", {"field": "surname"})
    documents.print_read.emit(replace(document, remarks=(differs,)))
    qtbot.waitUntil(lambda: window.counter.card.state == Answer.LOOK_AGAIN, timeout=10_000)
    assert str(differs) in window.counter.card.why.text()
    assert [each.after_id for each in screenings(desk)] == [None, screenings(desk)[0].id]


def test_that_a_bad_check_digit_reaches_the_officer(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    first, second = passport()
    wrong = f"{second[:9]}{(int(second[9]) + 1) % 10}{second[10:]}"
    documents.lay(page_picture(first, wrong))
    assert looks(window)[0].startswith("Check digit of the number: printed")
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.LOOK_AGAIN
    assert "check digit" in window.counter.card.why.text()
    assert json.loads(screenings(desk)[0].document)["checks"]["number"] is False


def test_that_a_lost_passport_is_referred_without_a_word_of_why(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    with_record(desk, Purpose.DOCUMENT, document_number="L898902C3", nationality="UTO")
    documents.lay(page_picture(*passport()))
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.REFER
    shown = " ".join(label.text() for label in window.counter.findChildren(QLabel))
    assert not any(word in shown.lower() for word in ("lost", "stolen", "listed", "record"))
    with desk.post.store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM alerts")) == 1


def test_that_a_name_on_a_list_is_referred_though_the_face_is_another(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    with_record(desk, Purpose.REFER, given_names="Anna Maria", surname="Eriksson", birth_date="1974-08-12", sex="F")
    documents.lay(page_picture(*passport(number="X1234567")))
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.REFER


def test_that_the_portrait_of_another_person_is_for_the_officer_to_weigh(
    qtbot: QtBot, window: MainWindow, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*passport(), person=OTHER))
    assert not window.counter.view.beside, "the officer looks at the person first"
    answered(qtbot, window, at_counter, STRANGER)
    assert window.counter.view.beside


@pytest.mark.parametrize(("form", "kind"), [("TD1", "Identity card"), ("MRV-A", "Visa")])
def test_that_cards_and_visas_are_read_alike(
    qtbot: QtBot, window: MainWindow, at_counter: FedWatch, documents: QuietDocuments, form: str, kind: str
) -> None:
    documents.lay(page_picture(*SPECIMENS[form]))
    assert kind in window.counter.document.facts.text()
    answered(qtbot, window, at_counter, STRANGER)


def test_that_the_other_side_of_a_card_gives_its_portrait(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*SPECIMENS["TD1"]))
    answered(qtbot, window, at_counter, STRANGER)
    documents.lay(page_picture(person=STRANGER))
    qtbot.waitUntil(lambda: window.counter.view.beside, timeout=10_000)
    assert len(screenings(desk)) == 2


def test_that_a_second_document_waits_for_the_next_traveller(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    panel = window.counter.document
    documents.lay(page_picture(*passport()))
    answered(qtbot, window, at_counter, STRANGER)
    documents.lay(page_picture(*passport(surname="VALDEZ", number="V7654321")))
    assert panel.state == Sign.ANOTHER
    assert panel.name.text() == "ERIKSSON, ANNA MARIA"
    assert len(screenings(desk)) == 1
    close(qtbot, window, at_counter)
    assert panel.name.text().startswith("VALDEZ")
    answered(qtbot, window, at_counter, OTHER)
    assert len(screenings(desk)) == 2


def test_that_no_document_asks_nothing_more(qtbot: QtBot, window: MainWindow, at_counter: FedWatch, desk: Desk) -> None:
    QTest.keyClick(window.counter, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.counter.document.state == Sign.WITHOUT)
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    assert screenings(desk)[0].document == ""


def test_that_typed_lines_are_as_good_as_the_camera(qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch) -> None:
    counter = window.counter
    QTest.keyClick(counter, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: counter.typing)
    first, second = passport()
    QTest.keyClicks(counter.entry.lines, first.lower())
    qtbot.waitUntil(lambda: counter.entry.lines.toPlainText() == first.lower())
    for part in ("\r", *(second[start : start + 4] for start in range(0, 44, 4))):
        typed = counter.entry.lines.toPlainText()
        QTest.keyClicks(counter.entry.lines, part)
        qtbot.waitUntil(lambda: counter.entry.lines.toPlainText() != typed)  # noqa: B023 - waited for within the turn
    assert "The check digits agree." in counter.entry.state.text()
    QTest.keyClick(counter.entry.lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not counter.typing)
    assert counter.document.name.text() == "ERIKSSON, ANNA MARIA"
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    assert json.loads(screenings(desk)[0].document)["origin"] == "typed by hand"


@pytest.mark.usefixtures("at_counter")
def test_that_escape_leaves_the_entry_and_keeps_the_traveller(
    qtbot: QtBot, window: MainWindow, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*passport(), doubtful="O"))
    QTest.keyClick(window.counter, Qt.Key.Key_D)
    qtbot.waitUntil(window.counter.entry.read_lines.isVisible)
    assert "Line 1, place 5: O, or 0" in window.counter.entry.read_lines.told.text()
    QTest.keyClick(window.counter.entry.lines, Qt.Key.Key_Escape)
    assert not window.counter.typing
    assert window.counter.document.document is not None


def test_that_a_traveller_without_a_picture_is_searched_by_the_document(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*passport()))
    QTest.keyClick(window.counter, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: window.counter.asking)
    QTest.keyClick(window.counter, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert "The face was not searched: " in window.counter.card.why.text()
    assert window.counter.answered is not None
    assert window.counter.answered.answer is Answer.NO_LEAD, "no picture is never a ground"
    assert screenings(desk)[0].no_photo
    close(qtbot, window, at_counter)


def test_that_another_reason_is_said_in_words_and_enter_closes_nobody(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    assert at_counter
    documents.lay(page_picture(*passport()))
    QTest.keyClick(window.counter, Qt.Key.Key_P)
    QTest.keyClick(window.counter, Qt.Key.Key_7)
    reasons = window.counter.reasons
    qtbot.waitUntil(reasons.words.isVisible)
    QTest.keyClick(reasons.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "few words" in reasons.problem.text())
    assert window.counter.document.document is not None
    QTest.keyClicks(reasons.words, "power cut in the lane")
    qtbot.waitUntil(lambda: reasons.words.text() == "power cut in the lane")
    QTest.keyClick(reasons.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert screenings(desk)[0].no_photo == "power cut in the lane"


def test_that_companions_are_linked_as_stated(qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch) -> None:
    QTest.keyClick(window.counter, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: bool(window.counter.group.text()))
    for person in (STRANGER, OTHER):
        answered(qtbot, window, at_counter, person)
        close(qtbot, window, at_counter)
    assert "Group of 2" in window.counter.group.text()
    QTest.keyClick(window.counter, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: not window.counter.group.text())
    answered(qtbot, window, at_counter, 502)
    close(qtbot, window, at_counter)
    first, second, third = screenings(desk)
    enter(desk, "officer")
    assert [each.screening_id for each in desk.counter.companions(first.id)] == [second.id]
    assert desk.counter.companions(third.id) == ()


def test_that_a_lost_document_camera_is_said_and_resumes(
    qtbot: QtBot, window: MainWindow, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    panel = window.counter.document
    documents.lose()
    assert panel.state == Sign.LOST
    assert "Check the cable; it will resume by itself." in panel.sign.text()
    assert answered(qtbot, window, at_counter, STRANGER) is Answer.NO_LEAD
    documents.show(PageState.EMPTY)
    assert panel.state == Sign.LAY


@pytest.mark.usefixtures("at_counter")
def test_that_locking_forgets_the_document(qtbot: QtBot, window: MainWindow, documents: QuietDocuments) -> None:
    documents.lay(page_picture(*passport()))
    window.lock()
    qtbot.waitUntil(window.sign_in.enter.isVisible, timeout=10_000)
    assert window.counter.document.document is None
    assert window.counter.document.name.text() == ""


@pytest.mark.usefixtures("at_counter")
def test_that_the_document_page_reads_a_picture_for_this_traveller(qtbot: QtBot, window: MainWindow) -> None:
    page = window.document
    window.show_page(page)
    page.take_bytes(png(page_picture(*passport(), doubtful="K")))
    qtbot.waitUntil(lambda: page.zone is not None, timeout=10_000)
    assert "Line 1, place 9: K, or 0" in page.entry.read_lines.told.text()
    page.take_bytes(b"no picture")
    qtbot.waitUntil(lambda: "not a picture" in page.problem.text(), timeout=10_000)
    page.take_bytes(png(page_picture(*passport())))
    qtbot.waitUntil(lambda: page.zone is not None, timeout=10_000)
    page.entry.take.click()
    assert window.counter.isVisible()
    assert window.counter.document.name.text() == "ERIKSSON, ANNA MARIA"


@pytest.mark.usefixtures("at_counter")
def test_that_the_files_of_a_chip_are_opened_with_their_state_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page = window.document
    window.show_page(page)
    page.open_chip(chip(signer(authority())).export(tmp_path / "chip"))
    qtbot.waitUntil(lambda: page.zone is not None, timeout=10_000)
    shown = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert "Read from chip files. Chip: contents are as signed; whether the State signed cannot be told here." in shown
    page.open_chip(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: bool(page.problem.text()), timeout=10_000)
    assert page.zone is None


def with_record(desk: Desk, purpose: Purpose, **known: str) -> int:
    enter(desk, "admin")
    watchlist = desk.records.add_watchlist(f"List for {purpose}", purpose, "Unit", "+00").value
    record = desk.records.add_record(
        watchlist, particulars(**({"surname": "Somebody"} | known)), [png(picture(40))], "test"
    ).value
    enter(desk, "officer")
    return record
