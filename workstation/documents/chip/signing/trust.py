"""Certificates of issuing States and their lists of withdrawn certificates, from a folder that an administrator filled.

What lies in the folder is trusted because a person put it there: single certificates of countries (.cer, .crt, .der, .pem) and
master lists (.ml), whose own signature must be right. A file that cannot be used is left out and told, never an error.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from asn1crypto import pem

from workstation.documents.chip import tlv
from workstation.documents.chip.signing import certificates, cms
from workstation.documents.chip.signing.certificates import Certificate, Name
from workstation.documents.chip.signing.revocation import RevocationList, revocation_list
from workstation.documents.chip.signing.signatures import Outcome
from workstation.documents.chip.signing.signed import verify_signed
from workstation.documents.chip.tlv import Malformed
from workstation.errors import OperatorError
from workstation.sentences import Sentence

_SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem", ".ml", ".crl"})
_LARGEST = 16 * 2**20
_MOST_FILES, _MOST_CERTIFICATES = 2_000, 10_000
_MASTER_LIST = "2.23.136.1.1.2"


@dataclass(frozen=True, slots=True)
class Anchor:
    certificate: Certificate
    file: str
    """Where it came from: the name of the file in the folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """Everything that was found, in the order of file names. Immutable: read once, used for every chip."""

    anchors: tuple[Anchor, ...] = ()
    revocations: tuple[RevocationList, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    """Which files were left out, and why."""
    _by_key: Mapping[bytes, Sequence[Anchor]] = field(default_factory=dict)
    _by_name: Mapping[Name, Sequence[Anchor]] = field(default_factory=dict)
    _by_country: Mapping[str, Sequence[Anchor]] = field(default_factory=dict)

    def may_have_issued(self, child: Certificate) -> tuple[Anchor, ...]:
        """Certificates that may have signed this one, likeliest first: by key, by name, by country."""
        likely = [
            *(self._by_key.get(child.issuer_key_identifier, ()) if child.issuer_key_identifier else ()),
            *self._by_name.get(child.issuer_name, ()),
            *(self._by_country.get(child.country, ()) if child.country else ()),
        ]
        once = {each.certificate.der: each for each in likely if each.certificate.der != child.der}
        return tuple(once.values())

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(self._by_country)


def trust(anchors: Sequence[Anchor], revocations: Sequence[RevocationList] = (), remarks: Sequence[Sentence] = ()) -> Trust:
    by_key, by_name, by_country = defaultdict(list), defaultdict(list), defaultdict(list)
    for each in anchors:
        if each.certificate.key_identifier:
            by_key[each.certificate.key_identifier].append(each)
        by_name[each.certificate.subject_name].append(each)
        by_country[each.certificate.country].append(each)
    return Trust(tuple(anchors), tuple(revocations), tuple(remarks), by_key, by_name, by_country)


def read_trust(folder: Path) -> Trust:
    """The country certificates and lists of withdrawn ones in `folder`. OperatorError where there is no such folder."""
    if not folder.is_dir():
        raise OperatorError("There is no folder {folder} with certificates of countries.", folder=str(folder))
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    if len(files) > _MOST_FILES:
        raise OperatorError("The folder {folder} holds more than {most} certificates.", folder=str(folder), most=_MOST_FILES)
    anchors: list[Anchor] = []
    revocations: list[RevocationList] = []
    remarks: list[Sentence] = []
    for path in files:
        try:
            for found in _in_file(path, remarks):
                if isinstance(found, RevocationList):
                    revocations.append(found)
                elif _may_issue(found) and len(anchors) < _MOST_CERTIFICATES:
                    anchors.append(Anchor(found, path.name))
        except (Malformed, OSError) as wrong:
            why = wrong.why if isinstance(wrong, Malformed) else Sentence("it cannot be read")
            remarks.append(
                Sentence("The file {file} among the country certificates is left out: {why}.", {"file": path.name, "why": why})
            )
    return trust(anchors, revocations, remarks)


def _may_issue(found: Certificate) -> bool:
    """Roots, and links from an older root to a newer one. The first countries' roots do not say that they are authorities."""
    return found.is_authority is True or (found.is_authority is None and found.is_self_issued)


def _in_file(path: Path, remarks: list[Sentence]) -> Iterator[Certificate | RevocationList]:
    if path.stat().st_size > _LARGEST:
        raise Malformed("it is larger than {most} MB", most=_LARGEST // 2**20)
    data = path.read_bytes()
    for each in _without_armour(data):
        if path.suffix.lower() == ".crl":
            yield revocation_list(each, path.name)
        elif path.suffix.lower() == ".ml":
            yield from _in_master_list(each, path.name, remarks)
        else:
            yield certificates.certificate(each)


def _without_armour(data: bytes) -> list[bytes]:
    if not pem.detect(data):
        return [data]
    return certificates.reading("its text is damaged", lambda: [found for _, _, found in pem.unarmor(data, multiple=True)])


def _in_master_list(data: bytes, name: str, remarks: list[Sentence]) -> list[Certificate]:
    """Doc 9303-12, 9: SEQUENCE { version, SET OF Certificate }, signed. Certificates that nobody can read are counted."""
    signed = cms.signed_data(data)
    if signed.content_type != _MASTER_LIST:
        raise Malformed("it is not a master list")
    checked, _signer = verify_signed(signed, [certificates.certificate(each) for each in signed.certificates])
    if checked.outcome is Outcome.BAD:
        raise Malformed("its contents are not as they were signed")
    if checked.outcome is Outcome.UNSUPPORTED:
        raise Malformed("its signature cannot be verified here ({why})", why=checked.why)
    found, unread = [], 0
    for each in tlv.only(signed.content, 0x30).part(0x31).parts:
        try:
            found.append(certificates.certificate(each.whole))
        except Malformed:
            unread += 1
    if unread:
        remarks.append(Sentence("{count} certificates in {file} cannot be read.", {"count": unread, "file": name}))
    return found
