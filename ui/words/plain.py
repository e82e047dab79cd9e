"""The program's own terms as a person reads them: purposes, views, days, moments, and the sentences of a refusal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QLabel, QLayout

from watchlists.records.purposes import Purpose
from workstation.alerts.verdicts import View
from workstation.sentences import Sentence


class Templated(Protocol):
    """A refusal or a remark of the core: an English template and its values."""

    @property
    def template(self) -> str: ...

    @property
    def values(self) -> Mapping[str, object]: ...


def said(sentence: Templated) -> str:
    """The sentence in the person's language; a value that is a sentence itself (what to fix) is translated too."""
    values = {
        name: QCoreApplication.translate("Sentence", value)
        if isinstance(value, str) and value
        else said(value)
        if isinstance(value, Sentence)
        else value
        for name, value in sentence.values.items()
    }
    return QCoreApplication.translate("Sentence", sentence.template).format(**values)


def purpose_words(purpose: Purpose) -> str:
    words = {
        Purpose.PROTECT: QCoreApplication.translate("Purpose", "Protection"),
        Purpose.REFER: QCoreApplication.translate("Purpose", "Referral"),
        Purpose.DOCUMENT: QCoreApplication.translate("Purpose", "Document"),
        Purpose.INFORM: QCoreApplication.translate("Purpose", "Discreet notice"),
    }
    return words[purpose]


def purpose_means(purpose: Purpose) -> str:
    """What a list of this purpose asks of people, in one sentence."""
    words = {
        Purpose.PROTECT: QCoreApplication.translate(
            "Purpose", "Missing people, children and victims: protection comes first, never a suspicion."
        ),
        Purpose.REFER: QCoreApplication.translate("Purpose", "Wanted people: follow the procedure of the record."),
        Purpose.DOCUMENT: QCoreApplication.translate("Purpose", "Lost, stolen or forged documents."),
        Purpose.INFORM: QCoreApplication.translate("Purpose", "Note discreetly and tell the owner of the list."),
    }
    return words[purpose]


def view_words(view: View) -> str:
    words = {
        View.LEAD: QCoreApplication.translate("View", "Lead"),
        View.NOT_THIS_PERSON: QCoreApplication.translate("View", "Not this person"),
        View.CANNOT_TELL: QCoreApplication.translate("View", "Cannot tell"),
    }
    return words[view]


def moment(at: datetime) -> str:
    """Day and time of the clock on the wall, to the second."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp())).toLocalTime()
    return local.toString("yyyy-MM-dd HH:mm:ss")


def clock(at: datetime) -> str:
    """The time when it was today, otherwise the day: what a narrow column has room for."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp())).toLocalTime()
    if local.date() == QDate.currentDate():
        return local.toString("HH:mm")
    return QLocale().toString(local.date(), "d MMM")


def day(text: str) -> str:
    """A whole or partial ISO date as the person's language writes it; what is not a date stays as it is."""
    whole = QDate.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(whole, "d MMMM yyyy") if whole.isValid() else text


def text_label(words: str) -> QLabel:
    """Plain text (nothing in a record is markup), wrapped, that can be marked and copied."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def clear_layout(layout: QLayout) -> None:
    """Take everything out, and let go of it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear_layout(inner)
            inner.deleteLater()
