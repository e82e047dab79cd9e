"""A post on disk: a folder with its facts, its sealed keys, its store, and the checkpoints that are kept outside the store."""

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from filelock import FileLock, Timeout

from workstation.accountability import log, signed_notes
from workstation.accountability.log import AuditReport
from workstation.errors import OperatorError
from workstation.post import keys
from workstation.post.keys import PostKeys
from workstation.post.store import Store, create_store, open_store
from workstation.sentences import Sentence

FACTS, KEYS, STORE, LOCK, CHECKPOINTS = "post.json", "post.key", "store.db", "post.lock", "checkpoints.txt"
_BETWEEN = "\n=====\n"


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What anybody may know of a post."""

    id: str
    name: str
    training: bool
    created_at: str
    public_key: str
    """Verifier key of the post's checkpoints and receipts, as a signed note's reader takes it."""


class Post:
    """An open post. Only one program at a time has it open."""

    def __init__(self, folder: Path, facts: PostFacts, store: Store, signing_key: Ed25519PrivateKey, lock: FileLock) -> None:
        self.folder = folder
        self.facts = facts
        self.store = store
        self.signing_key = signing_key
        self._lock = lock
        self.faults: tuple[Sentence, ...] = ()
        """What was found wrong with the log when the post was opened."""

    @property
    def origin(self) -> str:
        return signed_notes.origin_of(self.facts.id)

    def verify_audit(self) -> AuditReport:
        """The log recomputed and held against every checkpoint, inside and outside the store."""
        outside = _notes_in(self.folder / CHECKPOINTS)
        with self.store.reading() as session:
            return log.verify(session, self.signing_key.public_key(), self.origin, outside)

    def checkpoint(self, now: datetime) -> None:
        """Sign the log as it stands, in the store and then outside it."""
        with self.store.writing() as session:
            note = log.checkpoint(session, self.signing_key, self.origin, now)
        if note is not None:
            with (self.folder / CHECKPOINTS).open("a", encoding="utf-8") as file:
                file.write(note + _BETWEEN)
                file.flush()
                os.fsync(file.fileno())

    def export_audit(self, path: Path) -> None:
        """The whole log in one file for the stand-alone verifier; there whole or not at all."""
        beside = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self.store.reading() as session:
                log.export(session, beside, self.facts.public_key)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise OperatorError("{path} cannot be written: {why}.", path=path, why=error.strerror) from error

    def close(self) -> None:
        self.store.close()
        self._lock.release()


def create_post(folder: Path, name: str, *, training: bool, now: datetime, passphrase: str | None = None) -> Post:
    """A new post in `folder`, which must not exist yet; there whole or not at all.

    A training post keeps its keys in the clear; a real one seals them under the passphrase, or, without one, in the
    desktop's key store. OperatorError when the folder exists, cannot be written, or the keys cannot be sealed.
    """
    if not name.strip():
        raise OperatorError("Enter a name for the post.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OperatorError("{folder} is there already. Choose a new folder for the post.", folder=folder)
    made = PostKeys.made()
    post_id = uuid.uuid4().hex
    if training:
        key_file = keys.in_the_clear(made)
    elif passphrase is not None:
        key_file = keys.under_passphrase(made, passphrase)
    else:
        key_file = keys.in_desktop_store(made, post_id)
    public_key = signed_notes.verifier_key(signed_notes.origin_of(post_id), made.signing_key.public_key())
    facts = PostFacts(post_id, name.strip(), training, now.isoformat(timespec="seconds"), public_key)
    building = folder.with_name(f".{folder.name}.{post_id}")
    with _private():
        try:
            building.mkdir(parents=True, mode=0o700)
            _written(building / FACTS, json.dumps(asdict(facts), indent=1))
            _written(building / KEYS, key_file)
            create_store(building / STORE, made.store_key).close()
            building.replace(folder)
        except OSError as error:
            raise OperatorError("{folder} cannot be written: {why}.", folder=folder, why=error.strerror) from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return open_post(folder, passphrase)


def open_post(folder: Path, passphrase: str | None = None) -> Post:
    """The post in `folder`. OperatorError says what is in the way: missing, already open, sealed, damaged, newer, read-only."""
    facts = read_facts(folder)
    if not os.access(folder, os.W_OK):
        raise OperatorError("The post in {folder} is read-only. Check the disk and its permissions.", folder=folder)
    with _private():
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise OperatorError(
                "The post in {folder} is open in another program. Close that one, then start again.", folder=folder
            ) from error
        try:
            found = keys.unsealed(_text_of(folder / KEYS), passphrase)
            store = open_store(folder / STORE, found.store_key)
        except BaseException:
            lock.release()
            raise
    post = Post(folder, facts, store, found.signing_key, lock)
    post.faults = post.verify_audit().faults
    return post


def read_facts(folder: Path) -> PostFacts:
    """What anybody may know of the post in `folder`, without opening it."""
    try:
        return PostFacts(**json.loads(_text_of(folder / FACTS)))
    except (ValueError, TypeError) as error:
        raise OperatorError(
            "The facts of the post in {folder} are damaged. Restore it from a backup.", folder=folder
        ) from error


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise OperatorError(
            "There is no post in {folder}. Make one with: amaan post create {folder}", folder=path.parent
        ) from error
    except OSError as error:
        raise OperatorError("{path} cannot be read: {why}.", path=path, why=error.strerror) from error


def _written(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _notes_in(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [note for note in path.read_text(encoding="utf-8").split(_BETWEEN) if note.strip()]


@contextmanager
def _private() -> Iterator[None]:
    """Files made within are readable by their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
