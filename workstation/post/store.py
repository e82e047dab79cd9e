"""The post's one store: SQLCipher through SQLAlchemy. The only module with SQL of this one database.

Readers see one committed state; a writer holds the store from its first statement, and its work is there whole or not at all.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.orm import Session

from workstation.errors import OperatorError

MIGRATIONS = Path(__file__).with_name("migrations")
KEY_BYTES = 32


class Store:
    """An open store. Sessions are short: one for a reading, one for an act."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with _spoken(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, begun at once; committed at the end of the block, and not at all when it raises."""
        with _spoken(self.path), Session(self._engine, expire_on_commit=False) as session:
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session
            session.commit()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with suppress(DBAPIError), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()


def create_store(path: Path, key: bytes) -> Store:
    """A new store of today's schema. The file is readable by its owner alone."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))
    engine = _engine(path, key)
    with _spoken(path), engine.connect() as connection:
        # Write-ahead logging is a property of the file: set once, at its creation.
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    store = Store(path, engine)
    upgrade(store)
    return store


def open_store(path: Path, key: bytes) -> Store:
    """The store at `path`, brought to today's schema. OperatorError when it cannot be opened or was made by a newer program."""
    if not path.exists():
        raise OperatorError("The store {path} is missing. Restore it from the last backup.", path=path)
    for part in (path, path.parent):
        if not os.access(part, os.W_OK):
            raise OperatorError("{path} cannot be written. Check the disk and its permissions.", path=part)
    store = Store(path, _engine(path, key))
    try:
        _check_readable(store)
        upgrade(store)
    except BaseException:
        store.close()
        raise
    return store


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the schema to a revision of the program's migrations; a store of an unknown, newer one is refused untouched."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    with _spoken(store.path), store._engine.connect() as connection:  # noqa: SLF001 - one module, one connection
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {script.revision for script in known.walk_revisions()}:
            raise OperatorError(
                "The store {path} was written by a newer version of this program. Install that version.", path=store.path
            )
        if revision == "head" and current == known.get_current_head():
            return
        connection.rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, revision) if revision == "head" else command.downgrade(config, revision)
        connection.commit()


def append_only(table: str) -> tuple[str, str]:
    """SQL of the triggers that refuse to change or delete a row of the table, whoever asks."""
    return tuple(  # type: ignore[return-value] # two statements
        f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for act in ("UPDATE", "DELETE")
    )


def _engine(path: Path, key: bytes) -> Engine:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store key has {KEY_BYTES} bytes, not {len(key)}")
    # Connections begin nothing by themselves (isolation_level None): SQLAlchemy's own BEGIN is the one statement.
    engine = create_engine(
        URL.create("sqlite", database=str(path)), module=sqlcipher3, connect_args={"isolation_level": None, "timeout": 10}
    )
    pragmas = (
        f"PRAGMA key = \"x'{key.hex()}'\"",
        "PRAGMA foreign_keys = ON",
        "PRAGMA synchronous = FULL",
        "PRAGMA secure_delete = ON",
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    return engine


def _check_readable(store: Store) -> None:
    """Every page's authentication code and the tree that they form; a cut or altered file is found here, not in use."""
    with store.reading() as session:
        faults: Iterable[str] = session.execute(text("PRAGMA cipher_integrity_check")).scalars().all()
        if any(faults):
            raise OperatorError(
                "The store {path} is damaged: {faults}. Restore it from the last backup.",
                path=store.path,
                faults="; ".join(faults),
            )
        session.execute(text("SELECT count(*) FROM sqlite_master"))


@contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """Turn what the machine did to the store into a sentence; what our statements did wrong stays a bug."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig).lower()
        for words, sentence in _MACHINE:
            if words in said:
                raise OperatorError(sentence, path=path) from error
        raise


_MACHINE = (
    ("full", "The disk with {path} is full. Nothing of the last act was saved; free some space and do it again."),
    ("readonly", "The store {path} is read-only. Nothing was saved; check the disk and its permissions."),
    ("not a database", "The store {path} cannot be read with this key, or it is not a store. Nothing was changed."),
    ("malformed", "The store {path} is damaged. Restore it from the last backup."),
    ("i/o error", "The disk with {path} failed. Nothing of the last act was saved; check the disk."),
    ("locked", "The store {path} is in use by another program. Close it and try again."),
)


def tables(connection: Connection) -> tuple[str, ...]:
    """Names of the tables and triggers of a store, for the tests of its migrations."""
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    return tuple(row[0] for row in rows)
