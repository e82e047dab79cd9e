"""A new alert is announced where the post wants it: a quiet sound, a notice of the desktop. Both say a place and nothing of whom.

An alert for protection makes no sound: whoever sits beside the second line learns nothing from it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from workstation.alerts.raising import WAITING, AlertLine

_SHOWN_MS = 8_000


class Announcer(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[int] | None = None
        self._tray: QSystemTrayIcon | None = None
        self.sounded = 0
        """How often it made itself heard."""
        self.told: list[str] = []
        """The notices of this sign-in."""

    def forget(self) -> None:
        """Another person: what waits already is not news to them."""
        self._known = None
        self.told.clear()

    def hear(self, lines: Sequence[AlertLine], *, sound: bool, notice: bool) -> None:
        """The alerts that wait now. The first time nothing is new."""
        waiting = {line.alert_id: line for line in lines if line.status == WAITING}
        new = [] if self._known is None else [line for each, line in waiting.items() if each not in self._known]
        self._known = (self._known or set()) | set(waiting)
        if not new:
            return
        if sound and any(not line.protect for line in new):
            self.sounded += 1
            QApplication.beep()
        if notice:
            self._tell(new)

    def _tell(self, new: Sequence[AlertLine]) -> None:
        lanes = QCoreApplication.translate("Announcer", ", ").join(sorted({line.lane for line in new}))
        words = QCoreApplication.translate("Announcer", "A traveller waits at the second line. Lane {lanes}.").format(
            lanes=lanes
        )
        self.told.append(words)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.show()
        self._tray.showMessage(QCoreApplication.translate("Announcer", "Amaan"), words, QIcon(), _SHOWN_MS)
