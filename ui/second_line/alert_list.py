"""The rows of waiting alerts. Those about someone who may need protection stand on a warm ground and say so in a word."""

from PySide6.QtCore import QCoreApplication

from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.words.plain import clock
from workstation.alerts.raising import SEEN, AlertLine


def alert_table() -> DenseTable[AlertLine]:
    columns = (
        Column[AlertLine](_tr("Raised"), _raised, 68),
        Column[AlertLine](_tr("Lane"), _lane, 46),
        Column[AlertLine](_tr("State"), _state),
        Column[AlertLine](_tr("Faces"), _faces, 54, figures=True),
    )
    return DenseTable(Rows(columns, _ident, spoken=_spoken, warm=_is_protection), _tr("Alerts"))


def _ident(line: AlertLine) -> int:
    return line.alert_id


def _raised(line: AlertLine) -> str:
    return clock(line.raised_at)


def _lane(line: AlertLine) -> str:
    return line.lane


def _state(line: AlertLine) -> str:
    if line.status == SEEN:
        return _tr("Seen")
    return _tr("Protection") if line.protect else _tr("Waiting")


def _faces(line: AlertLine) -> str:
    return str(line.candidates)


def _spoken(line: AlertLine) -> str:
    return _tr("Alert {alert}, raised at {time} on lane {lane}: {state}, {faces}").format(
        alert=line.alert_id,
        time=_raised(line),
        lane=line.lane,
        state=_state(line),
        faces=QCoreApplication.translate("AlertList", "%n candidate(s)", "", line.candidates),
    )


def _is_protection(line: AlertLine) -> bool:
    return line.protect


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertList", words)
