"""A source is tried before it is saved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FedWatch
from ui.shell.source_trial import SourceTrial
from ui.threads.background import AskDesk
from workstation.desk.desk import Desk
from workstation.settings import Settings


class Opened(FedWatch):
    """What the trial opens: notes that it was begun and let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = self.ended = False

    def start(self) -> None:
        self.begun = True

    def end(self) -> None:
        self.ended = True


class Tried:
    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.asked = AskDesk(lambda _: desk)
        self.field, self.opened, self.settings = QLineEdit(), Opened(), Settings()
        self.trial = SourceTrial(self.asked, self.field, scanner=True)
        self.trial.offer(self.open, None)
        for widget in (self.field, self.trial):
            qtbot.addWidget(widget)
            widget.show()
        self.asked.start()

    def open(self, settings: Settings) -> Opened:
        self.settings = settings
        return self.opened


@pytest.fixture
def tried(qtbot: QtBot, desk: Desk) -> object:
    made = Tried(qtbot, desk)
    yield made
    made.asked.stop()


def test_that_a_source_is_shown_alive_and_let_go(qtbot: QtBot, tried: Tried) -> None:
    tried.field.setText("camera:7")
    tried.trial.try_now.click()
    qtbot.waitUntil(lambda: tried.opened.begun, timeout=10_000)
    assert tried.settings.source == "camera:7"
    tried.opened.show(7)
    assert "A picture comes: 96 x 64" in tried.trial.words.text()
    assert tried.trial.picture.isVisible()
    tried.trial.hide()
    assert tried.opened.ended


def test_that_a_folder_is_looked_into_and_nothing_is_taken_from_it(qtbot: QtBot, tried: Tried, tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(b"a page of somebody")
    tried.field.setText(f"folder-watch:{tmp_path}")
    tried.trial.try_now.click()
    qtbot.waitUntil(lambda: "with 1 files in it" in tried.trial.words.text(), timeout=10_000)
    assert (tmp_path / "page.jpg").exists()
    tried.field.setText(f"folder-watch:{tmp_path / 'gone'}")
    tried.trial.try_now.click()
    qtbot.waitUntil(lambda: "cannot be read" in tried.trial.words.text(), timeout=10_000)
