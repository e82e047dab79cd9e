"""Real widgets offscreen; a Qt message that nobody expects fails the test that caused it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from tests.fakes import NumberedFaces
from tests.workstation.conftest import Clock, clock, desk, faces, listed, post
from ui.background import AskDesk, CameraWatch
from ui.main_window import MainWindow
from workstation.camera import Frame, Source
from workstation.desk import Desk
from workstation.settings import Settings

__all__ = ["Clock", "clock", "desk", "faces", "listed", "post"]

_HARMLESS = ("propagateSizeHints", "This plugin does not support")
"""What the offscreen platform says of itself."""


@pytest.fixture(autouse=True)
def silent_qt() -> Iterator[None]:
    said: list[str] = []

    def note(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(words in text for words in _HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(note)
    yield
    qInstallMessageHandler(before)
    assert said == []


class NoCamera:
    """A source that gives nothing until it is closed."""

    name = "none"

    def read(self) -> Frame:
        raise AssertionError("nobody reads a camera here")

    def close(self) -> None:
        pass


class QuietWatch(CameraWatch):
    """A watch that is never started: journeys bring their own pictures."""

    def start(self) -> None:
        pass


def no_source() -> Source:
    return NoCamera()


class Blind(NumberedFaces):
    def glance(self, image: object) -> None:
        del image


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[MainWindow]:
    """The whole window on the test's own Desk, open and waiting for a sign-in."""

    def watch(_: Settings) -> CameraWatch:
        return QuietWatch(no_source, Blind(), "test camera")

    asked = AskDesk(lambda _: desk)
    made = MainWindow(asked, watch)
    qtbot.addWidget(made)
    asked.start()
    made.show()
    qtbot.waitUntil(made.sign_in.enter.isVisible, timeout=10_000)
    yield made
    made.stop()
