"""A post on disk: a folder with its facts, its sealed keys, its store, and the checkpoints that are kept outside the store."""

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from filelock import FileLock, Timeout

from workstation.accountability import log, quick_check, signed_notes, verifying
from workstation.accountability.acts import Deed
from workstation.accountability.verifying import AuditReport, Trust
from workstation.errors import OperatorError
from workstation.post import altered, keys
from workstation.post.facts import FACTS, PostFacts, own_facts
from workstation.post.keys import PostKeys
from workstation.post.log_signing import LogSigning
from workstation.post.rest_of_check import RestOfCheck
from workstation.post.store import Store, create_store, open_store
from workstation.sentences import Sentence

KEYS, STORE, LOCK = "post.key", "store.db", "post.lock"


class Post:
    """An open post. Only one program at a time has it open."""

    def __init__(self, folder: Path, facts: PostFacts, store: Store, signing_key: Ed25519PrivateKey, lock: FileLock) -> None:
        self.folder = folder
        self.facts = facts
        self.store = store
        self.signing_key = signing_key
        self._lock = lock
        self.faults: tuple[Sentence, ...] = ()
        """What was found wrong with the log, or with what it tells of: the post is altered until somebody answers for it."""
        with store.reading() as session:
            opened_with = log.size(session)
            self.faults_kept = altered.any_kept(session)
        """Whether an earlier opening found any that nobody has answered for, or somebody has."""
        self.log_signing = LogSigning(folder, facts, signing_key)
        self.log_signing.opened_with = opened_with
        store.before_commit = self.log_signing.before_commit
        self.rest = RestOfCheck(self.verify_audit, self._cannot_check)
        """The verification that a long log leaves for after the opening."""

    @property
    def origin(self) -> str:
        return signed_notes.origin_of(self.facts.id)

    def trust(self) -> Trust:
        """By whom everything must be signed, and what is kept outside the store just now."""
        return self.log_signing.trust(self.store)

    def verify_audit(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> AuditReport:
        """The log recomputed, held against every checkpoint inside and outside the store, and the store against the log."""
        trust = self.trust()
        with self.store.snapshot() as session:
            report = verifying.verify(session, trust, progress)
        faults = (*self._own_facts(trust), *report.faults)
        self.faults = tuple({str(fault): fault for fault in (*self.faults, *faults)}.values())
        return replace(report, faults=faults)

    def check_at_opening(self) -> None:
        """All of it when that is quick, else what a second allows; `rest` then says that the whole waits."""
        with self.store.snapshot() as session:
            short = log.size(session) <= quick_check.SHORT
        if short:
            self.verify_audit()
            return
        trust = self.trust()
        with self.store.snapshot() as session:
            found = quick_check.quick(session, trust)
        self.faults = (*self._own_facts(trust), *found)
        self.rest.wait()

    def _cannot_check(self, why: Sentence) -> None:
        self.faults = (*self.faults, why)

    def _own_facts(self, trust: Trust) -> tuple[Sentence, ...]:
        return own_facts(self.folder, self.facts, self.signing_key, self.log_signing.signed_uses(trust).get(FACTS, ""))

    def checkpoint(self, now: datetime) -> str | None:
        """Sign the log as it stands, in the store and then outside it; the note, or None when nothing is new."""
        with self.store.writing() as session:
            self.log_signing.sign_now(session, now)
        return self.log_signing.newest

    def export_audit(self, path: Path, *, whole: bool = False) -> None:
        """The log in one file for the stand-alone verifier, with `whole` every row too; there whole or not at all."""
        beside = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with private(), self.store.snapshot() as session:
                log.export(session, beside, self.facts.public_key, whole=whole)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise OperatorError("{path} cannot be written: {why}.", path=path, why=error.strerror) from error

    def close(self) -> None:
        self.rest.stop()
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
    with private():
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
    post = open_post(folder, passphrase)
    with post.store.writing() as session:
        told = {"id": facts.id, "name": facts.name, "public_key": facts.public_key}
        log.append(session, now, "program", Deed.POST_MADE, "post", told, training=training)
    return post


def open_post(folder: Path, passphrase: str | None = None, *, after_a_loss: bool = False) -> Post:
    """The post in `folder`. OperatorError says what is in the way: missing, already open, sealed, damaged, newer, read-only.

    A store that ends before what was signed is refused too, unless `after_a_loss`: then it opens as an altered one, so that
    somebody can accept what is gone (`Log.accept_loss`), and nothing is signed before.
    """
    facts = read_facts(folder)
    if not os.access(folder, os.W_OK):
        raise OperatorError("The post in {folder} is read-only. Check the disk and its permissions.", folder=folder)
    with private():
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise OperatorError(
                "The post in {folder} is open in another program. Close that one, then start again.", folder=folder
            ) from error
        try:
            found = keys.unsealed(_text_of(folder / KEYS), passphrase)
            signing = LogSigning(folder, facts, found.signing_key)
            try:
                store = open_store(folder / STORE, found.store_key)
            except OperatorError as refusal:
                raise signing.with_last_signed(refusal) from refusal
            try:
                if not after_a_loss:
                    signing.refuse_older(store)
                post = Post(folder, facts, store, found.signing_key, lock)
                post.check_at_opening()
                if not after_a_loss:
                    post.log_signing.begin(store)
            except BaseException:
                store.close()
                raise
        except BaseException:
            lock.release()
            raise
    return post


def read_facts(folder: Path) -> PostFacts:
    """What anybody may know of the post in `folder`, without opening it."""
    try:
        return PostFacts(**json.loads(_text_of(folder / FACTS)))
    except (ValueError, TypeError, RecursionError) as error:
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


@contextmanager
def private() -> Iterator[None]:
    """Files made within are readable by their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
