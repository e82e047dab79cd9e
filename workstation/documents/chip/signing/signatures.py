"""Whether a signature was made with a key over these bytes: RSA (PKCS #1 v1.5 and PSS) and ECDSA (Doc 9303-12, 4.4).

Three answers: it is so, it is not so, or it cannot be told here. What cannot be told is never called forged.
"""

from dataclasses import dataclass
from enum import StrEnum

from asn1crypto import algos, keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from workstation.documents.chip import tlv
from workstation.documents.chip.signing import cms, curves
from workstation.documents.chip.signing.certificates import reading
from workstation.documents.chip.tlv import Element, Malformed
from workstation.sentences import Sentence

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - documents of the first years are signed so; the result says it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_PKCS1 = {
    "1.2.840.113549.1.1.1": "",
    "1.2.840.113549.1.1.5": "sha1",
    "1.2.840.113549.1.1.14": "sha224",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
_PSS = "1.2.840.113549.1.1.10"
_MGF1 = "1.2.840.113549.1.1.8"
_ECDSA = {
    "1.2.840.10045.2.1": "",
    "1.2.840.10045.4.1": "sha1",
    "1.2.840.10045.4.3.1": "sha224",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
_PLAIN_ECDSA = {
    "0.4.0.127.0.7.1.1.4.1.1": "sha1",
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
}
"""BSI TR-03111: r and s side by side."""
_RSA_KEYS = frozenset({"1.2.840.113549.1.1.1", _PSS})
_EC_KEY = "1.2.840.10045.2.1"
_SHORTEST_RSA, _LONGEST_RSA, _LARGEST_EXPONENT = 1024, 8192, 2**32
"""A huge exponent makes one signature take minutes."""


class Outcome(StrEnum):
    GOOD = "good"
    BAD = "bad"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Verified:
    outcome: Outcome
    why: Sentence | None = None
    """What is not supported here, as a clause."""
    hash_name: str = ""


def verify(public_key: Element, algorithm: Element, digest: str, signature: bytes, message: bytes) -> Verified:
    """Whether `signature` over `message` was made with this key (a SubjectPublicKeyInfo).

    `digest` (as hashlib names it) counts where the algorithm names none. Damaged keys and algorithms cannot be told about.
    """
    try:
        kind = cms.oid(algorithm.parts[:1])
        owner = cms.oid(public_key.part(0x30).parts[:1])
        if kind in _PKCS1 or kind == _PSS:
            if owner not in _RSA_KEYS:
                raise Malformed("an RSA signature beside a key of another kind")  # noqa: TRY301 - one place answers
            return _rsa(public_key, algorithm, kind, digest, signature, message)
        if kind in _ECDSA or kind in _PLAIN_ECDSA:
            if owner != _EC_KEY:
                raise Malformed("an ECDSA signature beside a key of another kind")  # noqa: TRY301 - one place answers
            return _ecdsa(public_key, kind, digest, signature, message)
    except Malformed as reason:
        return Verified(Outcome.UNSUPPORTED, reason.why)
    return Verified(Outcome.UNSUPPORTED, Sentence("the signature algorithm {kind}", {"kind": kind}))


def _rsa(public_key: Element, algorithm: Element, kind: str, digest: str, signature: bytes, message: bytes) -> Verified:
    key = _rsa_key(public_key)
    if kind == _PSS:
        name, mask = _pss_hashes(algorithm, public_key)
        scheme: padding.AsymmetricPadding = padding.PSS(padding.MGF1(_hash(mask)), padding.PSS.AUTO)
    else:
        name, scheme = _PKCS1[kind] or digest, padding.PKCS1v15()
    try:
        key.verify(signature, message, scheme, _hash(name))
    except InvalidSignature:
        return Verified(Outcome.BAD, hash_name=name)
    except (UnsupportedAlgorithm, ValueError) as error:
        raise Malformed("RSA with {name}", name=name) from error
    return Verified(Outcome.GOOD, hash_name=name)


def _rsa_key(public_key: Element) -> rsa.RSAPublicKey:
    numbers = tlv.only(_bits(public_key), 0x30).parts
    if len(numbers) != 2:
        raise Malformed("a damaged RSA key")
    # Some States forget the zero before a modulus whose first bit is set: the bytes are taken as they are.
    modulus, exponent = (int.from_bytes(each.content, "big") for each in numbers)
    if not _SHORTEST_RSA <= modulus.bit_length() <= _LONGEST_RSA:
        raise Malformed("an RSA key of {bits} bits", bits=modulus.bit_length())
    if not 3 <= exponent <= _LARGEST_EXPONENT:
        raise Malformed("an RSA exponent of {bits} bits", bits=exponent.bit_length())
    try:
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed("a damaged RSA key") from error


def _pss_hashes(algorithm: Element, public_key: Element) -> tuple[str, str]:
    """Hash and mask hash: from the signature, else from the certificate's key, else the default (RFC 4055, 3.1)."""
    own = [part for part in algorithm.parts[1:] if part.tag == 0x30]
    of_key = [part for part in public_key.part(0x30).parts[1:] if part.tag == 0x30]
    chosen = (own or of_key)[:1]
    if not chosen:
        return "sha1", "sha1"
    found = reading("a damaged RSA-PSS signature", lambda: _pss_native(algos.RSASSAPSSParams.load(chosen[0].whole)))
    name, mask_kind, mask = found
    if mask_kind != _MGF1:
        raise Malformed("RSA-PSS with another mask than MGF1")
    return name, mask


def _pss_native(params: algos.RSASSAPSSParams) -> tuple[str, str, str]:
    mask = params["mask_gen_algorithm"]
    return (
        params["hash_algorithm"]["algorithm"].native,
        mask["algorithm"].dotted,
        mask["parameters"]["algorithm"].native,
    )


def _ecdsa(public_key: Element, kind: str, digest: str, signature: bytes, message: bytes) -> Verified:
    key = _ec_key(public_key)
    if kind in _PLAIN_ECDSA:
        half = len(signature) // 2
        name = _PLAIN_ECDSA[kind]
        signature = encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
    else:
        name = _ECDSA[kind] or digest
    try:
        key.verify(signature, message, ec.ECDSA(_hash(name)))
    except InvalidSignature:
        return Verified(Outcome.BAD, hash_name=name)
    except (UnsupportedAlgorithm, ValueError) as error:
        raise Malformed("ECDSA with {name}", name=name) from error
    return Verified(Outcome.GOOD, hash_name=name)


def _ec_key(public_key: Element) -> ec.EllipticCurvePublicKey:
    parameters = public_key.part(0x30).parts[1:2]
    if not parameters:
        raise Malformed("a key without a curve")
    domain = reading("a damaged curve", lambda: keys.ECDomainParameters.load(parameters[0].whole))
    curve = reading("a damaged curve", lambda: curves.curve_of(domain))
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve, _bits(public_key))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed("a key that is not on its curve") from error


def _bits(public_key: Element) -> bytes:
    content = public_key.part(0x03).content
    if content[:1] != b"\x00":
        raise Malformed("a damaged key")
    return content[1:]


def _hash(name: str) -> hashes.HashAlgorithm:
    if name not in _HASHES:
        raise Malformed("the hash that the signature names")
    return _HASHES[name]
