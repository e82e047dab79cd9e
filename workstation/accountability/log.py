"""The log of every act: append-only, each entry in the transaction of what it tells, provable by anyone with the public key.

A leaf of the tree is a salted commitment to the entry, so that an entry can be erased later and every proof still holds. An
entry commits to the rows that its transaction wrote (`binding`), so that what was decided is bound to who decided it.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workstation.accountability import binding, contents, signed_notes
from workstation.accountability.acts import Deed
from workstation.accountability.merkle import Frontier
from workstation.schema import AuditRow, CheckpointRow, FrontierRow

SALT_BYTES = 16
_WRITTEN = "what this session wrote"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    number: int
    at: datetime
    actor: str
    act: str
    """The value of a `Deed`; an act that a later program wrote stays as it is."""
    subject: str
    details: Mapping[str, object]
    training: bool


@dataclass(slots=True)
class Written:
    """What one session wrote into the log."""

    acts: set[str]
    at: datetime
    """Of the first of its entries."""
    size: int = 0
    """Entries of the whole log after the last of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that is to be written."""

    act: str
    subject: str
    details: Mapping[str, object]


def append(
    session: Session,
    now: datetime,
    actor: str,
    act: str,
    subject: str,
    details: Mapping[str, object],
    *,
    training: bool,
) -> int:
    """Write the entry in the caller's transaction and give its number. A clock that was set back is an entry of its own."""
    return append_all(session, now, actor, [Told(act, subject, details)], training=training)


def append_all(session: Session, now: datetime, actor: str, told: Sequence[Told], *, training: bool) -> int:
    """Write entries of one moment in their order, and give the number of the last: the tree is read and kept once for all.

    The last of them commits to the rows that were written since the entry before.
    """
    last = session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
    first = 0 if last is None else last.number + 1
    entries = [(actor, each) for each in told]
    if last is not None:
        before = datetime.fromisoformat(json.loads(last.body)["at"])
        if now < before:
            entries.insert(0, ("clock", Told(Deed.CLOCK_SET_BACK, "post", {"was": before.isoformat()})))
    rows = binding.bind(session, first + len(entries) - 1)
    frontier = stored_frontier(session)
    told_now: Written = session.info.setdefault(_WRITTEN, Written(set(), now))
    for number, (who, entry) in enumerate(entries, start=first):
        bound = rows if number == first + len(entries) - 1 else None
        row = _row(number, now, who, entry, bound, training=training)
        session.add(row)
        frontier.append(row.commitment)
        told_now.acts.add(str(entry.act))
    told_now.size = frontier.size
    _store_frontier(session, frontier)
    session.flush()
    return first + len(entries) - 1


def written(session: Session) -> Written | None:
    """What this session has written into the log; None when that is nothing."""
    return session.info.get(_WRITTEN)


def last_moment(session: Session) -> datetime | None:
    """When the newest entry was written; None when there is none."""
    body = session.scalar(select(AuditRow.body).order_by(AuditRow.number.desc()).limit(1))
    return None if body is None else datetime.fromisoformat(json.loads(body)["at"])


def checkpoint(
    session: Session, key: Ed25519PrivateKey, origin: str, now: datetime, uses: Mapping[str, str] | None = None
) -> str | None:
    """Sign the log as it stands and keep the note; None when nothing was added since the last one.

    `uses`: digests of what is in force at the post beside the store, by name.
    """
    frontier = stored_frontier(session)
    if frontier.size == 0 or session.get(CheckpointRow, frontier.size) is not None:
        return None
    head = signed_notes.checkpoint_at(origin, frontier.size, frontier.root(), now, reached(session), uses or {})
    note = signed_notes.signed(head, key)
    session.add(CheckpointRow(size=frontier.size, note=note))
    session.flush()
    return note


def reached(session: Session) -> dict[str, int]:
    """The highest numbers given out, by table: how far the store had come."""
    found = {}
    for table in ("people", "records", "screenings", "alerts", "verdicts"):
        highest = session.connection().exec_driver_sql(f'SELECT max(id) FROM "{table}"').scalar()  # noqa: S608 - ours
        found[table] = int(highest or 0)
    return found


def entries(session: Session, *, offset: int = 0, limit: int = 200, text: str = "") -> tuple[AuditEntry, ...]:
    """Entries newest first; with `text`, those in which each of its words stands."""
    query = select(AuditRow).order_by(AuditRow.number.desc()).offset(offset).limit(limit)
    for word in text.split():
        query = query.where(or_(AuditRow.body.icontains(word, autoescape=True)))
    return tuple(_entry(row) for row in session.scalars(query))


def export(session: Session, path: Path, verifier_key: str, *, whole: bool = False) -> None:
    """Write the log as JSON lines for `audit_verifier.py` beside this; with `whole`, what every row says too."""
    with path.open("w", encoding="utf-8") as file:
        for line in _exported(session, verifier_key, whole=whole):
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


def _exported(session: Session, verifier_key: str, *, whole: bool) -> Iterator[dict[str, object]]:
    yield {"kind": "amaan audit log", "version": 2, "key": verifier_key, "whole": whole}
    connection = session.connection()
    for number, commitment, salt, body in connection.exec_driver_sql(
        "SELECT number, commitment, salt, body FROM audit_entries ORDER BY number"
    ):
        yield {"number": number, "commitment": commitment.hex(), "salt": salt.hex(), "body": body}
    for entry, kind, key, digest, salt in connection.exec_driver_sql(
        "SELECT entry, kind, key, digest, salt FROM row_bindings ORDER BY entry, kind, key"
    ):
        yield {"entry": entry, "kind": kind, "key": key, "digest": digest.hex(), "salt": salt.hex()}
    for kind in contents.kinds().values():
        if whole or kind.name == contents.RECEIPTS:
            for _, content in contents.contents(session, kind):
                yield {"content": content}
    for (note,) in connection.exec_driver_sql("SELECT note FROM audit_checkpoints ORDER BY size"):
        yield {"checkpoint": note}


def size(session: Session) -> int:
    """How many entries there are, by the tree kept beside them."""
    return sum(2**height for height in session.scalars(select(FrontierRow.height)))


def stored_frontier(session: Session) -> Frontier:
    """The tree as it is kept beside the entries."""
    rows = session.scalars(select(FrontierRow)).all()
    return Frontier(sum(2**row.height for row in rows), {row.height: row.hash for row in rows})


def _row(number: int, now: datetime, actor: str, told: Told, rows: Mapping[str, object] | None, *, training: bool) -> AuditRow:
    parts = {
        "at": now.isoformat(timespec="milliseconds"),
        "actor": actor,
        "act": told.act,
        "subject": told.subject,
        "details": dict(told.details),
        "training": training,
    }
    if rows is not None:
        parts["rows"] = rows
    body = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    salt = os.urandom(SALT_BYTES)
    return AuditRow(number=number, commitment=hashlib.sha256(salt + body.encode()).digest(), salt=salt, body=body)


def _entry(row: AuditRow) -> AuditEntry:
    body = json.loads(row.body)
    return AuditEntry(
        number=row.number,
        at=datetime.fromisoformat(body["at"]),
        actor=body["actor"],
        act=body["act"],
        subject=body["subject"],
        details=body["details"],
        training=body["training"],
    )


def _store_frontier(session: Session, frontier: Frontier) -> None:
    for row in session.scalars(select(FrontierRow)).all():
        if row.height not in frontier.subtrees:
            session.delete(row)
    for height, subtree in frontier.subtrees.items():
        session.merge(FrontierRow(height=height, hash=subtree))
