"""What a key does in a window: the shortcuts and buttons that may be reached now, found by the key or by where it lies."""

from collections.abc import Iterator

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.keys.positions import sign_at

_LATIN_ENDS, _SPECIAL_BEGINS = 0x7F, 0x01000000
_EDITING = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z, Qt.Key.Key_Insert}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def is_foreign(event: QKeyEvent) -> bool:
    """Whether the present layout puts no sign of a Latin keyboard on this key."""
    return _LATIN_ENDS < event.key() < _SPECIAL_BEGINS


def is_command(event: QKeyEvent) -> bool:
    """Whether the key is a command that is printed on a button even where text is typed: not one of those by which text is
    edited everywhere, but Ctrl+E, which a field would take for the end of its line.
    """
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and Qt.Key(event.key()) not in _EDITING


def latin(event: QKeyEvent, place: int) -> QKeyEvent:
    """A command such as Ctrl+C as it is on a Latin keyboard; every other key as it is."""
    sign = sign_at(place, shifted=False)
    if not is_foreign(event) or not event.modifiers() & _COMMANDS or not sign:
        return event
    return QKeyEvent(
        event.type(), ord(sign.upper()), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(),
        event.nativeModifiers(), "", event.isAutoRepeat(), event.count(),
    )  # fmt: skip # as the event has them


def sequences(event: QKeyEvent, place: int) -> tuple[QKeySequence, ...]:
    """The ways in which a shortcut may name this key, the nearest first."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    unshifted = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    found = [(event.key(), modifiers)]
    if modifiers & Qt.KeyboardModifier.ShiftModifier and not event.text()[:1].isalpha():
        found.append((event.key(), unshifted))
    if is_foreign(event):
        shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        for sign, with_these in ((sign_at(place, shifted=False), modifiers), (sign_at(place, shifted=shifted), unshifted)):
            if sign and (with_these is modifiers or not sign.isalpha() or not shifted):
                found.append((ord(sign.upper()), with_these))
    return tuple(QKeySequence(QKeyCombination(with_these, Qt.Key(key))) for key, with_these in found)


def act(window: QWidget, target: QWidget, wanted: tuple[QKeySequence, ...]) -> bool:
    """Do what the first of these keys does where `target` has the keys. False when none of them does anything."""
    reachable = list(_shortcuts(window, target))
    for keys in wanted:
        for found, shortcut in reachable:
            if keys == found:
                if isinstance(shortcut, QShortcut):
                    shortcut.activated.emit()
                else:
                    shortcut.click()
                return True
    return False


def _shortcuts(window: QWidget, target: QWidget) -> Iterator[tuple[QKeySequence, QShortcut | QAbstractButton]]:
    """Those nearest to the target first: what belongs to a part of the page precedes what belongs to the window."""
    found = [each for each in window.findChildren(QShortcut) if each.isEnabled() and _reaches(each, target)]
    found.sort(key=lambda each: each.context() is Qt.ShortcutContext.WindowShortcut)
    for each in found:
        yield from ((keys, each) for keys in list(each.keys()))
    for button in window.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty() and button.isVisible() and button.isEnabled():
            yield button.shortcut(), button


def _reaches(shortcut: QShortcut, target: QWidget) -> bool:
    parent = shortcut.parent()
    if not isinstance(parent, QWidget) or not parent.isVisible() or not parent.isEnabled():
        return False
    match shortcut.context():
        case Qt.ShortcutContext.WidgetShortcut:
            return target is parent
        case Qt.ShortcutContext.WidgetWithChildrenShortcut:
            return target is parent or parent.isAncestorOf(target)
    return True
