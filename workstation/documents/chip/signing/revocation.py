"""Lists of withdrawn certificates (RFC 5280, section 5), as States publish them: a set of numbers and who signed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workstation.documents.chip import tlv
from workstation.documents.chip.signing import certificates, cms, signatures
from workstation.documents.chip.signing.certificates import Certificate, Name
from workstation.documents.chip.signing.signatures import Outcome
from workstation.documents.chip.tlv import Element, Malformed

_TIMES = frozenset({0x17, 0x18})


@dataclass(frozen=True, slots=True)
class RevocationList:
    file: str
    issuer_name: Name
    country: str
    issued: date
    next_due: date | None
    serials: frozenset[int]
    signed_part: bytes
    algorithm: Element
    signature: bytes

    def is_signed_by(self, keys: Iterable[Certificate]) -> bool:
        """Whether the signature over the list was made with one of these keys."""
        return any(
            signatures.verify(each.public_key, self.algorithm, "", self.signature, self.signed_part).outcome is Outcome.GOOD
            for each in keys
        )


def revocation_list(data: bytes, file: str) -> RevocationList:
    """The list in `data`. Malformed where it is none."""
    parts = tlv.only(data, 0x30).parts
    if len(parts) != 3 or parts[2].tag != 0x03:
        raise Malformed("it is not a list of withdrawn certificates")
    signed, algorithm, signature = parts
    fields = [part for part in signed.parts if part.tag != 0x02]
    if len(fields) < 3 or fields[2].tag not in _TIMES:
        raise Malformed("it is not a list of withdrawn certificates")
    name = certificates.name_of(fields[1].whole)
    later = fields[3:]
    next_due = certificates.day_in(later[0]) if later and later[0].tag in _TIMES else None
    rows = [part for part in later if part.tag == 0x30]
    serials = [row.parts[:1] for row in (rows[0].parts if rows else ())]
    if not all(serials):
        raise Malformed("an entry without a number stands in it")
    return RevocationList(
        file=file,
        issuer_name=name,
        country=next((text.upper() for kind, text in name if kind == "2.5.4.6"), ""),
        issued=certificates.day_in(fields[2]),
        next_due=next_due,
        serials=frozenset(cms.integer(first[0]) for first in serials),
        signed_part=signed.whole,
        algorithm=algorithm,
        signature=signature.content[1:],
    )
