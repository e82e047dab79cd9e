"""Elliptic curves of travel documents: named, or written out in full, which many country certificates do.

Written out parameters count as a named curve only where all agree, the generator too: whoever may choose the generator can make
a signature for any public key (CVE-2020-0601).
"""

import hashlib

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec

from workstation.documents.chip.tlv import Malformed

_NAMED: dict[str, ec.EllipticCurve] = {
    "1.2.840.10045.3.1.1": ec.SECP192R1(),
    "1.3.132.0.33": ec.SECP224R1(),
    "1.2.840.10045.3.1.7": ec.SECP256R1(),
    "1.3.132.0.34": ec.SECP384R1(),
    "1.3.132.0.35": ec.SECP521R1(),
    "1.3.36.3.3.2.8.1.1.7": ec.BrainpoolP256R1(),
    "1.3.36.3.3.2.8.1.1.11": ec.BrainpoolP384R1(),
    "1.3.36.3.3.2.8.1.1.13": ec.BrainpoolP512R1(),
}
_UNSUPPORTED = {
    "1.3.36.3.3.2.8.1.1.1": "brainpoolP160r1",
    "1.3.36.3.3.2.8.1.1.3": "brainpoolP192r1",
    "1.3.36.3.3.2.8.1.1.5": "brainpoolP224r1",
    "1.3.36.3.3.2.8.1.1.9": "brainpoolP320r1",
}
_WRITTEN_OUT: dict[str, str] = {
    "00ce5746b907eb777f26a57623fb9fc45b38bca80a2378e36dc6fb5e95047f5a": "1.2.840.10045.3.1.1",
    "afa4934fc886273a841fdaf6014ef5c81399790aab3655b952b9a6d630b1aefb": "1.3.132.0.33",
    "b7182df649e80615fa74d61de7a473f4f135ffc7d3450a6a36364a333ec162e2": "1.2.840.10045.3.1.7",
    "1ca2d65820fab2bfaf1ece2d96fef4aa0cdf2a32a960b115bbc1f31307b1f84a": "1.3.132.0.34",
    "abcba7fe2d804bafefc7d1cc8ac1f82083ed0a7bd52e39784b3082d79b995183": "1.3.132.0.35",
    "c5047cf7c5ace4f816cdc8cc99048b096da31f94c686177c1679f5c0a6c31b42": "1.3.36.3.3.2.8.1.1.7",
    "cd2b54d8c12a56fbc0d73b60abda91e074ab66d0431055c7addf611a93639615": "1.3.36.3.3.2.8.1.1.11",
    "2141fd18a1e7d14fd4b8abf68825db10b0d9f7d1f58f5a2938593e5dc232eddd": "1.3.36.3.3.2.8.1.1.13",
    "961518cf32148ca9c8d231b6c387df713691776f43077c2a52f985e245bc9b09": "1.3.36.3.3.2.8.1.1.1",
    "92ed2ac71f4f4fc539def3a7191db9d8be8f1c3998685b03cdffb3dacc13c6d5": "1.3.36.3.3.2.8.1.1.3",
    "c8be67b4702de36a8e8cd9d9eb5f51f13ea8cf83719d3035a083dfba11385f49": "1.3.36.3.3.2.8.1.1.5",
    "872da7f02b32743b04c4dbb18c918dcbecb9794ff4af5c84eae03262ee779fb2": "1.3.36.3.3.2.8.1.1.9",
}
"""SHA-256 of "p a b G n" (hexadecimal without leading zeros, G compressed) of `openssl ecparam -param_enc explicit`."""
_PRIME_FIELD = "1.2.840.10045.1.1"


def curve_of(domain: keys.ECDomainParameters) -> ec.EllipticCurve:
    """The curve. Malformed, naming it where it has a name, for one that cannot be computed with here."""
    if domain.name == "named":
        kind = domain.chosen.dotted
    elif domain.name == "specified":
        kind = _WRITTEN_OUT.get(fingerprint(domain.chosen), "")
    else:
        raise Malformed("a key without a curve")
    if kind not in _NAMED:
        raise Malformed("the curve {name}", name=_UNSUPPORTED.get(kind, kind) or "that is written out in the certificate")
    return _NAMED[kind]


def fingerprint(written: keys.SpecifiedECDomain) -> str:
    """A digest of all parameters but the cofactor and the seed, which follow from the others or prove nothing."""
    field = written["field_id"]
    if field["field_type"].dotted != _PRIME_FIELD:
        return ""
    prime = field["parameters"].native
    a, b = (int.from_bytes(written["curve"][name].contents, "big") for name in ("a", "b"))
    point = written["base"].contents
    size = (prime.bit_length() + 7) // 8
    if len(point) == 1 + 2 * size and point[0] == 0x04:
        point = bytes([2 + (point[-1] & 1)]) + point[1 : 1 + size]
    said = f"{prime:x} {a:x} {b:x} {int.from_bytes(point, 'big'):x} {written['order'].native:x}"
    return hashlib.sha256(said.encode()).hexdigest()
