"""The data groups of a chip (ICAO Doc 9303-10, LDS 1.7 and 1.8): the zone, the portrait, and what COM, DG11 and DG12 add.

A data group says nothing about whether it is genuine; that is told in verification.py.
"""

from dataclasses import dataclass

from workstation.documents.chip import tlv
from workstation.documents.chip.face_record import pictures_of
from workstation.documents.chip.tlv import Malformed

DG1_LINES = {90: 30, 72: 36, 88: 44}
"""Characters in all, and in a line: TD1, TD2 and TD3."""
_GROUPS = {0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x65: 5, 0x66: 6, 0x67: 7, 0x68: 8, 0x69: 9, 0x6A: 10, 0x6B: 11, 0x6C: 12}
_GROUPS |= {0x6D: 13, 0x6E: 14, 0x6F: 15, 0x70: 16}
TAGS = {number: tag for tag, number in _GROUPS.items()}
_MOST_PICTURES = 9
_DETAILS = {
    11: {0x5F0E: "full name", 0x5F10: "personal number", 0x5F2B: "full date of birth", 0x5F11: "place of birth"},
    12: {0x5F19: "issuing authority", 0x5F26: "date of issue"},
}
_BCD_DATES = {0x5F2B, 0x5F26}
_LONGEST_DETAIL = 400


@dataclass(frozen=True, slots=True)
class Detail:
    """What DG11 or DG12 adds to the zone, as it stands there."""

    name: str
    text: str


def zone_lines(data: bytes) -> tuple[str, ...]:
    """The lines of the machine-readable zone in EF.DG1."""
    text = tlv.only(data, TAGS[1]).part(0x5F1F).content
    if len(text) not in DG1_LINES:
        raise Malformed("its zone has {length} characters, which no document has", length=len(text))
    if not text.isascii():
        raise Malformed("its zone holds characters that no zone has")
    wide = DG1_LINES[len(text)]
    printed = text.decode("ascii")
    return tuple(printed[at : at + wide] for at in range(0, len(printed), wide))


def pictures(data: bytes) -> tuple[bytes, ...]:
    """The pictures of the face in EF.DG2 as files, at least one; nothing is decoded yet."""
    group = tlv.only(data, TAGS[2]).part(0x7F61)
    found: list[bytes] = []
    for template in group.parts_with(0x7F60):
        for block in template.parts:
            if block.tag in {0x5F2E, 0x7F2E}:
                found += pictures_of(block.content)
            if len(found) > _MOST_PICTURES:
                raise Malformed("it holds more than {most} pictures", most=_MOST_PICTURES)
    if not found:
        raise Malformed("it holds no picture of a face")
    return tuple(found)


def groups_in_com(data: bytes) -> frozenset[int]:
    """The data groups that EF.COM lists. EF.COM is not signed: what it says is a hint."""
    tags = tlv.only(data, 0x60).part(0x5C).content
    return frozenset(_GROUPS[tag] for tag in tags if tag in _GROUPS)


def details(number: int, data: bytes) -> tuple[Detail, ...]:
    """What EF.DG11 or EF.DG12 (by `number`) says that an officer reads."""
    said = []
    for each in tlv.only(data, TAGS[number]).parts:
        name = _DETAILS[number].get(each.tag)
        if name and each.content:
            said.append(Detail(name, _text(each.tag, each.content[:_LONGEST_DETAIL])))
    return tuple(said)


def _text(tag: int, content: bytes) -> str:
    """UTF-8 with fillers for spaces; dates are eight digits, in half bytes on some chips."""
    if tag in _BCD_DATES and len(content) == 4:
        content = content.hex().encode()
    if tag in _BCD_DATES and len(content) == 8 and content.isdigit():
        return f"{content[:4].decode()}-{content[4:6].decode()}-{content[6:].decode()}"
    words = content.decode("utf-8", errors="replace").replace("<", " ").split()
    return " ".join("".join(letter for letter in word if letter.isprintable()) for word in words)
