"""Names of sources: an address as it may be shown and logged, and the whole of it sealed with the post's keys.

A password in an address is part of no entry of the log, no screen, no sentence and no exported file.
"""

import base64
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workstation.errors import OperatorError

HIDDEN = "***"
"""Stands where a password stood."""
_PURPOSE = b"amaan source passwords 1"
_NONCE = 12
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_WORDS = r"pass|pwd|secret|token|auth|key|sign|credential"
_IN_QUERY = re.compile(rf"(?i)([?&;](?:[\w.-]*(?:{_WORDS})[\w.-]*|pw|p|sig)=)[^&;#\s]+")
_IN_PATH = re.compile(rf"(?i)([/_](?:[a-z0-9.-]*(?:{_WORDS})[a-z0-9.-]*)=)(?:(?!_[a-z]+=)[^/?&#\s])+")
"""As in /user=admin_password=..._channel=1, which some recorders ask for."""
_PLACE = re.compile(r"(?:[\w-]+\.)+[\w-]+:\d{1,5}/|localhost:\d{1,5}/|\[[0-9a-fA-F:.]+\]")
"""An address and its port, before a path that holds an @."""


def without_password(address: str) -> str:
    """The address with HIDDEN in place of every password in it; any other name of a source as it is."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return address
    rest = address[scheme.end() :]
    person, host = _parted(rest)
    if person is not None:
        name, colon, _ = person.partition(":")
        rest = f"{name}{colon}{HIDDEN if colon else ''}@{host}"
    return scheme.group() + _IN_PATH.sub(rf"\g<1>{HIDDEN}", _IN_QUERY.sub(rf"\g<1>{HIDDEN}", rest))


def is_hidden(address: str) -> bool:
    """Whether passwords were taken out of this address, so that nothing can be opened by it."""
    return _SCHEME.match(address) is not None and HIDDEN in address


def sealed(address: str, key: Ed25519PrivateKey) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(_derived(key)).encrypt(nonce, address.encode(), _PURPOSE)).decode()


def unsealed(text: str, key: Ed25519PrivateKey) -> str:
    """OperatorError when the text was not sealed with this post's keys."""
    try:
        raw = base64.b64decode(text)
        return AESGCM(_derived(key)).decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()
    except (InvalidTag, ValueError) as error:
        raise OperatorError(
            "The password of a camera's address cannot be read with this post's keys. Enter the whole address again."
        ) from error


def _parted(rest: str) -> tuple[str | None, str]:
    """Who signs in, and the address behind. A password may hold @, / and ?, although it should not."""
    before, colon, _ = rest.partition(":")
    first = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" not in rest or ("@" not in first and (not colon or "/" in before or _PLACE.match(rest))):
        return None, rest
    if colon and "@" not in before:
        person, _, place = rest.rpartition("@")
    else:
        person, _, place = rest.partition("@")
    return person, place


def _derived(key: Ed25519PrivateKey) -> bytes:
    """A key for this purpose alone (RFC 5869)."""
    return HKDF(SHA256(), 32, None, _PURPOSE).derive(key.private_bytes_raw())
