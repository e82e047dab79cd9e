"""A biometric data block: the picture files in ISO/IEC 19794-5:2005 ("FAC") and ISO/IEC 39794-5:2019. Nothing is decoded here.

Issuers may write either since 2025 and must write the second from 2030 (Doc 9303-10).
"""

from workstation.documents.chip import tlv
from workstation.documents.chip.tlv import Malformed

_RECORD_HEADER, _FACE_HEADER, _POINT, _PICTURE_HEADER = 14, 20, 8, 12
_MOST_PICTURES = 9
_FACE_IMAGE_DATA_BLOCK = 0x65
"""[APPLICATION 5]"""


def pictures_of(block: bytes) -> list[bytes]:
    """The picture files of one block, in either encoding, told apart by its first bytes."""
    if block.startswith(b"FAC\x00"):
        return _in_19794(block)
    if block[:1] in {b"\x65", b"\xa1"}:
        return _in_39794(block)
    raise Malformed("its picture is neither in ISO/IEC 19794-5 nor in ISO/IEC 39794-5")


def _in_19794(block: bytes) -> list[bytes]:
    """Header (14), then for each face: length (4), points (2), 14 more, 8 a point, 12 on the picture, the picture.

    The length of the whole record is not looked at: chips of New Zealand count it without the first eight bytes.
    """
    faces = int.from_bytes(block[12:14], "big")
    if not 1 <= faces <= _MOST_PICTURES:
        raise Malformed("its record announces {count} pictures", count=faces)
    found, at = [], _RECORD_HEADER
    for _ in range(faces):
        length = int.from_bytes(block[at : at + 4], "big")
        before = _FACE_HEADER + _POINT * int.from_bytes(block[at + 4 : at + 6], "big") + _PICTURE_HEADER
        if length <= before or at + length > len(block):
            raise Malformed("its picture is cut off")
        found.append(block[at + before : at + length])
        at += length
    return found


def _in_39794(block: bytes) -> list[bytes]:
    """[APPLICATION 5] { version [0], representations [1] { { id [0], [1] { base [0] { 2D [0] { picture [0] } } } } } }.

    Chips wrap it once more in [1], as Doc 9303-10 shows. Tags are implicit, but for choices.
    """
    outer = tlv.only(tlv.definite(block))
    data = outer.part(_FACE_IMAGE_DATA_BLOCK) if outer.tag == 0xA1 else outer
    found = []
    for representation in data.part(0xA1).parts:
        two_dimensional = representation.part(0xA1).part(0xA0).part(0xA0)
        found.append(two_dimensional.part(0x80).content)
        if len(found) > _MOST_PICTURES:
            raise Malformed("it holds more than {most} pictures", most=_MOST_PICTURES)
    return found
