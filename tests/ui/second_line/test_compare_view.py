import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from matching.faces.images import Image
from ui.widgets.compare_view import CompareView, Shown, Way
from ui.widgets.eye_alignment import EYE_LINE, Eyes, places
from ui.widgets.picture import Picture, picture_of

RED, BLUE = (220, 30, 30), (30, 30, 220)


def with_eyes(width: int, height: int, eyes: Eyes, colour: tuple[int, int, int]) -> Picture:
    """A grey picture with a filled square of the colour around each eye, a third of their distance wide."""
    image: Image = np.full((height, width, 3), 128, dtype=np.uint8)
    half = max(int(np.hypot(eyes[1][0] - eyes[0][0], eyes[1][1] - eyes[0][1]) / 6), 1)
    for x, y in eyes:
        image[round(y) - half : round(y) + half, round(x) - half : round(x) + half] = colour
    return picture_of(image)


PROBE_EYES: Eyes = ((300.0, 260.0), (340.0, 230.0))
REFERENCE_EYES: Eyes = ((900.0, 1500.0), (1500.0, 1560.0))


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    made = CompareView()
    qtbot.addWidget(made)
    made.resize(802, 500)
    made.show_pair(
        Shown(with_eyes(640, 480, PROBE_EYES, RED), PROBE_EYES, "probe"),
        Shown(with_eyes(2400, 3200, REFERENCE_EYES, BLUE), REFERENCE_EYES, "reference"),
    )
    return made


def colour_at(view: CompareView, x: float, y: float) -> tuple[int, int, int]:
    colour: QColor = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).pixelColor(QPoint(round(x), round(y)))
    return colour.red(), colour.green(), colour.blue()


def near(one: tuple[int, int, int], other: tuple[int, int, int], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def test_that_both_faces_lie_at_one_scale_on_one_line_whatever_their_pictures(view: CompareView) -> None:
    probe, reference = view.panes()
    (left, height), (right, _) = places(probe.width(), probe.height())
    assert height == EYE_LINE * probe.height()
    for x in (left, right):
        assert near(colour_at(view, probe.left() + x, height), RED)
        assert near(colour_at(view, reference.left() + x, height), BLUE)


def test_that_the_probe_stands_on_the_right_where_one_reads_from_the_right(view: CompareView) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    probe, reference = view.panes()
    assert probe.left() > reference.left()
    (left, height), _ = places(probe.width(), probe.height())
    assert near(colour_at(view, probe.left() + left, height), RED)


def test_that_an_overlay_blends_both_at_the_chosen_share(view: CompareView) -> None:
    view.overlay()
    (left, height), _ = places(view.width(), view.height())
    for share, expected in ((0.0, RED), (0.5, (125, 30, 125)), (1.0, BLUE)):
        view.set_opacity(share)
        assert near(colour_at(view, left, height), expected)


def test_that_flicker_shows_one_at_a_time_in_one_place(qtbot: QtBot, view: CompareView) -> None:
    view.show()
    view.flicker()
    (left, height), _ = places(view.width(), view.height())
    assert near(colour_at(view, left, height), RED)
    qtbot.waitUntil(lambda: view.reference_is_up)
    assert near(colour_at(view, left, height), BLUE)
    view.hide()
    assert view.way is Way.SIDE_BY_SIDE


def test_that_grey_takes_the_colour_out_of_both(view: CompareView) -> None:
    view.greyed()
    probe, reference = view.panes()
    (left, height), _ = places(probe.width(), probe.height())
    for pane in (probe, reference):
        red, green, blue = colour_at(view, pane.left() + left, height)
        assert red == green == blue
    view.reset()
    assert near(colour_at(view, probe.left() + left, height), RED)


def test_that_zoom_and_shift_move_both_alike(view: CompareView) -> None:
    view.zoom_by(3.0)
    view.pan_by(40, -25)
    probe, reference = view.panes()
    for pane, eyes, colour in ((probe, PROBE_EYES, RED), (reference, REFERENCE_EYES, BLUE)):
        x, y = view.laid(eyes).at(eyes[0])
        assert near(colour_at(view, pane.left() + x, y), colour)
    assert view.laid(PROBE_EYES).at(PROBE_EYES[1]) == pytest.approx(view.laid(REFERENCE_EYES).at(REFERENCE_EYES[1]))


def test_that_zoom_keeps_what_is_under_the_pointer_and_has_limits(view: CompareView) -> None:
    before = view.laid(PROBE_EYES)
    forward = np.array([[before.a, -before.b], [before.b, before.a]])
    x, y = np.linalg.solve(forward, np.array([111.0 - before.dx, 222.0 - before.dy]))
    view.zoom_by(1.7, (111.0, 222.0))
    assert view.laid(PROBE_EYES).at((x, y)) == pytest.approx((111.0, 222.0))
    for _ in range(60):
        view.zoom_by(2)
    assert view.zoom == 16
    for _ in range(60):
        view.zoom_by(0.5)
    assert view.zoom == 0.5


def test_that_a_picture_that_cannot_be_read_leaves_the_other_one_to_see(view: CompareView) -> None:
    view.show_pair(Shown(with_eyes(640, 480, PROBE_EYES, RED), PROBE_EYES, "probe"), Shown(None, REFERENCE_EYES, "reference"))
    probe, _ = view.panes()
    (left, height), _ = places(probe.width(), probe.height())
    assert near(colour_at(view, probe.left() + left, height), RED)
