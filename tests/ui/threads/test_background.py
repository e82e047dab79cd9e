"""Answers reach living objects in the window's thread; a lost camera is named and the newest frame wins."""

import gc
import threading
import time
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from matching.faces.finding import Box, Face
from tests.fakes import GOOD, POOR
from tests.ui.conftest import NoCamera
from ui.threads.background import AskDesk, CameraWatch, Heartbeat
from workstation.capture.camera import CameraSource, Frame, Source, SourceLost, StillSource
from workstation.capture.face_reader import Sighting
from workstation.capture.recent_frames import APART_SECONDS, FRAMES, TOGETHER_SECONDS
from workstation.capture.remarks import LOOPS
from workstation.desk.desk import Changed, Desk, Done
from workstation.errors import OperatorError


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[QThread] = set()

    def hear(self, value: object) -> None:
        self.heard.append(value)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def asked(qtbot: QtBot, desk: Desk) -> object:
    made = AskDesk(lambda _: desk)
    with qtbot.waitSignal(made.opened):
        made.start()
    yield made
    made.stop()


def test_that_an_answer_comes_in_the_windows_thread(qtbot: QtBot, asked: AskDesk) -> None:
    listener = Listener()
    asked.ask(lambda _: threading.current_thread().name, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == ["desk"])
    application = QCoreApplication.instance()
    assert application is not None
    assert listener.threads == {application.thread()}


def test_that_what_changed_is_told_to_everybody_and_the_value_to_the_asker(qtbot: QtBot, asked: AskDesk) -> None:
    listener, all_ears = Listener(), Listener()
    asked.changed.connect(all_ears.hear)
    asked.ask(lambda _: Done(5, Changed.RECORDS), listener.hear)
    qtbot.waitUntil(lambda: all_ears.heard == [Changed.RECORDS])
    assert listener.heard == [5]


def test_that_a_refusal_goes_to_the_asker_or_else_to_the_window(qtbot: QtBot, asked: AskDesk) -> None:
    def refuse(_: Desk) -> None:
        raise OperatorError("No.")

    listener, window = Listener(), Listener()
    asked.refused.connect(window.hear)
    asked.ask(refuse, listener.hear, listener.hear)
    asked.ask(refuse)
    qtbot.waitUntil(lambda: bool(window.heard))
    assert [str(each) for each in (*listener.heard, *window.heard)] == ["No.", "No."]


def test_that_a_bug_is_told_as_a_bug(qtbot: QtBot, asked: AskDesk) -> None:
    listener = Listener()
    asked.crashed.connect(listener.hear)
    asked.ask(lambda _: 1 // 0)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert isinstance(listener.heard[0], ZeroDivisionError)


def test_that_an_answer_to_an_object_that_is_gone_is_dropped(qtbot: QtBot, asked: AskDesk) -> None:
    gone, still_here = Listener(), Listener()
    asked.ask(lambda _: 1, gone.hear)
    del gone
    gc.collect()
    asked.ask(lambda _: 2, still_here.hear)
    qtbot.waitUntil(lambda: still_here.heard == [2])


FACE = Face(Box(2, 2, 6, 6), np.empty((0, 2), dtype=np.float32), np.empty((0, 2), dtype=np.float32))


class Glances:
    """Gives a good face in every second frame."""

    def __init__(self) -> None:
        self.count = 0

    def glance(self, image: object) -> tuple[Sighting, ...]:
        del image
        self.count += 1
        return (Sighting(FACE, GOOD if self.count % 2 else POOR),)

    def recognise(self, image: object, face: object) -> None:
        """Nobody is known, so nobody asks."""
        del image, face


def test_that_the_best_good_frame_of_the_last_second_is_kept(qtbot: QtBot) -> None:
    still = np.zeros((8, 8, 3), dtype=np.uint8)
    watch = CameraWatch(lambda: StillSource(still, "still", wait=lambda _: None), Glances(), "still")
    watch.start()
    qtbot.waitUntil(lambda: watch.best() is not None)
    watch.stop()
    best = watch.best(60)
    assert best is not None
    assert best.sightings[0].quality is GOOD
    watch.forget()
    assert watch.best(60) is None


class Numbered:
    """Gives one frame each 40 ms by its own moments, which end now."""

    name = "numbered"

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._end = time.monotonic()

    def read(self) -> Frame:
        if not self._left:
            raise SourceLost("No more.")
        self._left -= 1
        return Frame(np.zeros((8, 8, 3), dtype=np.uint8), self._left, self._end - 0.04 * self._left)

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("frames", "found"), [(1, 0), (12, 2), (60, FRAMES - 1)])
def test_that_further_good_frames_are_spread_in_time(qtbot: QtBot, frames: int, found: int) -> None:
    source = Numbered(frames)
    watch = CameraWatch(lambda: source, Glances(), "numbered")
    with qtbot.waitSignal(watch.lost):
        watch.start()
    watch.stop()
    best = watch.best(60)
    assert best is not None
    others = watch.others(best)
    moments = sorted(each.frame.taken for each in (best, *others))
    assert len(others) >= found
    assert len(others) <= FRAMES - 1
    assert all(later - earlier >= APART_SECONDS for earlier, later in pairwise(moments))
    assert all(each.sightings[0].quality is GOOD for each in others)
    assert moments[-1] - moments[0] <= 2 * TOGETHER_SECONDS


class Driver:
    """A live camera's driver that plays a recording of ten pictures round and round."""

    def __init__(self) -> None:
        self._turn = 0
        self._pause = threading.Event()

    def isOpened(self) -> bool:
        return True

    def getBackendName(self) -> str:
        return "a driver of its own"

    def read(self) -> tuple[bool, object]:
        self._pause.wait(0.05)
        self._turn += 1
        return True, np.random.default_rng(self._turn % 10).integers(0, 255, (32, 32, 3), dtype=np.uint8)

    def release(self) -> None:
        pass


def test_that_a_live_camera_that_plays_a_recording_is_noted(qtbot: QtBot) -> None:
    watch = CameraWatch(lambda: CameraSource(0, capture=Driver()), Glances(), "camera:99")
    watch.start()
    qtbot.waitUntil(lambda: watch.notes == (LOOPS,), timeout=10_000)
    watch.stop()


def test_that_a_picture_from_a_file_is_not_noted_for_being_one(qtbot: QtBot) -> None:
    still = np.random.default_rng(1).integers(0, 255, (32, 32, 3), dtype=np.uint8)
    watch = CameraWatch(lambda: StillSource(still, "still", wait=lambda _: None), Glances(), "still")
    watch.start()
    qtbot.waitUntil(lambda: watch.frames > 50)
    watch.stop()
    assert watch.notes == ()


def test_that_no_frame_is_kept_while_no_officer_is_there(qtbot: QtBot) -> None:
    still = np.zeros((8, 8, 3), dtype=np.uint8)
    watch = CameraWatch(lambda: StillSource(still, "still", wait=lambda _: None), Glances(), "still")
    watch.attend(present=False)
    watch.start()
    assert watch.take() is None
    watch.attend(present=True)
    qtbot.waitUntil(lambda: watch.latest() is not None)
    watch.attend(present=False)
    before = watch.frames
    watch.stop()
    assert watch.frames <= before + 1


def test_that_a_lost_camera_is_told_until_it_is_back(qtbot: QtBot) -> None:
    class Lost(NoCamera):
        def read(self) -> Frame:
            raise SourceLost("The camera stopped.")

    def open_it() -> Source:
        return Lost()

    watch = CameraWatch(open_it, Glances(), "lost")
    with qtbot.waitSignal(watch.lost):
        watch.start()
    watch.stop()


def test_that_a_hundred_thousand_signals_and_texts_do_no_harm(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after a few hundred: every call released a reference to None too many."""
    label, beat = QLabel(), Heartbeat()
    qtbot.addWidget(label)
    for number in range(100_000):
        label.setText("even" if number % 2 else "odd")
        label.windowTitleChanged.emit("x")
    assert label.text() == "even"
    assert beat.longest_ms >= 0


def test_that_who_stops_waiting_hears_a_refusal_and_what_was_done_is_still_told(qtbot: QtBot, asked: AskDesk) -> None:
    go_on, listener, failed, all_ears = threading.Event(), Listener(), Listener(), Listener()
    asked.changed.connect(all_ears.hear)

    def slow(_: Desk) -> Done[int]:
        go_on.wait(10)
        return Done(5, Changed.RECORDS)

    assert asked.waiting_seconds == 0.0
    asked.ask(slow, listener.hear, failed.hear)
    qtbot.waitUntil(lambda: asked.waiting_seconds > 0.05)
    asked.stop_waiting()
    assert "may still be done" in str(failed.heard[0])
    assert asked.waiting_seconds == 0.0
    go_on.set()
    qtbot.waitUntil(lambda: all_ears.heard == [Changed.RECORDS])
    assert listener.heard == []


def test_that_a_post_which_could_not_be_opened_can_be_tried_again(qtbot: QtBot, desk: Desk) -> None:
    tries: list[int] = []

    def open_it(_: object) -> Desk:
        tries.append(1)
        if len(tries) == 1:
            raise OperatorError("not yet")
        return desk

    made = AskDesk(open_it)
    with qtbot.waitSignal(made.refused):
        made.start()
    with qtbot.waitSignal(made.opened):
        made.start()
    made.stop()
