import pytest

from matching.faces.images import png
from tests.fakes import picture
from tests.ui.second_line.conftest import Room
from ui.records.page import RecordsPanel
from ui.records.photographs import Larger


@pytest.fixture
def panel(room: Room) -> RecordsPanel:
    room.signed_in("admin")
    made = RecordsPanel(room.ask)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 3)
    return made


def two_photographs(room: Room, panel: RecordsPanel) -> int:
    record = panel.table.rows[0].record_id
    room.ask.ask(lambda desk: desk.records.add_portrait(record, png(picture(41)), "one more"))
    panel.table.selectRow(0)
    room.until(lambda: len(panel.sheet.photographs.buttons) == 2)
    return record


def test_that_a_photograph_is_removed_with_a_reason(room: Room, panel: RecordsPanel) -> None:
    record = two_photographs(room, panel)
    shown = panel.sheet.photographs
    shown.buttons[1].click()
    shown.remove.click()
    shown.confirm.click()
    room.until(lambda: "why the photograph is removed" in shown.why.below.text())
    shown.why.set_text("it shows somebody else")
    shown.confirm.click()
    room.until(lambda: len(shown.buttons) == 1)
    assert len(room.asked(lambda desk: desk.records.record(record)).portraits) == 1


def test_that_the_last_photograph_stays_and_why_is_said(room: Room, panel: RecordsPanel) -> None:
    panel.table.selectRow(0)
    shown = panel.sheet.photographs
    room.until(lambda: len(shown.buttons) == 1)
    shown.remove.click()
    shown.why.set_text("blurred")
    shown.confirm.click()
    room.until(lambda: "only photograph" in shown.problem.text())


def test_that_a_photograph_is_set_first(room: Room, panel: RecordsPanel) -> None:
    record = two_photographs(room, panel)
    shown = panel.sheet.photographs
    before = [each.portrait_id for each in room.asked(lambda desk: desk.records.record(record)).portraits]
    assert not shown.first.isEnabled()
    shown.buttons[1].click()
    shown.first.click()
    room.until(lambda: panel.sheet.record is not None and panel.sheet.record.portraits[0].portrait_id == before[1])


def test_that_a_second_click_shows_the_photograph_large(room: Room, panel: RecordsPanel) -> None:
    panel.table.selectRow(0)
    shown = panel.sheet.photographs
    room.until(lambda: len(shown.buttons) == 1)
    shown.buttons[0].click()
    room.until(lambda: shown.findChildren(Larger))
    shown.findChildren(Larger)[0].close()
