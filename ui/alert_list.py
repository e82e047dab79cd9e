"""The rows of waiting alerts. Those about someone who may need protection stand on a warm ground and say so in a word."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from ui.dense_table import Column, DenseTable, Rows
from ui.plain import clock
from workstation.alerts import SEEN, AlertLine


def alert_table() -> DenseTable[AlertLine]:
    columns = (
        Column[AlertLine](_tr("Raised"), _raised, 64),
        Column[AlertLine](_tr("Lane"), _lane, 56),
        Column[AlertLine](_tr("What is waiting"), _state),
    )
    return DenseTable(Rows(columns, _ident, spoken=_spoken, ground=_ground), _tr("Alerts"))


def _ident(line: AlertLine) -> int:
    return line.alert_id


def _raised(line: AlertLine) -> str:
    return clock(line.raised_at)


def _lane(line: AlertLine) -> str:
    return line.lane


def _state(line: AlertLine) -> str:
    if line.protect:
        words = _tr("Protection, {count}")
    elif line.status == SEEN:
        words = _tr("Seen, {count}")
    else:
        words = "{count}"
    return words.format(count=QCoreApplication.translate("AlertList", "%n candidate(s)", "", line.candidates))


def _spoken(line: AlertLine) -> str:
    return _tr("Alert {alert}, raised at {time} on lane {lane}: {state}").format(
        alert=line.alert_id, time=_raised(line), lane=line.lane, state=_state(line)
    )


def _ground(line: AlertLine) -> QColor | None:
    """A warm, quiet tint that is right on light and dark ground alike."""
    return QColor(196, 150, 90, 60) if line.protect else None


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertList", words)
