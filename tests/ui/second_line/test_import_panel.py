"""Importing in the window: every row is told before anything is saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from matching.faces.images import png
from tests.deliveries import cells, table
from tests.fakes import picture
from tests.ui.second_line.conftest import Room
from ui.records.import_panel import ImportPanel
from ui.records.page import RecordsPanel
from watchlists.exchange.comparing import Outcome


@pytest.fixture
def page(room: Room) -> RecordsPanel:
    room.signed_in("admin")
    made = RecordsPanel(room.ask)
    room.open(made)
    room.until(lambda: len(made.table.rows) == 3)
    made.bring_in.click()
    return made


@pytest.fixture
def panel(page: RecordsPanel) -> ImportPanel:
    return page.imports


def rows(*told: dict[str, str]) -> str:
    """A table of people on the list Wanted, each otherwise named and numbered."""
    known = [
        {"list": "Wanted", "document_number": f"QB{number}", "surname": f"Person{number}", "birth_date": ""} | each
        for number, each in enumerate(told)
    ]
    return table(*(cells(**each) for each in known))


def ready(panel: ImportPanel) -> bool:
    return panel.table.rows != () and (panel.take_all.isEnabled() or panel.take_accepted.isEnabled())


def looked_at(room: Room, panel: ImportPanel, path: Path) -> None:
    panel.open_file(path)
    room.qtbot.waitUntil(
        lambda: ready(panel), timeout=90_000
    )  # photographs start processes, which a busy machine is slow to do


def test_that_every_row_is_told_and_all_are_saved(room: Room, panel: ImportPanel, page: RecordsPanel, tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text(rows({}, {}))
    looked_at(room, panel, tmp_path / "records.csv")
    assert [each.row.outcome for each in panel.table.rows] == [Outcome.ADDED, Outcome.ADDED]
    assert not panel.take_accepted.isVisible()
    QTest.keyClicks(panel.reason, "weekly list")
    panel.take_all.click()
    room.until(lambda: "2 records saved" in panel.about.text())
    panel.back.click()
    room.until(lambda: len(page.table.rows) == 5)


def test_that_a_refused_row_leaves_only_the_accepted_ones_to_be_saved(
    room: Room, panel: ImportPanel, page: RecordsPanel, tmp_path: Path
) -> None:
    (tmp_path / "records.csv").write_text(rows({}, {"review_date": "2020-01-01"}))
    looked_at(room, panel, tmp_path / "records.csv")
    assert not panel.take_all.isEnabled()
    assert panel.take_accepted.isVisible()
    panel.filters[Outcome.REFUSED].click()
    assert [each.row.line for each in panel.table.rows] == [3]
    panel.table.choose(panel.table.rows[0].number)
    assert "lies in the past" in panel.detail.text()
    panel.take_accepted.click()
    room.until(lambda: bool(panel.problem.text()))
    assert "why" in panel.problem.text(), "a reason is asked"
    QTest.keyClicks(panel.reason, "weekly list")
    panel.take_accepted.click()
    room.until(lambda: "1 records saved, 1 rows left out" in panel.about.text())
    room.until(lambda: len(page.table.rows) == 4)


def test_that_photographs_are_read_before_anything_can_be_saved(room: Room, panel: ImportPanel, tmp_path: Path) -> None:
    (tmp_path / "good.png").write_bytes(png(picture(50)))
    (tmp_path / "empty.png").write_bytes(png(picture()))
    (tmp_path / "records.csv").write_text(rows({"photos": "good.png"}, {"photos": "empty.png"}))
    looked_at(room, panel, tmp_path / "records.csv")
    assert [each.row.outcome for each in panel.table.rows] == [Outcome.ADDED, Outcome.REFUSED]
    assert "No face was found" in panel.table.rows[1].row.remarks[-1].values["why"]  # type: ignore[operator] # a sentence


def test_that_a_file_that_cannot_be_read_says_so(room: Room, panel: ImportPanel, tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text("list,surname,date_of_birth\nWanted,Noor,1980\n")
    panel.open_file(tmp_path / "records.csv")
    room.until(lambda: "date_of_birth" in panel.problem.text())
    assert not panel.take_all.isEnabled()


def test_that_a_guessed_encoding_is_named_before_it_is_saved(room: Room, panel: ImportPanel, tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_bytes(rows({"surname": "طارق"}).encode("cp1256"))
    looked_at(room, panel, tmp_path / "records.csv")
    assert "cp1256" in panel.about.text()
    QTest.keyClicks(panel.reason, "weekly list")
    panel.take_all.click()
    room.until(lambda: "guess" in panel.problem.text())
    panel.encoding.setCurrentIndex(panel.encoding.findData("cp1256"))
    panel.encoding.activated.emit(panel.encoding.currentIndex())
    room.until(lambda: panel.take_all.isEnabled() and "guess" not in panel.about.text())
    panel.take_all.click()
    room.until(lambda: "1 records saved" in panel.about.text())


def test_that_a_dropped_file_is_read_and_another_person_sees_nothing_of_it(
    room: Room, panel: ImportPanel, page: RecordsPanel, tmp_path: Path
) -> None:
    (tmp_path / "records.csv").write_text(rows({}))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "records.csv"))])
    panel.dropEvent(
        QDropEvent(
            panel.rect().center().toPointF(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    room.until(lambda: len(panel.table.rows) == 1)
    page._forget()
    assert panel.table.rows == ()
    assert panel.reason.text() == ""
