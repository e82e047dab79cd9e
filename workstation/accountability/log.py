"""The log of every act: append-only, each entry in the transaction of what it tells, provable by anyone with the public key.

A leaf of the tree is a salted commitment to the entry, so that an entry can be erased later and every proof still holds.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workstation.accountability import signed_notes
from workstation.accountability.merkle import Frontier
from workstation.schema import AuditRow, CheckpointRow, FrontierRow
from workstation.sentences import Sentence

CLOCK_SET_BACK = "clock.set.back"
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class AuditEntry:
    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    details: Mapping[str, object]
    training: bool


@dataclass(frozen=True, slots=True)
class AuditReport:
    size: int
    root: str
    checkpoints: int
    faults: tuple[Sentence, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


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
    """Write entries of one moment in their order, and give the number of the last: the tree is read and kept once for all."""
    last = session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
    first = 0 if last is None else last.number + 1
    entries = [(actor, each) for each in told]
    if last is not None:
        before = datetime.fromisoformat(json.loads(last.body)["at"])
        if now < before:
            entries.insert(0, ("clock", Told(CLOCK_SET_BACK, "post", {"was": before.isoformat()})))
    frontier = _stored_frontier(session)
    for number, (who, entry) in enumerate(entries, start=first):
        row = _row(number, now, who, entry, training=training)
        session.add(row)
        frontier.append(row.commitment)
    _store_frontier(session, frontier)
    session.flush()
    return first + len(entries) - 1


def _row(number: int, now: datetime, actor: str, told: Told, *, training: bool) -> AuditRow:
    body = json.dumps(
        {
            "at": now.isoformat(timespec="milliseconds"),
            "actor": actor,
            "act": told.act,
            "subject": told.subject,
            "details": dict(told.details),
            "training": training,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )
    salt = os.urandom(SALT_BYTES)
    return AuditRow(number=number, commitment=hashlib.sha256(salt + body.encode()).digest(), salt=salt, body=body)


def checkpoint(session: Session, key: Ed25519PrivateKey, origin: str, now: datetime) -> str | None:
    """Sign the log as it stands and keep the note; None when nothing was added since the last one."""
    frontier = _stored_frontier(session)
    if frontier.size == 0 or session.get(CheckpointRow, frontier.size) is not None:
        return None
    note = signed_notes.signed(signed_notes.checkpoint_at(origin, frontier.size, frontier.root(), now), key)
    session.add(CheckpointRow(size=frontier.size, note=note))
    session.flush()
    return note


def entries(session: Session, *, offset: int = 0, limit: int = 200, text: str = "") -> tuple[AuditEntry, ...]:
    """Entries newest first; with `text`, those in which each of its words stands."""
    query = select(AuditRow).order_by(AuditRow.number.desc()).offset(offset).limit(limit)
    for word in text.split():
        query = query.where(or_(AuditRow.body.icontains(word, autoescape=True)))
    return tuple(_entry(row) for row in session.scalars(query))


def verify(session: Session, public_key: Ed25519PublicKey, origin: str, outside: Sequence[str] = ()) -> AuditReport:
    """Recompute everything: each entry against its commitment, each root against every signed checkpoint, the order of times.

    `outside` are notes that were kept outside the store; a store that was swapped, cut or forked cannot agree with them.
    """
    faults: list[Sentence] = []
    inside = list(session.scalars(select(CheckpointRow.note).order_by(CheckpointRow.size)))
    roots: dict[int, bytes] = {}
    wanted = {*_checkpoints(inside, "in the store", origin, public_key, faults)}
    wanted |= {*_checkpoints(outside, "outside the store", origin, public_key, faults)}
    sizes = {size for size, _ in wanted}
    frontier, before = Frontier(), ""
    for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=1000)):
        if row.number != frontier.size:
            faults.append(
                Sentence(
                    "Entry {wanted} is missing: the next one is {number}.", {"wanted": frontier.size, "number": row.number}
                )
            )
        if hashlib.sha256(row.salt + row.body.encode()).digest() != row.commitment:
            faults.append(Sentence("Entry {number} was changed: it is not what was committed to.", {"number": row.number}))
        at, act = _time_and_act(row.body)
        if at and at < before and act != CLOCK_SET_BACK:
            faults.append(Sentence("Entry {number} is earlier than the one before it.", {"number": row.number}))
        before = at
        frontier.append(row.commitment)
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    for size, root in sorted(wanted):
        if size > frontier.size:
            said = "The log was cut off: {size} entries were signed, {found} are here."
            faults.append(Sentence(said, {"size": size, "found": frontier.size}))
        elif roots.get(size) != root:
            said = "The first {size} entries are not those that were signed: one was changed, removed, added or moved."
            faults.append(Sentence(said, {"size": size}))
    kept = _stored_frontier(session)
    if (kept.size, kept.root()) != (frontier.size, frontier.root()):
        faults.append(Sentence("The entries do not add up to the tree that was kept with them."))
    return AuditReport(frontier.size, frontier.root().hex(), len(wanted), tuple(faults))


def export(session: Session, path: Path, verifier_key: str) -> None:
    """Write the whole log as JSON lines for `audit_verifier.py` beside this: a head, the entries, the signed checkpoints."""
    with path.open("w", encoding="utf-8") as file:
        for line in _exported(session, verifier_key):
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


def _exported(session: Session, verifier_key: str) -> Iterator[dict[str, object]]:
    yield {"kind": "amaan audit log", "version": 1, "key": verifier_key}
    for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=1000)):
        yield {"number": row.number, "commitment": row.commitment.hex(), "salt": row.salt.hex(), "body": row.body}
    for note in session.scalars(select(CheckpointRow.note).order_by(CheckpointRow.size)):
        yield {"checkpoint": note}


def _checkpoints(
    texts: Iterable[str], where: str, origin: str, public_key: Ed25519PublicKey, faults: list[Sentence]
) -> Iterator[tuple[int, bytes]]:
    for number, text in enumerate(texts, start=1):
        try:
            found = signed_notes.opened(text, origin, public_key)
        except ValueError as error:
            values = {"number": number, "where": where, "why": str(error)}
            faults.append(Sentence("Checkpoint {number} {where} cannot be trusted: {why}.", values))
        else:
            yield found.size, found.root


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


def _time_and_act(body: str) -> tuple[str, str]:
    """Times are ISO 8601 in UTC with one precision, so that they order as text; a body that was damaged gives nothing."""
    try:
        parts = json.loads(body)
        return str(parts["at"]), str(parts["act"])
    except (ValueError, KeyError, TypeError):
        return "", ""


def _stored_frontier(session: Session) -> Frontier:
    rows = session.scalars(select(FrontierRow)).all()
    return Frontier(sum(2**row.height for row in rows), {row.height: row.hash for row in rows})


def _store_frontier(session: Session, frontier: Frontier) -> None:
    for row in session.scalars(select(FrontierRow)).all():
        if row.height not in frontier.subtrees:
            session.delete(row)
    for height, subtree in frontier.subtrees.items():
        session.merge(FrontierRow(height=height, hash=subtree))
