"""Doubtful and changed characters are told by shape and in words, at every width."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.fakes import read_without_fault
from tests.ui.counter.test_document_panel import VALID
from ui.documents.zone_lines import ZoneLines
from workstation.documents.zone_reader.reading import Change, Doubt, Why


def test_that_what_was_read_and_what_was_taken_are_both_told(qtbot: QtBot) -> None:
    lines = ZoneLines()
    qtbot.addWidget(lines)
    doubts = (Doubt(0, 5, "E", "F", Why.UNCOVERED), Doubt(1, 3, "9", "", Why.UNSURE))
    reading = replace(read_without_fault(VALID), changes=(Change(1, 8, "0", "C", 0.3),), doubts=doubts)
    lines.show_lines(VALID, reading)
    told = lines.told.text()
    assert "Line 2, place 9: read 0, taken as C" in told
    assert "Line 1, place 6: E, or F: no check digit covers it" in told
    assert "Line 2, place 4: 9: the reader was not sure." in told
    assert "Underlined: " in lines.legend.text()
    assert "Underlined twice: " not in lines.legend.text()
    for width in (300, 900):
        lines.resize(width, 400)
        assert lines.drawing.heightForWidth(width) > 40
        lines.grab()
    assert VALID[0] in lines.drawing.accessibleDescription()


def test_that_lines_without_marks_have_no_legend(qtbot: QtBot) -> None:
    lines = ZoneLines()
    qtbot.addWidget(lines)
    lines.show_lines(VALID, None)
    assert lines.legend.isHidden()
    assert lines.told.isHidden()
