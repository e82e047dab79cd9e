"""X.509 certificates of States and of their document signers, as far as a chip's check needs them.

Parsed by asn1crypto: the stricter parser of `cryptography` refuses one in five certificates of public master lists (explicit
curve parameters, small slips of encoding). What was signed is kept as it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from asn1crypto import core, x509

from workstation.documents.chip import tlv
from workstation.documents.chip.signing import cms
from workstation.documents.chip.tlv import Element, Malformed

LONGEST = 16 * 1024
_DEPTH, _ELEMENTS = 16, 1_000
"""Certificates of States have 1 to 3 kB and 100 to 200 elements."""
_NOT_FOR_DOCUMENTS = {
    "2.23.136.1.1.3": "master lists",
    "2.23.136.1.1.8": "deviation lists",
    "2.23.136.1.1.14.1": "visible seals",
    "2.23.136.1.1.14.2": "visible seals",
}
_SHORT = {
    "country_name": "C",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "common_name": "CN",
    "serial_number": "SN",
}

T = TypeVar("T")

Name = tuple[tuple[str, str], ...]
"""Attributes of a distinguished name in order, compared without regard to case and runs of spaces (RFC 5280, 7.1)."""


@dataclass(frozen=True, slots=True)
class Certificate:
    der: bytes
    signed_part: bytes
    """The bytes that the issuer signed."""
    algorithm: Element
    signature: bytes
    public_key: Element
    """SubjectPublicKeyInfo."""
    subject: str
    """As a person reads it: C=PK, O=…, CN=…"""
    subject_name: Name
    issuer: str
    issuer_name: Name
    country: str
    """Two letters in upper case, or empty."""
    serial: int
    valid_from: date
    valid_until: date
    key_identifier: bytes | None
    issuer_key_identifier: bytes | None
    is_authority: bool | None
    """None where it does not say, as the first country certificates."""
    other_use: str
    """What the certificate is for, where that is not signing documents; empty otherwise."""

    @property
    def is_self_issued(self) -> bool:
        """Issuer and subject are one, and so are their keys as far as they are named: a root, not a link to a newer one."""
        same_key = (
            None in {self.key_identifier, self.issuer_key_identifier} or self.key_identifier == self.issuer_key_identifier
        )
        return self.subject_name == self.issuer_name and same_key


def certificate(der: bytes) -> Certificate:
    """The certificate in `der`. Malformed where it is none."""
    if len(der) > LONGEST:
        raise Malformed("a certificate of {size} bytes is no certificate", size=len(der))
    tlv.check(der, _DEPTH, _ELEMENTS)
    whole = tlv.only(der, 0x30)
    if len(whole.parts) != 3:
        raise Malformed("a certificate is damaged")
    signed, algorithm, signature = whole.parts
    fields = [part for part in signed.parts if part.tag != 0xA0]
    if len(fields) < 6 or signature.tag != 0x03 or len(signature.content) < 2:
        raise Malformed("a certificate is damaged")
    serial = cms.integer(fields[0])
    return reading(
        "a certificate is damaged", lambda: _read(whole.whole, serial, signed, algorithm, signature.content[1:], fields[5])
    )


def name_of(der: bytes) -> Name:
    return reading("a name is damaged", lambda: _name(x509.Name.load(der)))


def reading(wrong: str, read: Callable[[], T]) -> T:
    """What `read` takes from asn1crypto's lazy objects; Malformed with `wrong` for all that they raise at damaged data."""
    try:
        return read()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, NotImplementedError) as error:
        # asn1crypto raises each of these when it meets bytes that do not fit, at first use and not at loading.
        raise Malformed(wrong) from error


def _read(der: bytes, serial: int, signed: Element, algorithm: Element, signature: bytes, public_key: Element) -> Certificate:
    parsed = x509.Certificate.load(der)["tbs_certificate"]
    extensions = {each["extn_id"].dotted: each["extn_value"] for each in parsed["extensions"] or ()}
    subject, issuer = parsed["subject"], parsed["issuer"]
    subject_name = _name(subject)
    authority = _parsed(extensions, "2.5.29.35", x509.AuthorityKeyIdentifier)
    own = _parsed(extensions, "2.5.29.14", core.OctetString)
    limits = _parsed(extensions, "2.5.29.19", x509.BasicConstraints)
    uses = _parsed(extensions, "2.5.29.37", x509.ExtKeyUsageSyntax)
    country = next((text for kind, text in subject_name if kind == "2.5.4.6"), "")
    other = [_NOT_FOR_DOCUMENTS[each.dotted] for each in uses or () if each.dotted in _NOT_FOR_DOCUMENTS]
    return Certificate(
        der=der,
        signed_part=signed.whole,
        algorithm=algorithm,
        signature=signature,
        public_key=public_key,
        subject=_spoken(subject),
        subject_name=subject_name,
        issuer=_spoken(issuer),
        issuer_name=_name(issuer),
        country=country.upper(),
        serial=serial,
        valid_from=_day(parsed["validity"]["not_before"]),
        valid_until=_day(parsed["validity"]["not_after"]),
        key_identifier=None if own is None else own.native,
        issuer_key_identifier=None if authority is None else authority["key_identifier"].native,
        is_authority=None if limits is None else bool(limits["ca"].native),
        other_use=other[0] if other else "",
    )


def _parsed(extensions: dict[str, core.OctetString], kind: str, form: Any) -> Any:
    return form.load(extensions[kind].contents) if kind in extensions else None


def _name(name: x509.Name) -> Name:
    return tuple((each["type"].dotted, " ".join(str(each["value"].native).casefold().split())) for each in _attributes(name))


def _spoken(name: x509.Name) -> str:
    said = [f"{_SHORT.get(each['type'].native, each['type'].native)}={each['value'].native}" for each in _attributes(name)]
    return "".join(letter for letter in ", ".join(said)[:300] if letter.isprintable())


def _attributes(name: x509.Name) -> list[x509.NameTypeAndValue]:
    return [each for together in name.chosen for each in together]


def day_in(time: Element) -> date:
    """The day of a UTCTime or GeneralizedTime. Malformed where it is none."""
    return reading("a date is damaged", lambda: _day(x509.Time.load(time.whole)))


def _day(time: x509.Time) -> date:
    said = time.native
    return date(said.year, said.month, said.day)
