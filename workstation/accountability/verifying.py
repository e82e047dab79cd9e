"""The whole log recomputed, and the store held against it both ways: what was changed, taken away or put in, by its name."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.orm import Session

from workstation.accountability import binding, contents, log, signed_notes
from workstation.accountability.acts import SIGNED_AT_ONCE, Deed
from workstation.accountability.kept_notes import KeptNotes
from workstation.accountability.merkle import Frontier
from workstation.accountability.receipt_signatures import is_signed
from workstation.accountability.signed_notes import Checkpoint
from workstation.sentences import Sentence

EVERY_ENTRIES = 50
"""The log is signed at the latest after so many entries."""
MOST_FAULTS = 200
_OFTEN = 5000


@dataclass(frozen=True, slots=True)
class Trust:
    """Who must have signed, and what was kept outside the store."""

    post_id: str
    public_key: Ed25519PublicKey
    outside: KeptNotes
    second_copy: KeptNotes

    @property
    def origin(self) -> str:
        return signed_notes.origin_of(self.post_id)


@dataclass(frozen=True, slots=True)
class AuditReport:
    size: int
    root: str
    checkpoints: int
    faults: tuple[Sentence, ...]
    rows: int = 0
    """Rows that entries commit to and that were compared."""
    receipts: int = 0
    """Receipts whose signatures were checked."""
    unsigned: int = 0
    """Entries after the last checkpoint."""
    adopted_at: int | None = None
    """The entry that took over the rows of an earlier version: what was changed before it cannot be found by comparing."""

    @property
    def ok(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class Found:
    """Faults as they are found; more than MOST_FAULTS are counted only."""

    faults: list[Sentence] = field(default_factory=list)
    more: int = 0

    def say(self, template: str, **values: object) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Sentence(template, values))
        else:
            self.more += 1

    def all(self) -> tuple[Sentence, ...]:
        rest = [Sentence("{count} more faults of these kinds were found.", {"count": self.more})] if self.more else []
        return (*self.faults, *rest)


Bound = dict[str, dict[str, tuple[int, bytes, bytes]]]
"""By kind and key: the last entry that commits to the row, with digest and salt."""


def verify(session: Session, trust: Trust, progress: Callable[[int, int], None] = lambda _done, _all: None) -> AuditReport:
    """Everything: entries, tree, checkpoints, the rows of the store, receipts. `progress` may raise to stop it.

    `session` shows one state of the store, whatever is written meanwhile.
    """
    found = Found()
    signed = _checkpoints(session, trust, found)
    replay = _entries(session, signed, found, progress)
    frontier, bound, adopted_at = replay.frontier, replay.bound, replay.adopted_at
    kept = log.stored_frontier(session)
    if (kept.size, kept.root()) != (frontier.size, frontier.root()):
        found.say("The entries do not add up to the tree that was kept with them.")
    # An earlier version signed only at sign-out; the first opening by this one signs what it left.
    due = max(max((size for size, _ in signed), default=0), -1 if adopted_at is None else adopted_at + 1)
    _unsigned(frontier.size - due, [number for number in replay.at_once if number >= due], found)
    unsigned = frontier.size - max((size for size, _ in signed), default=0)
    rows = sum(compare(session, bound.pop(kind, {}), kind, found) for kind in contents.kinds())
    for kind, keys in bound.items():
        for key, (entry, digest, _) in keys.items():
            if digest:
                found.say("{what} is gone; entry {entry} tells of it.", what=contents.spoken(kind, key), entry=entry)
    receipts = check_receipts(session, trust, found)
    _guards(session, found)
    return AuditReport(
        frontier.size, frontier.root().hex(), len(signed), found.all(), rows, receipts, max(unsigned, 0), adopted_at
    )


def _unsigned(count: int, at_once: Sequence[int], found: Found) -> None:
    """What stands after the last checkpoint is short, and nothing of it is of the kind that is signed at once."""
    if count >= EVERY_ENTRIES:
        said = "The last {count} entries are not signed, and the program signs after {most}: checkpoints were taken away."
        found.say(said, count=count, most=EVERY_ENTRIES)
    for number in at_once:
        found.say("Entry {number} is not signed, and is of a kind that is signed at once.", number=number)


def compare(session: Session, bound: dict[str, tuple[int, bytes, bytes]], kind: str, found: Found) -> int:
    """The rows of one kind against what entries committed to, both ways. How many there are."""
    count = 0
    for key, content in contents.contents(session, contents.kinds()[kind]):
        count += 1
        entry, digest, salt = bound.pop(key, (-1, b"", b""))
        if entry < 0:
            found.say("{what} stands in the store, but no entry tells of it.", what=contents.spoken(kind, key))
        elif not digest:
            what = contents.spoken(kind, key)
            found.say("{what} is back in the store; entry {entry} tells that it went.", what=what, entry=entry)
        elif contents.digest(salt, content) != digest:
            what = contents.spoken(kind, key)
            found.say("{what} is not what entry {entry} tells of: it was changed.", what=what, entry=entry)
    for key, (entry, digest, _) in bound.items():
        if digest:
            found.say("{what} is gone; entry {entry} tells of it.", what=contents.spoken(kind, key), entry=entry)
    return count


def check_receipts(session: Session, trust: Trust, found: Found, where: str = "") -> int:
    """The signature of every receipt. How many there are."""
    count = 0
    for number, text in contents.raw_rows(session, f"SELECT id, receipt FROM screenings {where}"):  # noqa: S608 - ours
        if text:
            count += 1
            if not is_signed(text, trust.public_key, trust.post_id):
                found.say("Receipt {number} was not signed by this post as it stands.", number=number)
    return count


def _checkpoints(session: Session, trust: Trust, found: Found) -> set[tuple[int, bytes]]:
    """Size and root of every checkpoint that can be trusted, from inside and outside."""
    wanted: set[tuple[int, bytes]] = set()
    known: dict[str, Checkpoint | None] = {}
    inside = list(contents.raw_rows(session, "SELECT size, note FROM audit_checkpoints ORDER BY size"))
    places = (
        ("in the store", [note for _, note in inside]),
        ("outside the store", trust.outside.notes),
        ("in the second copy", trust.second_copy.notes),
    )
    for where, notes in places:
        for number, note in enumerate(notes, start=1):
            if note not in known:
                known[note] = _opened(note, number, where, trust, found)
            checkpoint = known[note]
            if checkpoint is not None:
                wanted.add((checkpoint.size, checkpoint.root))
    for size, note in inside:
        if known[note] is not None and known[note].size != size:  # type: ignore[union-attr] # just asked
            found.say("The checkpoint kept for {size} entries is one of another number.", size=size)
    _both_places([note for _, note in inside], trust, known, found)
    return wanted


def _opened(note: str, number: int, where: str, trust: Trust, found: Found) -> Checkpoint | None:
    try:
        return signed_notes.opened(note, trust.origin, trust.public_key)
    except ValueError as error:
        found.say("Checkpoint {number} {where} cannot be trusted: {why}.", number=number, where=where, why=str(error))
        return None


def _both_places(inside: Sequence[str], trust: Trust, known: dict[str, Checkpoint | None], found: Found) -> None:
    """What stands in one place stands in the other too, but for the newest, which a power cut may have kept from a file."""
    if trust.outside.missing and inside:
        found.say("The checkpoints kept outside the store are gone; {count} stand in the store.", count=len(inside))
    else:
        missing = len(set(inside[:-1]) - set(trust.outside.notes))
        if missing:
            found.say("{count} checkpoints of the store are missing outside it: the file was cut.", count=missing)
    there = set(inside)
    for where, notes in (("outside the store", trust.outside.notes), ("in the second copy", trust.second_copy.notes)):
        missing = sum(known[note] is not None and note not in there for note in notes)
        if missing:
            found.say("{count} checkpoints {where} are missing in the store.", count=missing, where=where)


def _entries(session: Session, signed: set[tuple[int, bytes]], found: Found, progress: Callable[[int, int], None]) -> "_Replay":
    """The entries from the first to the last, with what each commits to, held against every signed root."""
    replay = _Replay({size for size, _ in signed}, found)
    rows = _Grouped(contents.raw_rows(session, "SELECT entry, kind, key, digest, salt FROM row_bindings ORDER BY entry"))
    every = log.size(session)
    for number, commitment, salt, body in contents.raw_rows(
        session, "SELECT number, commitment, salt, body FROM audit_entries ORDER BY number"
    ):
        replay.take(number, commitment, salt, body, rows.of(number))
        if replay.frontier.size % _OFTEN == 0:
            progress(replay.frontier.size, every)
    if rows.left():
        found.say("The store holds commitments of entries that are not in the log.")
    for size, root in sorted(signed):
        if size > replay.frontier.size:
            said = "The log was cut off: {size} entries were signed, {found} are here."
            found.say(said, size=size, found=replay.frontier.size)
        elif replay.roots.get(size) != root:
            said = "The first {size} entries are not those that were signed: one was changed, removed, added or moved."
            found.say(said, size=size)
    progress(replay.frontier.size, every)
    return replay


class _Replay:
    """The log built anew from its entries."""

    def __init__(self, sizes: set[int], found: Found) -> None:
        self._sizes, self._found = sizes, found
        self._last_signed, self._before = max(sizes, default=0), ""
        self.frontier = Frontier()
        self.roots: dict[int, bytes] = {}
        self.bound: Bound = {}
        self.adopted_at: int | None = None
        """The entry that took over the rows of an earlier version."""
        self.at_once: list[int] = []
        """Unsigned entries of a kind that is signed at once."""

    def take(self, number: int, commitment: bytes, salt: bytes, body: str, rows: Sequence[tuple[Any, ...]]) -> None:
        say = self._found.say
        if number != self.frontier.size:
            say("Entry {wanted} is missing: the next one is {number}.", wanted=self.frontier.size, number=number)
        if hashlib.sha256(salt + body.encode("utf-8", "replace")).digest() != commitment:
            say("Entry {number} was changed: it is not what was committed to.", number=number)
        told = _told(body)
        self._in_order(number, str(told.get("at", "")), str(told.get("act", "")))
        _bind(self.bound, number, told.get("rows"), rows, self._found)
        self.frontier.append(commitment)
        if self.frontier.size in self._sizes:
            self.roots[self.frontier.size] = self.frontier.root()

    def _in_order(self, number: int, at: str, act: str) -> None:
        if at and at < self._before and act != Deed.CLOCK_SET_BACK:
            self._found.say("Entry {number} is earlier than the one before it.", number=number)
        self._before = at
        if number >= self._last_signed and act in SIGNED_AT_ONCE:
            self.at_once.append(number)
        if act == Deed.ROWS_ADOPTED:
            self.adopted_at = number
            if self.bound:
                self._found.say("Entry {number} takes over rows that earlier entries commit to already.", number=number)


def _bind(bound: Bound, number: int, said: object, rows: Sequence[tuple[Any, ...]], found: Found) -> None:
    """Take over what one entry commits to, held against the digest of it that stands in the entry."""
    if said is None and not rows:
        return
    if not isinstance(said, dict) or binding.root((kind, key, digest) for _, kind, key, digest, _ in rows) != said.get("root"):
        found.say("What entry {number} committed to of the store was changed.", number=number)
    for _, kind, key, digest, salt in rows:
        keys = bound.setdefault(kind, {})
        if kind in contents.APPEND_ONLY and key in keys:
            what = contents.spoken(kind, key)
            found.say("{what} is never changed, but entry {number} tells of it anew.", what=what, number=number)
        keys[key] = number, digest, salt


class _Grouped:
    """Commitments by the number of their entry, in step with the entries: nothing is held but one entry's."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self._stray = False

    def of(self, number: int) -> list[tuple[Any, ...]]:
        group = []
        while self._next is not None and self._next[0] <= number:
            self._stray |= self._next[0] < number
            if self._next[0] == number:
                group.append(self._next)
            self._next = next(self._rows, None)
        return group

    def left(self) -> bool:
        return self._stray or self._next is not None


def _guards(session: Session, found: Found) -> None:
    """Triggers that keep what was decided from being changed by a plain statement."""
    rows = contents.raw_rows(session, "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    guards = Counter(table for table, sql in rows if "append-only" in str(sql))
    for table in sorted(contents.APPEND_ONLY):
        if guards[table] < 2:
            found.say("The guard of the table {table} is gone: its rows could be changed unseen.", table=table)


def _told(body: str) -> dict[str, Any]:
    """The entry; one that was damaged tells nothing."""
    try:
        parts = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return parts if isinstance(parts, dict) else {}
