"""Checks an exported audit log on any computer: python audit_verifier.py EXPORT [--key KEY] [--checkpoint FILE ...]

Stands alone: it imports nothing of Amaan, only Python's own library and `cryptography`. It was written from RFC 9162 and the
signed-note format, not from the program's code. KEY is the post's verifier key, from a source other than the export; FILE
holds signed checkpoints that were kept elsewhere. Exit code 0: no fault; 1: faults, one a line; 2: the file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class UnreadableError(Exception):
    pass


def tree_hash(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, with the tree cut at the largest power of two below its size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + tree_hash(leaves[:cut]) + tree_hash(leaves[cut:])).digest()


def read_note(note: str, key: str) -> tuple[int, bytes]:
    """Size and root of a signed checkpoint; ValueError says why it cannot be trusted."""
    name, key_hash, encoded = key.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if raw[:1] != b"\1" or hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != key_hash:
        raise ValueError("the verifier key is not an Ed25519 key of this name")
    text, _, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if lines[0] != name:
        raise ValueError(f"it is a checkpoint of {lines[0]!r}, not of {name!r}")
    for line in signatures.strip().split("\n"):
        dash, signer, signature = line.split(" ")
        found = base64.b64decode(signature, validate=True)
        if dash == "\u2014" and signer == name and found[:4].hex() == key_hash:
            try:
                Ed25519PublicKey.from_public_bytes(raw[1:]).verify(found[4:], text.encode() + b"\n")
            except InvalidSignature:
                raise ValueError("its signature is wrong") from None
            return int(lines[1]), base64.b64decode(lines[2], validate=True)
    raise ValueError("it is not signed with this key")


def read_export(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
    """Head, entries and checkpoints."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        head, rest = lines[0], lines[1:]
        if head["kind"] != "amaan audit log" or head["version"] != 1:
            raise UnreadableError(f"{path} is not an audit log of a version that this verifier knows.")
        return head, [line for line in rest if "number" in line], [line["checkpoint"] for line in rest if "checkpoint" in line]
    except (OSError, ValueError, KeyError, IndexError, TypeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path} cannot be read as an audit log: {error}") from error


def faults_of(entries: list[dict[str, Any]], notes: list[str], key: str) -> list[str]:
    faults, leaves, before = [], [], ""
    for place, entry in enumerate(entries):
        if entry["number"] != place:
            faults.append(f"Entry {place} is missing or out of order: number {entry['number']} stands there.")
        leaves.append(bytes.fromhex(entry["commitment"]))
        if entry["body"] is None:  # erased by law: its commitment still counts
            continue
        if hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).digest() != leaves[-1]:
            faults.append(f"Entry {entry['number']} was changed: it is not what was committed to.")
            continue
        body = json.loads(entry["body"])
        if body["at"] < before and body["act"] != "clock.set.back":
            faults.append(f"Entry {entry['number']} is earlier than the one before it.")
        before = body["at"]
    return faults + checkpoint_faults(leaves, notes, key)


def checkpoint_faults(leaves: list[bytes], notes: list[str], key: str) -> list[str]:
    faults = []
    signed = 0
    for note in notes:
        try:
            size, root = read_note(note, key)
        except ValueError as error:
            faults.append(f"A checkpoint cannot be trusted: {error}.")
            continue
        signed = max(signed, size)
        if size > len(leaves):
            faults.append(f"The log was cut off: {size} entries were signed, {len(leaves)} are here.")
        elif tree_hash(leaves[:size]) != root:
            faults.append(f"The first {size} entries are not those that were signed.")
    if signed < len(leaves):
        print(f"Note: the last {len(leaves) - signed} entries are not covered by a signature yet.")
    return faults


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Check an exported audit log.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--key", help="verifier key of the post; without it the export's own is believed")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="file of signed checkpoints kept elsewhere"
    )
    given = parser.parse_args(arguments)
    try:
        head, entries, notes = read_export(given.export)
        for path in given.checkpoint:
            notes += [note for note in path.read_text(encoding="utf-8").split("\n=====\n") if note.strip()]
        faults = faults_of(entries, notes, given.key or head["key"])
    except (UnreadableError, OSError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return 2
    if not given.key:
        print("Note: the key was taken from the export itself; give --key from another source to be sure whose log it is.")
    for fault in faults:
        print(fault)
    print(f"{len(entries)} entries, {len(notes)} checkpoints: " + (f"{len(faults)} faults." if faults else "no fault found."))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
