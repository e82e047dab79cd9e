from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from tests.ui.second_line.conftest import Room
from ui.log.page import AuditPanel, export_to
from ui.words.log import act_words, detail_lines, subject_words
from workstation.desk.desk import Desk


@pytest.fixture
def panel(room: Room) -> AuditPanel:
    room.signed_in("auditor")
    made = AuditPanel(room.ask)
    room.open(made)
    room.until(lambda: made.table.rows)
    return made


def damage(desk: Desk) -> None:
    """Change an entry behind the program's back: the trigger is dropped first, as an intruder would."""
    with desk.post.store.writing() as session:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger'")).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit_entries SET body = replace(body, 'Noor', 'Nour') WHERE number = 3"))
        session.execute(text("UPDATE audit_entries SET salt = x'00' WHERE number = 3"))


def test_that_entries_are_read_newest_first_in_words(panel: AuditPanel) -> None:
    numbers = [each.number for each in panel.table.rows]
    assert numbers == sorted(numbers, reverse=True)
    model = panel.table.model()
    assert [model.index(0, column).data() for column in (3, 4, 5)] == ["auditor", "Signed in", "auditor"]


def test_that_the_filter_narrows_while_typing(room: Room, panel: AuditPanel) -> None:
    QTest.keyClicks(panel.search, "record added")
    room.until(lambda: {each.act for each in panel.table.rows} == {"record.added"})
    assert len(panel.table.rows) == 3
    QTest.keyClicks(panel.search, " zzz")
    room.until(panel.empty.isVisible)


def test_that_an_entry_is_shown_with_all_its_details(room: Room, panel: AuditPanel) -> None:
    entry = next(each for each in panel.table.rows if each.act == "record.added")
    panel.table.choose(entry.number)
    (detail, value), *_ = detail_lines(entry.details)
    wanted = {str(entry.number), "TRAINING", "Record added (record.added)", "admin", detail, value}
    room.until(lambda: wanted <= {label.text() for label in panel.findChildren(QLabel) if label.isVisible()})


def test_that_a_whole_log_verifies_with_root_and_size(room: Room, panel: AuditPanel) -> None:
    panel.verify.click()
    room.until(lambda: "No fault found" in panel.result.text())
    report = room.asked(lambda desk: desk.post.verify_audit())
    assert panel.result.property("problem") is False
    assert str(report.size - 1) in panel.result.text()  # the verification itself is an entry more
    assert len("".join(panel.root.text().split()[1:])) == 64


def test_that_a_changed_entry_is_named(room: Room, panel: AuditPanel) -> None:
    room.asked(damage)
    panel.verify.click()
    room.until(lambda: "Entry 3 was changed" in panel.result.text())
    assert panel.result.property("problem") is True


def test_that_an_export_says_how_to_check_it(room: Room, panel: AuditPanel, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    room.ask.ask(lambda desk: export_to(file, desk), panel._exported)
    room.until(file.exists)
    room.until(lambda: "audit_verifier.py" in panel.root.text())
    assert str(file) in panel.root.text()


def test_that_new_entries_come_by_themselves(room: Room, panel: AuditPanel) -> None:
    newest = panel.table.rows[0].number
    panel.verify.click()
    room.until(lambda: panel.table.rows[0].number > newest)
    assert panel.table.rows[0].act == "audit.verified"


@pytest.mark.parametrize("act", ["sign.in.refused", "record.withdrawn", "verdict.given", "clock.set.back", "person.let.go"])
def test_that_the_english_words_of_an_act_are_found_by_the_search(act: str) -> None:
    assert act_words(act).lower().split() == act.split(".")


def test_that_an_unknown_act_and_subject_stay_as_they_were_written() -> None:
    assert act_words("hatch.opened") == "hatch.opened"
    assert subject_words("hatch:9") == "hatch:9"


def test_that_a_digest_is_broken_into_lines_and_nothing_is_lost() -> None:
    ((name, words),) = detail_lines({"root_of_tree": "ab" * 32})
    assert name == "Root of tree"
    assert words.replace("\n", "") == "ab" * 32
    assert max(map(len, words.split("\n"))) <= 32
