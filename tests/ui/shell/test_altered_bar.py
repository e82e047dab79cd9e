"""The bar of an altered post: everybody reads it, a supervisor answers in it, and then it goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from tests.journeys.test_journeys import sign_in
from ui.shell.main_window import MainWindow
from workstation.desk.desk import Desk


@pytest.fixture
def altered(desk: Desk, listed: int) -> Desk:
    """The post of the window, in which somebody changed a record by plain SQL and the verification found it."""
    assert listed
    with desk.post.store.reading() as session:
        session.execute(text("UPDATE watchlists SET owner = 'Else'"))
        session.commit()
    desk.post.verify_audit()
    return desk


def test_that_a_supervisor_answers_in_the_bar(qtbot: QtBot, altered: Desk, window: MainWindow) -> None:
    bar = window.altered
    sign_in(qtbot, window, "officer")
    qtbot.waitUntil(bar.isVisible, timeout=10_000)
    assert "List 1" not in bar.words.text()
    assert not bar.answer.isVisible(), "an officer has no place to answer"
    assert "altered" in window.status.parts["search"].text()
    sign_in(qtbot, window, "supervisor")
    qtbot.waitUntil(bar.answer.isVisible, timeout=10_000)
    assert "List 1 is not what" in bar.words.text()
    QTest.mouseClick(bar.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Enter why" in bar.problem.text(), timeout=10_000)
    bar.reason.setText("The auditor is called")
    QTest.mouseClick(bar.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=10_000)
    assert altered.status().answered_by == "supervisor"
    qtbot.waitUntil(lambda: "supervisor answers" in window.status.parts["search"].text(), timeout=10_000)
