from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from matching.faces.images import png
from tests.fakes import picture
from tests.ui.second_line.conftest import Room
from ui.records.page import RecordsPanel
from watchlists.records.not_searched import not_searched
from watchlists.records.purposes import Purpose
from watchlists.records.records import RecordLine
from workstation.desk.desk import Desk


@pytest.fixture
def panel(room: Room) -> RecordsPanel:
    room.signed_in("admin")
    made = RecordsPanel(room.ask)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 3)
    return made


def everything(desk: Desk) -> tuple[RecordLine, ...]:
    return desk.records.find_records(withdrawn=True)


def read(room: Room, panel: RecordsPanel, name: str) -> int:
    record = next(each.record_id for each in panel.table.rows if name in each.name)
    panel.table.choose(record)
    room.until(lambda: panel.sheet.record is not None and panel.sheet.record.record_id == record)
    return record


def begun(panel: RecordsPanel) -> None:
    """A new record on the list Wanted, everything answered but the photograph."""
    panel.lists.choose(next(each.list_id for each in panel.lists.rows if each.name == "Wanted"))
    panel.add.click()
    for name, text in {
        "surname": "Okafor",
        "given_names": "Chidi",
        "birth_date": "1980-05",
        "legal_basis": "Warrant 7",
        "review_date": "2027-01-31",
        "reason": "asked by the court",
    }.items():
        QTest.keyClicks(panel.form.fields[name].editor, text)
    panel.form.fields["action"].set_text("Call the court")


def test_that_lists_and_records_are_counted(panel: RecordsPanel) -> None:
    assert [(each.name, each.records) for each in panel.lists.rows] == [("All lists", 3), ("Missing", 2), ("Wanted", 1)]
    assert [each.name for each in panel.table.rows] == ["HADDAD, Amina", "KARIMI, Yusuf", "NOOR, Amina"]


def test_that_the_search_narrows_while_typing_by_name_and_document(room: Room, panel: RecordsPanel) -> None:
    QTest.keyClicks(panel.search, "kari")
    room.until(lambda: [each.name for each in panel.table.rows] == ["KARIMI, Yusuf"])
    panel.search.clear()
    QTest.keyClicks(panel.search, "ut7")
    room.until(lambda: [each.name for each in panel.table.rows] == ["HADDAD, Amina"])
    QTest.keyClicks(panel.search, "zzz")
    room.until(panel.empty.isVisible)
    assert "No record" in panel.empty.text()


def test_that_a_list_shows_its_own_records_purpose_and_owner(room: Room, panel: RecordsPanel) -> None:
    panel.lists.selectRow(1)
    room.until(lambda: len(panel.table.rows) == 2)
    assert "Protection unit" in panel.about_list.text()
    assert "never a suspicion" in panel.about_list.text()


def test_that_a_record_is_read_beside_the_table(room: Room, panel: RecordsPanel) -> None:
    read(room, panel, "NOOR")
    said = "\n".join(label.text() for label in panel.sheet.findChildren(QLabel))
    assert all(words in said for words in ("NOOR, Amina", "Protection order 12", "asked by the unit", "Protection unit"))
    assert panel.sheet.findChildren(QLabel)[0].textFormat() is Qt.TextFormat.PlainText


def test_that_a_record_with_a_photograph_is_added_and_shown(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    panel.form.tray.add(png(picture(40)))
    room.until(lambda: len(panel.form.tray.photos()) == 1)
    QTest.keyClick(panel.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    room.until(lambda: panel.sheet.record is not None and panel.sheet.record.particulars.surname == "Okafor")
    (added,) = (each for each in room.asked(everything) if each.name == "OKAFOR, Chidi")
    assert (added.purpose, added.portraits, added.birth_date) == (Purpose.REFER, 1, "1980-05")
    assert panel.table.chosen_id == added.record_id
    assert panel.pages.currentIndex() == 0
    assert panel.form.tray.is_empty()


def test_that_an_added_record_is_shown_whatever_was_searched_before(room: Room, panel: RecordsPanel) -> None:
    QTest.keyClicks(panel.search, "kari")
    room.until(lambda: len(panel.table.rows) == 1)
    begun(panel)
    panel.form.fields["watchlist"].set_text(str(panel.lists.rows[1].list_id))
    panel.form.tray.add(png(picture(40)))
    room.until(lambda: len(panel.form.tray.photos()) == 1)
    panel.form.save.click()
    room.until(lambda: panel.sheet.record is not None and panel.sheet.record.particulars.surname == "Okafor")
    assert panel.lists.chosen_id == panel.lists.rows[1].list_id
    assert panel.search.text() == ""


def test_that_a_refused_save_loses_nothing_and_says_why_under_the_field(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    panel.form.fields["birth_date"].set_text("17.03.1980")
    panel.form.tray.add(png(picture(40)))
    room.until(lambda: len(panel.form.tray.photos()) == 1)
    panel.form.save.click()
    room.until(lambda: "is not a date of birth" in panel.form.fields["birth_date"].below.text())
    assert panel.form.fields["birth_date"].editor.property("refused") is True
    assert panel.form.fields["surname"].text() == "Okafor"
    assert panel.form.fields["action"].text() == "Call the court"
    assert len(panel.form.tray.photos()) == 1
    assert len(room.asked(everything)) == 3
    panel.form.fields["birth_date"].set_text("1980-03-17")
    panel.form.save.click()
    room.until(lambda: len(panel.lists.rows) == 3 and panel.pages.currentIndex() == 0)
    assert len(room.asked(everything)) == 4


def test_that_a_record_without_a_photograph_is_refused_beside_the_photographs(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    panel.form.save.click()
    room.until(lambda: "Add at least one photograph" in panel.form.tray.problem.text())


def test_that_an_unusable_photograph_is_explained_before_saving(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    for data in (b"not a picture", png(picture()), png(picture(1, 2)), png(picture(3, poor=True))):
        panel.form.tray.add(data)
    room.until(lambda: panel.form.tray.refused() == 4)
    said = " ".join(label.text() for label in panel.form.tray.findChildren(QLabel))
    for words in ("not a picture", "No face was found", "2 faces were found", "too poor", "It is left out."):
        assert words in said
    assert panel.form.tray.photos() == ()


def test_that_photographs_can_be_dropped_and_pasted(room: Room, panel: RecordsPanel, tmp_path: Path) -> None:
    begun(panel)
    file = tmp_path / "forty.png"
    file.write_bytes(png(picture(40)))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    tray = panel.form.tray
    copied, held, unheld = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = tray.rect().center()
    QApplication.sendEvent(tray, QDragEnterEvent(middle, copied, dropped, held, unheld))
    QApplication.sendEvent(tray, QDropEvent(middle.toPointF(), copied, dropped, held, unheld))
    room.until(lambda: len(tray.photos()) == 1)
    QGuiApplication.clipboard().setImage(QImage.fromData(png(picture(41))))
    tray.paste()
    room.until(lambda: len(tray.photos()) == 2)
    tray.add(file)
    room.until(lambda: "already" in tray.problem.text())
    assert len(tray.photos()) == 2


def test_that_a_file_that_is_gone_is_said_and_nothing_waits(room: Room, panel: RecordsPanel, tmp_path: Path) -> None:
    begun(panel)
    panel.form.tray.add(tmp_path / "gone.jpg")
    room.until(lambda: not panel.form.tray.waiting())
    assert "gone.jpg" in " ".join(label.text() for label in panel.form.tray.findChildren(QLabel))


def test_that_a_draft_waits_until_it_is_thrown_away(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    QTest.keyClick(panel.form, Qt.Key.Key_Escape)
    room.until(lambda: panel.pages.currentIndex() == 0)
    panel.add.click()
    assert panel.form.fields["surname"].text() == "Okafor"
    panel.form.empty.click()
    panel.add.click()
    assert panel.form.fields["surname"].text() == ""


def test_that_an_amendment_needs_a_reason_and_becomes_a_version(room: Room, panel: RecordsPanel) -> None:
    record = read(room, panel, "NOOR")
    panel.sheet.amend.click()
    panel.amendment.fields["given_names"].set_text("Amina Bibi")
    panel.amendment.save.click()
    room.until(lambda: "why the record is amended" in panel.amendment.fields["reason"].below.text())
    QTest.keyClicks(panel.amendment.fields["reason"].editor, "spelling")
    panel.amendment.save.click()
    room.until(lambda: panel.sheet.record is not None and panel.sheet.record.version == 2)
    view = room.asked(lambda desk: desk.records.record(record))
    assert view.particulars.given_names == "Amina Bibi"
    assert view.history[0].reason == "spelling"


def test_that_a_withdrawal_says_when_it_counts_and_needs_a_reason(room: Room, panel: RecordsPanel) -> None:
    record = read(room, panel, "KARIMI")
    panel.sheet.withdraw.click()
    said = " ".join(label.text() for label in panel.sheet.findChildren(QLabel) if label.isVisible())
    assert "From the next search on" in said
    panel.sheet.confirm.click()
    room.until(lambda: "why the record is withdrawn" in panel.sheet.why.below.text())
    QTest.keyClicks(panel.sheet.why.editor, "order lifted")
    panel.sheet.confirm.click()
    room.until(lambda: len(panel.table.rows) == 2)
    assert room.asked(lambda desk: desk.records.record(record)).status == "withdrawn"
    panel.withdrawn.click()
    room.until(lambda: len(panel.table.rows) == 3)


def test_that_photographs_are_added_and_the_same_one_is_refused(room: Room, panel: RecordsPanel) -> None:
    record = read(room, panel, "KARIMI")
    panel.sheet.add_photo.click()
    panel.portrait_form.tray.add(png(picture(20)))
    panel.portrait_form.tray.add(png(picture(20, moment=9)))
    room.until(lambda: len(panel.portrait_form.tray.photos()) == 2)
    panel.portrait_form.save.click()
    room.until(lambda: "on the record already" in panel.portrait_form.problem.text())
    assert len(room.asked(lambda desk: desk.records.record(record)).portraits) == 2


def test_that_a_list_is_added_and_then_chosen(room: Room, panel: RecordsPanel) -> None:
    panel.add_list.click()
    panel.list_form.save.click()
    room.until(lambda: "Enter the name" in panel.list_form.fields["name"].below.text())
    for name, text in (("name", "Stolen passports"), ("owner", "Passport office"), ("contact", "extension 3")):
        QTest.keyClicks(panel.list_form.fields[name].editor, text)
    panel.list_form.save.click()
    room.until(lambda: "Passport office" in panel.about_list.text())
    room.until(panel.empty.isVisible)
    assert "no records yet" in panel.empty.text()


def test_that_a_supervisor_reads_and_changes_nothing(room: Room, panel: RecordsPanel) -> None:
    room.ask.ask(lambda desk: desk.people.sign_in("supervisor", "training-supervision"))
    room.until(lambda: not panel.add.isVisible() and len(panel.table.rows) == 3)
    read(room, panel, "NOOR")
    buttons = (panel.add, panel.add_list, panel.sheet.amend, panel.sheet.withdraw, panel.sheet.add_photo)
    assert not any(button.isVisible() for button in buttons)


def test_that_nothing_typed_stays_for_the_next_person(room: Room, panel: RecordsPanel) -> None:
    begun(panel)
    room.ask.ask(lambda desk: desk.people.sign_out())
    room.until(lambda: panel.pages.currentIndex() == 0)
    assert panel.form.fields["surname"].text() == ""


def test_that_a_row_and_the_sheet_say_by_what_a_record_is_not_searched(room: Room, panel: RecordsPanel) -> None:
    column = panel.table.model().columnCount() - 1
    rows = [str(panel.table.model().index(row, column).data()) for row in range(len(panel.table.rows))]
    assert set(rows) <= {"", "Not by name", "Not by face", "By number only", "Hardly by name", "By nothing"}
    read(room, panel, "NOOR")
    said = "\n".join(label.text() for label in panel.sheet.findChildren(QLabel))
    assert panel.sheet.record is not None
    for reason in not_searched(panel.sheet.record.particulars, len(panel.sheet.record.portraits)):
        assert str(reason) in said


def test_that_the_form_says_as_what_it_will_be_searched_while_it_is_written(panel: RecordsPanel) -> None:
    panel.add.click()
    fields = panel.form.fields
    QTest.keyClicks(fields["surname"].editor, "UNKNOWN")
    assert "no name is known" in fields["surname"].below.text()
    fields["surname"].set_text("")
    QTest.keyClicks(fields["surname"].editor, "Haji Wazir")
    QTest.keyClicks(fields["given_names"].editor, "Noor Ullah S/O Daud")
    assert "WAZIR, NOOR ULLAH" in fields["surname"].below.text()
    assert "DAUD" in fields["surname"].below.text()
    QTest.keyClicks(fields["document_number"].editor, "Passport No. ab-1 (pk)")
    assert "AB1 (PAK)" in fields["document_number"].below.text()
