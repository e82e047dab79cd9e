import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.second_line.conftest import Room
from ui.shell.people import PeoplePanel
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.access import MOST_FAILURES, Role


@pytest.fixture
def panel(room: Room) -> PeoplePanel:
    room.signed_in("admin")
    made = PeoplePanel(room.ask)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 5)
    return made


def typed(panel: PeoplePanel, login: str, name: str, password: str) -> None:
    for editor, words in ((panel.login, login), (panel.name, name), (panel.password, password), (panel.again, password)):
        editor.clear()
        QTest.keyClicks(editor, words)


def test_that_a_person_is_added_with_a_role(room: Room, panel: PeoplePanel) -> None:
    typed(panel, "n.khan", "Nadia Khan", "a long night shift")
    panel.role.setCurrentIndex(panel.role.findData(Role.SECOND_LINE))
    panel.save.click()
    room.until(lambda: len(panel.table.rows) == 6)
    added = next(each for each in room.asked(lambda desk: desk.people.everybody()) if each.login == "n.khan")
    assert (added.name, added.role) == ("Nadia Khan", Role.SECOND_LINE)
    assert panel.table.chosen_id == added.id
    assert panel.password.text() == ""


def test_that_a_short_password_is_refused_and_nothing_typed_is_lost(room: Room, panel: PeoplePanel) -> None:
    typed(panel, "n.khan", "Nadia Khan", "short")
    panel.save.click()
    room.until(lambda: "at least 12" in panel.problem.text())
    assert (panel.login.text(), panel.name.text()) == ("n.khan", "Nadia Khan")
    assert panel.save.isEnabled()
    assert len(room.asked(lambda desk: desk.people.everybody())) == 5


def test_that_letting_go_is_asked_once_more_and_names_the_person(room: Room, panel: PeoplePanel) -> None:
    panel.table.clearFocus()
    panel.table.setFocus()
    assert panel.table.hasFocus()
    assert not panel.acts.leave.isEnabled()
    second = next(each for each in panel.table.rows if each.login == "second")
    panel.table.choose(second.id)
    panel.acts.leave.click()
    assert panel.acts.answer.isVisible()
    assert second.name in panel.acts.question.text()
    assert len(room.asked(lambda desk: desk.people.everybody())) == 5
    panel.acts.confirm.click()
    room.until(lambda: len(panel.table.rows) == 4)
    assert not panel.acts.answer.isVisible()


def test_that_going_to_another_person_takes_the_question_back(panel: PeoplePanel) -> None:
    panel.table.selectRow(1)
    panel.acts.leave.click()
    panel.table.selectRow(2)
    assert not panel.acts.answer.isVisible()


def test_that_no_password_stays_for_the_next_person(room: Room, panel: PeoplePanel) -> None:
    typed(panel, "n.khan", "Nadia Khan", "a long night shift")
    room.ask.ask(lambda desk: desk.people.sign_out())
    room.until(lambda: panel.password.text() == "")
    assert panel.table.rows == ()


def test_that_the_keys_are_on_the_answer_that_keeps_the_person(room: Room, panel: PeoplePanel) -> None:
    panel.table.selectRow(1)
    panel.acts.leave.click()
    room.until(panel.acts.keep.hasFocus)
    QTest.keyClick(panel.acts.keep, Qt.Key.Key_Space)
    assert not panel.acts.answer.isVisible()
    assert len(room.asked(lambda desk: desk.people.everybody())) == 5


def test_that_two_unlike_passwords_add_nobody(room: Room, panel: PeoplePanel) -> None:
    typed(panel, "n.khan", "Nadia Khan", "a long night shift")
    panel.again.setText("a long night shaft")
    panel.save.click()
    assert "not the same" in panel.problem.text()
    assert len(room.asked(lambda desk: desk.people.everybody())) == 5


def test_that_a_password_is_reset_and_a_role_changed(room: Room, panel: PeoplePanel) -> None:
    officer = next(each for each in panel.table.rows if each.login == "officer")
    panel.table.choose(officer.id)
    panel.acts.reset.click()
    for field, words in ((panel.acts.password.once, "told by telephone"), (panel.acts.password.again, "told by telephone")):
        QTest.keyClicks(field, words)
    panel.acts.set_password.click()
    room.until(lambda: any(each.must_change_password for each in panel.table.rows))
    panel.acts.change_role.click()
    panel.acts.role.setCurrentIndex(panel.acts.role.findData(Role.SUPERVISOR))
    panel.acts.give_role.click()
    room.until(lambda: Role.SUPERVISOR in [each.role for each in panel.table.rows if each.login == "officer"])
    assert not panel.acts.answer.isVisible()


def test_that_a_supervisor_sees_who_is_locked_and_unlocks_nothing_else(room: Room) -> None:
    def fail(desk: Desk) -> None:
        for _ in range(MOST_FAILURES):
            with pytest.raises(OperatorError):
                desk.people.sign_in("officer", "a wrong password")

    room.asked(fail)
    room.signed_in("supervisor")
    panel = PeoplePanel(room.ask)
    room.open(panel)
    room.until(lambda: len(panel.table.rows) == 5)
    officer = next(each for each in panel.table.rows if each.login == "officer")
    assert officer.locked_until is not None
    panel.table.choose(officer.id)
    assert [each.isVisible() for each in (panel.acts.reset, panel.acts.change_role, panel.acts.leave, panel.save)] == [
        False
    ] * 4
    panel.acts.unlock.click()
    room.until(lambda: all(each.locked_until is None for each in panel.table.rows))
