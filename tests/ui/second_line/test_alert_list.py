"""The list of alerts: sorted with those who came together side by side, filtered, and taken with a key."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factory import NOW
from tests.ui.second_line.conftest import Room
from ui.second_line.alert_order import Order, kept, ordered
from ui.second_line.alert_words import spoken
from ui.second_line.page import ReviewPanel
from watchlists.records.purposes import Purpose
from workstation.alerts.grounds import Basis
from workstation.alerts.raising import WAITING, AlertLine
from workstation.alerts.whom import Whom
from workstation.training_post.sign_ins import password_of


def line(alert: int, minute: int, *purposes: Purpose, lane: str = "1", party: int | None = None, taken: str = "") -> AlertLine:
    whom = Whom(traveller=100 + alert, party=party, purposes=purposes or (Purpose.REFER,), bases=(Basis.FACE, Basis.NAME))
    return AlertLine(
        alert_id=alert, raised_at=NOW + timedelta(minutes=minute), officer="officer", lane=lane, candidates=1, verdicts=0,
        protect=Purpose.PROTECT in purposes, status=WAITING, whom=whom, taken_by=taken,
    )  # fmt: skip # one row


LINES = (
    line(1, 0, lane="2", party=9),
    line(2, 1, Purpose.DOCUMENT, lane="1", taken="second"),
    line(3, 2, Purpose.PROTECT, Purpose.REFER, lane="3"),
    line(4, 3, Purpose.INFORM, lane="1", party=9),
)


@pytest.mark.parametrize(
    ("order", "alerts"),
    [
        (Order.WAITING, [1, 4, 2, 3]),
        (Order.NEWEST, [4, 1, 3, 2]),
        (Order.PURPOSE, [3, 1, 4, 2]),
        (Order.LANE, [2, 4, 1, 3]),
        (Order.FREE, [1, 4, 3, 2]),
    ],
)
def test_that_those_who_came_together_stand_side_by_side_in_every_order(order: Order, alerts: list[int]) -> None:
    assert [each.alert_id for each in ordered(LINES, order)] == alerts


@pytest.mark.parametrize(
    ("text", "alerts"),
    [
        ("", [1, 2, 3, 4]),
        ("protection", [3]),
        ("lane 1", [2, 4]),
        ("taken by second", [2]),
        ("notice face", [4]),
        ("nobody", []),
    ],
)
def test_that_a_filter_keeps_the_alerts_with_every_word(text: str, alerts: list[int]) -> None:
    assert [each.alert_id for each in kept(LINES, text, spoken)] == alerts


@pytest.fixture
def panel(room: Room) -> ReviewPanel:
    room.signed_in("second")
    made = ReviewPanel(room.ask, minimum_look_ms=1)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 2)
    return made


def test_that_the_first_key_on_the_page_goes_to_the_first_alert(room: Room, panel: ReviewPanel) -> None:
    panel.setFocus()
    assert panel.focusProxy() is panel.table
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.table.chosen_id == panel.table.rows[0].alert_id
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    room.until(lambda: panel.table.rows[0].taken_by == "second")
    assert "Give back" in panel.list.take.text()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    room.until(lambda: panel.table.rows[0].taken_by == "")


def test_that_an_alert_of_somebody_else_is_taken_over(room: Room, panel: ReviewPanel) -> None:
    room.ask.ask(lambda desk: desk.second_line.take(panel.table.rows[0].alert_id))
    room.until(lambda: panel.table.rows[0].taken_by == "second")
    room.ask.ask(lambda desk: desk.people.sign_out())
    room.until(lambda: not panel.table.rows)
    room.ask.ask(lambda desk: desk.people.sign_in("supervisor", password_of("supervisor") or ""))
    room.until(lambda: len(panel.table.rows) == 2)
    panel.table.selectRow(0)
    assert "second" in panel.list.take.text()
    panel.list.take.click()
    room.until(lambda: panel.table.rows[0].taken_by == "supervisor")


def test_that_each_row_gets_the_travellers_picture(room: Room, panel: ReviewPanel) -> None:
    painter = panel.table.warm
    room.until(lambda: all(painter._picture(each.alert_id) is not None for each in panel.table.rows))  # type: ignore[attr-defined] # what is drawn


def test_that_a_filter_without_an_answer_says_how_to_see_all(panel: ReviewPanel) -> None:
    panel.list.filter.setText("nobody")
    assert panel.table.rows == ()
    assert "Empty the field" in panel.list.empty.text()
    panel.list.filter.clear()
    assert len(panel.table.rows) == 2
