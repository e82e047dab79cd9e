"""Every page at every size: no text is cut, nothing lies outside of the window, and the window stays as large as it was made."""

import time

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import picture
from tests.journeys.test_journeys import screen, sign_in
from tests.ui.conftest import QuietDocuments
from tests.ui.measuring_text import clipped, settle
from tests.workstation.conftest import sign_in as sit
from ui.shell.main_window import MainWindow
from workstation.desk.desk import Desk
from workstation.settings import Settings

BROKEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C37UTO7408122F1204159ZE184226B<<<<<10"


LAID_OUT_SECONDS = 5.0
ORDINARY = (1280, 720)
"""From this size on the pages of a shift are seen whole."""


class Looker:
    """Looks at a page and keeps what is wrong with it."""

    def __init__(self, window: MainWindow, size: tuple[int, int]) -> None:
        self._window, self._size = window, size
        self.wrong: list[str] = []

    def look(self, page: str) -> None:
        self._window.resize(*self._size)
        settle()
        if (self._window.width(), self._window.height()) != self._size:
            self.wrong.append(f"{page}: the window grew to {self._window.width()}x{self._window.height()}")
        # What the desk answers comes later and is laid out then: only what stays cut is wrong.
        until = time.monotonic() + LAID_OUT_SECONDS
        while (cut := clipped(self._window)) and time.monotonic() < until:
            QTest.qWait(50)
        self.wrong += [f"{page}: {each}" for each in cut]

    def look_whole(self, page: str) -> None:
        """The same of a page that must be seen at once where the screen is an ordinary one."""
        self.look(page)
        if self._size >= ORDINARY and self._window._stack.scrolls():
            self.wrong.append(f"{page}: has to be scrolled")


@pytest.mark.parametrize(
    ("size", "type_size"),
    [((1366, 768), 20), ((1280, 720), 20), ((1024, 640), 24), ((1024, 640), 12), ((960, 1040), 16)],
    ids=lambda each: str(each).replace(" ", ""),
)
def test_that_no_text_is_cut_on_any_page(
    request: pytest.FixtureRequest, qtbot: QtBot, desk: Desk, listed: int, size: tuple[int, int], type_size: int
) -> None:
    assert listed
    sit(desk, "supervisor").change_settings(Settings(theme="light", text_size=type_size))
    desk.people.sign_out()
    window: MainWindow = request.getfixturevalue("window")
    documents: QuietDocuments = request.getfixturevalue("documents")
    looker = Looker(window, size)
    looker.look("sign-in")
    _counter(qtbot, window, documents, looker)
    _second_line(qtbot, window, looker)
    _administration(qtbot, window, looker)
    assert looker.wrong == []


def _counter(qtbot: QtBot, window: MainWindow, documents: QuietDocuments, looker: Looker) -> None:
    sign_in(qtbot, window, "officer")
    counter = window.counter
    looker.look_whole("counter")
    counter.no_photo_button.click()
    looker.look("why no picture")
    counter.show_live()
    counter.type_button.click()
    looker.look("typing at the counter")
    counter.show_live()
    documents.lay(picture(500, moment=1))
    screen(qtbot, window, 7)
    looker.look_whole("refer")
    counter.close_button.click()
    window.show_page(window.document)
    window.document.lines.setPlainText(BROKEN)
    looker.look("document")


def _second_line(qtbot: QtBot, window: MainWindow, looker: Looker) -> None:
    sign_in(qtbot, window, "second")
    review = window.review
    qtbot.waitUntil(lambda: bool(review.table.rows), timeout=10_000)
    looker.look("second line")
    review.table.selectRow(0)
    qtbot.waitUntil(lambda: review.opened is not None, timeout=10_000)
    looker.look_whole("an alert")
    window.show_page(window.children_page)
    looker.look("missing children")
    window.show_page(window.board)
    looker.look("board")


def _administration(qtbot: QtBot, window: MainWindow, looker: Looker) -> None:
    sign_in(qtbot, window, "admin")
    records = window.records
    window.show_page(records)
    qtbot.waitUntil(lambda: bool(records.table.rows), timeout=10_000)
    records.table.selectRow(0)
    qtbot.waitUntil(lambda: records.sheet.record is not None, timeout=10_000)
    looker.look("records")
    records.add.click()
    looker.look("a new record")
    records.add_list.click()
    looker.look("a new list")
    for page, name in ((window.people, "people"), (window.operating_page, "budgets"), (window.settings_page, "settings")):
        window.show_page(page)
        if page is window.settings_page:
            qtbot.waitUntil(lambda: bool(window.settings_page.point.text()), timeout=10_000)
        looker.look(name)
    sign_in(qtbot, window, "auditor")
    qtbot.waitUntil(lambda: bool(window.audit.table.rows), timeout=10_000)
    window.audit.table.selectRow(0)
    looker.look("log")
