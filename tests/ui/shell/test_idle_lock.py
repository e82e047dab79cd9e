"""The desk locks when nobody acts, and only then."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ui.shell.idle_lock import IdleLock


def test_that_it_warns_before_it_locks(qtbot: QtBot) -> None:
    lock = IdleLock()
    left: list[int] = []
    lock.warned.connect(left.append)
    with qtbot.waitSignal(lock.due, timeout=10_000):
        lock.begin(2)
    assert left == [2, 1]


def test_that_any_act_after_the_warning_keeps_the_desk_open(qtbot: QtBot) -> None:
    lock = IdleLock()
    with qtbot.waitSignal(lock.warned, timeout=10_000):
        lock.begin(2)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin):
        with qtbot.waitSignal(lock.warned, timeout=10_000), qtbot.assertNotEmitted(lock.due):
            event = QKeyEvent(kind, Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier) if "Key" in kind.name else QEvent(kind)
            assert not lock.eventFilter(QObject(), event), "the act itself goes on"
    lock.end()


def test_that_nothing_is_due_when_nobody_is_signed_in(qtbot: QtBot) -> None:
    lock = IdleLock()
    lock.begin(1)
    lock.end()
    lock.acted()
    with qtbot.assertNotEmitted(lock.due, wait=1200):
        pass
