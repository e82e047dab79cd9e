"""Checks an exported audit log on any computer: python audit_verifier.py EXPORT [--key KEY] [--checkpoint FILE ...]

Stands alone: it imports nothing of Amaan, only Python's own library and `cryptography`. It was written from RFC 9162, the
signed-note format and the lines below, not from the program's code. KEY is the post's verifier key, from a source other than
the export; FILE holds signed checkpoints that were kept elsewhere. Exit code 0: no fault; 1: faults, one a line; 2: the file
cannot be read.

An export is JSON lines. A head: kind, version (1 or 2), key, whole. Then, in any order:
  number, commitment, salt, body    An entry. commitment = SHA-256(salt || body), body is JSON: act, at, actor, ... and, where
                                    the act wrote rows, rows: {count, root}. A body of null was erased: its commitment counts.
  entry, kind, key, digest, salt    What that entry committed to of one row. digest = SHA-256(salt || content); empty when the
                                    row went. rows.root = SHA-256 over lines “kind key digest” sorted by kind and key.
  content                           A row as it is now: JSON with kind, key, row. All receipts; with whole, all bound rows.
  checkpoint                        A signed note: origin, size, root, then "at TIME", "reached TABLE=NUMBER ...", "uses ...".
The last commitment to a row counts. Rows of a kind in NEVER_CHANGED have one only. A receipt is signed with the same key:
Ed25519 over its JSON without `signature`, sorted, without spaces, in ASCII.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NEVER_CHANGED = {
    "alert_takings", "alerts", "budget_decisions", "budget_proposals", "candidates", "companions", "portrait_changes",
    "record_versions", "thresholds", "travel_groups", "verdicts",
}  # fmt: skip # a set of names
MOST_UNSIGNED = 49
BETWEEN = "\n=====\n"


class UnreadableError(Exception):
    pass


class Tree:
    """MTH of RFC 9162, section 2.1.1, leaf by leaf: `peaks` are the roots of the perfect subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        node, rest = hashlib.sha256(b"\0" + leaf).digest(), self.size
        while rest & 1:
            node = hashlib.sha256(b"\1" + self.peaks.pop() + node).digest()
            rest >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = hashlib.sha256(b"\1" + peak + root).digest()
        return root


class Key:
    """A verifier key: name, key hash and Ed25519 key."""

    def __init__(self, text: str) -> None:
        self.name, self.hash, encoded = text.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if raw[:1] != b"\1" or hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4].hex() != self.hash:
            raise ValueError("the verifier key is not an Ed25519 key of this name")
        self.key = Ed25519PublicKey.from_public_bytes(raw[1:])

    def signed(self, signature: bytes, text: bytes) -> bool:
        try:
            self.key.verify(signature, text)
        except InvalidSignature:
            return False
        return True


def read_note(note: str, key: Key) -> tuple[int, bytes, dict[str, int]]:
    """Size, root and numbers reached of a signed checkpoint; ValueError says why it cannot be trusted."""
    text, _, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if lines[0] != key.name:
        raise ValueError(f"it is a checkpoint of {lines[0]!r}, not of {key.name!r}")
    for line in signatures.strip().split("\n"):
        dash, signer, signature = line.split(" ")
        found = base64.b64decode(signature, validate=True)
        if dash == "\u2014" and signer == key.name and found[:4].hex() == key.hash:
            if not key.signed(found[4:], text.encode() + b"\n"):
                raise ValueError("its signature is wrong")
            parts = [part.split("=") for each in lines[3:] if each.startswith("reached ") for part in each.split(" ")[1:]]
            return int(lines[1]), base64.b64decode(lines[2], validate=True), {name: int(number) for name, number in parts}
    raise ValueError("it is not signed with this key")


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                parts = json.loads(line)
                if not isinstance(parts, dict):
                    raise UnreadableError(f"{path} cannot be read as an audit log: a line is no object.")
                yield parts
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableError(f"{path} cannot be read as an audit log: {error}") from error


class Export:
    """What an export holds, entry by entry checked while it is read; rows and checkpoints are held against it at the end."""

    def __init__(self, path: Path, key: str | None, progress: bool) -> None:  # noqa: FBT001 - a switch of the command line
        self.faults: list[str] = []
        self.tree = Tree()
        self.roots: list[bytes] = []
        self.notes: list[str] = []
        self.rows: dict[int, tuple[int, str]] = {}
        self.bound: dict[int, list[tuple[str, str, str, str]]] = {}
        self.contents: list[str] = []
        self._before = ""
        self.adopted = -1
        lines = lines_of(path)
        head = next(lines, {})
        if head.get("kind") != "amaan audit log" or head.get("version") not in {1, 2}:
            raise UnreadableError(f"{path} is not an audit log of a version that this verifier knows.")
        self.version, self.whole = head["version"], bool(head.get("whole"))
        self.key = Key(key or head["key"])
        for line in lines:
            if "number" in line:
                self._entry(line)
                if progress and self.tree.size % 100_000 == 0:
                    print(f"{self.tree.size} entries ...", file=sys.stderr)
            elif "entry" in line:
                self.bound.setdefault(line["entry"], []).append((line["kind"], line["key"], line["digest"], line["salt"]))
            elif "content" in line:
                self.contents.append(line["content"])
            elif "checkpoint" in line:
                self.notes.append(line["checkpoint"])

    def _entry(self, entry: dict[str, Any]) -> None:
        number, place = entry["number"], self.tree.size
        if number != place:
            self.faults.append(f"Entry {place} is missing or out of order: number {number} stands there.")
        commitment = bytes.fromhex(entry["commitment"])
        self.tree.add(commitment)
        self.roots.append(self.tree.root())
        if entry["body"] is None:
            return
        if hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).digest() != commitment:
            self.faults.append(f"Entry {number} was changed: it is not what was committed to.")
            return
        body = json.loads(entry["body"])
        if body["at"] < self._before and body["act"] != "clock.set.back":
            self.faults.append(f"Entry {number} is earlier than the one before it.")
        self._before = body["at"]
        if body["act"] == "rows.adopted":
            if self.rows:
                self.faults.append(f"Entry {number} takes over rows that earlier entries commit to already.")
            self.adopted = number
        if "rows" in body:
            self.rows[number] = body["rows"]["count"], body["rows"]["root"]


def committed(export: Export, faults: list[str]) -> dict[tuple[str, str], tuple[int, str, str]]:
    """By kind and key, the last entry that commits to a row, with digest and salt."""
    last: dict[tuple[str, str], tuple[int, str, str]] = {}
    for number in sorted({*export.rows, *export.bound}):
        rows = sorted(export.bound.get(number, []))
        lines = "".join(f"{kind} {key} {digest}\n" for kind, key, digest, _ in rows)
        if export.rows.get(number) != (len(rows), hashlib.sha256(lines.encode()).hexdigest()):
            faults.append(f"What entry {number} committed to of the store was changed.")
        for kind, key, digest, salt in rows:
            if kind in NEVER_CHANGED and (kind, key) in last:
                faults.append(f"{kind} {key} is never changed, but entry {number} tells of it anew.")
            last[kind, key] = number, digest, salt
    return last


def row_faults(export: Export) -> list[str]:
    """What entries committed to of the store against the rows that the export holds, both ways."""
    faults: list[str] = []
    last = committed(export, faults)
    seen = set()
    for content in export.contents:
        parts = json.loads(content)
        name = parts["kind"], parts["key"]
        seen.add(name)
        number, digest, salt = last.get(name, (-1, "", ""))
        if number < 0:
            faults.append(f"{name[0]} {name[1]} stands in the store, but no entry tells of it.")
        elif hashlib.sha256(bytes.fromhex(salt) + content.encode("utf-8", "replace")).hexdigest() != digest:
            faults.append(f"{name[0]} {name[1]} is not what entry {number} tells of: it was changed.")
        if name[0] == "receipts" and parts["row"].get("receipt") and not receipt_signed(parts["row"]["receipt"], export.key):
            faults.append(f"Receipt {name[1]} was not signed by this post as it stands.")
    held = [name for name, (_, digest, _) in last.items() if digest and (export.whole or name[0] == "receipts")]
    return faults + [f"{name[0]} {name[1]} is gone; entry {last[name][0]} tells of it." for name in held if name not in seen]


def receipt_signed(text: str, key: Key) -> bool:
    try:
        parts = json.loads(text)
        signature = bytes.fromhex(parts.pop("signature"))
        post = "amaan/" + parts["post"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return post == key.name and key.signed(signature, json.dumps(parts, sort_keys=True, separators=(",", ":")).encode())


def checkpoint_faults(export: Export, notes: list[str]) -> list[str]:
    faults: list[str] = []
    size, signed = export.tree.size, 0
    reached: dict[str, int] = {}
    for note in dict.fromkeys(notes):
        try:
            covered, root, numbers = read_note(note, export.key)
        except ValueError as error:
            faults.append(f"A checkpoint cannot be trusted: {error}.")
            continue
        if covered >= signed:
            signed, reached = covered, numbers
        if covered > size:
            faults.append(f"The log was cut off: {covered} entries were signed, {size} are here.")
        elif (export.roots[covered - 1] if covered else b"") != root:
            faults.append(f"The first {covered} entries are not those that were signed.")
    unsigned = size - max(signed, export.adopted + 1)
    if export.version > 1 and unsigned > MOST_UNSIGNED:
        faults.append(f"The last {unsigned} entries are not signed: checkpoints were taken away.")
    elif signed < size:
        print(f"Note: the last {size - signed} entries are not covered by a signature yet.")
    if reached:
        print("Note: the last checkpoint says that the store had reached " + str(reached).strip("{}").replace("'", "") + ".")
    if export.adopted >= 0:
        print(f"Note: entry {export.adopted} took over rows of an earlier version; changes before it are not found.")
    return faults


def kept_elsewhere(path: Path) -> list[str]:
    """Notes of a file; the last one may have been torn by a power cut, and is then left out."""
    raw = path.read_bytes()
    *whole, rest = raw.split(BETWEEN.encode())
    if rest.rstrip(b"\0").strip():
        print(f"Note: the last checkpoint in {path} is not whole and was left out.")
    return [part.decode("utf-8", "backslashreplace") for part in whole if part.strip()]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Check an exported audit log.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--key", help="verifier key of the post; without it the export's own is believed")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="file of signed checkpoints kept elsewhere"
    )
    given = parser.parse_args(arguments)
    try:
        export = Export(given.export, given.key, sys.stderr.isatty())
        elsewhere = [note for path in given.checkpoint for note in kept_elsewhere(path)]
        faults = export.faults + row_faults(export) + checkpoint_faults(export, export.notes + elsewhere)
    except (UnreadableError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(error, file=sys.stderr)
        return 2
    if not given.key:
        print("Note: the key was taken from the export itself; give --key from another source to be sure whose log it is.")
    for fault in faults:
        print(fault)
    counts = f"{export.tree.size} entries, {len(export.contents)} rows, {len(export.notes) + len(elsewhere)} checkpoints"
    print(f"{counts}: " + (f"{len(faults)} faults." if faults else "no fault found."))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
