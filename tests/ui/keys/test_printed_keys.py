"""A key that is printed on a button works where it is printed, also while something is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.journeys.test_journeys import sign_in
from ui.keys import shortcuts
from ui.keys.positions import PLAIN
from ui.shell.main_window import MainWindow

CONTROL, NONE, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
PLACES = {sign: place for place, sign in PLAIN.items()}


def test_that_down_goes_to_what_is_found_and_ctrl_e_works_in_the_search_field(
    qtbot: QtBot, window: MainWindow, listed: int
) -> None:
    assert listed
    sign_in(qtbot, window, "admin")
    window.activateWindow()
    window.show_page(window.records)
    qtbot.waitUntil(lambda: bool(window.records.table.rows), timeout=10_000)
    QTest.keyClick(window.records.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.records.sheet.record is not None, timeout=10_000)
    QTest.keyClick(window.records.search, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(window.records.amendment.isVisible, timeout=10_000)


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "place", "names"),
    [
        (0x62F, "د", NONE, "d", "D"),
        (0x67E, "پ", NONE, "p", "P"),
        (0x417, "з", NONE, "p", "P"),
        (0x6F1, "۱", NONE, "1", "1"),  # noqa: RUF001 - as above
        (0x648, "و", CONTROL, "s", "Ctrl+S"),
        (ord("D"), "d", NONE, "d", "D"),
        (ord("D"), "D", SHIFT, "d", "Shift+D"),
        (0x62B, "ث", SHIFT, "d", "Shift+D"),
        (ord("+"), "+", SHIFT, "=", "+"),
        (0x445, "х", NONE, "[", "["),  # noqa: RUF001 - that they look alike is the point
    ],
    ids=["Urdu D", "Urdu P", "Russian P", "Persian 1", "Ctrl+S", "D", "Shift+D", "Urdu Shift+D", "plus", "Russian ["],
)
def test_that_a_key_is_known_by_where_it_lies(
    key: int, text: str, modifiers: Qt.KeyboardModifier, place: str, names: str
) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, text)
    found = shortcuts.sequences(event, PLACES[place])
    assert QKeySequence(names) in found
    assert names == "D" or QKeySequence("D") not in found
