"""What the window does by itself at a sign-in: the keys go to the list of alerts, and nothing is asked that is refused."""

import json

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.journeys.test_journeys import screen, sign_in
from ui.shell.main_window import MainWindow
from workstation.accountability.acts import Deed
from workstation.desk.desk import Desk
from workstation.schema import AuditRow


def test_that_the_arrow_keys_go_to_the_alerts_at_once(qtbot: QtBot, window: MainWindow, listed: int) -> None:
    assert listed
    window.activateWindow()
    sign_in(qtbot, window, "officer")
    screen(qtbot, window, 7)
    sign_in(qtbot, window, "second")
    qtbot.waitUntil(lambda: bool(window.review.table.rows), timeout=10_000)
    qtbot.waitUntil(window.review.table.hasFocus, timeout=10_000)


def test_that_the_window_asks_for_nothing_that_the_role_may_not(
    qtbot: QtBot, window: MainWindow, desk: Desk, listed: int
) -> None:
    assert listed
    for login in ("officer", "auditor"):
        sign_in(qtbot, window, login)
        if login == "officer":
            screen(qtbot, window, 7)
    qtbot.waitUntil(lambda: bool(window.audit.table.rows), timeout=10_000)
    with desk.post.store.reading() as session:
        acts = [json.loads(body)["act"] for body in session.scalars(select(AuditRow.body))]
    assert Deed.SIGNED_IN in acts
    assert Deed.ACT_REFUSED not in acts
