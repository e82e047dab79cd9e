import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.documents.entry import DocumentEntry
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.typed_fields import Kind


@pytest.fixture
def entry(qtbot: QtBot) -> DocumentEntry:
    made = DocumentEntry()
    qtbot.addWidget(made)
    made.resize(760, 600)
    made.show()
    made.by_fields.click()
    return made


def given(entry: DocumentEntry) -> list[TravelDocument]:
    used: list[TravelDocument] = []
    entry.use.connect(used.append)
    return used


def test_that_a_document_typed_in_fields_is_given_with_its_date_as_it_was_read(entry: DocumentEntry) -> None:
    used = given(entry)
    for name, text in (
        ("surname", "Khan"),
        ("given_names", "Gul"),
        ("born", "17.3.1980"),
        ("number", "AB 123"),
        ("state", "pak"),
    ):
        QTest.keyClicks(entry.fields.fields[name].editor, text)
    QTest.keyClick(entry.fields, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (document,) = used
    assert document.fields is not None
    assert (document.origin, document.fields.born, document.fields.state) == (Origin.TYPED, "1980-03-17", "PAK")


def test_that_a_traveller_without_a_document_is_searched_by_what_they_say(entry: DocumentEntry) -> None:
    used = given(entry)
    entry.fields.fields["kind"].set_text(Kind.NONE)
    entry.fields.fields["surname"].set_text("Khan")
    entry.fields.take.click()
    assert used[0].origin is Origin.STATED


def test_that_what_cannot_stand_is_said_under_its_question(entry: DocumentEntry) -> None:
    used = given(entry)
    entry.fields.take.click()
    assert "Enter the name" in entry.fields.fields["surname"].below.text()
    entry.fields.fields["surname"].set_text("Khan")
    entry.fields.fields["born"].set_text("03/04/1980")
    entry.fields.take.click()
    assert "1980-04-03 or 1980-03-04" in entry.fields.fields["born"].below.text()
    assert used == []


def test_that_nothing_typed_stays_for_the_next_traveller(entry: DocumentEntry) -> None:
    entry.fields.fields["surname"].set_text("Khan")
    entry.clear()
    assert entry.fields.fields["surname"].text() == ""
    assert entry.by_lines.isChecked()
