"""The log binds the store: whatever rows an act writes, its entry commits to, in the same transaction.

A session of `Acting` notes every row that it adds, changes or deletes; `bind` digests them for the entry that is written next.
"""

import hashlib
import os
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Delete, Table, Update, UpdateBase, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from workstation.accountability import contents
from workstation.schema import BindingRow

SALT_BYTES = 16
_TOUCHED = "rows that no entry tells of yet"


class Acting(Session):
    """A session that writes. A statement that adds bound rows in bulk, past their keys, is a bug and raises TypeError."""


def unbound(session: Session) -> int:
    """How many rows were written since the last entry."""
    session.flush()
    return len(session.info.get(_TOUCHED, ()))


def bind(session: Session, entry: int) -> dict[str, object] | None:
    """Commit to every row written since the last entry under this one; what the entry's body says of it."""
    session.flush()
    touched: dict[tuple[str, tuple[object, ...]], None] = session.info.get(_TOUCHED, {})
    if not touched:
        return None
    session.info[_TOUCHED] = {}
    rows = []
    for table, key in touched:
        for kind in contents.kinds_of(table):
            content = contents.one(session, kind, key)
            salt = os.urandom(SALT_BYTES) if content is not None else b""
            digest = contents.digest(salt, content) if content is not None else b""
            joined = "/".join(str(part) for part in key)
            rows.append({"entry": entry, "kind": kind.name, "key": joined, "digest": digest, "salt": salt})
    session.connection().execute(insert(BindingRow.__table__), rows)  # type: ignore[arg-type] # a Table
    return {"count": len(rows), "root": root((row["kind"], row["key"], row["digest"]) for row in rows)}


def root(bound: Iterable[tuple[Any, Any, Any]]) -> str:
    """SHA-256, in hexadecimal, over a line “kind key digest” for each row, in the order of kind and key."""
    lines = "".join(f"{kind} {key} {digest.hex()}\n" for kind, key, digest in sorted(bound))
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()


@event.listens_for(Acting, "after_flush")
def _note(session: Session, _: Any) -> None:
    touched = session.info.setdefault(_TOUCHED, {})
    for row in (*session.new, *session.dirty, *session.deleted):
        state = inspect(row)
        table = str(state.mapper.local_table.name)
        if table in contents.UNBOUND or (row in session.dirty and not session.is_modified(row)):
            continue
        touched[table, tuple(state.mapper.primary_key_from_instance(row))] = None


@event.listens_for(Acting, "do_orm_execute")
def _note_many(statement: ORMExecuteState) -> None:
    """A statement that changes or deletes many rows at once: those that it will reach are noted first."""
    said = statement.statement
    if not isinstance(said, UpdateBase) or not isinstance(said.table, Table) or said.table.name in contents.UNBOUND:
        return
    if not isinstance(said, Update | Delete):
        raise TypeError(f"rows of {said.table.name} are added through the session, so that the log commits to each")
    reached = select(*said.table.primary_key.columns)
    if said.whereclause is not None:
        reached = reached.where(said.whereclause)
    touched = statement.session.info.setdefault(_TOUCHED, {})
    for key in statement.session.connection().execute(reached):
        touched[said.table.name, tuple(key)] = None
