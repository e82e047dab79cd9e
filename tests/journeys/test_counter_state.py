"""Who stands at the counter and whose paper lies there: real widgets, real store, no coincidence of timing."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from matching.faces.images import png
from tests.factory import passport
from tests.fakes import page_picture, picture
from tests.journeys.test_document_journeys import OTHER, STRANGER, answered, at_counter, screenings
from tests.journeys.test_journeys import sign_in
from tests.ui.conftest import FedWatch, QuietDocuments
from tests.workstation.conftest import sign_in as enter
from ui.counter.document_panel import Sign
from ui.keys.bursts import HOLD_SECONDS
from ui.shell.main_window import MainWindow
from ui.widgets.page_picture import qimage
from workstation.desk.desk import Desk
from workstation.documents.watching.laid_page import PageState
from workstation.screening.screening import Answer

__all__ = ["at_counter"]


def press(window: MainWindow, key: Qt.Key) -> None:
    """And wait until the window has heard of it: a key is held back for a moment, lest it be a reader's."""
    QTest.keyClick(window.counter, key)
    QTest.qWait(round(1000 * HOLD_SECONDS) + 200)


def close(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.counter.answered is None, timeout=10_000)


def acts(desk: Desk) -> list[str]:
    from tests.journeys.test_journeys import _acts  # noqa: PLC0415 - read where it is needed

    return _acts(desk)


def test_that_the_next_one_is_taken_though_the_picture_was_never_empty(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch
) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    close(qtbot, window)
    at_counter.show(STRANGER)
    assert window.counter.coaching.text() == "Next traveller, please, or Space."
    answered(qtbot, window, at_counter, OTHER)
    assert len(screenings(desk)) == 2


def test_that_nobody_is_told_to_hold_still_who_is_not_taken(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch
) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    close(qtbot, window)
    for _ in range(20):
        at_counter.show(STRANGER)
        qtbot.wait(50)
        assert window.counter.coaching.text() == "Next traveller, please, or Space."
    assert len(screenings(desk)) == 1
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert [each.after_id for each in screenings(desk)] == [None, None], "another traveller, as the officer says"


def test_that_somebody_else_beside_a_standing_answer_is_said_and_taken_next(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch
) -> None:
    answered(qtbot, window, at_counter, STRANGER)

    def said() -> bool:
        at_counter.show(OTHER)
        return window.counter.coaching.text().startswith("Somebody else stands there now.")

    qtbot.waitUntil(said, timeout=10_000)
    assert not window.counter.retake_button.isEnabled(), "another picture would be of somebody else"
    close(qtbot, window)
    answered(qtbot, window, at_counter, OTHER)
    assert [each.after_id for each in screenings(desk)] == [None, None]


def test_that_enter_asks_once_while_the_document_is_being_read(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    documents.show(PageState.READING, page_picture(*passport(expires="200101")))
    assert window.counter.card.next.text() == "The document is still being read."
    press(window, Qt.Key.Key_Return)
    assert "Enter again closes without it" in window.counter.card.next.text()
    assert window.counter.answered is not None
    documents.lay(page_picture(*passport(expires="200101")))
    qtbot.waitUntil(lambda: window.counter.card.state == Answer.LOOK_AGAIN, timeout=10_000)
    assert window.counter.answered is not None, "nothing closes by itself"
    assert "screening.closed" not in acts(desk)


def test_that_an_answer_that_matters_is_not_closed_by_a_key_in_its_first_second(
    qtbot: QtBot, window: MainWindow, at_counter: FedWatch
) -> None:
    assert answered(qtbot, window, at_counter, 7) is Answer.REFER
    press(window, Qt.Key.Key_Return)
    assert window.counter.answered is not None


def test_that_a_page_laid_after_the_closing_is_searched_for_nobody_before_it_is_known_whose_it_is(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    close(qtbot, window)
    at_counter.show(STRANGER)
    documents.lay(page_picture(*passport()))
    assert "looked.up" not in acts(desk)
    answered(qtbot, window, at_counter, OTHER)
    qtbot.waitUntil(window.counter.question.isVisible, timeout=10_000)
    assert window.counter.document.state == Sign.WHOSE
    assert screenings(desk)[-1].document == "", "it has not been searched"
    press(window, Qt.Key.Key_Return)
    assert window.counter.answered is not None, "Enter answers no question"
    qtbot.wait(600)
    press(window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: len(screenings(desk)) == 3, timeout=10_000)
    assert screenings(desk)[-1].document != ""
    qtbot.waitUntil(lambda: not window.counter.question.isVisible())


def test_that_a_document_that_is_not_this_travellers_waits_for_the_next_one(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    close(qtbot, window)
    at_counter.show(STRANGER)
    documents.lay(page_picture(*passport()))
    answered(qtbot, window, at_counter, OTHER)
    qtbot.waitUntil(window.counter.question.isVisible, timeout=10_000)
    qtbot.wait(600)
    press(window, Qt.Key.Key_N)
    assert not window.counter.question.isVisible()
    assert window.counter.document.state == Sign.ANOTHER
    assert [each.document for each in screenings(desk)] == ["", ""]


def test_that_a_closing_can_be_taken_back(qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    close(qtbot, window)
    assert "Ctrl+Z takes it back" in window.counter.card.next.text()
    QTest.keyClick(window.counter, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.counter.answered is not None)
    assert window.counter.card.state == Answer.NO_LEAD
    qtbot.waitUntil(lambda: acts(desk)[-1] == "screening.reopened", timeout=10_000)


def test_that_a_refused_file_leaves_the_answer_as_it_stands(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch
) -> None:
    assert answered(qtbot, window, at_counter, 7) is Answer.REFER
    for data in (b"no picture", png(picture(OTHER))):
        window.counter.take_bytes(data)
        qtbot.wait(100)
        assert window.counter.card.state == Answer.REFER
        assert "was not taken" in window.counter.notes.text()
    assert len(screenings(desk)) == 1


def dropped(window: MainWindow, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.counter.dropEvent(event)


@pytest.mark.usefixtures("listed")
def test_that_the_address_of_a_picture_is_a_sentence_and_nothing_is_fetched(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, "officer")
    data = QMimeData()
    data.setUrls([QUrl("http://127.0.0.1:9/face.jpg")])
    dropped(window, data)
    assert "nothing is fetched here" in window.counter.card.why.text()


@pytest.mark.usefixtures("listed")
def test_that_a_picture_from_a_browser_and_a_pasted_zone_are_taken(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    sign_in(qtbot, window, "officer")
    QGuiApplication.clipboard().setText("\n".join(passport()))
    window.counter.elsewhere.paste()
    assert window.counter.document.name.text() == "ERIKSSON, ANNA MARIA"
    data = QMimeData()
    data.setUrls([QUrl("http://127.0.0.1:9/face.png")])
    data.setImageData(qimage(picture(STRANGER)))
    dropped(window, data)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert screenings(desk)[0].document != ""


@pytest.mark.usefixtures("listed")
def test_that_a_second_file_is_not_passed_over_in_silence(qtbot: QtBot, window: MainWindow, tmp_path: object) -> None:
    sign_in(qtbot, window, "officer")
    paths = []
    for number in (STRANGER, OTHER):
        path = tmp_path / f"{number}.png"  # type: ignore[operator] # a Path
        path.write_bytes(png(picture(number)))
        paths.append(QUrl.fromLocalFile(str(path)))
    data = QMimeData()
    data.setUrls(paths)
    dropped(window, data)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert "1 files were not taken" in window.counter.notes.text()


def test_that_who_was_searched_is_said_when_somebody_steps_in(qtbot: QtBot, window: MainWindow, at_counter: FedWatch) -> None:
    answered(qtbot, window, at_counter, STRANGER)
    at_counter.show(STRANGER, OTHER)
    assert window.counter.coaching.text().startswith("Somebody else is in the picture now.")


def test_that_of_two_in_the_picture_it_is_said_who_was_searched(qtbot: QtBot, window: MainWindow, at_counter: FedWatch) -> None:
    at_counter.show(STRANGER, OTHER)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.counter.choosing, timeout=10_000)
    press(window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert "The person in the frame was searched. Others in the picture: 1" in window.counter.coaching.text()


def test_that_the_last_travellers_can_be_looked_at_again_and_a_wrong_document_said(
    qtbot: QtBot, window: MainWindow, desk: Desk, at_counter: FedWatch, documents: QuietDocuments
) -> None:
    documents.lay(page_picture(*passport()))
    answered(qtbot, window, at_counter, 7)
    qtbot.wait(1100)
    close(qtbot, window)
    at_counter.show()
    press(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.counter.looking_back, timeout=10_000)
    screening = screenings(desk)[0].id
    window.counter.last.disowned.emit(screening)
    qtbot.waitUntil(lambda: len(screenings(desk)) == 2, timeout=10_000)
    assert (screenings(desk)[1].after_id, screenings(desk)[1].document) == (screening, "")
    assert "document.disowned" in acts(desk)
    enter(desk, "second")
    (alert,) = desk.second_line.alerts()
    assert any("was not this traveller's" in str(each) for each in desk.second_line.alert(alert.alert_id).notes)
    enter(desk, "officer")
    window.counter.last.reopened.emit(screening)
    qtbot.waitUntil(lambda: window.counter.answered is not None, timeout=10_000)
    assert window.counter.card.state == Answer.REFER
