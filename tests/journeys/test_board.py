from pytestqt.qtbot import QtBot

from tests.fakes import picture
from tests.journeys.test_journeys import screen, sign_in
from ui.shell.main_window import MainWindow
from workstation.desk.desk import Desk


def test_that_a_supervisor_lands_on_a_board_that_lives(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    sign_in(qtbot, window, "supervisor")
    board = window.board
    qtbot.waitUntil(board.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: len(board.alerts.rows) == 1, timeout=10_000)
    assert [each.referred for each in board.lanes.rows] == [1]
    assert "Nothing is wrong" in board.faults.text()
    window._desk.ask(lambda made: made.counter.screen(picture(20, moment=2), source="another lane"))
    qtbot.waitUntil(lambda: len(board.alerts.rows) == 2, timeout=10_000)
    assert desk.person is not None
