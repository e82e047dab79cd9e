"""What a post decides for itself. Kept in the store, so that a change needs a sign-in and is logged."""

import json
from dataclasses import asdict, dataclass, fields, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.capture import camera, source_names
from workstation.documents.watching import watched_folder
from workstation.errors import OperatorError
from workstation.schema import SettingRow

SOURCES = ("source", "document_source")
"""Settings that may hold a password: kept sealed, and everywhere else without it."""
_SEALED = "sealed {name}"
THEMES = ("system", "light", "dark", "high contrast")


@dataclass(frozen=True, slots=True)
class Settings:
    lane: str = "1"
    source: str = "camera:0"
    """Where frames come from, as `workstation.capture.camera.open_source` takes it; training:travellers plays drawn people."""
    document_source: str = ""
    """Where pages come from: camera:1, a stream, folder-watch:/path for a scanner, training:documents; empty for none."""
    idle_lock_minutes: int = 5
    theme: str = "system"
    text_size: int = 16
    """Base size in pixels."""
    alert_most: int = 5
    """Candidates shown to the second line, nearest first."""
    second_network: str = ""
    """Name of the ONNX file of a second face network, as it was given; it is kept in the post's folder."""
    second_network_digest: str = ""
    second_network_licence: str = ""
    """Under which it may be used here."""
    index_file: bool = False
    """Templates are kept in a file beside the store and mapped into memory, in the clear: for very long lists."""


def settings(session: Session) -> Settings:
    """As they may be shown: addresses are without their passwords."""
    known = {field.name for field in fields(Settings)}
    rows = session.scalars(select(SettingRow).where(SettingRow.name.in_(known)))
    found = Settings(**{row.name: json.loads(row.value) for row in rows})
    return _hiding(found)


def whole(session: Session, key: Ed25519PrivateKey) -> Settings:
    """The settings with whole addresses, for whoever opens a source. Never shown and never logged."""
    found = settings(session)
    return replace(
        found,
        source=_whole(session, key, "source", found.source),
        document_source=_whole(session, key, "document_source", found.document_source),
    )


def change(session: Session, wanted: Settings, key: Ed25519PrivateKey) -> dict[str, object]:
    """What is different now, by name and without passwords. OperatorError names the first value that cannot be.

    An address that is given without its password, as it is shown, keeps the one that it has.
    """
    before, opened = settings(session), whole(session, key)
    wanted = replace(
        wanted,
        source=_given(wanted.source, before.source, opened.source),
        document_source=_given(wanted.document_source, before.document_source, opened.document_source),
    )
    _check(wanted)
    shown = _hiding(wanted)
    different = {name: value for name, value in asdict(shown).items() if value != asdict(before)[name]}
    for name, value in different.items():
        session.merge(SettingRow(name=name, value=json.dumps(value)))
    for name in SOURCES:
        if getattr(wanted, name) != getattr(opened, name):
            different.setdefault(name, getattr(shown, name))
            _seal(session, key, name, getattr(wanted, name))
    session.flush()
    return different


def _hiding(found: Settings) -> Settings:
    return replace(
        found,
        source=source_names.without_password(found.source),
        document_source=source_names.without_password(found.document_source),
    )


def _given(wanted: str, shown: str, opened: str) -> str:
    """The whole address that is meant. OperatorError for one whose password was taken out, and which is not the one kept."""
    given = opened if wanted.strip() == shown else wanted.strip()
    if source_names.is_hidden(given):
        raise OperatorError("Enter the whole address with its password; it is kept sealed and shown without it.")
    return given


def seal_passwords(session: Session, key: Ed25519PrivateKey) -> None:
    """Seal what an earlier program kept in the clear."""
    for name in SOURCES:
        row = session.get(SettingRow, name)
        address = json.loads(row.value) if row is not None else ""
        shown = source_names.without_password(address)
        if row is not None and shown != address:
            _seal(session, key, name, address)
            row.value = json.dumps(shown)


def _seal(session: Session, key: Ed25519PrivateKey, name: str, address: str) -> None:
    kept = session.get(SettingRow, _SEALED.format(name=name))
    if source_names.without_password(address) != address:
        session.merge(SettingRow(name=_SEALED.format(name=name), value=source_names.sealed(address, key)))
    elif kept is not None:
        session.delete(kept)


def _whole(session: Session, key: Ed25519PrivateKey, name: str, shown: str) -> str:
    """The address behind what is shown; what an earlier program kept in the clear as it is."""
    row = session.get(SettingRow, name)
    clear = json.loads(row.value) if row is not None else shown
    if not source_names.is_hidden(clear):
        return clear if source_names.without_password(clear) == shown else shown
    kept = session.get(SettingRow, _SEALED.format(name=name))
    try:
        return source_names.unsealed(kept.value, key) if kept is not None else shown
    except OperatorError:
        return shown  # whoever opens it says what to do


def _check(wanted: Settings) -> None:
    if not wanted.lane.strip() or len(wanted.lane) > 40:
        raise OperatorError("Enter the name of the lane in at most 40 characters.")
    if not wanted.source.strip():
        raise OperatorError("Enter where pictures come from, for example camera:0.")
    if watched_folder.is_watched(wanted.source):
        raise OperatorError("A watched folder is for documents. Enter it as the source of documents.")
    if watched_folder.is_watched(wanted.document_source):
        watched_folder.folder_of(wanted.document_source)
    if wanted.document_source and camera.same_source(wanted.source, wanted.document_source):
        raise OperatorError(
            "{source} already gives the traveller's pictures. Enter another source of documents, or leave it empty.",
            source=source_names.without_password(wanted.document_source.strip()),
        )
    if not 1 <= wanted.idle_lock_minutes <= 60:
        raise OperatorError("The idle lock takes 1 to 60 minutes.")
    if wanted.theme not in THEMES:
        raise OperatorError("“{theme}” is not a theme. Choose one of: {themes}.", theme=wanted.theme, themes=THEMES)
    if not 12 <= wanted.text_size <= 28:
        raise OperatorError("The text size takes 12 to 28 pixels.")
    if not 1 <= wanted.alert_most <= 20:
        raise OperatorError("An alert takes 1 to 20 candidates.")
