"""Whether the post signed a receipt, told from its text alone, as anybody may who has the post's public key."""

import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def is_signed(text: str, key: Ed25519PublicKey, post: str) -> bool:
    """Whether the text is a receipt of this post that this key signed: JSON of any order, and Ed25519 over the rest, sorted."""
    try:
        parts = json.loads(text)
        signature = bytes.fromhex(parts.pop("signature"))
        key.verify(signature, _CANONICAL.encode(parts).encode())
        return bool(parts["post"] == post)
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
