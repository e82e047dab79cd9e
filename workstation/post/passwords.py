"""Passwords as they are kept: Argon2id of the normalised text, so that every keyboard sends the same word."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workstation.errors import OperatorError

SHORTEST_PASSWORD = 12
_HASHER = PasswordHasher()
# What an unknown login is checked against, so that it takes as long as a known one.
NOBODY = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    return _HASHER.hash(_normalised(password))


def is_right(password_hash: str, password: str) -> bool:
    """Whether this is the password, in any of the forms in which it may have been kept before passwords were normalised."""
    return any(_verifies(password_hash, form) for form in _forms(password))


def needs_rehash(password_hash: str, password: str) -> bool:
    """Whether the hash was made with other costs, or of the text as it was typed. The password is right."""
    return _HASHER.check_needs_rehash(password_hash) or (
        len(_forms(password)) > 1 and not _verifies(password_hash, _normalised(password))
    )


def check_new(login: str, password: str) -> None:
    """OperatorError when the password cannot be one of this login."""
    if not password:
        raise OperatorError("Type a password.")
    if len(_normalised(password)) < SHORTEST_PASSWORD:
        raise OperatorError("A password takes at least {shortest} characters. Choose a longer one.", shortest=SHORTEST_PASSWORD)
    if login in _normalised(password).lower() and len(password) < 2 * len(login) + 4:
        raise OperatorError("The password is the login with little more. Choose another one.")


def _normalised(password: str) -> str:
    """NFKC, as NIST SP 800-63B (5.1.1.2) asks before hashing."""
    return unicodedata.normalize("NFKC", password)


def _forms(password: str) -> tuple[str, ...]:
    """The normalised text first, then as typed and as other keyboards send it: for plain letters all of them are one."""
    others = (password, unicodedata.normalize("NFC", password), unicodedata.normalize("NFD", password))
    return tuple(dict.fromkeys((_normalised(password), *others)))


def _verifies(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
