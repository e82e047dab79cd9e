"""The log's acts and subjects as a person reads them. In English every word is one that the search finds in the entry."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

DECISIONS = frozenset(
    {"verdict.given", "record.added", "record.amended", "record.withdrawn", "portrait.added", "list.added", "person.added",
     "person.let.go", "role.changed", "password.reset", "settings.changed", "records.imported", "records.exported"}
)  # fmt: skip # a set of names
"""Acts that changed what the post decides or whom it looks for."""
WARNINGS = frozenset({"sign.in.refused", "clock.set.back"})
"""Acts that an auditor asks about first."""


def act_words(act: str) -> str:
    """What was done. An act that a later program wrote stays as it is."""
    words = {
        "person.added": QCoreApplication.translate("Act", "Person added"),
        "person.let.go": QCoreApplication.translate("Act", "Person let go"),
        "role.changed": QCoreApplication.translate("Act", "Role changed"),
        "password.reset": QCoreApplication.translate("Act", "Password reset"),
        "login.unlocked": QCoreApplication.translate("Act", "Login unlocked"),
        "password.changed": QCoreApplication.translate("Act", "Password changed"),
        "signed.in": QCoreApplication.translate("Act", "Signed in"),
        "sign.in.refused": QCoreApplication.translate("Act", "Sign in refused"),
        "signed.out": QCoreApplication.translate("Act", "Signed out"),
        "screened": QCoreApplication.translate("Act", "Screened"),
        "looked.up": QCoreApplication.translate("Act", "Document looked up"),
        "screening.closed": QCoreApplication.translate("Act", "Screening closed"),
        "screening.reopened": QCoreApplication.translate("Act", "Screening reopened"),
        "document.disowned": QCoreApplication.translate("Act", "Document disowned"),
        "clock.confirmed": QCoreApplication.translate("Act", "Clock confirmed"),
        "alert.opened": QCoreApplication.translate("Act", "Alert opened"),
        "verdict.given": QCoreApplication.translate("Act", "Verdict given"),
        "list.added": QCoreApplication.translate("Act", "List added"),
        "record.read": QCoreApplication.translate("Act", "Record read"),
        "record.added": QCoreApplication.translate("Act", "Record added"),
        "record.amended": QCoreApplication.translate("Act", "Record amended"),
        "record.withdrawn": QCoreApplication.translate("Act", "Record withdrawn"),
        "portrait.added": QCoreApplication.translate("Act", "Portrait added"),
        "settings.changed": QCoreApplication.translate("Act", "Settings changed"),
        "audit.verified": QCoreApplication.translate("Act", "Audit verified"),
        "audit.exported": QCoreApplication.translate("Act", "Audit exported"),
        "records.compared": QCoreApplication.translate("Act", "Records compared"),
        "records.imported": QCoreApplication.translate("Act", "Records imported"),
        "records.exported": QCoreApplication.translate("Act", "Records exported"),
        "export.failed": QCoreApplication.translate("Act", "Export failed"),
        "search.tested": QCoreApplication.translate("Act", "Search tested"),
        "clock.set.back": QCoreApplication.translate("Act", "Clock set back"),
    }
    return words.get(act, act)


def subject_words(subject: str) -> str:
    """What it was done to: “record:12” is Record 12, a person is their login."""
    kind, _, name = subject.partition(":")
    words = {
        "record": QCoreApplication.translate("Subject", "Record {name}"),
        "alert": QCoreApplication.translate("Subject", "Alert {name}"),
        "screening": QCoreApplication.translate("Subject", "Screening {name}"),
        "list": QCoreApplication.translate("Subject", "List {name}"),
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
