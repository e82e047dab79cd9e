"""What a row says, as text that can be digested: the same for the program, for a migration and for anybody with the key.

Every table is bound to the log but for those in UNBOUND. The content of a row is JSON, keys sorted, without spaces: its kind,
its key, and its columns as SQLite holds them. Bytes stand as their SHA-256. A column that says nothing (NULL, or what a
migration gives to the rows before it) is left out, so that a later schema does not change what earlier entries committed to.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from watchlists.records.schema import Stored
from workstation import schema

UNBOUND = frozenset(
    {
        schema.AuditRow.__tablename__,
        schema.CheckpointRow.__tablename__,
        schema.FrontierRow.__tablename__,
        schema.BindingRow.__tablename__,
        schema.NearestDistanceRow.__tablename__,
        "read_photographs",
    }
)
"""The log itself; distances under drawn ids, which no order is to be kept of; work in progress of an import."""
APPEND_ONLY = frozenset(
    {
        "alert_takings",
        "alerts",
        "audit_checkpoints",
        "audit_entries",
        "budget_decisions",
        "budget_proposals",
        "candidates",
        "companions",
        "portrait_changes",
        "record_versions",
        "row_bindings",
        "thresholds",
        "travel_groups",
        "verdicts",
    }
)
"""Tables whose rows the store refuses to change or delete; a second statement about one of their rows is a fault."""
RECEIPTS = "receipts"
"""A screening's receipt is bound by itself: it stays when the rest of the screening is erased, and it may be shown."""
_NOUNS = {
    "alerts": "Alert",
    "budget_decisions": "Budget decision",
    "budget_proposals": "Budget proposal",
    "candidates": "Candidate",
    "companions": "Companion",
    "people": "Person",
    "portraits": "Portrait",
    RECEIPTS: "Receipt",
    "record_versions": "Record version",
    "records": "Record",
    "screenings": "Screening",
    "settings": "Setting",
    "templates": "Template",
    "thresholds": "Threshold",
    "travel_groups": "Travel group",
    "verdicts": "Verdict",
    "watchlists": "List",
}


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one table, or one column of them, as entries speak of them."""

    name: str
    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    """Without the key."""
    silent: Mapping[str, object]
    """What a column holds when it says nothing, by its name."""

    def query(self, where: str = "") -> str:
        """SQL for keys and columns, in the order of the key."""
        quoted = ", ".join(f'"{name}"' for name in (*self.key, *self.columns))
        order = ", ".join(f'"{name}"' for name in self.key)
        return f'SELECT {quoted} FROM "{self.table}" {where} ORDER BY {order}'  # noqa: S608 - names of our own tables

    def read(self, row: tuple[object, ...]) -> tuple[str, str]:
        """Key and content of a row that `query` gave."""
        width = len(self.key)
        key = "/".join(str(part) for part in row[:width])
        said = {
            name: {"sha256": hashlib.sha256(value).hexdigest()} if isinstance(value, bytes) else value
            for name, value in zip(self.columns, row[width:], strict=True)
            if value is not None and value != self.silent.get(name)
        }
        parts = {"kind": self.name, "key": key, "row": said}
        return key, _CANONICAL.encode(parts)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of row that is bound, by its name."""
    found = {}
    for table in Stored.metadata.sorted_tables:
        if table.name not in UNBOUND:
            whole = _kind(table, table.name, lambda name: name != "receipt")
            found[whole.name] = whole
            if "receipt" in table.columns:
                found[RECEIPTS] = _kind(table, RECEIPTS, lambda name: name == "receipt")
    return found


@cache
def kinds_of(table: str) -> tuple[Kind, ...]:
    return tuple(kind for kind in kinds().values() if kind.table == table)


def digest(salt: bytes, content: str) -> bytes:
    return hashlib.sha256(salt + content.encode("utf-8", "replace")).digest()


def contents(session: Session, kind: Kind, where: str = "", *values: object) -> Iterator[tuple[str, str]]:
    """Keys and contents of the rows, as they lie in the store."""
    for row in raw_rows(session, kind.query(where), *values):
        yield kind.read(row)


def raw_rows(session: Session, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """Rows as the driver gives them, with nothing between: millions of them are read to verify a log."""
    connection = session.connection().connection.driver_connection
    if connection is None:
        raise RuntimeError("the session has no connection")
    yield from connection.execute(query, values)


def one(session: Session, kind: Kind, key: tuple[object, ...]) -> str | None:
    """The content of one row; None when there is none."""
    return next((kind.read(row)[1] for row in raw_rows(session, _one_query(kind.name), *key)), None)


@cache
def _one_query(name: str) -> str:
    kind = kinds()[name]
    return kind.query("WHERE " + " AND ".join(f'"{column}" = ?' for column in kind.key))


def spoken(kind: str, key: str) -> str:
    """The thing as a person says it: “Verdict 12”, “Candidate 4/1”."""
    return f"{_NOUNS.get(kind, kind.replace('_', ' ').capitalize())} {key}"


def _kind(table: Table, name: str, wanted: Callable[[str], bool]) -> Kind:
    key = tuple(column.name for column in table.primary_key.columns)
    columns = [column for column in table.columns if column.name not in key and wanted(column.name)]
    silent: dict[str, object] = {}
    for column in columns:
        default = column.server_default
        if default is not None:
            text = str(default.arg)  # type: ignore[attr-defined] # each of ours is a literal
            silent[column.name] = text if column.type.python_type is str else _number(text)
    return Kind(name, table.name, key, tuple(column.name for column in columns), silent)


def _number(literal: str) -> float:
    """A default that is no text, as SQLite holds it."""
    return {"false": 0.0, "true": 1.0}[literal] if literal in {"false", "true"} else float(literal)
