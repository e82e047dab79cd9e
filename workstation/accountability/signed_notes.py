"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): a few lines of text that anyone can keep and check."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the post said about its log at one moment."""

    origin: str
    size: int
    root: bytes
    at: str
    """ISO 8601, UTC."""


def origin_of(post_id: str) -> str:
    return f"amaan/{post_id}"


def verifier_key(origin: str, public_key: Ed25519PublicKey) -> str:
    """The public key as a note's reader takes it: name, key hash and key."""
    raw = _ED25519 + public_key.public_bytes_raw()
    return f"{origin}+{_key_hash(origin, public_key).hex()}+{base64.b64encode(raw).decode()}"


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The note: origin, size, root, time, an empty line, then the signature."""
    body = "\n".join(
        [checkpoint.origin, str(checkpoint.size), base64.b64encode(checkpoint.root).decode(), f"at {checkpoint.at}", ""]
    )
    signature = _key_hash(checkpoint.origin, key.public_key()) + key.sign(body.encode())
    return f"{body}\n\u2014 {checkpoint.origin} {base64.b64encode(signature).decode()}\n"


def checkpoint_at(origin: str, size: int, root: bytes, now: datetime) -> Checkpoint:
    return Checkpoint(origin, size, root, now.isoformat(timespec="seconds"))


def opened(note: str, origin: str, public_key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in the note. ValueError when it is not a note of this post or its signature is wrong."""
    body, separator, tail = note.partition("\n\n")
    lines = body.split("\n")
    name, _, encoded = tail.removeprefix("\u2014 ").strip().rpartition(" ")
    if not separator or len(lines) != 4 or not lines[3].startswith("at "):
        raise ValueError("it is not a checkpoint")
    if lines[0] != origin or name != origin:
        raise ValueError(f"it belongs to {lines[0]!r}")
    signature = base64.b64decode(encoded, validate=True)
    if signature[:4] != _key_hash(origin, public_key):
        raise ValueError("it was signed with another key")
    try:
        public_key.verify(signature[4:], f"{body}\n".encode())
    except InvalidSignature as error:
        raise ValueError("its signature is wrong") from error
    return Checkpoint(origin, int(lines[1]), base64.b64decode(lines[2], validate=True), lines[3].removeprefix("at "))


def _key_hash(origin: str, public_key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(f"{origin}\n".encode() + _ED25519 + public_key.public_bytes_raw()).digest()[:4]
