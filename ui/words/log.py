"""The log's acts and subjects as a person reads them. In English every word is one that the search finds in the entry."""

from collections.abc import Mapping
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from workstation.accountability.acts import Deed

DECISIONS = frozenset(
    {
        Deed.POST_MADE, Deed.VERDICT_GIVEN, Deed.RECORD_ADDED, Deed.RECORD_AMENDED, Deed.RECORD_WITHDRAWN, Deed.PORTRAIT_ADDED,
        Deed.PORTRAIT_REMOVED,
        Deed.LIST_ADDED, Deed.PERSON_ADDED, Deed.PERSON_LET_GO, Deed.SETTINGS_CHANGED, Deed.BUDGET_ASKED,
        Deed.BUDGET_CONFIRMED, Deed.BUDGET_TURNED_DOWN, Deed.CALIBRATION_TAKEN, Deed.THRESHOLD_CHANGED,
        Deed.TEMPLATES_RENEWED, Deed.ANSWERED_FOR, Deed.ROLE_CHANGED, Deed.PASSWORD_RESET, Deed.RECORDS_IMPORTED,
        Deed.RECORDS_EXPORTED, Deed.LOGIN_UNLOCKED,
    }
)  # fmt: skip # a set of names
"""Acts that changed what the post decides or whom it looks for."""
WARNINGS = frozenset(
    {
        Deed.SIGN_IN_REFUSED, Deed.CLOCK_SET_BACK, Deed.ACT_REFUSED, Deed.FAULT_FOUND, Deed.IN_FORCE_CHANGED,
        Deed.ROWS_WRITTEN, Deed.ROWS_ADOPTED, Deed.LOSS_ACCEPTED,
    }
)  # fmt: skip # a set of names
"""Acts that an auditor asks about first."""


def act_words(act: str) -> str:
    """What was done. An act that a later program wrote stays as it is."""
    try:
        deed = Deed(act)
    except ValueError:
        return act
    return _words(deed)


def _words(deed: Deed) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one line an act, and mypy proves that none is left out
    match deed:
        case Deed.POST_MADE:
            return QCoreApplication.translate("Act", "Post made")
        case Deed.PERSON_ADDED:
            return QCoreApplication.translate("Act", "Person added")
        case Deed.PERSON_LET_GO:
            return QCoreApplication.translate("Act", "Person let go")
        case Deed.PASSWORD_CHANGED:
            return QCoreApplication.translate("Act", "Password changed")
        case Deed.PASSWORD_RESET:
            return QCoreApplication.translate("Act", "Password reset")
        case Deed.ROLE_CHANGED:
            return QCoreApplication.translate("Act", "Role changed")
        case Deed.LOGIN_UNLOCKED:
            return QCoreApplication.translate("Act", "Login unlocked")
        case Deed.SIGNED_IN:
            return QCoreApplication.translate("Act", "Signed in")
        case Deed.SIGN_IN_REFUSED:
            return QCoreApplication.translate("Act", "Sign in refused")
        case Deed.SIGNED_OUT:
            return QCoreApplication.translate("Act", "Signed out")
        case Deed.PEOPLE_READ:
            return QCoreApplication.translate("Act", "People read")
        case Deed.SCREENED:
            return QCoreApplication.translate("Act", "Screened")
        case Deed.LOOKED_UP:
            return QCoreApplication.translate("Act", "Document looked up")
        case Deed.LOOKED_AT:
            return QCoreApplication.translate("Act", "Looked at")
        case Deed.PAGE_READ:
            return QCoreApplication.translate("Act", "Page read")
        case Deed.CHIP_READ:
            return QCoreApplication.translate("Act", "Chip read")
        case Deed.PORTRAIT_COMPARED:
            return QCoreApplication.translate("Act", "Portrait compared")
        case Deed.COMPANIONS_READ:
            return QCoreApplication.translate("Act", "Companions read")
        case Deed.DOCUMENT_DISOWNED:
            return QCoreApplication.translate("Act", "Document disowned")
        case Deed.LAST_TRAVELLERS_READ:
            return QCoreApplication.translate("Act", "Last travellers read")
        case Deed.SCREENING_REOPENED:
            return QCoreApplication.translate("Act", "Screening reopened")
        case Deed.SCREENING_CLOSED:
            return QCoreApplication.translate("Act", "Screening closed")
        case Deed.RECEIPT_READ:
            return QCoreApplication.translate("Act", "Receipt read")
        case Deed.ALERTS_READ:
            return QCoreApplication.translate("Act", "Alerts read")
        case Deed.ALERT_OPENED:
            return QCoreApplication.translate("Act", "Alert opened")
        case Deed.ALERT_TAKEN:
            return QCoreApplication.translate("Act", "Alert taken")
        case Deed.ALERT_GIVEN_BACK:
            return QCoreApplication.translate("Act", "Alert given back")
        case Deed.DAY_READ:
            return QCoreApplication.translate("Act", "Day read")
        case Deed.VERDICT_GIVEN:
            return QCoreApplication.translate("Act", "Verdict given")
        case Deed.INVESTIGATED:
            return QCoreApplication.translate("Act", "Investigated")
        case Deed.LIST_ADDED:
            return QCoreApplication.translate("Act", "List added")
        case Deed.LISTS_READ:
            return QCoreApplication.translate("Act", "Lists read")
        case Deed.RECORDS_FOUND:
            return QCoreApplication.translate("Act", "Records found")
        case Deed.RECORDS_COMPARED:
            return QCoreApplication.translate("Act", "Records compared")
        case Deed.RECORD_READ:
            return QCoreApplication.translate("Act", "Record read")
        case Deed.RECORD_ADDED:
            return QCoreApplication.translate("Act", "Record added")
        case Deed.RECORD_AMENDED:
            return QCoreApplication.translate("Act", "Record amended")
        case Deed.RECORD_WITHDRAWN:
            return QCoreApplication.translate("Act", "Record withdrawn")
        case Deed.RECORDS_DUE_READ:
            return QCoreApplication.translate("Act", "Records due read")
        case Deed.RECORDS_IMPORTED:
            return QCoreApplication.translate("Act", "Records imported")
        case Deed.RECORDS_EXPORTED:
            return QCoreApplication.translate("Act", "Records exported")
        case Deed.EXPORT_FAILED:
            return QCoreApplication.translate("Act", "Export failed")
        case Deed.PHOTO_CHECKED:
            return QCoreApplication.translate("Act", "Photo checked")
        case Deed.PORTRAIT_ADDED:
            return QCoreApplication.translate("Act", "Portrait added")
        case Deed.PORTRAIT_REMOVED:
            return QCoreApplication.translate("Act", "Portrait removed")
        case Deed.PORTRAIT_SET_FIRST:
            return QCoreApplication.translate("Act", "Portrait set first")
        case Deed.TEMPLATES_RENEWED:
            return QCoreApplication.translate("Act", "Templates renewed")
        case Deed.SETTINGS_CHANGED:
            return QCoreApplication.translate("Act", "Settings changed")
        case Deed.OPERATING_READ:
            return QCoreApplication.translate("Act", "Operating read")
        case Deed.BUDGET_FORECAST:
            return QCoreApplication.translate("Act", "Budget forecast")
        case Deed.BUDGET_ASKED:
            return QCoreApplication.translate("Act", "Budget asked")
        case Deed.BUDGET_CONFIRMED:
            return QCoreApplication.translate("Act", "Budget confirmed")
        case Deed.BUDGET_TURNED_DOWN:
            return QCoreApplication.translate("Act", "Budget turned down")
        case Deed.THRESHOLD_CHANGED:
            return QCoreApplication.translate("Act", "Threshold changed")
        case Deed.CALIBRATION_TAKEN:
            return QCoreApplication.translate("Act", "Calibration taken")
        case Deed.SEARCH_TESTED:
            return QCoreApplication.translate("Act", "Search tested")
        case Deed.IN_FORCE_CHANGED:
            return QCoreApplication.translate("Act", "In force changed")
        case Deed.AUDIT_READ:
            return QCoreApplication.translate("Act", "Audit read")
        case Deed.AUDIT_VERIFIED:
            return QCoreApplication.translate("Act", "Audit verified")
        case Deed.AUDIT_EXPORTED:
            return QCoreApplication.translate("Act", "Audit exported")
        case Deed.FAULT_FOUND:
            return QCoreApplication.translate("Act", "Fault found")
        case Deed.ANSWERED_FOR:
            return QCoreApplication.translate("Act", "Fault answered for")
        case Deed.LOSS_ACCEPTED:
            return QCoreApplication.translate("Act", "Loss accepted")
        case Deed.ACT_REFUSED:
            return QCoreApplication.translate("Act", "Act refused")
        case Deed.ROWS_WRITTEN:
            return QCoreApplication.translate("Act", "Rows written")
        case Deed.ROWS_ADOPTED:
            return QCoreApplication.translate("Act", "Rows adopted")
        case Deed.CLOCK_CONFIRMED:
            return QCoreApplication.translate("Act", "Clock confirmed")
        case Deed.CLOCK_SET_BACK:
            return QCoreApplication.translate("Act", "Clock set back")
        case _:
            assert_never(deed)


def subject_words(subject: str) -> str:
    """What it was done to: “record:12” is Record 12, a person is their login."""
    kind, _, name = subject.partition(":")
    words = {
        "record": QCoreApplication.translate("Subject", "Record {name}"),
        "alert": QCoreApplication.translate("Subject", "Alert {name}"),
        "screening": QCoreApplication.translate("Subject", "Screening {name}"),
        "list": QCoreApplication.translate("Subject", "List {name}"),
        "budget": QCoreApplication.translate("Subject", "Alert budget {name}"),
        "person": "{name}",
        "post": QCoreApplication.translate("Subject", "Post"),
        "audit": QCoreApplication.translate("Subject", "Audit log"),
    }
    return words[kind].format(name=name) if kind in words else subject


def detail_lines(details: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Each detail as it was written, names without underscores; nothing is left out."""
    return tuple((name.replace("_", " ").capitalize(), _written(value)) for name, value in details.items())


def _written(value: object) -> str:
    if value is None or value in ("", [], {}):
        return QCoreApplication.translate("Detail", "none")
    if isinstance(value, bool):
        return QCoreApplication.translate("Detail", "yes") if value else QCoreApplication.translate("Detail", "no")
    if isinstance(value, list):
        return "\n".join(_written(each) for each in value)
    text = str(value)
    return "\n".join(text[at : at + 32] for at in range(0, len(text), 32)) if _is_digest(text) else text


def _is_digest(text: str) -> bool:
    """A long word of hexadecimal digits, which no label can break by itself."""
    return len(text) >= 40 and all(letter in "0123456789abcdef" for letter in text)
