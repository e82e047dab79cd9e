"""What leaves a post: asked for with a reason, written down before the first byte, in a file that only its maker reads."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from matching.faces.images import decode, png
from watchlists.exchange.leaving import LeavingRecord, as_csv, as_entities
from watchlists.exchange.nist_files import Leaving, as_nist
from watchlists.records import reading
from watchlists.records.records import RecordRefused
from watchlists.records.standing import standing
from workstation.errors import OperatorError
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat


class Form(StrEnum):
    CSV = "csv"
    ENTITIES = "ftm"
    """FollowTheMoney, one JSON object a line."""
    NIST = "nist"
    """ANSI/NIST-ITL: one record with its photographs."""


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    records: int
    digest: str
    """SHA-256 of the file, as the log keeps it."""


class Exporting:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def export(
        self, path: Path, form: Form, reason: str, *, list_name: str = "", record_id: int | None = None, approved_by: str = ""
    ) -> Done[Exported]:
        """Write the records of a list, of all lists, or one record to a new file.

        `approved_by`: the second person, once exports need one (issue 15); the entry says who it was. OperatorError when the
        file is there already or cannot be written: then the log says that nothing left.
        """
        if not reason.strip():
            raise RecordRefused("Enter why the records leave the post.", "reason")
        if path.exists() or path.is_symlink():
            raise OperatorError("{path} is there already. Name a new file.", path=path)
        with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, now):
            leaving = _leaving(session, list_name, record_id)
            data = _nist(session, leaving, self._seat.post.facts.name, now) if form is Form.NIST else _written(form, leaving)
            digest = hashlib.sha256(data).hexdigest()
            details: dict[str, object] = {
                "file": path.name, "form": form.value, "list": list_name, "records": len(leaving), "digest": digest,
                "reason": reason, "approved_by": approved_by,
            }  # fmt: skip # a table
            if record_id is not None:
                details["record"] = record_id
            self._seat.log(session, person.login, "records.exported", "post", details)
        try:
            write_new(path, data)
        except OSError as error:
            with self._seat.acting(Act.CHANGE_RECORDS) as (session, person, _):
                self._seat.log(session, person.login, "export.failed", "post", {"file": path.name, "digest": digest})
            raise OperatorError(
                "{path} cannot be written: {why}. Nothing left the post.", path=path, why=error.strerror
            ) from error
        return Done(Exported(path, len(leaving), digest), Changed.AUDIT)


def write_new(path: Path, data: bytes) -> None:
    """A file that was not there, readable by its owner alone, whole or not at all. OSError when it cannot be."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _leaving(session: Session, list_name: str, record_id: int | None) -> list[LeavingRecord]:
    lists = {each.id: each for each in reading.watchlists(session)}
    if list_name and list_name not in {each.name for each in lists.values()}:
        raise RecordRefused("There is no list “{name}”.", "list", name=list_name)
    found = [
        LeavingRecord(lists[each.watchlist_id], each)
        for each in standing(session, None if record_id is None else [record_id])
        if not list_name or lists[each.watchlist_id].name == list_name
    ]
    if record_id is not None and not found:
        raise RecordRefused("There is no record {record}. Search for it by name.", record=record_id)
    return found


def _written(form: Form, leaving: Sequence[LeavingRecord]) -> bytes:
    if form is Form.CSV:
        return b"\xef\xbb\xbf" + as_csv(leaving).encode()
    return "".join(f"{line}\n" for line in as_entities(leaving)).encode()


def _nist(session: Session, leaving: Sequence[LeavingRecord], agency: str, now: datetime) -> bytes:
    if len(leaving) != 1:
        raise OperatorError("An ANSI/NIST file holds one person. Name the record.")
    record = leaving[0]
    photos = []
    for portrait in reading.record(session, record.standing.record_id).portraits:
        image = _as_jpeg_or_png(portrait.image)
        height, width = decode(image).shape[:2]
        photos.append((image, portrait.taken_on, (width, height)))
    return as_nist(Leaving(record.reference, record.standing.particulars, photos), agency, now)


def _as_jpeg_or_png(data: bytes) -> bytes:
    """The photograph as it was given, where readers of ANSI/NIST files know its form; otherwise anew, every pixel kept."""
    return data if data.startswith((b"\xff\xd8\xff", b"\x89PNG")) else png(decode(data))
