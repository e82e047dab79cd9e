"""People at work: real widgets, real store, asserted on the database."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from matching.faces.images import png
from tests.factory import NOW
from tests.fakes import NumberedFaces, picture
from tests.ui.conftest import Blind, Clock, QuietWatch, no_source
from ui.second_line.page import ReviewPanel
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk
from ui.widgets import theme
from watchlists.records.schema import RecordVersionRow
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.post.post import create_post
from workstation.schema import AuditRow, ScreeningRow, VerdictRow
from workstation.screening.screening import Answer
from workstation.training_post.sign_ins import password_of


def sign_in(qtbot: QtBot, window: MainWindow, login: str) -> None:
    if window.signed_in:
        window.lock()
        qtbot.waitUntil(lambda: not window.signed_in)
        qtbot.waitUntil(window.sign_in.enter.isVisible)
    window.sign_in.login.setText(login)
    window.sign_in.password.setText(password_of(login) or "")
    QTest.mouseClick(window.sign_in.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.signed_in == login, timeout=10_000)


def screen(qtbot: QtBot, window: MainWindow, *people: int) -> None:
    window.counter.take_bytes(png(picture(*people, moment=2)))
    qtbot.waitUntil(lambda: window.counter.answered is not None or window.counter.choosing, timeout=10_000)


def rows(desk: Desk, table: type[ScreeningRow] | type[VerdictRow]) -> list[object]:
    with desk.post.store.reading() as session:
        return list(session.scalars(select(table)))


@pytest.mark.parametrize(("who", "answer", "alerts"), [(7, Answer.REFER, 1), (500, Answer.NO_LEAD, 0)])
def test_that_an_officer_screens_a_traveller(
    qtbot: QtBot, window: MainWindow, desk: Desk, listed: int, who: int, answer: Answer, alerts: int
) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, who)
    card = window.counter.card
    assert card.state == answer
    shown = f"{card.answer.text()} {card.why.text()} {card.next.text()}"
    assert not any(word in shown for word in ("Missing", "PROTECT", "0.", "%", "match"))
    QTest.mouseClick(window.counter.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _acts(desk)[-1] == "screening.closed", timeout=10_000)
    with desk.post.store.reading() as session:
        assert [row.answer for row in session.scalars(select(ScreeningRow))] == [answer]
        assert session.scalar(text("SELECT count(*) FROM alerts")) == alerts
    assert card.state == "waiting"


def test_that_an_officer_picks_the_traveller_out_of_two(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 500, 7)
    assert window.counter.choosing
    assert rows(desk, ScreeningRow) == []
    window.counter._pick(1)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert window.counter.card.state == Answer.REFER


def test_that_a_dead_face_process_is_a_fault_on_the_card(
    qtbot: QtBot, window: MainWindow, listed: int, faces: NumberedFaces
) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    faces.dies = True
    window.counter.take_bytes(png(picture(7)))
    qtbot.waitUntil(lambda: window.counter.card.state == "fault", timeout=10_000)
    screen(qtbot, window, 7)
    assert window.counter.card.state == Answer.REFER


def test_that_a_file_that_is_no_picture_is_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, "officer")
    window.counter.take_bytes(b"not a picture")
    qtbot.waitUntil(lambda: "not a picture" in window.counter.card.why.text(), timeout=10_000)
    assert window.counter.card.state == "fault"


def test_that_the_second_line_judges_before_it_reads(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    sign_in(qtbot, window, "second")
    review = window.review
    qtbot.waitUntil(lambda: len(review.table.rows) == 1, timeout=10_000)
    review.table.selectRow(0)
    qtbot.waitUntil(lambda: review.opened is not None, timeout=10_000)
    assert not review.details_open
    _look_long_enough(review)
    review.judging.checklist.show_reasons(("eyes: alike",))
    QTest.mouseClick(review.judging.box.buttons[View.LEAD], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: review.details_open, timeout=10_000)
    with desk.post.store.reading() as session:
        verdict = session.scalars(select(VerdictRow)).one()
        assert (verdict.officer, verdict.view, json.loads(verdict.reasons)) == ("second", "LEAD", ["eyes: alike"])
    assert "verdict.given" in _acts(desk)


def test_that_an_administrator_adds_and_withdraws_a_record(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "admin")
    assert window._stack.currentWidget() is window.records
    qtbot.waitUntil(lambda: len(window.records.table.rows) == 4, timeout=10_000)
    window.records.table.selectRow(0)
    qtbot.waitUntil(lambda: window.records.sheet.record is not None, timeout=10_000)
    sheet = window.records.sheet
    assert sheet.record is not None
    gone = sheet.record.record_id
    sheet.withdraw.click()
    sheet.why.set_text("found and safe")
    sheet.confirm.click()
    qtbot.waitUntil(lambda: len(window.records.table.rows) == 3, timeout=10_000)
    with desk.post.store.reading() as session:
        assert session.get_one(RecordVersionRow, (gone, 2)).status == "withdrawn"


def test_that_an_auditor_finds_a_changed_entry(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    with desk.post.store.writing() as session:
        session.execute(text("DROP TRIGGER audit_entries_update"))
        number = session.scalar(text("SELECT max(number) FROM audit_entries WHERE body LIKE '%record.added%'"))
        changed = "UPDATE audit_entries SET body = replace(body, 'record', 'recorD') WHERE number = :number"
        session.execute(text(changed), {"number": number})
    sign_in(qtbot, window, "auditor")
    window.audit.verify.click()
    qtbot.waitUntil(
        lambda: window.audit.verify.isEnabled() and f"Entry {number} was changed" in window.audit.result.text(), timeout=10_000
    )


def test_that_each_role_sees_only_its_pages(qtbot: QtBot, window: MainWindow) -> None:
    seen = {}
    for login in ("officer", "second", "auditor"):
        sign_in(qtbot, window, login)
        seen[login] = [tab.text() for tab in window.tabs if tab.isVisible()]
    assert seen == {
        "officer": ["Counter", "Document"],
        "second": ["Counter", "Document", "Second line", "Missing children"],
        "auditor": ["Log"],
    }


def test_that_a_wrong_password_is_a_sentence_and_the_form_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.sign_in.login.setText("officer")
    window.sign_in.password.setText("wrong")
    window.sign_in.enter.click()
    qtbot.waitUntil(lambda: "wrong" in window.sign_in.problem.text(), timeout=10_000)
    assert not window.signed_in


def test_that_locking_covers_everything_and_loses_nothing(qtbot: QtBot, window: MainWindow, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    window.lock()
    qtbot.waitUntil(window.sign_in.enter.isVisible, timeout=10_000)
    assert window.counter.answered is None
    assert len(rows(desk, ScreeningRow)) == 1


def test_that_an_idle_screen_locks_itself(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    sign_in(qtbot, window, "officer")
    window._idle.due.emit()
    qtbot.waitUntil(window.sign_in.enter.isVisible, timeout=10_000)
    assert "nothing was lost" in window.sign_in.hint.text()
    assert _acts(desk)[-1] == "signed.out"


def test_that_the_first_start_of_a_real_post_makes_its_administrator(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    real = create_post(tmp_path / "real", "North gate", training=False, now=NOW, passphrase="long enough words")
    asked = AskDesk(lambda _: Desk(real, NumberedFaces(), clock))
    window = MainWindow(asked, lambda _: QuietWatch(no_source, Blind(), "none"))
    qtbot.addWidget(window)
    asked.start()
    window.show()
    page = window.sign_in
    qtbot.waitUntil(page.name.isVisible, timeout=10_000)
    assert not page._training.isVisible()
    for field, words in ((page.login, "amira"), (page.name, "Amira"), (page.password, "short"), (page.again, "short")):
        field.setText(words)
    page.enter.click()
    qtbot.waitUntil(lambda: "at least 12" in page.problem.text(), timeout=10_000)
    page.password.setText("a much longer one")
    page.again.setText("a much longer ohne")
    page.enter.click()
    assert "not the same" in page.problem.text()
    page.again.setText("a much longer one")
    page.enter.click()
    qtbot.waitUntil(lambda: window.signed_in == "amira", timeout=10_000)
    assert [tab.text() for tab in window.tabs if tab.isVisible()] == ["Records", "People", "Alert budgets", "Settings"]
    window.stop()


def _acts(desk: Desk) -> list[str]:
    with desk.post.store.reading() as session:
        return [json.loads(row.body)["act"] for row in session.scalars(select(AuditRow).order_by(AuditRow.number))]


def _look_long_enough(review: ReviewPanel) -> None:
    """The clock of the minimum look, run ahead by hand: waiting for five seconds proves nothing more."""
    box = review.judging.box
    box._looked[box._key] = box._minimum
    box._show_time()


@pytest.mark.parametrize("login", ["officer", "second", "supervisor", "admin", "auditor"])
def test_that_every_page_fits_the_smallest_screen(qtbot: QtBot, window: MainWindow, listed: int, login: str) -> None:
    assert listed
    theme.dress(QApplication.instance(), "light", 16)  # type: ignore[arg-type] # pytest-qt made a QApplication
    sign_in(qtbot, window, login)
    hint = window.minimumSizeHint()
    assert (hint.width() <= 1366, hint.height() <= 768) == (True, True), hint
