"""When nobody acts any more the desk is about to lock, and then locks. Every key, click and touch is an act, whatever it is for."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

WARN_SECONDS = 20
_ACTS = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut, QEvent.Type.InputMethod, QEvent.Type.Drop,
}  # fmt: skip # a set


class IdleLock(QObject):
    """An event filter of the application. A key that is a shortcut arrives as no key press, only as ShortcutOverride."""

    warned = Signal(int)
    """So many seconds are left; said anew every second."""
    eased = Signal()
    """Somebody acted after the warning."""
    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._left = 0
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._warn)
        self._count = QTimer(self, interval=1000)
        self._count.timeout.connect(self._tick)

    def begin(self, seconds: float) -> None:
        """From now on, `due` after so many seconds without an act."""
        self._seconds = seconds
        self.acted()

    def end(self) -> None:
        """Nobody is signed in: nothing is due."""
        self._seconds = 0.0
        self._quiet.stop()
        self._count.stop()

    def acted(self) -> None:
        if not self._seconds:
            return
        if self._count.isActive():
            self._count.stop()
            self.eased.emit()
        self._quiet.start(round(1000 * max(self._seconds - WARN_SECONDS, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _ACTS:
            self.acted()
        return False

    def _warn(self) -> None:
        self._left = round(min(WARN_SECONDS, self._seconds))
        self._count.start()
        self.warned.emit(self._left)

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.warned.emit(self._left)
        else:
            self.end()
            self.due.emit()
