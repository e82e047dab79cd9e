"""How the search stands is said where people look: the status line of everybody, the settings page of the supervisor."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.kept_up import status
from tests.workstation.conftest import sign_in
from ui.shell.main_window import MainWindow
from ui.shell.status_line import StatusLine
from watchlists.records.records import OVERDUE
from workstation.desk.desk import Desk, PostStatus


@pytest.fixture(name="status")
def kept(desk: Desk, listed: int) -> PostStatus:
    assert listed
    sign_in(desk, "officer")
    return status(desk)


@pytest.mark.parametrize(
    ("changed", "words", "fault"),
    [
        ({}, "Portraits searched: 4", False),
        ({"not_searched": {OVERDUE: 3}}, "Not searched: 3", True),
        ({"search_fault": "x", "not_searched": {OVERDUE: 3}}, "Search cannot be relied upon: call the supervisor", True),
    ],
)
def test_that_the_status_line_says_the_worst_first(
    qtbot: QtBot, status: PostStatus, changed: dict[str, object], words: str, fault: bool
) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_status(replace(status, **changed))  # type: ignore[arg-type] # fields by name
    assert line.parts["search"].text() == words
    assert line.parts["search"].property("fault") is fault


@pytest.mark.parametrize(
    ("loops", "words"),
    [
        ("compiled", "was tested and is in use"),
        ("being prepared", "not in use yet"),
        ("numpy: OSError: denied", "cannot be used here (OSError: denied)"),
    ],
)
def test_that_the_settings_page_says_what_is_not_searched_and_on_which_loops(
    qtbot: QtBot, window: MainWindow, desk: Desk, status: PostStatus, loops: str, words: str
) -> None:
    page = window.settings_page
    qtbot.waitUntil(window.sign_in.enter.isVisible)
    shown = replace(status, search_loops=loops, not_searched={OVERDUE: 3}, search_fault="Call the supervisor.")
    page._show((desk.settings(), shown))
    text = page.point.text()
    assert words in text
    assert f"3 not searched: {OVERDUE}." in text
    assert text.endswith("Call the supervisor.")
