"""Two people change a budget; a calm look among missing children; what the second line reads of a distance."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from matching.faces.images import png
from matching.rates.pairs import Rate
from tests.factory import particulars
from tests.fakes import picture
from tests.journeys.test_journeys import screen, sign_in
from tests.kept_up import status
from tests.workstation.conftest import sign_in as enter
from ui.shell.main_window import MainWindow
from ui.words.closeness import age_words, doubt_words, expected_words, gap_words, percent, strangers_words
from watchlists.records.purposes import Purpose
from watchlists.records.schema import PortraitRow
from workstation.alerts.closeness import Closeness, Doubt
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.search.enrolment import Taken

CLOSE = Closeness(Rate(3863.0, 2411.0, 6210.0), False, 400, Rate(31.0, 20.0, 55.0), (), 4, "s")


def test_that_two_people_change_a_budget(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    page = window.operating_page
    sign_in(qtbot, window, "supervisor")
    window.show_page(page)
    qtbot.waitUntil(lambda: page.budgets[Purpose.PROTECT].text() == "1", timeout=10_000)
    qtbot.waitUntil(lambda: page.cells[Purpose.PROTECT]["entries"].text() == "4", timeout=10_000)
    before = page.cells[Purpose.PROTECT]["alerts"].text()
    page.budgets[Purpose.PROTECT].clear()
    QTest.keyClicks(page.budgets[Purpose.PROTECT], "4")
    qtbot.waitUntil(lambda: "now" in page.cells[Purpose.PROTECT]["distance"].text(), timeout=10_000)
    assert page.cells[Purpose.PROTECT]["alerts"].text() != before
    assert page.plot.renderer().isValid()
    QTest.mouseClick(page.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Enter why" in page.problem.text(), timeout=10_000)
    page.reason.set_text("Children were missed")
    QTest.mouseClick(page.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._waiting_card.isVisible, timeout=10_000)
    assert not page.confirm.isVisible(), "nobody confirms the own request"
    assert status(desk).points.by_purpose[Purpose.PROTECT].budget == 1.0
    sign_in(qtbot, window, "admin")
    window.show_page(page)
    qtbot.waitUntil(page.confirm.isVisible, timeout=10_000)
    assert "Children were missed" in page.waiting.text()
    QTest.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page._waiting_card.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: page.budgets[Purpose.PROTECT].text() == "4", timeout=10_000)
    qtbot.waitUntil(lambda: "the budgets changed" in page.history.text(), timeout=10_000)
    assert status(desk).points.by_purpose[Purpose.PROTECT].budget == 4.0


def test_that_words_in_place_of_a_budget_are_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    page = window.operating_page
    sign_in(qtbot, window, "supervisor")
    window.show_page(page)
    qtbot.waitUntil(lambda: page.budgets[Purpose.REFER].text() == "0.5", timeout=10_000)
    QTest.keyClicks(page.budgets[Purpose.REFER], "x")
    qtbot.waitUntil(lambda: "is a number" in page.problem.text(), timeout=10_000)


def test_that_the_second_line_looks_among_missing_children(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    enter(desk, "admin")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    for number in (1, 2, 3):
        child = particulars(f"Child{number}", birth_date="2016")
        desk.records.add_record(missing, child, [png(picture(number))], "t", [Taken("2022-05")])
    desk.people.sign_out()
    page = window.children_page
    sign_in(qtbot, window, "second")
    window.show_page(page)
    (tmp_path / "child.png").write_bytes(png(picture(2, moment=3)))
    page.look_among(tmp_path / "child.png")
    qtbot.waitUntil(lambda: len(page.table.rows) == 3, timeout=10_000)
    qtbot.waitUntil(lambda: "CHILD2" in page.sheet.text(), timeout=10_000)
    assert "Low power" in page.sheet.text()
    assert "Within" in page.sheet.text()
    assert not any(word in page.sheet.text().lower() for word in ("suspect", "wanted", "match"))
    page.bar.next.click()
    qtbot.waitUntil(lambda: "Beyond" in page.sheet.text(), timeout=10_000)
    page.look_among(tmp_path / "not there.png")
    qtbot.waitUntil(lambda: "cannot be read" in page.problem.text(), timeout=10_000)
    assert page.table.rows == ()
    window.lock()
    qtbot.waitUntil(lambda: not window.signed_in, timeout=10_000)
    assert page.sheet.text() == ""


def test_that_the_second_line_reads_what_a_distance_means(qtbot: QtBot, window: MainWindow, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    sign_in(qtbot, window, "second")
    review = window.review
    qtbot.waitUntil(lambda: bool(review.table.rows), timeout=10_000)
    review.table.selectRow(0)
    qtbot.waitUntil(lambda: review.opened is not None, timeout=10_000)
    review.judging.checklist.show_reasons(("nose: alike",))
    review.judging.box._minimum = 0
    review._judge(View.LEAD)
    qtbot.waitUntil(lambda: review.details_open, timeout=10_000)
    words = " ".join(label.text() for label in review.sheet.findChildren(type(review.guide)))
    assert "strangers look this close to someone on today's lists" in words
    assert "The date of the photograph is not known" in words


def test_that_the_date_typed_for_a_photograph_is_saved(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    sign_in(qtbot, window, "admin")
    window.show_page(window.records)
    qtbot.waitUntil(lambda: bool(window.records.table.rows), timeout=10_000)
    row = next(number for number, each in enumerate(window.records.table.rows) if each.record_id == listed)
    window.records.table.selectRow(row)
    qtbot.waitUntil(lambda: window.records.sheet.record is not None, timeout=10_000)
    window.records.sheet.add_photo.click()
    form = window.records.portrait_form
    form.tray.add(png(picture(7, moment=6)))
    qtbot.waitUntil(lambda: len(form.tray.photos()) == 1, timeout=10_000)
    shown = " ".join(label.text() for label in form.tray.findChildren(type(form.problem)))
    assert "Grade A" in shown
    assert f"record {listed}" in shown
    taken, age = form.tray.findChildren(QLineEdit)
    QTest.keyClicks(taken, "2027")
    qtbot.waitUntil(lambda: taken.text() == "2027")
    form.save.click()
    qtbot.waitUntil(lambda: "after today" in form.problem.text(), timeout=10_000)
    form.tray.add(png(picture(7, moment=6)))
    qtbot.waitUntil(lambda: len(form.tray.photos()) == 1, timeout=10_000)
    taken, age = form.tray.findChildren(QLineEdit)
    QTest.keyClicks(taken, "2024-03")
    QTest.keyClicks(age, "8")
    qtbot.waitUntil(lambda: (taken.text(), age.text()) == ("2024-03", "8"))
    form.save.click()
    qtbot.waitUntil(lambda: window.records.pages.currentWidget() is not form, timeout=10_000)
    with desk.post.store.reading() as session:
        newest = session.scalars(select(PortraitRow).order_by(PortraitRow.id.desc()).limit(1)).one()
        assert (newest.taken_on, newest.age) == ("2024-03", 8)


def test_that_the_words_carry_the_numbers() -> None:
    assert (
        strangers_words(CLOSE)
        == "1 in 3,900 strangers looks this close to someone on today's lists (1 in 2,400 to 1 in 6,200)."
    )
    assert expected_words(CLOSE) == "Expected: about 1 in 31 alerts like this one is the person (1 in 20 to 1 in 55)."
    assert doubt_words(CLOSE) == ""
    child = Closeness(CLOSE.one_in, True, 400, Rate(1.25, 1.0, 4.0), (Doubt.CHILD, Doubt.LOW_QUALITY), 40, "s")
    assert strangers_words(child).startswith("Fewer than 1 in 3,900")
    assert expected_words(child) == "Expected: about 80 of 100 alerts like this one are the person (25 to 100)."
    assert "child's face changes" in doubt_words(child)
    assert gap_words(40, child=True).endswith("after three years.")
    assert gap_words(40, child=False) == "The photograph was taken 3 years, 4 months ago."
    assert [age_words(each) for each in (0, 1, 12, 25, None)] == [
        "0 months",
        "1 month",
        "1 year",
        "2 years, 1 month",
        "date not known",
    ]
    assert percent(Rate(0.142, 0.12, 0.171)) == "14 % (12 to 17)"
    assert percent(None) == "not measured"
