"""The two keys of a post, and how they are kept: in the clear on a training post, sealed on every other.

The store key opens the store; the signing key signs receipts and checkpoints. A real post's keys are never in a plain file.
"""

import base64
import json
import os
from dataclasses import dataclass
from typing import Self

import keyring
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from keyring.errors import KeyringError

from workstation.errors import OperatorError
from workstation.post.store import KEY_BYTES

SHORTEST_PASSPHRASE = 12
_SERVICE = "amaan"
# RFC 9106, second recommended option: 64 MiB, three passes, four lanes; about 0.2 s at each start.
_ARGON = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}


class PassphraseRefused(OperatorError):
    """The passphrase of this post is needed: it can be asked for."""


class PassphraseWrong(PassphraseRefused):
    """It is not the one of this post."""


@dataclass(frozen=True, slots=True)
class PostKeys:
    store_key: bytes
    signing_key: Ed25519PrivateKey

    @classmethod
    def made(cls) -> Self:
        return cls(os.urandom(KEY_BYTES), Ed25519PrivateKey.generate())

    def raw(self) -> bytes:
        return self.store_key + self.signing_key.private_bytes_raw()

    @classmethod
    def from_raw(cls, raw: bytes) -> Self:
        return cls(raw[:KEY_BYTES], Ed25519PrivateKey.from_private_bytes(raw[KEY_BYTES:]))


def in_the_clear(keys: PostKeys) -> str:
    """The key file of a training post, which holds no real record."""
    return json.dumps({"kind": "training", "warning": "in the clear: drawn people only", "keys": _text(keys.raw())})


def under_passphrase(keys: PostKeys, passphrase: str) -> str:
    """The keys sealed with AES-256-GCM under Argon2id of the passphrase. OperatorError when it is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise OperatorError("A passphrase takes at least {least} characters. Choose a longer one.", least=SHORTEST_PASSPHRASE)
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_derived(passphrase, salt, _ARGON)).encrypt(nonce, keys.raw(), b"amaan post keys 1")
    parts = {"salt": _text(salt), "nonce": _text(nonce), "sealed": _text(sealed)}
    return json.dumps({"kind": "passphrase", "argon2id": _ARGON, **parts})


def in_desktop_store(keys: PostKeys, post_id: str) -> str:
    """The keys put into the desktop's key store; the file only says so. OperatorError when there is none to be had."""
    try:
        keyring.set_password(_SERVICE, post_id, _text(keys.raw()))
    except KeyringError as error:
        raise OperatorError("This desktop has no key store that answers. Seal the keys under a passphrase instead.") from error
    return json.dumps({"kind": "desktop", "post": post_id})


def unsealed(file: str, passphrase: str | None) -> PostKeys:
    """The keys in the text of a key file. OperatorError when the passphrase is missing or wrong, or the file is not one."""
    try:
        parts = json.loads(file)
        kind = parts["kind"]
        if kind == "training":
            return PostKeys.from_raw(base64.b64decode(parts["keys"]))
        if kind == "desktop":
            return _from_desktop(parts["post"])
        if passphrase is None:
            raise PassphraseRefused("The keys of this post are sealed. Enter its passphrase.")
        salt, nonce, sealed = (base64.b64decode(parts[name]) for name in ("salt", "nonce", "sealed"))
        raw = AESGCM(_derived(passphrase, salt, parts["argon2id"])).decrypt(nonce, sealed, b"amaan post keys 1")
    except InvalidTag as error:
        raise PassphraseWrong("The passphrase is wrong. Enter it again.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OperatorError("The key file of this post is damaged. Restore it from the last backup.") from error
    return PostKeys.from_raw(raw)


def _from_desktop(post_id: str) -> PostKeys:
    try:
        kept = keyring.get_password(_SERVICE, post_id)
    except KeyringError as error:
        raise OperatorError("The desktop's key store does not answer. Sign in to the desktop and start again.") from error
    if kept is None:
        raise OperatorError("The desktop's key store holds no key for this post. Start on the computer that made it.")
    return PostKeys.from_raw(base64.b64decode(kept))


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, hash_len=32, type=Type.ID, **cost)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
