"""ANSI/NIST-ITL files: a person in a Type-2 record and facial images in Type-10 records, in and out.

Source: ANSI/NIST-ITL 1-2011 Update:2015 (SP 500-290e3), 8.1 and 8.10. What a field of Type 2 means is left to each domain
by the standard: the tables are those of the FBI's EBTS and of INTERPOL's implementation (INT-I).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import nistitl

from watchlists.exchange import signs
from watchlists.exchange.dates import read_date
from watchlists.exchange.incoming import Delivery, Incoming, IncomingPhoto
from watchlists.exchange.remarks import FileRefused, Remark, remark
from watchlists.exchange.usual import Usual, delivered, not_kept, review_said
from watchlists.records.records import Particulars, RecordRefused
from watchlists.traits import states

DOMAINS: Mapping[str, Mapping[int, str]] = {
    "EBTS": {
        16: "number", 17: "number", 18: "name", 19: "others", 20: "birth_place", 21: "nationality", 22: "born", 24: "sex",
        37: "basis", 67: "image_source",
    },
    "INT-I": {
        7: "reference", 30: "surname", 31: "surname_birth", 32: "others", 33: "given", 34: "born", 35: "sex", 37: "nationality",
        38: "number",
    },
}  # fmt: skip # a table
"""What a field of Type 2 holds, by its number, in each domain."""
_FACE = "FACE"
_MUGSHOT = {"FACE", "MUGSHOT"}
_LONGEST_BASIS = 200


@dataclass(frozen=True, slots=True)
class Leaving:
    """A record that is written as a file."""

    reference: str
    particulars: Particulars
    photos: Sequence[tuple[bytes, str, tuple[int, int]]]
    """JPEG or PNG, the day it was taken (ISO 8601 or empty), and width and height."""


def is_nist(data: bytes) -> bool:
    return re.match(rb"1\.0*1:\d+\x1d", data) is not None


def from_nist(data: bytes, usual: Usual, today: date, name: str) -> Delivery:
    """The person of one file. FileRefused when it is damaged; an unknown domain is taken for EBTS, and that is said."""
    message = nistitl.Message()
    try:
        message.parse(data)
        kinds = [each.type for each in message]
    except Exception as error:  # the library raises whatever its parser meets in a damaged file
        raise FileRefused("The ANSI/NIST file is damaged or cut off. Copy it again from where it came.") from error
    if 2 not in kinds:
        raise FileRefused("The ANSI/NIST file has no Type-2 record, which says who the person is.")
    utf8 = _field(message[0], 15).split("\x1f")[0].lstrip("0") == "3"
    said = _field(message[0], 13) or _field(message[0], 4)
    domain = "INT-I" if "INT-I" in said.upper() or said.upper().startswith("INT") else "EBTS"
    told: list[Remark] = []
    if domain == "EBTS" and not re.search("EBTS|NORAM|FBI", said.upper()):
        told.append(remark("The file names no domain that is known here; its fields are read as those of EBTS."))
    record = next(message.iter(2))
    texts = {tag: _text(_field(record, tag), utf8=utf8) for tag in _tags(record)}
    lost = {f"2.{tag:03}" for tag, text in texts.items() if text and tag > 2 and tag not in DOMAINS[domain]}
    person = {DOMAINS[domain][tag]: text for tag, text in texts.items() if tag in DOMAINS[domain]}
    photos = _photos(message, name, told)
    called = person.get("name") or " ".join(filter(None, (person.get("surname"), person.get("given"))))
    reference = person.get("reference") or _text(_field(message[0], 9), utf8=utf8)
    try:
        build: Incoming | RecordRefused = _incoming(
            person, reference, photos, usual, today, _text(_field(message[0], 8), utf8=utf8)
        )
    except RecordRefused as refusal:
        build = refusal
    row = delivered(1, called, build, tuple(told))
    return Delivery("an ANSI/NIST file", (row,), (*review_said(usual, today), *not_kept(lost)))


def _incoming(
    said: Mapping[str, str], reference: str, photos: tuple[IncomingPhoto, ...], usual: Usual, today: date, agency: str
) -> Incoming:
    surname, given = said.get("surname", ""), said.get("given", "")
    if "name" in said:
        surname, _, given = (part.strip() for part in said["name"].partition(","))
    others = [*said.get("others", "").split("|"), said.get("surname_birth", "")]
    basis = said.get("basis", "") or ", ".join(filter(None, (f"File {reference}" if reference else "", agency)))
    born = said.get("born", "")
    particulars = Particulars(
        surname=surname,
        given_names=given,
        other_names=tuple(dict.fromkeys(each.replace(",", " ").strip() for each in others if each.strip())),
        birth_date=read_date(born, "birth_date", today) if born.strip("0") else "",
        sex=said.get("sex", "")[:1].upper() if said.get("sex", "")[:1].upper() in {"F", "M", "X"} else "",
        nationality=states.state(said.get("nationality", "").split("|")[0]),
        document_number="; ".join(filter(None, said.get("number", "").split("|"))),
        legal_basis=basis[:_LONGEST_BASIS],
    )
    return Incoming(usual.list_name, usual.over(particulars, today), reference[:80], photos)


def _photos(message: Any, name: str, told: list[Remark]) -> tuple[IncomingPhoto, ...]:
    found = []
    for number, record in enumerate(message.iter(10), start=1):
        kind = _field(record, 3).upper()
        if kind and kind not in _MUGSHOT:
            told.append(remark("A picture of the kind {kind} was left out: only faces are read.", "photos", kind=kind[:20]))
            continue
        image = record[999]
        data = image.value if image is not None else b""
        if data:
            taken = _field(record, 5)
            day = f"{taken[:4]}-{taken[4:6]}-{taken[6:8]}" if re.fullmatch(r"(19|20)\d{6}", taken) else ""
            found.append(IncomingPhoto(f"{name}, picture {number}", day, None, bytes(data)))
    return tuple(found)


def _tags(record: Any) -> list[int]:
    return [int(field.tag) for field in record._fields]


def _field(record: Any, tag: int) -> str:
    """The value of a field; its parts are joined by |, the items of a part by the unit separator."""
    field = record[tag]
    if field is None:
        return ""
    value = field.value
    if isinstance(value, list):
        return "|".join("\x1f".join(map(str, each)) if isinstance(each, list) else str(each) for each in value)
    return str(value)


def _text(value: str, *, utf8: bool) -> str:
    """The library reads Latin-1; 1.015 may say that the bytes are UTF-8."""
    plain = value
    if utf8:
        try:
            plain = value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            plain = value
    return signs.cleaned(plain.replace("\x1f", " "), "Type-2").text


def as_nist(record: Leaving, agency: str, now: datetime) -> bytes:
    """One record as a file: Type 1, Type 2 in the fields of EBTS, and a Type 10 for each photograph."""
    message = nistitl.Message()
    message.TOT = "AMAAN"
    head = message[0]
    head.DAT, head.TCN = f"{now:%Y%m%d}", _plain(record.reference)
    head.DAI = head.ORI = _plain(agency) or "AMAAN"
    head += nistitl.Field(1, 13, "EBTS")
    head += nistitl.Field(1, 15, "")
    head[15].add_subfields(_sub("3", "UTF-8"))
    given = record.particulars
    person = nistitl.AsciiRecord(2)
    person.IDC = 0
    born = given.birth_date.replace("-", "").ljust(8, "0") if given.birth_date else ""
    values = {
        16: given.document_number, 18: ", ".join(filter(None, (given.surname, given.given_names))),
        21: given.nationality, 22: born, 24: given.sex, 37: given.legal_basis,
    }  # fmt: skip # a table
    for tag, value in values.items():
        if value:
            person += nistitl.Field(2, tag, _bytes(value))
    if given.other_names:
        others = nistitl.Field(2, 19, "")
        others.add_subfields(*(nistitl.SubField(_bytes(each)) for each in given.other_names))
        person += others
    message += person
    for number, (image, taken, (width, height)) in enumerate(record.photos, start=1):
        message += _type_10(number, image, taken, width, height, agency)
    return bytes(message.NIST)


def _type_10(number: int, image: bytes, taken: str, width: int, height: int, agency: str) -> Any:
    picture = nistitl.AsciiRecord(10)
    picture.IDC = number
    compression = "PNG" if image.startswith(b"\x89PNG") else "JP2" if image[4:8] == b"jP  " else "JPEGB"
    values = {
        3: _FACE, 4: _plain(agency) or "AMAAN", 5: taken.replace("-", "").ljust(8, "0") if taken else "00000000",
        6: str(width), 7: str(height), 8: "0", 9: "1", 10: "1", 11: compression, 12: "RGB",
    }  # fmt: skip # a table
    for tag, value in values.items():
        picture += nistitl.Field(10, tag, value)
    # A text field would store the words "b'…'" (DOCUMENTS 3.1): pictures are a field of their own kind.
    picture += nistitl.BinaryField(10, 999, image)
    return picture


def _sub(*values: str) -> Any:
    part = nistitl.SubField()
    part.add_values(*values)
    return part


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9./ -]", "-", text)[:40]


def _bytes(text: str) -> str:
    """UTF-8 as the library writes it: letter by letter as Latin-1."""
    return re.sub(r"[\x1c-\x1f]", " ", text).encode("utf-8").decode("latin-1")
