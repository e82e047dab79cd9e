"""Entries commit to rows: a table of digests, and one entry that takes over the rows of the version before.

What stands here was written once and for all: it imports nothing that a later version may change.
"""

import hashlib
import json
import os
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = (
    "alerts", "budget_decisions", "budget_proposals", "candidates", "companions", "people", "portraits", "record_versions",
    "records", "screenings", "settings", "templates", "thresholds", "travel_groups", "verdicts", "watchlists",
)  # fmt: skip # a set of names
_SILENT: dict[str, dict[str, object]] = {
    "candidates": {"grounds": ""},
    "people": {"must_change_password": 0},
    "portraits": {"taken_on": ""},
    "record_versions": {"folded_numbers": ""},
    "screenings": {"document": "", "no_photo": "", "notes": "[]"},
    "templates": {"cohort": "", "normaliser": 0.0},
}
"""What a column added by an earlier migration holds in the rows before it: it says nothing and is left out."""


def upgrade() -> None:
    op.create_table(
        "row_bindings",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry", "kind", "key", name=op.f("pk_row_bindings")),
    )
    op.create_index("ix_row_bindings_kind", "row_bindings", ["kind", "key"], unique=False)
    # A salt may be erased, and nothing else of a row.
    op.execute(
        "CREATE TRIGGER row_bindings_update BEFORE UPDATE OF entry, kind, key, digest ON row_bindings"
        " BEGIN SELECT RAISE(ABORT, 'row_bindings is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER row_bindings_delete BEFORE DELETE ON row_bindings"
        " BEGIN SELECT RAISE(ABORT, 'row_bindings is append-only'); END"
    )
    _adopt()


def downgrade() -> None:
    """The commitments go; a later upgrade takes the rows over once more, which the log then shows as a fault."""
    op.drop_index("ix_row_bindings_kind", table_name="row_bindings")
    op.drop_table("row_bindings")


def _adopt() -> None:
    """One entry for all rows there are, unless the store is new."""
    store = op.get_bind()
    last = store.exec_driver_sql("SELECT number, body FROM audit_entries ORDER BY number DESC LIMIT 1").fetchone()
    entry = 0 if last is None else last[0] + 1
    bound = [row for table in _TABLES for row in _bindings(store, table, entry)]
    if not bound:
        return
    store.exec_driver_sql("INSERT INTO row_bindings (entry, kind, key, digest, salt) VALUES (?, ?, ?, ?, ?)", bound)
    lines = "".join(f"{kind} {key} {digest.hex()}\n" for _, kind, key, digest, _ in sorted(bound, key=lambda row: row[1:3]))
    before = datetime.min.replace(tzinfo=UTC) if last is None else datetime.fromisoformat(json.loads(last[1])["at"])
    body = {
        "at": max(before, datetime.now(UTC)).isoformat(timespec="milliseconds"),
        "actor": "program",
        "act": "rows.adopted",
        "subject": "post",
        "details": {"rows": len(bound)},
        "training": bool(last and json.loads(last[1])["training"]),
        "rows": {"count": len(bound), "root": hashlib.sha256(lines.encode()).hexdigest()},
    }
    text, salt = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")), os.urandom(16)
    leaf = hashlib.sha256(salt + text.encode()).digest()
    store.exec_driver_sql(
        "INSERT INTO audit_entries (number, commitment, salt, body) VALUES (?, ?, ?, ?)", (entry, leaf, salt, text)
    )
    _append_to_tree(store, leaf)


def _bindings(store: sa.Connection, table: str, entry: int) -> list[tuple[int, str, str, bytes, bytes]]:
    keys = sa.inspect(store).get_pk_constraint(table)["constrained_columns"]
    silent = _SILENT.get(table, {})
    found = []
    for row in store.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
        key = "/".join(str(row[name]) for name in keys)
        said = {
            name: {"sha256": hashlib.sha256(value).hexdigest()} if isinstance(value, bytes) else value
            for name, value in row.items()
            if name not in keys and value is not None and value != silent.get(name)
        }
        receipt = {name: said.pop(name) for name in ("receipt",) if name in said}
        parts = [(table, said)] + ([("receipts", receipt)] if table == "screenings" else [])
        for kind, content in parts:
            text = json.dumps(
                {"kind": kind, "key": key, "row": content}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
            )
            salt = os.urandom(16)
            found.append((entry, kind, key, hashlib.sha256(salt + text.encode("utf-8", "replace")).digest(), salt))
    return found


def _append_to_tree(store: sa.Connection, leaf: bytes) -> None:
    """The leaf joins the roots of the perfect subtrees (RFC 9162, section 2.1)."""
    subtrees: dict[int, bytes] = dict(store.exec_driver_sql("SELECT height, hash FROM audit_frontier").fetchall())
    carried, height = hashlib.sha256(b"\x00" + leaf).digest(), 0
    while height in subtrees:
        carried = hashlib.sha256(b"\x01" + subtrees[height] + carried).digest()
        store.exec_driver_sql("DELETE FROM audit_frontier WHERE height = ?", (height,))
        height += 1
    store.exec_driver_sql("INSERT INTO audit_frontier (height, hash) VALUES (?, ?)", (height, carried))
