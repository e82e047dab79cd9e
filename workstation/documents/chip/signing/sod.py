"""EF.SOD (ICAO Doc 9303-10, 4.6.2): which data groups the issuing State signed, and with what hash each."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.documents.chip import tlv
from workstation.documents.chip.signing import cms
from workstation.documents.chip.signing.cms import SignedData
from workstation.documents.chip.tlv import Element, Malformed

_HASHES = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_SECURITY_OBJECT = frozenset({"2.23.136.1.1.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1", "1.2.840.113549.1.7.1"})
"""The second and third stood in the first years' documents; China calls its list plain data."""


@dataclass(frozen=True, slots=True)
class SecurityObject:
    hash_name: str
    """As hashlib names it; empty where the algorithm is none that is known here."""
    hashes: Mapping[int, bytes]
    """By number of the data group."""
    signed: SignedData


def security_object(data: bytes) -> SecurityObject:
    """What EF.SOD says. Malformed where it is not one."""
    if data[:1] == b"\x77":
        data = tlv.only(tlv.definite(data), 0x77).content
    signed = cms.signed_data(data)
    if signed.content_type not in _SECURITY_OBJECT:
        raise Malformed("what it signs is not a list of data groups")
    parts = tlv.only(signed.content, 0x30).parts
    if len(parts) < 3:
        raise Malformed("its list of data groups is not complete")
    _version, algorithm, groups = parts[:3]
    hashes: dict[int, bytes] = {}
    for each in groups.parts:
        number, digest = _pair(each)
        if number in hashes or not 1 <= number <= 16:
            raise Malformed("its list names data group {number} twice or wrongly", number=number)
        hashes[number] = digest
    if not hashes:
        raise Malformed("its list of data groups is empty")
    return SecurityObject(hash_name(algorithm), hashes, signed)


def hash_name(algorithm: Element) -> str:
    """The hash that an AlgorithmIdentifier names, as hashlib calls it; empty for others."""
    return _HASHES.get(cms.oid(algorithm.parts[:1]), "")


def _pair(element: Element) -> tuple[int, bytes]:
    parts = element.parts
    if len(parts) != 2 or parts[1].tag != 0x04:
        raise Malformed("its list of data groups is damaged")
    return cms.integer(parts[0]), parts[1].content
