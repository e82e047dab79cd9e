import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.date_field import DateField
from ui.words.dates import day


@pytest.fixture
def field(qtbot: QtBot) -> DateField:
    made = DateField("birth_date", "Date of birth", "As 1980-03-17.")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["17.3.1980", "17 March 1980", "1980-03-17", "March 17, 1980", "17/03/1980"])
def test_that_a_date_with_one_reading_is_taken_and_said_back(field: DateField, typed: str) -> None:
    QTest.keyClicks(field.editor, typed)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert (field.text(), field.problem()) == ("1980-03-17", "")
    assert field.below.text() == "Read as 17 Mar 1980."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("03/04/1980", "1980-04-03 or 1980-03-04"),
        ("1359/04/03", "Solar Hijri"),
        ("12 Ramadan 1400", "Hijri"),
        ("soon", "not a date"),
    ],
)
def test_that_what_has_two_readings_or_none_is_asked_about_and_stays(field: DateField, typed: str, words: str) -> None:
    QTest.keyClicks(field.editor, typed)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert words in field.problem()
    assert field.below.text() == field.problem()
    assert field.text() == typed


def test_that_days_are_written_one_way() -> None:
    assert [day(each) for each in ("2004-11-23", "2004-11", "2004", "")] == ["23 Nov 2004", "Nov 2004", "2004", ""]
