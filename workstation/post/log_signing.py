"""When the log is signed and where the checkpoints go: into the store with the act, then into files outside it.

Signed every EVERY_ENTRIES entries or five minutes, and at once after a verdict or a change of people: what lies after the last
checkpoint is short. The files are written after the commit, so that they never say more than the store holds.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from workstation.accountability import binding, contents, kept_notes, log, signed_notes
from workstation.accountability.acts import SIGNED_AT_ONCE, Deed
from workstation.accountability.kept_notes import KeptNotes
from workstation.accountability.signed_notes import Checkpoint
from workstation.accountability.verifying import EVERY_ENTRIES, Trust
from workstation.errors import OperatorError
from workstation.post import in_force
from workstation.post.facts import PostFacts
from workstation.post.store import Store

CHECKPOINTS = "checkpoints.txt"
SECOND_COPY = "second_copy"
"""Name of the setting with a folder elsewhere for a second copy of the checkpoints."""
EVERY = timedelta(minutes=5)
PROGRAM = "program"
_INSIDE = "SELECT note FROM audit_checkpoints ORDER BY size"


@dataclass(frozen=True, slots=True)
class ShortCode:
    """What a person can write down of a checkpoint."""

    entries: int
    code: str


class LogSigning:
    """Belongs to the thread that writes; what is read of it elsewhere are values."""

    def __init__(self, folder: Path, facts: PostFacts, key: Ed25519PrivateKey) -> None:
        self._folder, self._facts, self._key = folder, facts, key
        self._origin = signed_notes.origin_of(facts.id)
        self._in_force = in_force.InForce(folder)
        self._waiting: list[str] = []
        self._size, self._at = 0, datetime.fromisoformat(facts.created_at)
        self.newest: str | None = None
        """The note of the last checkpoint."""
        self.copy_fault = ""
        """Why the second copy, or the file beside the store, cannot be written just now; empty when they are."""
        self.opened_with = 0
        """Entries of the store as it was opened."""
        self.encoder = ""
        """Digest of the models that are in use, once a Desk is open."""

    # Opening

    def trust(self, store: Store) -> Trust:
        """What was kept outside is read before the store, which then holds at least as much."""
        with store.snapshot() as session:
            inside = [note for (note,) in contents.raw_rows(session, _INSIDE)]
        outside = kept_notes.read(self._folder / CHECKPOINTS, inside)
        copy = self._second_copy(store)
        second = kept_notes.read(copy, inside) if copy is not None and copy.exists() else KeptNotes((), missing=True)
        return Trust(self._facts.id, self._key.public_key(), outside, second)

    def with_last_signed(self, refusal: OperatorError) -> OperatorError:
        """The refusal with the last state that was signed, so that whoever restores knows what must come back."""
        last = self._last(kept_notes.read(self._folder / CHECKPOINTS).notes)
        if last is None:
            return refusal
        values = {**refusal.values, **_told(last)}
        return OperatorError(refusal.template + " " + _LAST, **values)

    def signed_uses(self, trust: Trust) -> Mapping[str, str]:
        """What the newest checkpoint outside the store says was in force."""
        last = self._last((*trust.outside.notes, *trust.second_copy.notes))
        return last.uses if last is not None else {}

    def refuse_older(self, store: Store) -> None:
        """OperatorError when the store ends before what was signed, or is another one: an older copy was put in its place."""
        trust = self.trust(store)
        last = self._last((*trust.outside.notes, *trust.second_copy.notes))
        if last is None:
            return
        with store.snapshot() as session:
            here = log.stored_frontier(session)
            highest = next(contents.raw_rows(session, "SELECT max(number) FROM audit_entries"))[0]
            entries = 0 if highest is None else highest + 1
        if max(entries, here.size) < last.size:
            raise OperatorError(
                "The store {path} ends at {entries} entries: it is older than what was signed, or its end was lost."
                " Put the newest store back. When there is none, a supervisor accepts the loss with: amaan post accept-loss. "
                + _LAST,
                path=store.path,
                entries=entries,
                **_told(last),
            )

    def begin(self, store: Store) -> None:
        """Go on where the last checkpoint stands: mend what a power cut tore, sign what it left."""
        with store.snapshot() as session:
            inside = [note for (note,) in contents.raw_rows(session, _INSIDE)]
            size, moment = log.stored_frontier(session).size, log.last_moment(session)
        path = self._folder / CHECKPOINTS
        outside = kept_notes.read(path, inside)
        last = self._last(inside[-1:])
        if last is not None:
            self._size, self._at, self.newest = last.size, datetime.fromisoformat(last.at), inside[-1]
        try:
            kept_notes.mend(path, outside)
        except OSError as error:
            self.copy_fault = str(error.strerror)
        if inside and not outside.missing and inside[-1] not in outside.notes and set(inside[:-1]) <= set(outside.notes):
            self._waiting.append(inside[-1])
        if size > self._size and moment is not None:
            with store.writing() as session:
                self.sign_now(session, moment)
        else:
            self._write_out(self._second_copy(store))

    def knew_people(self) -> bool:
        """Whether a checkpoint beside the store was signed when the post had people; one without numbers was."""
        for note in kept_notes.read(self._folder / CHECKPOINTS).notes:
            last = self._last([note])
            if last is not None and last.reached.get("people", 1):
                return True
        return False

    def after_a_loss(self, store: Store, now: datetime) -> dict[str, object]:
        """Lay aside the checkpoints of what is gone and go on with those of the store; what was signed and what is there."""
        trust = self.trust(store)
        last = self._last((*trust.outside.notes, *trust.second_copy.notes))
        with store.snapshot() as session:
            inside = [note for (note,) in contents.raw_rows(session, _INSIDE)]
            size = log.stored_frontier(session).size
        for path in (self._folder / CHECKPOINTS, self._second_copy(store)):
            if path is not None and path.exists():
                path.rename(path.with_name(f"{path.name}.until-{now:%Y%m%d-%H%M%S}"))
        self._size, self._waiting = min(size, self._size), inside
        self._write_out(self._second_copy(store))
        return {"signed": last.size if last is not None else 0, "found": self.opened_with}

    # Writing

    def before_commit(self, session: Session) -> Callable[[], None]:
        """Nothing is written without an entry; then sign when it is time to."""
        if binding.unbound(session):
            moment = log.last_moment(session) or datetime.fromisoformat(self._facts.created_at)
            training = self._facts.training
            log.append(session, moment, PROGRAM, Deed.ROWS_WRITTEN, "post", {}, training=training)
        written = log.written(session)
        if written is not None:
            count = written.size - self._size
            if count >= EVERY_ENTRIES or written.acts & SIGNED_AT_ONCE or self.is_due(written.at):
                self.sign_now(session, written.at)
        return self._after_commit(session)

    def sign_now(self, session: Session, now: datetime) -> None:
        """Sign the log as it stands in this transaction."""
        if session.info.get(CHECKPOINTS) is None:
            session.info[CHECKPOINTS] = log.checkpoint(session, self._key, self._origin, now, self.uses())

    def is_due(self, now: datetime) -> bool:
        """Whether entries have waited for a signature long enough."""
        return not timedelta(0) <= now - self._at < EVERY

    def uses(self) -> Mapping[str, str]:
        """Digests of what is in force beside the store, by name."""
        models = {"models": self.encoder} if self.encoder else {}
        return {**self._in_force.digests(), **models}

    def short_code(self) -> "ShortCode":
        """Of the last checkpoint."""
        return ShortCode(self._size, signed_notes.code(self.newest) if self.newest is not None else "")

    def used(self) -> Mapping[str, str]:
        """What the last checkpoint says was in force."""
        last = self._last([self.newest] if self.newest is not None else [])
        return last.uses if last is not None else {}

    def _after_commit(self, session: Session) -> Callable[[], None]:
        note: str | None = session.info.get(CHECKPOINTS)
        if note is None:
            return lambda: None
        size = log.size(session)
        copy = _copy_path(session, self._facts.id)

        def committed() -> None:
            last = self._last([note])
            self._size, self.newest = size, note
            self._at = datetime.fromisoformat(last.at) if last is not None else self._at
            self._waiting.append(note)
            self._write_out(copy)

        return committed

    def _write_out(self, copy: Path | None) -> None:
        """Into both files; what cannot be written waits for the next time, and the act that was signed stands all the same."""
        self.copy_fault = ""
        if self._waiting:
            try:
                kept_notes.add(self._folder / CHECKPOINTS, self._waiting)
                self._waiting.clear()
            except OSError as error:
                self.copy_fault = str(error.strerror)
        if copy is not None:
            try:
                there = set(kept_notes.read(copy).notes) if copy.exists() else set()
                here = kept_notes.read(self._folder / CHECKPOINTS).notes
                kept_notes.add(copy, [note for note in here if note not in there])
            except OSError as error:
                self.copy_fault = str(error.strerror)

    def _second_copy(self, store: Store) -> Path | None:
        with store.reading() as session:
            return _copy_path(session, self._facts.id)

    def _last(self, notes: Sequence[str]) -> Checkpoint | None:
        """The genuine one of the notes that covers the most entries."""
        for note in sorted(dict.fromkeys(reversed(notes)), key=_said_size, reverse=True):
            try:
                return signed_notes.opened(note, self._origin, self._key.public_key())
            except ValueError:
                continue
        return None


def _said_size(note: str) -> int:
    """How many entries a note says that it covers, before anybody looks at its signature."""
    lines = note.split("\n", 2)
    return int(lines[1]) if len(lines) > 1 and lines[1].isascii() and lines[1].isdigit() and len(lines[1]) < 19 else -1


def _copy_path(session: Session, post_id: str) -> Path | None:
    """Where the post keeps a second copy of its checkpoints; the folder is one of its settings."""
    rows = list(contents.raw_rows(session, "SELECT value FROM settings WHERE name = ?", SECOND_COPY))
    folder = json.loads(rows[0][0]) if rows else ""
    return Path(folder) / f"{post_id}.{CHECKPOINTS}" if folder else None


_LAST = "The last signed state is {signed} entries, of {signed_at}, up to screening {screening}."


def _told(last: Checkpoint) -> dict[str, object]:
    return {"signed": last.size, "signed_at": last.at, "screening": last.reached.get("screenings", 0)}
