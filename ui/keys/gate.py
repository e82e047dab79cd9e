"""Every key of the window passes here: a reader's become a zone and nothing else, a hand's do what they say.

A key is held back for a moment (`bursts.HOLD_SECONDS`), in every widget and before any shortcut hears of it. When it stays alone it is let through;
when more follow as fast as no hand types, they are a reader's.
"""

import time
from dataclasses import dataclass
from datetime import date

import shiboken6
from PySide6.QtCore import QDate, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.keys import shortcuts
from ui.keys.bursts import DONE_SECONDS, PAUSE_SECONDS, Bursts, Stroke, is_swiped, leaked, zone_text
from ui.keys.positions import position

_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_BARE = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}
_NOT_TYPED = {Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_MOST_GIVEN = 20
ENDS_SECONDS = 1.0
"""So long after a reader the end of a line may still be its own."""
_OTHER_COMMANDS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

TAKES_ZONE = "takesZone"
"""Property of a field in which lines of a zone are typed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    target: QWidget | None
    """Where it was sent; None: to the window."""
    event: QKeyEvent


class KeyGate(QObject):
    """An event filter of the application for the keys of one window."""

    zone_typed = Signal(str)
    """A reader typed this zone; no widget saw a key of it."""
    half_typed = Signal()
    """A reader typed something that is no zone, where no text is typed; no widget saw a key of it."""
    acted = Signal()
    """A key went down."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bursts = Bursts()
        self._held: list[_Held] = []
        self._given: list[QWidget] = []
        """To whom the last keys were let through."""
        self._letting_through = False
        self._resting_until = self._ends_until = 0.0
        self._deaf = False
        self._due = 0.0
        self._front: QWidget | None = None
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._waited)
        self._stamp, self._arrived, self._at = 0, 0.0, 0.0

    def put_in_front(self, card: QWidget | None) -> None:
        """Until it is hidden this card of the window has every key, and no shortcut below it is heard."""
        self._front = card

    def rest(self, seconds: float) -> None:
        """Take no key for so long: what is typed was meant for what is gone."""
        self._resting_until = time.monotonic() + seconds
        self._bursts.take()
        self._held.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._held and event.type() is QEvent.Type.MouseButtonPress and not self._bursts.running:
            self._decide()  # what was typed before the click comes before it
        if not isinstance(event, QKeyEvent) or event.type() not in _KEYS or not self._mine(watched):
            return False
        if self._letting_through:
            return self._is_covered(event)
        if event.type() is QEvent.Type.KeyPress:
            self.acted.emit()
        if self._rests(Qt.Key(event.key())):
            event.accept()
            return True
        if self._typed(event):
            if event.type() is not QEvent.Type.ShortcutOverride:
                return self._hold(watched, event)
            event.accept()  # so that it comes as a key, which is held above, and not as a shortcut
            return True
        return self._pass_by(event)

    def _rests(self, key: Qt.Key) -> bool:
        """Whether the key is not taken: after a lock none is, and after a reader not the end of its line, however late."""
        now = time.monotonic()
        return (now < self._resting_until and key not in _BARE) or (now < self._ends_until and key in _ENDS and not self._held)

    def _pass_by(self, event: QKeyEvent) -> bool:
        """A key that no reader types: what is held comes before it, and with a card in front it is no shortcut below."""
        if self._held and event.type() is not QEvent.Type.KeyRelease and Qt.Key(event.key()) not in _BARE:
            self._decide()
        return self._is_covered(event)

    def _is_covered(self, event: QKeyEvent) -> bool:
        """With a card in front a key is offered to no shortcut, neither by Qt nor here: it comes to the card as a key."""
        if event.type() is QEvent.Type.ShortcutOverride and self._root() is not self._window:
            event.accept()
            return True
        return False

    def _root(self) -> QWidget:
        return self._front if self._front is not None and self._front.isVisible() else self._window

    def _mine(self, watched: QObject) -> bool:
        """Whether the key is for this window, with nothing open above it."""
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return False
        if isinstance(watched, QWidget):
            return watched is self._window or self._window.isAncestorOf(watched)
        return watched is self._window.windowHandle()

    def _typed(self, event: QKeyEvent) -> bool:
        """Whether a reader could type this key, or another alphabet hides what it means."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat() or key in _BARE or key in _NOT_TYPED or event.modifiers() & _OTHER_COMMANDS:
            return False
        return bool(event.text()) or shortcuts.is_foreign(event) or self._is_held(event)

    def _is_held(self, event: QKeyEvent) -> bool:
        return event.type() is QEvent.Type.KeyRelease and any(each.event.key() == event.key() for each in self._held)

    def _hold(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.type() is QEvent.Type.KeyRelease:
            if not self._is_held(event):
                return False
            self._keep(watched, event)
            return True
        stroke = Stroke(
            event.text(), self._place(event), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier), self._when(event)
        )
        if self._bursts.apart(stroke.at):
            self._decide()
        self._bursts.add(stroke)
        self._keep(watched, event)
        self._wait(DONE_SECONDS if self._bursts.running else self._bursts.hold)
        return True

    def _wait(self, seconds: float) -> None:
        self._due = time.monotonic() + seconds
        self._timer.start(round(1000 * seconds))

    def _keep(self, watched: QObject, event: QKeyEvent) -> None:
        self._held.append(_Held(watched if isinstance(watched, QWidget) else None, _copy(event, event.type())))

    def _when(self, event: QKeyEvent) -> float:
        """By the clock of whoever sent the key where it goes on: a window that was busy hears keys later and all at once."""
        stamp, arrived = event.timestamp(), time.monotonic()
        self._at += (stamp - self._stamp) / 1000 if 0 < self._stamp < stamp else arrived - self._arrived
        self._stamp, self._arrived = stamp, arrived
        return self._at

    def _place(self, event: QKeyEvent) -> int:
        return position(event.nativeScanCode(), QGuiApplication.platformName())

    def _waited(self) -> None:
        """Keys that came meanwhile and still wait to be heard are heard first."""
        if not self._deaf:
            self._deaf = True
            self._bursts.was_late(time.monotonic() - self._due)
            QTimer.singleShot(0, self._waited)
            return
        self._deaf = False
        if self._timer.isActive() or not self._held:
            return
        strokes = self._bursts.held
        if self._bursts.running and not zone_text(strokes, _today()):
            rest = PAUSE_SECONDS - (time.monotonic() - self._arrived)
            if rest > 0:
                self._wait(rest + 0.001)
                return
        self._decide()

    def _decide(self) -> None:
        """A hand's keys are let through; a reader's are a zone, or text where text is typed, or nothing."""
        self._timer.stop()
        before = self._bursts.just_before()
        strokes, reader = self._bursts.take()
        held, self._held = self._held, []
        self._ends_until = time.monotonic() + ENDS_SECONDS if reader else self._ends_until
        zone = zone_text(strokes, _today()) if reader else ""
        if reader and not zone and (count := leaked(before, strokes, _today())):
            zone = zone_text((*before[-count:], *strokes), _today())
            self._take_back(count)
        if zone:
            self.zone_typed.emit(zone)
        elif reader and not self._takes_zone(held[0]) and (is_swiped(strokes) or not self._takes_text(held[0])):
            self.half_typed.emit()
        else:
            self._ends_until = 0.0  # somebody's words, or a code that a field takes
            for each in held:
                self._let_through(each)

    def _take_back(self, count: int) -> None:
        """The first keys of a reader that stumbled were let through: what they typed is taken out again."""
        for target in self._given[-count:]:
            if shiboken6.isValid(target) and target.inputMethodQuery(Qt.InputMethodQuery.ImEnabled):
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    self._send(target, QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier))
        self._given.clear()

    def _target(self, held: _Held) -> QWidget | None:
        root, target = self._root(), held.target
        if target is None or root is not self._window:
            focused = QApplication.focusWidget()
            return focused if focused is not None and (focused is root or root.isAncestorOf(focused)) else root
        return target if shiboken6.isValid(target) else None

    def _takes_zone(self, held: _Held) -> bool:
        """Whether lines of a zone are typed there: what is not whole is seen and finished by hand."""
        target = self._target(held)
        return target is not None and bool(target.property(TAKES_ZONE))

    def _takes_text(self, held: _Held) -> bool:
        """Whether a key that is typed there is text: what takes text lets no shortcut have it."""
        target = self._target(held)
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
        asked.ignore()
        return target is not None and self._send(target, asked) and asked.isAccepted()

    def _let_through(self, held: _Held) -> None:
        target = self._target(held)
        if target is None:
            return
        place = self._place(held.event)
        event = shortcuts.latin(held.event, place)
        if event.type() is QEvent.Type.KeyPress:
            self._given = [*self._given[-_MOST_GIVEN:], target]
            asked = _copy(event, QEvent.Type.ShortcutOverride)
            asked.ignore()
            self._send(target, asked)
            free = not asked.isAccepted() or shortcuts.is_command(event)
            if free and shortcuts.act(self._root(), target, shortcuts.sequences(held.event, place)):
                return
        self._send(target, event)

    def _send(self, target: QWidget, event: QKeyEvent) -> bool:
        self._letting_through = True
        try:
            QApplication.sendEvent(target, event)
        finally:
            self._letting_through = False
        return True


def _copy(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(
        kind, event.key(), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers(),
        event.text(), event.isAutoRepeat(), event.count(),
    )  # fmt: skip # as the event has them


def _today() -> date:
    return QDate.currentDate().toPython()  # type: ignore[return-value] # the stubs say object
