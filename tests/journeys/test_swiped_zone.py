"""A swipe reader is a keyboard: its zone is the traveller's document, and no key of it acts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factory import passport_zone
from tests.journeys.test_journeys import sign_in
from tests.ui.conftest import FedWatch
from ui.shell.main_window import MainWindow
from workstation.accountability import log
from workstation.desk.desk import Desk

ZONE = passport_zone("Khan", "Palwasha Gul", number="PN1234567").lines


def typed_by_a_reader(text: str, at: QWidget | None = None) -> None:
    for sign in text:
        target = at or QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None
        if sign == "\r":
            QTest.keyClick(target, Qt.Key.Key_Return)
        elif sign.isalpha():
            QTest.keyClick(target, Qt.Key(ord(sign.upper())))  # without Shift, as Caps Lock turns it round
        else:
            QTest.keyClicks(target, sign)
        QApplication.processEvents()


def acts(desk: Desk) -> list[str]:
    with desk.post.store.reading() as session:
        return [each.act for each in log.entries(session, limit=50)]


@pytest.mark.parametrize("end", ["\r", "", "\r\r"], ids=["enter", "none", "two"])
def test_that_a_zone_swiped_at_the_empty_counter_is_the_document(
    qtbot: QtBot, window: MainWindow, camera: FedWatch, desk: Desk, end: str
) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    camera.show()
    typed_by_a_reader("\r".join(ZONE) + end)
    qtbot.waitUntil(lambda: window.counter.lane.document is not None)
    document = window.counter.lane.document
    assert document is not None
    assert document.zone is not None
    assert document.zone.number == "PN1234567"
    assert not {"screened", "screening.closed"} & set(acts(desk))


def test_that_no_sign_of_a_swiped_zone_stays_in_a_field(qtbot: QtBot, window: MainWindow, camera: FedWatch) -> None:
    sign_in(qtbot, window, "supervisor")
    window.activateWindow()
    camera.show()
    window.show_page(window.records)
    window.records.search.setFocus()
    typed_by_a_reader("\r".join(ZONE) + "\r", window.records.search)
    qtbot.waitUntil(lambda: window.counter.lane.document is not None)
    assert window.records.search.text() == ""
    assert window.counter.isVisible()


def test_that_the_first_sign_of_a_reader_that_stumbled_is_taken_back(
    qtbot: QtBot, window: MainWindow, camera: FedWatch
) -> None:
    sign_in(qtbot, window, "supervisor")
    window.activateWindow()
    camera.show()
    window.show_page(window.records)
    window.records.search.setText("a")
    typed_by_a_reader(ZONE[0][0], window.records.search)
    qtbot.waitUntil(lambda: window.records.search.text() == "ap")
    typed_by_a_reader("\r".join(ZONE)[1:], window.records.search)
    qtbot.waitUntil(lambda: window.counter.lane.document is not None)
    assert window.records.search.text() == "a"


def test_that_a_zone_swiped_at_the_locked_screen_is_no_attempt(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    typed_by_a_reader("\r".join(ZONE) + "\r", window.sign_in.login)
    qtbot.waitUntil(window.message.isVisible)
    assert "Sign in, then swipe it again" in window.message.text()
    assert window.sign_in.login.text() == ""
    assert not [act for act in acts(desk) if act.startswith("sign")]


def test_that_a_torn_swipe_acts_on_nothing(qtbot: QtBot, window: MainWindow, camera: FedWatch, desk: Desk) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    camera.show()
    typed_by_a_reader("\r".join(ZONE)[9:70] + "\r")
    qtbot.waitUntil(window.message.isVisible)
    assert "Swipe the document again" in window.message.text()
    assert window.counter.lane.document is None
    assert not window.counter.asking
    assert not {"screened", "screening.closed"} & set(acts(desk))


def test_that_the_last_enter_of_a_reader_closes_nobody_however_late(
    qtbot: QtBot, window: MainWindow, camera: FedWatch, desk: Desk
) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    camera.show()
    typed_by_a_reader("\r".join(ZONE))
    qtbot.waitUntil(lambda: window.counter.lane.document is not None)
    typed_by_a_reader("\r")
    qtbot.wait(200)
    assert window.counter.lane.document is not None
    assert "screening.closed" not in acts(desk)


def test_that_a_single_key_still_acts(qtbot: QtBot, window: MainWindow, camera: FedWatch) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    camera.show()
    QTest.keyClick(window.counter, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: window.counter.asking)
    QTest.keyClick(window.counter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.counter.asking)


def test_that_words_typed_as_fast_as_a_reader_stay_words_in_a_field(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, "supervisor")
    window.activateWindow()
    window.show_page(window.records)
    QTest.keyClicks(window.records.search, "kareem hussain")
    qtbot.waitUntil(lambda: window.records.search.text() == "kareem hussain")
