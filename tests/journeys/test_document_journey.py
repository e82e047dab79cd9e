"""An officer types the lines of a passport: checked at every key, corrected never, gone with the officer."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.journeys.test_journeys import sign_in
from tests.workstation.documents.mrz.test_mrz import SPECIMENS
from ui.shell.main_window import MainWindow


def words(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.document.findChildren(QLabel) if not label.isHidden())


def test_that_a_typed_zone_is_checked_and_a_wrong_digit_stays(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, "officer")
    window.show_page(window.document)
    first, second = SPECIMENS["TD3"]
    QTest.keyClicks(window.document.lines, first)
    qtbot.waitUntil(lambda: "has 2 or 3 lines; here are 1" in words(window), timeout=10_000)
    window.document.lines.setPlainText(f"{first}\n{second.lower()}")
    assert window.document.zone is not None
    qtbot.waitUntil(lambda: "agrees; blind to 8 L" in words(window), timeout=10_000)
    shown = words(window)
    assert "The check digits agree. That does not mean" in shown
    assert "No check digit covers: document code, issuing State, names, nationality, sex" in shown
    assert "The document has expired." in shown
    window.document.lines.setPlainText(f"{first}\n{second.replace('L898902C36', 'L898902C37')}")
    assert "One check digit does not agree. Look at the document." in words(window)
    qtbot.waitUntil(lambda: "typed 7, should be 6" in words(window), timeout=10_000)
    assert window.document.lines.toPlainText().splitlines()[1].startswith("L898902C37")
    window.lock()
    qtbot.waitUntil(lambda: not window.signed_in, timeout=10_000)
    qtbot.waitUntil(lambda: not window.document.lines.toPlainText(), timeout=10_000)
