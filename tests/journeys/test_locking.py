"""Locking, leaving, and what was begun: nothing is lost, nobody sees another's work, and no key meant for it acts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from tests.factory import NOW
from tests.fakes import NumberedFaces
from tests.journeys.test_journeys import screen, sign_in
from tests.ui.conftest import Blind, Clock, QuietWatch, no_source
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk
from workstation.accountability import log
from workstation.desk.desk import Desk
from workstation.post.post import create_post, open_post


def begin_a_record(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page(window.records)
    qtbot.waitUntil(lambda: bool(window.records.table.rows), timeout=10_000)
    window.records.add.click()
    qtbot.waitUntil(window.records.form.isVisible, timeout=10_000)
    window.records.form.fields["surname"].set_text("Half a name")


def test_that_a_half_typed_record_survives_the_lock_and_another_person(qtbot: QtBot, window: MainWindow, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "admin")
    begin_a_record(qtbot, window)
    sign_in(qtbot, window, "supervisor")
    window.show_page(window.records)
    assert window.records.form.fields["surname"].text() == "", "another person sees nothing of it"
    sign_in(qtbot, window, "admin")
    qtbot.waitUntil(lambda: window.records.form.fields["surname"].text() == "Half a name", timeout=10_000)
    window.show_page(window.records)
    assert window.records.form.isVisible()
    assert "still there" in window.message.text()


def test_that_the_screen_is_covered_at_once_even_when_the_store_cannot_be_written(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    sign_in(qtbot, window, "officer")
    with desk.post.store.writing() as session:
        full = "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        session.execute(text(full))
    window.lock()
    assert window.sign_in.isVisible()
    assert not window.counter.isVisible()
    qtbot.waitUntil(lambda: not window.signed_in, timeout=10_000)
    with desk.post.store.writing() as session:
        session.execute(text("DROP TRIGGER full"))
    sign_in(qtbot, window, "officer")
    with desk.post.store.reading() as session:
        assert "signed.out" in [each.act for each in log.entries(session, limit=9)]


def test_that_keys_meant_for_the_desk_are_no_attempt_after_the_lock(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    sign_in(qtbot, window, "officer")
    window.activateWindow()
    window.lock()
    for _ in range(7):
        QTest.keyClick(window.sign_in.password, Qt.Key.Key_Return)
    qtbot.waitUntil(window.sign_in.enter.isVisible, timeout=10_000)
    for _ in range(7):
        window.sign_in.enter.click()
    assert "Type your" in window.sign_in.problem.text()
    sign_in(qtbot, window, "officer")
    with desk.post.store.reading() as session:
        assert "sign.in.refused" not in [each.act for each in log.entries(session, limit=9)]


def test_that_closing_asks_only_while_something_stands_open(qtbot: QtBot, window: MainWindow, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    qtbot.waitUntil(window.counter.close_button.isEnabled, timeout=10_000)
    assert not window.close()
    assert "traveller" in window.leaving.words.text()
    assert window.leaving.stay.hasFocus() or not window.isActiveWindow(), "the answer that loses nothing is at hand"
    window.leaving.stay.click()
    assert window.isVisible()
    window.counter.close_button.click()
    qtbot.waitUntil(lambda: not window.counter.close_button.isEnabled(), timeout=10_000)
    assert window.close()


def test_that_closing_all_the_same_closes(qtbot: QtBot, window: MainWindow, listed: int) -> None:
    assert listed
    sign_in(qtbot, window, "admin")
    begin_a_record(qtbot, window)
    assert not window.close()
    assert "Records" in window.leaving.words.text()
    window.leaving.close_all_the_same.click()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.fixture
def sealed(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[MainWindow]:
    """A real post whose passphrase nobody gave yet."""
    folder = tmp_path_factory.mktemp("sealed") / "post"
    create_post(folder, "North gate", training=False, now=NOW, passphrase="long enough words").close()
    given: list[str] = []

    def make(_: object) -> Desk:
        return Desk(open_post(folder, given[-1] if given else None), NumberedFaces(), clock)

    asked = AskDesk(make)
    window = MainWindow(asked, lambda _: QuietWatch(no_source, Blind(), "none"))
    qtbot.addWidget(window)
    window.sign_in.passphrase_given.connect(given.append)
    window.sign_in.passphrase_given.connect(lambda _: asked.start())
    asked.start()
    window.show()
    yield window
    window.stop()


def test_that_a_wrong_passphrase_is_asked_again_in_the_same_card(qtbot: QtBot, sealed: MainWindow) -> None:
    page = sealed.sign_in
    qtbot.waitUntil(page.password.isVisible, timeout=10_000)
    assert not page.login.isVisible()
    page.enter.click()
    assert "Type the passphrase" in page.problem.text()
    page.password.setText("not the words of it")
    page.enter.click()
    qtbot.waitUntil(lambda: "The passphrase is wrong" in page.problem.text(), timeout=10_000)
    assert page.password.isVisible()
    page.password.setText("long enough words")
    page.enter.click()
    qtbot.waitUntil(page.name.isVisible, timeout=10_000)


def test_that_a_reset_password_is_changed_before_anything_is_seen(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.people.sign_in("admin", "training-records")
    officer = next(each for each in desk.people.everybody() if each.login == "officer")
    desk.people.reset_password(officer.id, "told by telephone")
    desk.people.sign_out()
    window.sign_in.login.setText("officer")
    window.sign_in.password.setText("told by telephone")
    window.sign_in.enter.click()
    qtbot.waitUntil(window.own_password.isVisible, timeout=10_000)
    assert not window.counter.isVisible()
    new = window.own_password.new
    new.once.setText("only mine from now")
    new.again.setText("only mine from then")
    window.own_password.save.click()
    assert "not the same" in new.problem.text()
    new.again.setText("only mine from now")
    window.own_password.save.click()
    qtbot.waitUntil(window.counter.isVisible, timeout=10_000)
    assert not window.own_password.isVisible()
