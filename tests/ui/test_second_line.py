"""The second line judges a candidate by name or number beside whatever pictures there are; nothing looks broken or accuses."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from matching.faces.images import png
from tests.factory import particulars, passport_zone, typed
from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import sign_in
from ui.second_line.page import ReviewPanel
from ui.threads.background import AskDesk
from watchlists.records.purposes import Purpose
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.documents.travel_document import DocumentPortrait
from workstation.sentences import Sentence

PAGE = np.full((120, 180, 3), 200, dtype=np.uint8)


@pytest.fixture
def lists(desk: Desk) -> Desk:
    """A lost passport without a photograph, and a missing child with one."""
    sign_in(desk, "admin")
    lost = desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00").value
    desk.records.add_record(lost, particulars("", given_names="", document_number="LP 7778889"), [], "lost")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    child = particulars("Yousafzai", given_names="Palwasha", birth_date="2015-03-17", sex="F")
    desk.records.add_record(missing, child, [png(picture(7))], "missing")
    return sign_in(desk, "officer")


@pytest.fixture
def panel(qtbot: QtBot, lists: Desk) -> Iterator[ReviewPanel]:
    asked = AskDesk(lambda _: lists)
    made = ReviewPanel(asked, minimum_look_ms=1)
    asked.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1366, 720)
    yield made
    asked.stop()


def opened(qtbot: QtBot, panel: ReviewPanel) -> ReviewPanel:
    sign_in(panel._desk._make_desk(lambda _done, _all: None), "second")
    panel._desk.start()
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.table.rows), timeout=10_000)
    panel.table.selectRow(0)
    qtbot.waitUntil(lambda: panel.opened is not None, timeout=10_000)
    panel.grab()
    return panel


def judged(qtbot: QtBot, panel: ReviewPanel) -> str:
    """What the sheets say after the own view."""
    panel.judging.note_field.setPlainText("looked at it")
    qtbot.waitUntil(panel.judging.box.buttons[View.LEAD].isVisible, timeout=10_000)
    panel.judging.box.buttons[View.LEAD].click()
    qtbot.waitUntil(lambda: panel.details_open, timeout=10_000)
    panel.grab()
    return words(panel.sheet)


def words(within: object) -> str:
    return "\n".join(label.text() for label in within.findChildren(QLabel))  # type: ignore[attr-defined] # any widget


def rows(panel: ReviewPanel) -> list[str]:
    return [name for name, (key, *_) in panel.judging.checklist._rows.items() if not key.isHidden()]


def test_that_a_lost_passport_is_judged_by_the_document(qtbot: QtBot, lists: Desk, panel: ReviewPanel) -> None:
    document = typed(passport_zone("Butt", "Bilal", number="LP7778889"), page=PAGE)
    lists.counter.screen(None, source="t", no_photo="a bandage covers the face", document=document)
    opened(qtbot, panel)
    assert "A number on the document is on a list." in panel.why.text()
    assert "a bandage covers the face" in panel.why.text()
    assert not panel.compare.comparable
    assert not panel.bar.flicker.isEnabled()
    assert rows(panel) == ["birth", "number"]
    assert "BUTT, BILAL" in words(panel.document)
    told = judged(qtbot, panel)
    assert "LP7778889: document number, equal" in told
    assert "No faces were compared." in told
    assert "face that looks alike" not in told


def test_that_a_name_on_a_protection_list_reads_calmly_beside_another_face(
    qtbot: QtBot, lists: Desk, panel: ReviewPanel, faces: NumberedFaces
) -> None:
    image = picture(500, moment=4)
    seen = faces.look(image)[0]
    portrait = DocumentPortrait(image, seen.face, seen.quality, faces.encode(image, seen.face))
    first = lists.counter.screen(picture(501), source="t").value.screening_id
    lists.counter.screen(
        picture(500),
        source="t",
        document=typed(passport_zone("Yusufzai", "Palwasha"), page=PAGE, portrait=portrait),
        notes=[Sentence("The same frame came {count} times.", {"count": 3})],
        with_companions=first,
    )
    opened(qtbot, panel)
    assert panel.compare.comparable
    assert rows(panel)[-2:] == ["name", "birth"]
    assert panel.judging.calm.isVisible()
    brought = words(panel.document)
    assert "The same frame came 3 times." in brought
    assert "Travels with" in brought
    assert "YOUSAFZAI" not in panel.why.text().upper()
    for _ in range(3):
        panel.bar.other.click()
        panel.grab()
    told = judged(qtbot, panel)
    assert "not suspected of anything" in told
    assert "YUSUFZAI, on the record YOUSAFZAI: another spelling of one name" in told
    assert "Date of birth: the same day" in told
    assert "The face is not what raised this lead. The faces were compared: distance" in told
    for word in ("match", "confidence", "suspect ", "%"):
        assert word not in (told + brought).lower()


def test_that_a_face_alone_is_shown_as_before(qtbot: QtBot, lists: Desk, panel: ReviewPanel) -> None:
    lists.counter.screen(picture(7, moment=3), source="t")
    opened(qtbot, panel)
    assert panel.why.isHidden()
    assert panel.document.isHidden()
    assert panel._sheet_area.isHidden()
    assert len(rows(panel)) == 8
    assert "distance" in judged(qtbot, panel)
