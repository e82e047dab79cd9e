"""The guide stands where the face is expected and stays within the picture, whoever comes."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.counter.live_view import LiveView, Stature


@pytest.fixture
def view(qtbot: QtBot) -> LiveView:
    made = LiveView()
    qtbot.addWidget(made)
    made.resize(960, 640)
    picture = np.full((480, 640, 3), 90, dtype=np.uint8)
    made.show_frame(QImage(picture.data, 640, 480, 3 * 640, QImage.Format.Format_RGB888).copy(), ())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_a_key_goes_through_the_statures_and_back(view: LiveView) -> None:
    seen = []
    for _ in Stature:
        seen.append(view.stature)
        QTest.keyClick(view, Qt.Key.Key_H)
        assert view.accessibleDescription() == view.stature_words()
        view.grab()
    assert seen == list(Stature)
    assert view.stature is Stature.STANDING


def test_that_the_guide_is_lower_for_whoever_is_lower_and_within_the_picture(view: LiveView) -> None:
    places = {}
    for stature in Stature:
        view.stature = stature
        places[stature] = view.guide()
        assert QRectF(view.rect()).contains(places[stature])
    standing = places.pop(Stature.STANDING)
    assert all(place.center().y() > standing.center().y() for place in places.values())
    assert places[Stature.CHILD].height() < standing.height()


def test_that_the_name_of_the_guide_is_painted_for_a_moment_only(view: LiveView, qtbot: QtBot) -> None:
    view.next_stature()
    with_name = view.grab().toImage()
    qtbot.waitUntil(lambda: not view._saying.isActive(), timeout=5000)
    assert view.grab().toImage() != with_name
