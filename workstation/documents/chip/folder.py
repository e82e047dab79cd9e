"""A chip as it was given: the zone of DG1, the portrait of DG2, what DG11 and DG12 add, and what the signature says of them.

One file that is damaged does not hide the others: it is told in a sentence, and what can be read is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from matching.faces.images import Image, ImageRefused
from workstation.documents.chip import lds, portrait, tlv, verification
from workstation.documents.chip.countries import may_sign
from workstation.documents.chip.files import FILES, Files, Folder
from workstation.documents.chip.lds import Detail
from workstation.documents.chip.signing.trust import Trust
from workstation.documents.chip.tlv import Malformed
from workstation.documents.chip.verification import Verification
from workstation.documents.mrz import mrz
from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import DocumentPortrait, Origin, TravelDocument
from workstation.errors import OperatorError
from workstation.sentences import Sentence

T = TypeVar("T")
_STATUS = b"\x90\x00"
_TEXT = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=:- \t\r\n")
_LEAST_TEXT = 16
"""Bytes: a chip's file of fewer may be of letters by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class ChipFiles:
    zone: Zone | None
    portrait: Image | None
    details: tuple[Detail, ...]
    result: Verification
    remarks: tuple[Sentence, ...]
    """What could not be read, and what does not fit; `result.sentences` says what the signature shows."""


def read_folder(path: Path, trust: Trust | None, today: date) -> ChipFiles:
    """The chip whose files lie in the folder. OperatorError where there is none, or neither DG1 nor DG2 is in it."""
    return read_chip(Folder(path), trust, today)


def read_chip(files: Files, trust: Trust | None, today: date) -> ChipFiles:
    """The chip whose files these are. `trust` holds certificates of countries, None where a post has none."""
    remarks: list[Sentence] = []
    given = {
        name: _as_stored(data, name, remarks)
        for name in FILES
        if (data := files.file(name)) is not None and not _is_text(data, name, remarks)
    }
    if remarks and "DG1" not in given and "DG2" not in given:
        raise OperatorError(remarks[0].template, **remarks[0].values)
    if "DG1" not in given and "DG2" not in given:
        raise OperatorError(
            "Neither the printed lines (EF.DG1) nor the portrait (EF.DG2) of the chip is there. Read the chip again."
        )
    groups = {int(name[2:]): _bare(data, int(name[2:])) for name, data in given.items() if name.startswith("DG")}
    zone = _told("DG1", remarks, lambda: _zone(groups[1], today)) if 1 in groups else None
    picture = _told("DG2", remarks, lambda: _portrait(groups[2])) if 2 in groups else None
    details = [each for number in (11, 12) if number in groups for each in _details(number, groups[number], remarks)]
    verified = verification.verify(groups, given.get("SOD"), trust, today)
    remarks += _mismatches(zone, verified)
    if "COM" in given:
        listed = _told("COM", remarks, lambda: lds.groups_in_com(given["COM"])) or frozenset()
        unsigned = sorted(listed - verified.groups.keys()) if verified.signature else []
        remarks += [
            Sentence("EF.COM lists data group {number}, which nobody signed.", {"number": number}) for number in unsigned
        ]
    return ChipFiles(zone, picture, tuple(details), verified, tuple(remarks))


def document_from_chip(chip: ChipFiles) -> TravelDocument:
    """As a document of the desk. The portrait has no face and no template yet: whoever compares it finds and encodes them."""
    picture = None if chip.portrait is None else DocumentPortrait(chip.portrait, None, None, None, from_chip=True)
    remarks = (*chip.result.sentences, *chip.remarks)
    return TravelDocument(Origin.CHIP, chip.zone, portrait=picture, chip=chip.result.state, remarks=remarks)


def _as_stored(data: bytes, name: str, remarks: list[Sentence]) -> bytes:
    """The file without the status word of the reader's last answer (ISO/IEC 7816-4), which no chip holds."""
    if data[-2:] != _STATUS or not _is_whole(data[:-2]):
        return data
    remarks.append(
        Sentence(
            "The file EF.{name} ends with the reader's status word 90 00. That is no part of it and was left out.",
            {"name": name},
        )
    )
    return data[:-2]


def _is_whole(data: bytes) -> bool:
    try:
        return tlv.only(data).whole == data
    except Malformed:
        return False


def _is_text(data: bytes, name: str, remarks: list[Sentence]) -> bool:
    """Whether the file was saved as letters and digits: then it is unreadable, and nothing was altered."""
    if len(data) < _LEAST_TEXT or not all(byte in _TEXT for byte in data):
        return False
    why = "The file EF.{name} holds text, perhaps in hexadecimal or Base64, and not the bytes of a chip. Export it as bytes."
    remarks.append(Sentence(why, {"name": name}))
    return True


def _bare(data: bytes, number: int) -> bytes:
    """The data group without the padding of the chip's memory; as it is where it is damaged, so that its hash differs."""
    try:
        return tlv.only(data, lds.TAGS[number]).whole
    except Malformed:
        return data


def _zone(data: bytes, today: date) -> Zone:
    return mrz.parse(lds.zone_lines(data), today)


def _mismatches(zone: Zone | None, verified: Verification) -> list[Sentence]:
    """A signer of another State than the one that the zone names: the signature may be right, and the document false."""
    known = verified.anchor.certificate if verified.anchor else verified.signer
    if zone is None or known is None or may_sign(known.country, zone.issuing_state) is not False:
        return []
    values = {"state": zone.issuing_state, "country": known.country}
    return [Sentence("The document says that {state} issued it, but its signer is of {country}.", values)]


def _details(number: int, data: bytes, remarks: list[Sentence]) -> tuple[Detail, ...]:
    return _told(f"DG{number}", remarks, lambda: lds.details(number, data)) or ()


def _portrait(data: bytes) -> Image:
    """The first picture that can be shown."""
    files = lds.pictures(data)
    for each in files[:-1]:
        try:
            return portrait.portrait(each)
        except (Malformed, ImageRefused):
            continue
    return portrait.portrait(files[-1])


def _told(name: str, remarks: list[Sentence], read: Callable[[], T]) -> T | None:
    """What `read` gives; None and a sentence where the file is damaged."""
    try:
        return read()
    except Malformed as wrong:
        remarks.append(Sentence("The file EF.{name} cannot be used: {why}.", {"name": name, "why": wrong.why}))
    except (OperatorError, ImageRefused) as refusal:
        why = Sentence(refusal.template, refusal.values)
        remarks.append(Sentence("The file EF.{name} cannot be used. {why}", {"name": name, "why": why}))
    return None
