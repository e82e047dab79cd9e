"""The picture on the chip: JPEG or JPEG 2000 of a portrait's size, looked at before a decoder unpacks it.

A file of a few bytes can announce pictures, layers or passes that keep a decoder busy for minutes: such a file is refused here,
and `matching.faces.images.decode` does the rest.
"""

from matching.faces.images import Image, decode
from workstation.documents.chip import codestream
from workstation.documents.chip.tlv import Malformed

MOST_PIXELS = 4_000_000
"""Portraits on chips have 0.2 to 1 million points; JPEG 2000 of 4 million is unpacked in less than a second."""
_SCAN, _MOST_SCANNED = b"\xff\xda", 50_000_000
"""Each pass of a progressive JPEG goes over all points; usual are ten."""
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def portrait(file: bytes) -> Image:
    """The picture, RGB. Malformed with a clause for what cannot be a portrait, ImageRefused for what is damaged."""
    if file.startswith(_JPEG):
        width, height = _jpeg_size(file)
        if file.count(_SCAN) * width * height > _MOST_SCANNED:
            raise Malformed("its picture is built up in too many passes")
    elif file.startswith((codestream.START, codestream.BOX)):
        announced = codestream.announced(file)
        width, height = announced.width, announced.height
    else:
        raise Malformed("its picture is neither JPEG nor JPEG 2000")
    if width * height > MOST_PIXELS:
        raise Malformed("its picture has {width} x {height} points, which is no portrait", width=width, height=height)
    return decode(file)


def _jpeg_size(file: bytes) -> tuple[int, int]:
    """Width and height in the frame header."""
    at = 2
    while at + 9 <= len(file) and file[at] == 0xFF:
        if file[at + 1] in _FRAMES:
            return int.from_bytes(file[at + 7 : at + 9], "big"), int.from_bytes(file[at + 5 : at + 7], "big")
        at += 1 if file[at + 1] == 0xFF else 2 + int.from_bytes(file[at + 2 : at + 4], "big")
    raise Malformed("its picture is damaged: its size is not told")
