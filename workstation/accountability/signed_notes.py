"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): a few lines of text that anyone can keep and check.

After origin, size and root stand lines of ours: `at TIME`, `reached TABLE=NUMBER ...` (the highest numbers given out, so that
it is known how far the store had come), and `uses NAME SHA-256` for each thing that was in force beside the store.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_CODE_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the post said about its log and its store at one moment."""

    origin: str
    size: int
    root: bytes
    at: str
    """ISO 8601, UTC."""
    reached: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)


def origin_of(post_id: str) -> str:
    return f"amaan/{post_id}"


def verifier_key(origin: str, public_key: Ed25519PublicKey) -> str:
    """The public key as a note's reader takes it: name, key hash and key."""
    raw = _ED25519 + public_key.public_bytes_raw()
    return f"{origin}+{_key_hash(origin, public_key).hex()}+{base64.b64encode(raw).decode()}"


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The note: origin, size, root, time and our other lines, an empty line, then the signature."""
    lines = [checkpoint.origin, str(checkpoint.size), base64.b64encode(checkpoint.root).decode(), f"at {checkpoint.at}"]
    if checkpoint.reached:
        lines.append("reached " + " ".join(f"{name}={number}" for name, number in checkpoint.reached.items()))
    lines += [f"uses {name} {digest}" for name, digest in checkpoint.uses.items()]
    body = "\n".join([*lines, ""])
    signature = _key_hash(checkpoint.origin, key.public_key()) + key.sign(body.encode())
    return f"{body}\n\u2014 {checkpoint.origin} {base64.b64encode(signature).decode()}\n"


def checkpoint_at(
    origin: str,
    size: int,
    root: bytes,
    now: datetime,
    reached: Mapping[str, int] | None = None,
    uses: Mapping[str, str] | None = None,
) -> Checkpoint:
    return Checkpoint(origin, size, root, now.isoformat(timespec="seconds"), reached or {}, uses or {})


def opened(note: str, origin: str, public_key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in the note. ValueError when it is not a note of this post or its signature is wrong."""
    body, separator, tail = note.partition("\n\n")
    lines = body.split("\n")
    name, _, encoded = tail.removeprefix("\u2014 ").strip().rpartition(" ")
    if not separator or len(lines) < 4 or not lines[3].startswith("at "):
        raise ValueError("it is not a checkpoint")
    if lines[0] != origin or name != origin:
        raise ValueError(f"it belongs to {lines[0][:80]!r}")
    try:
        signature = base64.b64decode(encoded, validate=True)
        size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
        reached, uses = _more(lines[4:])
    except ValueError as error:
        raise ValueError("it is not a checkpoint") from error
    if signature[:4] != _key_hash(origin, public_key):
        raise ValueError("it was signed with another key")
    try:
        public_key.verify(signature[4:], f"{body}\n".encode("utf-8", "replace"))
    except InvalidSignature as error:
        raise ValueError("its signature is wrong") from error
    return Checkpoint(origin, size, root, lines[3].removeprefix("at "), reached, uses)


def code(note: str) -> str:
    """A checkpoint as 16 letters that a person can write down and compare: the head of its SHA-256, in base 32."""
    letters = base64.b32encode(hashlib.sha256(note.encode("utf-8", "replace")).digest()).decode()[:_CODE_LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LETTERS, 4))


def _more(lines: list[str]) -> tuple[dict[str, int], dict[str, str]]:
    """What stands after the time; lines that a later program added are left to it."""
    reached: dict[str, int] = {}
    uses: dict[str, str] = {}
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "reached":
            reached = {name: int(number) for name, number in (part.split("=") for part in rest.split(" "))}
        elif word == "uses":
            name, digest = rest.rsplit(" ", 1)
            uses[name] = digest
    return reached, uses


def _key_hash(origin: str, public_key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(f"{origin}\n".encode() + _ED25519 + public_key.public_bytes_raw()).digest()[:4]
