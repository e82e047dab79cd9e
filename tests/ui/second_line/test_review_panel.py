import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes import picture
from tests.ui.second_line.conftest import Room
from ui.second_line.page import ReviewPanel
from ui.widgets.compare_view import Way
from workstation.accountability.log import AuditEntry
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk


@pytest.fixture
def panel(room: Room) -> ReviewPanel:
    room.signed_in("second")
    made = ReviewPanel(room.ask, minimum_look_ms=1)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 2)
    return made


def opened(room: Room, panel: ReviewPanel, number: int = 0) -> None:
    panel.table.selectRow(number)
    alert = panel.table.rows[number].alert_id
    room.until(lambda: panel.opened is not None and panel.opened.view.alert_id == alert)


def words_of(panel: ReviewPanel) -> str:
    return "\n".join(label.text() for label in panel.sheet.findChildren(QLabel) if not label.isHidden())


def lead(panel: ReviewPanel, room: Room) -> None:
    room.until(panel.judging.box.buttons[View.LEAD].isVisible)
    panel.judging.box.buttons[View.LEAD].click()


def way(panel: ReviewPanel) -> str:
    return panel.compare.way.value


def entries(desk: Desk) -> tuple[AuditEntry, ...]:
    desk.people.sign_out()
    desk.people.sign_in("auditor", "training-log-book")
    return desk.log.entries()


def test_that_waiting_alerts_are_listed_oldest_first_and_protection_is_named(panel: ReviewPanel) -> None:
    model = panel.table.model()
    states = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert states == ["Protection", "Waiting"]
    assert panel.guide.text()
    assert panel.judging.isVisible()
    assert not panel.judging.checklist.isVisible()


def test_that_the_focus_alone_opens_nothing_and_the_first_arrow_goes_to_the_first_row(panel: ReviewPanel) -> None:
    panel.everything.setFocus()
    panel.table.setFocus()
    assert panel.table.chosen_id is None
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.table.chosen_id == panel.table.rows[0].alert_id


def test_that_nothing_of_the_record_is_shown_before_the_own_view(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    assert not panel.details_open
    assert words_of(panel) == ""
    everything = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Noor" not in everything
    assert "distance" not in everything


def test_that_the_answers_come_only_after_the_minimum_look(room: Room) -> None:
    room.signed_in("second")
    panel = ReviewPanel(room.ask, minimum_look_ms=3_600_000)
    room.open(panel)
    room.until(lambda: panel.table.rows)
    opened(room, panel)
    box = panel.judging.box
    room.until(lambda: box.progress.value() > 0)
    assert not any(button.isVisible() for button in box.buttons.values())
    QTest.keyClick(panel, Qt.Key.Key_1)
    QTest.keyClick(panel, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    alert = panel.table.rows[0].alert_id
    assert room.asked(lambda desk: desk.second_line.alert(alert)).verdicts == ()


def test_that_the_three_answers_are_of_equal_size(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    room.until(panel.judging.box.buttons[View.LEAD].isVisible)
    assert len({(each.width(), each.height()) for each in panel.judging.box.buttons.values()}) == 1


def test_that_a_feature_is_marked_with_its_single_key(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    for key in "13344488":
        QTest.keyClicks(panel, key)
    assert panel.judging.reasons() == (
        "face_shape: alike",
        "eyes: differs",
        "nose: cannot see",
        "marks: differs",
    )
    for key in "1114":
        QTest.keyClicks(panel, key)
    assert panel.judging.reasons() == ("eyes: differs", "marks: differs")


def test_that_typing_a_note_marks_no_feature(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    panel.judging.note_field.setFocus()
    QTest.keyClicks(panel.judging.note_field, "1 scar, grey f")
    assert panel.judging.note() == "1 scar, grey f"
    assert panel.judging.reasons() == ()
    assert panel.compare.way is Way.SIDE_BY_SIDE
    assert not panel.compare.grey


def test_that_the_own_view_is_stored_and_opens_the_record_with_protection_first(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    alert = panel.table.rows[0].alert_id
    QTest.keyClicks(panel, "3")
    lead(panel, room)
    room.until(lambda: panel.details_open)
    (verdict,) = room.asked(lambda desk: desk.second_line.alert(alert)).verdicts
    assert (verdict.view, verdict.reasons, verdict.officer) == (View.LEAD, ("eyes: alike",), "second")
    said = words_of(panel)
    assert said.startswith("This may be someone who needs protection.")
    assert "NOOR, Amina" in said
    assert "never a decision" in said
    assert "threshold" in said
    assert said.index("What to do") < said.index("NOOR")
    assert panel.opened is not None
    assert panel.opened.view.alert_id == alert
    assert "Lead" in panel.judging.box.earlier.text()


def test_that_a_view_without_a_reason_is_refused_and_can_be_mended(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    lead(panel, room)
    room.until(lambda: "Mark at least one feature" in panel.judging.box.problem.text())
    assert not panel.details_open
    QTest.keyClicks(panel, "1")
    lead(panel, room)
    room.until(lambda: panel.details_open)


def test_that_another_view_replaces_the_earlier_one_and_both_stay(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    alert = panel.table.rows[0].alert_id
    QTest.keyClicks(panel, "1")
    lead(panel, room)
    room.until(lambda: panel.details_open)
    QTest.keyClick(panel, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    room.until(lambda: "Cannot tell" in panel.judging.box.earlier.text())
    views = [each.view for each in room.asked(lambda desk: desk.second_line.alert(alert)).verdicts]
    assert views == [View.LEAD, View.CANNOT_TELL]


def test_that_what_was_marked_waits_while_the_person_looks_elsewhere(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    QTest.keyClicks(panel, "2")
    opened(room, panel, 1)
    assert panel.judging.reasons() == ()
    opened(room, panel, 0)
    assert panel.judging.reasons() == ("brows: alike",)


def test_that_a_new_alert_appears_by_itself_and_the_open_one_stays(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    panel.compare.zoom_by(2)
    room.ask.ask(lambda desk: desk.counter.screen(picture(8, moment=5), source="test"))
    room.until(lambda: len(panel.table.rows) == 3)
    assert panel.opened is not None
    assert panel.opened.view.alert_id == panel.table.rows[0].alert_id
    assert panel.compare.zoom == 2


def test_that_going_through_the_list_with_a_held_key_opens_only_the_last(room: Room, panel: ReviewPanel) -> None:
    panel.table.selectRow(0)
    panel.table.selectRow(1)
    last = panel.table.rows[1].alert_id
    room.until(lambda: panel.opened is not None and panel.opened.view.alert_id == last)
    opened_alerts = [each.subject for each in room.asked(entries) if each.act == "alert.opened"]
    assert opened_alerts == [f"alert:{last}"]


def test_that_nothing_stays_for_the_next_person(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    QTest.keyClicks(panel, "2")
    room.ask.ask(lambda desk: desk.people.sign_out())
    room.until(lambda: panel.opened is None)
    room.ask.ask(lambda desk: desk.people.sign_in("supervisor", "training-supervision"))
    room.until(lambda: panel.table.rows)
    opened(room, panel)
    assert panel.judging.reasons() == ()


def test_that_the_wheel_and_the_hand_move_both_pictures_alike(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    view = panel.compare
    pane = view.panes()[1]
    at = QPointF(pane.center())
    wheel = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip # one event
    eyes = panel.opened.view.probe_eyes if panel.opened else None
    assert eyes is not None
    before = view.laid(eyes).scale
    QApplication.sendEvent(view, wheel)
    assert view.laid(eyes).scale == pytest.approx(before * 1.2)
    pan = view.pan
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(view, QPoint(60, 45))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 45))
    assert view.pan == (pan[0] + 10, pan[1] - 5)
    QTest.keyClicks(panel, "0")
    assert (view.zoom, view.pan, view.way) == (1.0, (0.0, 0.0), Way.SIDE_BY_SIDE)


def test_that_each_way_of_looking_has_its_key(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    QTest.keyClicks(panel, "f")
    assert way(panel) == "flicker"
    assert panel.bar.flicker.isChecked()
    room.until(lambda: panel.compare.reference_is_up)
    QTest.keyClicks(panel, "o")
    assert way(panel) == "overlay"
    assert panel.bar.opacity.isEnabled()
    QTest.keyClicks(panel, "]")
    assert panel.compare.opacity == pytest.approx(0.6)
    QTest.keyClicks(panel, "g")
    assert panel.compare.grey
    QTest.keyClicks(panel, "o")
    assert way(panel) == "side by side"


def test_that_every_control_says_its_name(room: Room, panel: ReviewPanel) -> None:
    opened(room, panel)
    buttons = [*panel.judging.box.buttons.values(), panel.bar.flicker, panel.bar.overlay, panel.bar.grey, panel.bar.reset]
    assert all(button.accessibleName() for button in buttons)
    assert all(widget.accessibleName() for widget in (panel.table, panel.compare, panel.judging.note_field, panel.sheet))
