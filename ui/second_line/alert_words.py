"""What a row of the alert list says: whom it concerns and why, where and how long, and who works on it."""

from PySide6.QtCore import QCoreApplication

from ui.words.dates import clock, time_between
from ui.words.plain import purpose_words
from workstation.alerts.grounds import Basis
from workstation.alerts.raising import SEEN, AlertLine
from workstation.today import now


def purpose_line(line: AlertLine) -> str:
    """Protection, Referral; of an alert that was judged, that it was."""
    words = _tr(", ").join(map(purpose_words, line.whom.purposes))
    return _tr("{purpose}, seen").format(purpose=words) if line.status == SEEN else words


def grounds_line(line: AlertLine) -> str:
    """Face, name; how many records there are to look at where it is not one."""
    basis = {
        Basis.FACE: _tr("face"),
        Basis.PORTRAIT: _tr("document portrait"),
        Basis.NAME: _tr("name"),
        Basis.NUMBER: _tr("number"),
    }
    words = _tr(", ").join(basis[each] for each in line.whom.bases)
    words = words[:1].upper() + words[1:]
    several = QCoreApplication.translate("AlertList", "{grounds}: %n records", "", line.candidates)
    return several.format(grounds=words) if line.candidates > 1 else words


def where_line(line: AlertLine) -> str:
    """Lane 1, 12 min; with whom."""
    waits = clock(line.raised_at) if line.status == SEEN else time_between(line.raised_at, now())
    words = _tr("Lane {lane}, {waits}").format(lane=line.lane, waits=waits)
    return _tr("{where}, taken by {person}").format(where=words, person=line.taken_by) if line.taken_by else words


def spoken(line: AlertLine) -> str:
    """Everything that a row says, in one sentence; what the filter searches too."""
    return _tr("Alert {alert}, {purpose}. {grounds}. {where}, by {officer}").format(
        alert=line.alert_id,
        purpose=purpose_line(line),
        grounds=grounds_line(line),
        where=where_line(line),
        officer=line.officer,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertList", words)
