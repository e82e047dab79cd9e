"""What a post decides for itself. Kept in the store, so that a change needs a sign-in and is logged."""

import json
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.capture import camera
from workstation.documents.watching import watched_folder
from workstation.errors import OperatorError
from workstation.schema import SettingRow

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
    known = {field.name for field in fields(Settings)}
    rows = session.scalars(select(SettingRow).where(SettingRow.name.in_(known)))
    return Settings(**{row.name: json.loads(row.value) for row in rows})


def change(session: Session, wanted: Settings) -> dict[str, object]:
    """What is different now, by name. OperatorError names the first value that cannot be."""
    _check(wanted)
    before = asdict(settings(session))
    different = {name: value for name, value in asdict(wanted).items() if value != before[name]}
    for name, value in different.items():
        session.merge(SettingRow(name=name, value=json.dumps(value)))
    session.flush()
    return different


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
            source=wanted.document_source.strip(),
        )
    if not 1 <= wanted.idle_lock_minutes <= 60:
        raise OperatorError("The idle lock takes 1 to 60 minutes.")
    if wanted.theme not in THEMES:
        raise OperatorError("“{theme}” is not a theme. Choose one of: {themes}.", theme=wanted.theme, themes=THEMES)
    if not 12 <= wanted.text_size <= 28:
        raise OperatorError("The text size takes 12 to 28 pixels.")
    if not 1 <= wanted.alert_most <= 20:
        raise OperatorError("An alert takes 1 to 20 candidates.")
