"""A camera that gives no usable picture is named at the counter, and the way on is offered."""

import time

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FedWatch
from ui.counter.page import CounterPage
from ui.threads.background import AskDesk, Preview
from ui.widgets.page_picture import qimage
from workstation.capture.camera import Frame, SourceLost
from workstation.desk.desk import Desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, camera: FedWatch) -> CounterPage:
    made = CounterPage(AskDesk(lambda _: desk))
    qtbot.addWidget(made)
    made.watch(camera)
    made.show()
    return made


class Fed(FedWatch):
    """Shows whole pictures of one shade."""

    def fill(self, red: int, green: int, blue: int) -> None:
        self.frames += 1
        image = np.tile(np.array([red, green, blue], dtype=np.uint8), (240, 320, 1))
        self._shown = Preview(Frame(image, self.frames, time.monotonic()), qimage(image), (), fresh=True)
        self.seen.emit()


@pytest.fixture
def camera() -> Fed:
    return Fed()


@pytest.mark.parametrize(
    ("shade", "said"),
    [((0, 0, 0), "is black"), ((1, 1, 1), "is black"), ((0, 135, 0), "green"), ((60, 22, 15), "covered")],
    ids=["black", "nearly black", "green", "a hand"],
)
def test_that_a_picture_without_anything_in_it_is_named_and_p_is_offered(
    page: CounterPage, camera: Fed, shade: tuple[int, int, int], said: str
) -> None:
    camera.fill(*shade)
    assert said in page.coaching.text()
    assert said in page.card.why.text()
    assert "P goes on" in page.card.next.text()
    camera.show()
    assert page.coaching.text() == "Waiting for a face."
    assert page.card.answer.text() == "Ready"


def test_that_a_lost_camera_is_on_the_card_until_it_is_back(page: CounterPage, camera: Fed) -> None:
    camera.lost.emit(SourceLost("The camera stopped. Check the cable; it will resume by itself."))
    assert "Check the cable" in page.card.why.text()
    assert page.no_photo_button.isEnabled()
    camera.show()
    assert page.card.answer.text() == "Ready"
