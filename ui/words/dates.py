"""Days, moments and waiting times as every screen writes them: 23 Nov 2004; 28 Nov 2026, 06:05:02; 12 min."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt


def day(text: str) -> str:
    """23 Nov 2004 of an ISO date, Nov 2004 and 2004 of one known in part; what is no date stays as it is."""
    whole = QDate.fromString(text, Qt.DateFormat.ISODate)
    if whole.isValid():
        return QLocale().toString(whole, "d MMM yyyy")
    month = QDate.fromString(f"{text}-01", Qt.DateFormat.ISODate)
    return QLocale().toString(month, "MMM yyyy") if len(text) == len("2004-11") and month.isValid() else text


def moment(at: datetime) -> str:
    """Day and time of the clock on the wall, to the second."""
    local = _local(at)
    return f"{QLocale().toString(local.date(), 'd MMM yyyy')}, {local.toString('HH:mm:ss')}"


def clock(at: datetime) -> str:
    """The time when it was today, otherwise the day: what a narrow column has room for."""
    local = _local(at)
    return local.toString("HH:mm") if local.date() == QDate.currentDate() else QLocale().toString(local.date(), "d MMM")


def time_between(since: datetime, until: datetime) -> str:
    """How long something waits: under a minute, 12 min, 2 h 05 min, 3 d."""
    minutes = max(0, int((until - since).total_seconds() // 60))
    if minutes < 1:
        return QCoreApplication.translate("Waiting", "now")
    if minutes < 60:
        return QCoreApplication.translate("Waiting", "{minutes} min").format(minutes=minutes)
    hours = minutes // 60
    if hours < 24:
        return QCoreApplication.translate("Waiting", "{hours} h {minutes:02} min").format(hours=hours, minutes=minutes % 60)
    return QCoreApplication.translate("Waiting", "{days} d").format(days=hours // 24)


def _local(at: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at.timestamp())).toLocalTime()
