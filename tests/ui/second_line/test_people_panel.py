import pytest
from PySide6.QtTest import QTest

from tests.ui.second_line.conftest import Room
from ui.shell.people import PeoplePanel
from workstation.post.access import Role


@pytest.fixture
def panel(room: Room) -> PeoplePanel:
    room.signed_in("admin")
    made = PeoplePanel(room.ask)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 5)
    return made


def typed(panel: PeoplePanel, login: str, name: str, password: str) -> None:
    for editor, words in ((panel.login, login), (panel.name, name), (panel.password, password)):
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
    assert not panel.leave.isEnabled()
    second = next(each for each in panel.table.rows if each.login == "second")
    panel.table.choose(second.id)
    panel.leave.click()
    assert panel.answer.isVisible()
    assert second.name in panel.question.text()
    assert len(room.asked(lambda desk: desk.people.everybody())) == 5
    panel.confirm.click()
    room.until(lambda: len(panel.table.rows) == 4)
    assert not panel.answer.isVisible()


def test_that_going_to_another_person_takes_the_question_back(panel: PeoplePanel) -> None:
    panel.table.selectRow(1)
    panel.leave.click()
    panel.table.selectRow(2)
    assert not panel.answer.isVisible()


def test_that_no_password_stays_for_the_next_person(room: Room, panel: PeoplePanel) -> None:
    typed(panel, "n.khan", "Nadia Khan", "a long night shift")
    room.ask.ask(lambda desk: desk.people.sign_out())
    room.until(lambda: panel.password.text() == "")
    assert panel.table.rows == ()
