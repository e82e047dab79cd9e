"""Panels on a real Desk with a real store behind its thread; numbered faces, one person per role, an alert that waits."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from matching.faces.images import png
from tests.factory import NOW, particulars
from tests.fakes import NumberedFaces, picture
from ui.threads.background import AskDesk
from watchlists.records.purposes import Purpose
from workstation.desk.desk import Changed, Desk
from workstation.post import access
from workstation.post.post import Post, create_post, open_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of

T = TypeVar("T")
WAIT_MS = 10_000


class Room:
    """The desk's thread, what it changed, and what it answered to a question of the test."""

    def __init__(self, qtbot: QtBot, ask: AskDesk) -> None:
        self.qtbot, self.ask = qtbot, ask
        self.crashes: list[Exception] = []
        self._answers: list[object] = []
        ask.crashed.connect(self.crashes.append)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for the condition, and never for a time."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)
        assert not self.crashes

    def _take(self, value: object) -> None:
        self._answers.append(value)

    def asked(self, question: Callable[[Desk], T]) -> T:
        """What the desk answers, after everything that was asked before."""
        self._answers.clear()
        self.ask.ask(lambda desk: (question(desk),), self._take)
        self.until(lambda: self._answers)
        (value,) = self._answers.pop()  # type: ignore[misc] # a tuple of one, so that None is an answer too
        return value  # type: ignore[has-type, no-any-return] # as above

    def signed_in(self, login: str) -> None:
        self.asked(lambda desk: desk.people.sign_in(login, password_of(login) or ""))

    def open(self, panel: QWidget) -> None:
        self.qtbot.addWidget(panel)
        reload: Callable[[Changed], None] = panel.reload  # type: ignore[attr-defined] # every panel has it
        self.ask.changed.connect(reload)
        panel.resize(1366, 690)
        panel.show()


def fill(post: Post, clock: Callable[[], datetime]) -> None:
    """Two lists with three people; persons 7 and 20 were referred and wait for the second line."""
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, clock(), each.login, each.name, each.role, each.password)
    desk = Desk(post, NumberedFaces(), clock)
    desk.people.sign_in("admin", password_of("admin") or "")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Protection unit", "extension 1").value
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Court", "extension 2").value
    desk.records.add_record(missing, particulars("Noor", birth_date="2014-03"), [png(picture(7))], "asked by the unit")
    desk.records.add_record(missing, particulars("Haddad", document_number="UT77"), [png(picture(8))], "asked by the unit")
    desk.records.add_record(wanted, particulars("Karimi", given_names="Yusuf"), [png(picture(20))], "court order")
    desk.people.sign_out()
    desk.people.sign_in("officer", password_of("officer") or "")
    for person in (7, 20):
        desk.counter.screen(picture(person, moment=3), source="test")
    desk.people.sign_out()


@pytest.fixture(scope="session")
def moments() -> Iterator[datetime]:
    """A clock that goes on by a second each time it is read."""
    return iter(NOW + timedelta(seconds=number) for number in range(1_000_000))


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory, moments: Iterator[datetime]) -> Path:
    """Made once: hashing five passwords takes a second."""
    folder = tmp_path_factory.mktemp("filled") / "post"
    post = create_post(folder, "Test post", training=True, now=NOW)
    fill(post, moments.__next__)
    post.close()
    return folder


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, filled_folder: Path, moments: Iterator[datetime]) -> Iterator[Room]:
    folder = Path(shutil.copytree(filled_folder, tmp_path / "post"))
    made = AskDesk(lambda _progress: Desk(open_post(folder), NumberedFaces(), moments.__next__))
    with qtbot.waitSignal(made.opened, timeout=WAIT_MS):
        made.start()
    yield Room(qtbot, made)
    made.stop()
