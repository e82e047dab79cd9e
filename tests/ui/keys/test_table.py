"""The table of keys and the keys of the pages are one: F1 shows what works, and everything that works."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.test_journeys import sign_in
from ui.keys.table import KEYS, Place, keys_at
from ui.shell.main_window import MainWindow


def bound(page: QWidget) -> set[str]:
    """Every key that something below this widget listens to."""
    sequences = [keys for each in page.findChildren(QShortcut) for keys in list(each.keys())]
    sequences += [each.shortcut() for each in page.findChildren(QAbstractButton) if not each.shortcut().isEmpty()]
    return {each.toString(QKeySequence.SequenceFormat.PortableText) for each in sequences}


def listed(*places: Place) -> set[str]:
    return {
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) for each in keys_at(*places) for keys in each.keys
    }


def test_that_every_key_of_a_page_is_in_the_table_and_the_other_way_round(window: MainWindow) -> None:
    everywhere = {
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        for each in window.findChildren(QShortcut)
        if each.parent() is window
        for keys in [each.key()]
    }
    assert everywhere == listed(Place.EVERYWHERE)
    for page, places in window.places.items():
        assert bound(page) == listed(*places), page.objectName()
    assert {place for places in window.places.values() for place in places} | {Place.EVERYWHERE} == {
        each.place for each in KEYS
    }


@pytest.mark.parametrize(
    ("login", "page", "has", "lacks"),
    [
        ("officer", "counter", {"Space", "1 to 9", "F10"}, {"S", "Ctrl+N", "F5"}),
        ("supervisor", "counter", {"Space", "S"}, {"Ctrl+N"}),
        ("supervisor", "records", {"Ctrl+F"}, {"Ctrl+N", "F8"}),
        ("admin", "records", {"Ctrl+F", "Ctrl+N", "F8"}, {"Space"}),
        ("auditor", "audit", {"F5", "Ctrl+E"}, {"Space", "S"}),
    ],
)
def test_that_f1_shows_the_keys_of_this_page_and_this_role(
    qtbot: QtBot, window: MainWindow, login: str, page: str, has: set[str], lacks: set[str]
) -> None:
    sign_in(qtbot, window, login)
    window.activateWindow()
    window.show_page(getattr(window, page))
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(window.keys_panel.isVisible)
    shown = set(window.keys_panel.shown)
    assert has <= shown
    assert not lacks & shown
    QTest.keyClick(window.keys_panel.back, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.keys_panel.isVisible())


def test_that_no_key_acts_below_the_card(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    window.show_keys()
    QTest.keyClick(window.keys_panel.back, Qt.Key.Key_P)
    QTest.keyClick(window.keys_panel.back, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: not window.keys_panel.isVisible())
    assert not window.counter.asking
