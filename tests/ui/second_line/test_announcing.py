from pytestqt.qtbot import QtBot

from tests.ui.second_line.test_alert_list import line
from ui.second_line.announcing import Announcer
from watchlists.records.purposes import Purpose


def test_that_only_what_is_new_is_announced_and_protection_makes_no_sound(qtbot: QtBot) -> None:
    assert qtbot
    announcer = Announcer()
    announcer.hear((line(1, 0),), sound=True, notice=True)
    assert (announcer.sounded, announcer.told) == (0, [])
    announcer.hear((line(1, 0), line(2, 1, lane="3")), sound=True, notice=True)
    assert (announcer.sounded, announcer.told) == (1, ["A traveller waits at the second line. Lane 3."])
    announcer.hear((line(1, 0), line(2, 1), line(3, 2, Purpose.PROTECT)), sound=True, notice=False)
    assert announcer.sounded == 1
    announcer.hear((line(3, 2, Purpose.PROTECT), line(4, 3)), sound=False, notice=False)
    assert announcer.sounded == 1


def test_that_what_waits_already_is_no_news_to_the_next_person(qtbot: QtBot) -> None:
    assert qtbot
    announcer = Announcer()
    announcer.hear((), sound=True, notice=True)
    announcer.forget()
    announcer.hear((line(1, 0),), sound=True, notice=True)
    assert announcer.told == []
