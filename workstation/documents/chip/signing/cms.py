"""Signed data (RFC 5652), the envelope of EF.SOD and of master lists: content, certificates and first signature, bytes kept.

Taken apart by hand, because the bytes that were signed must stay what they were, and old security objects break small rules.
"""

from dataclasses import dataclass

from asn1crypto import core

from workstation.documents.chip import tlv
from workstation.documents.chip.tlv import Element, Malformed

_SEQUENCE, _SET, _OCTETS, _INTEGER = 0x30, 0x31, 0x04, 0x02
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_MESSAGE_DIGEST, SIGNING_TIME = "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"
_ENVELOPE = 7
"""Deepest level at which the envelope itself may leave lengths out; certificates never do."""
_MOST_CERTIFICATES = 4
_LONGEST_CERTIFICATE = 16 * 1024
_LONGEST_NUMBER = 64
"""Serial numbers have 20 bytes at most (RFC 5280), and Python writes no number of thousands of digits."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The first signer's. `digest` and `algorithm` are AlgorithmIdentifier elements."""

    issuer: bytes | None
    """Name of the signer's issuer, as DER; None where the signer is named by its key."""
    serial: int | None
    key_identifier: bytes | None
    digest: Element
    attributes: bytes | None
    """The signed attributes as a SET, as they stand; None where the content itself is signed."""
    algorithm: Element
    value: bytes


@dataclass(frozen=True, slots=True)
class SignedData:
    content_type: str
    content: bytes
    certificates: tuple[bytes, ...]
    signature: Signature


def signed_data(data: bytes) -> SignedData:
    """The parts of a ContentInfo. Malformed where it is none, or has no signature."""
    outer = tlv.only(tlv.definite(data, _ENVELOPE), _SEQUENCE)
    if oid(outer.parts[:1]) != _SIGNED_DATA:
        raise Malformed("it is not signed data")
    parts = _first(outer.part(0xA0)).parts
    if len(parts) < 4:
        raise Malformed("its signed data is not complete")
    _version, _digests, content, *rest = parts
    found = tuple(each for each in rest if each.tag == 0xA0)
    certificates = tuple(each.whole for holder in found for each in holder.parts if each.tag == _SEQUENCE)
    if len(certificates) > _MOST_CERTIFICATES or any(len(each) > _LONGEST_CERTIFICATE for each in certificates):
        raise Malformed("it holds more or larger certificates than any security object")
    signers = rest[-1]
    if signers.tag != _SET or not signers.content:
        raise Malformed("it is not signed by anybody")
    return SignedData(
        oid(content.parts[:1]), _first(content.part(0xA0), _OCTETS).content, certificates, _signature(_first(signers).parts)
    )


def attribute(attributes: bytes, kind: str) -> Element | None:
    """The one value of an attribute in a SET of attributes."""
    for each in tlv.only(attributes, _SET).parts:
        if oid(each.parts[:1]) == kind:
            return _first(each.part(_SET))
    return None


def message_digest(attributes: bytes) -> bytes | None:
    found = attribute(attributes, _MESSAGE_DIGEST)
    return None if found is None else found.content


def sorted_set(attributes: bytes) -> bytes:
    """The SET in the order of DER: what some signed although they wrote it in another order."""
    return tlv.element(_SET, b"".join(sorted(each.whole for each in tlv.only(attributes, _SET).parts)))


def oid(elements: tuple[Element, ...]) -> str:
    """The object identifier that the first of `elements` is."""
    if not elements or elements[0].tag != 0x06 or not 1 <= len(elements[0].content) <= 40:
        raise Malformed("an object identifier is missing")
    try:
        return str(core.ObjectIdentifier.load(elements[0].whole).dotted)
    except (ValueError, IndexError) as error:
        raise Malformed("an object identifier is damaged") from error


def integer(element: Element) -> int:
    if element.tag != _INTEGER or not 1 <= len(element.content) <= _LONGEST_NUMBER:
        raise Malformed("a number is missing or of more than {most} bytes", most=_LONGEST_NUMBER)
    return int.from_bytes(element.content, "big", signed=True)


def _first(holder: Element, tag: int = _SEQUENCE) -> Element:
    parts = holder.parts
    if not parts or (parts[0].tag != tag and holder.tag != _SET):
        raise Malformed("element {tag} is missing", tag=f"{tag:X}")
    return parts[0]


def _signature(parts: tuple[Element, ...]) -> Signature:
    if len(parts) < 5:
        raise Malformed("its signature is not complete")
    _version, signer, digest, *rest = parts
    attributes = None
    if rest[0].tag == 0xA0:
        attributes = bytes([_SET]) + rest[0].whole[1:]
        rest = rest[1:]
    if len(rest) < 2 or rest[0].tag != _SEQUENCE or rest[1].tag != _OCTETS:
        raise Malformed("its signature is not complete")
    issuer, serial, key = None, None, None
    if signer.tag == _SEQUENCE:
        named = signer.parts
        if len(named) != 2:
            raise Malformed("its signer is not named")
        issuer, serial = named[0].whole, integer(named[1])
    else:
        key = signer.content
    return Signature(issuer, serial, key, digest, attributes, rest[0], rest[1].content)
