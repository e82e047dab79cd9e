"""JPEG 2000 (ISO/IEC 15444-1, annex A): what the headers announce, so that a decoder is never set to work for minutes.

A few bytes can announce a picture of a million tiles, layers or packets. The limits here are far above what encoders write.
"""

from dataclasses import dataclass

from workstation.documents.chip.tlv import Malformed

START, BOX = b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0cjP  "
"""How a bare codestream and a file of boxes (JP2) begin."""
_END = b"\xff\xd9"
_FARTHEST_START = 256 * 1024
"""What stands before it is a colour profile of some kilobytes."""
_SIZ, _COD, _COC, _POC, _SOT, _SOD = 0x51, 0x52, 0x53, 0x5F, 0x90, 0x93
_SOT_LENGTH = 12
_MOST_TILES, _MOST_PARTS, _MOST_COMPONENTS, _LONGEST_PROGRESSION = 64, 256, 4, 200
_MOST_PACKETS, _MOST_CODE_BLOCKS, _MOST_LEVELS = 200_000, 50_000, 32


@dataclass(frozen=True, slots=True)
class Announced:
    width: int
    height: int
    components: int


def announced(file: bytes) -> Announced:
    """What the codestream in `file` announces. Malformed where it is damaged or would keep a decoder busy without end."""
    start = _start(file)
    if file[start : start + 4] != START:
        raise Malformed("its picture is damaged: it holds no JPEG 2000 data")
    main, at = _header(file, start + 2, _SOT)
    picture = _size(main[0][1])
    for kind, segment in main[1:]:
        _check_coding(kind, segment, picture)
    for _ in range(_MOST_PARTS):
        if file[at : at + 2] in {_END, b""}:
            return picture
        if file[at : at + 2] != bytes([0xFF, _SOT]):
            raise Malformed("its picture is damaged: a part of it does not end where it should")
        length = int.from_bytes(file[at + 6 : at + 10], "big")
        inside, _end = _header(file, at + _SOT_LENGTH, _SOD)
        for kind, segment in inside:
            _check_coding(kind, segment, picture)
        if length == 0:
            return picture
        at += max(length, _SOT_LENGTH)
    raise Malformed("its picture is cut into more than {most} parts", most=_MOST_PARTS)


def _start(file: bytes) -> int:
    """Where the codestream begins: at once, or in the first box of its kind (I.4). No other place is believed."""
    at = 0
    if not file.startswith(BOX):
        return at
    while at <= _FARTHEST_START:
        length, kind = int.from_bytes(file[at : at + 4], "big"), file[at + 4 : at + 8]
        if kind == b"jp2c":
            return at + (16 if length == 1 else 8)
        if length < 8:
            break
        at += length
    raise Malformed("its picture is damaged: it holds no JPEG 2000 data")


def _header(file: bytes, at: int, end: int) -> tuple[list[tuple[int, bytes]], int]:
    """Markers with their segments up to the marker `end`, and where that stands."""
    found = []
    while file[at : at + 2] != bytes([0xFF, end]):
        length = int.from_bytes(file[at + 2 : at + 4], "big")
        if file[at : at + 1] != b"\xff" or length < 2 or at + 2 + length > len(file):
            raise Malformed("its picture is damaged: a header is cut off")
        found.append((file[at + 1], file[at + 4 : at + 2 + length]))
        at += 2 + length
    return found, at


def _size(segment: bytes) -> Announced:
    """A.5.1. Everything that is counted here is bounded by the caller or below."""
    right, lower, left, upper, tile_width, tile_height, tile_left, tile_upper = (
        int.from_bytes(segment[at : at + 4], "big") for at in range(2, 34, 4)
    )
    components = int.from_bytes(segment[34:36], "big")
    if not (left < right and upper < lower and tile_width and tile_height and tile_left <= left and tile_upper <= upper):
        raise Malformed("its picture is damaged: it has no size")
    tiles = -(-(right - tile_left) // tile_width) * -(-(lower - tile_upper) // tile_height)
    if tiles > _MOST_TILES:
        raise Malformed("its picture is cut into {count} tiles", count=tiles)
    if not 1 <= components <= _MOST_COMPONENTS:
        raise Malformed("its picture has {count} colour planes", count=components)
    return Announced(right - left, lower - upper, components)


def _check_coding(kind: int, segment: bytes, picture: Announced) -> None:
    """Coding style (A.6.1, A.6.2) and changes of progression (A.6.6) within what a decoder goes through at once."""
    if kind == _POC and len(segment) > _LONGEST_PROGRESSION:
        raise Malformed("its picture changes its order too often")
    if kind not in {_COD, _COC}:
        return
    if kind == _COD:
        own_precincts, layers, style = segment[0:1], int.from_bytes(segment[2:4], "big"), segment[5:]
    else:
        own_precincts, layers, style = segment[1:2], 1, segment[2:]
    if len(style) < 5 or style[0] > _MOST_LEVELS:
        raise Malformed("its picture is damaged: its coding is not told")
    levels, precincts = style[0], style[5:] if own_precincts[0] & 1 else b"\xff" * (style[0] + 1)
    if len(precincts) < levels + 1:
        raise Malformed("its picture is damaged: its coding is not told")
    packets = 0
    for level in range(levels + 1):
        shrunk = levels - level
        across = (picture.width >> shrunk >> (precincts[level] & 0xF)) + 2
        down = (picture.height >> shrunk >> (precincts[level] >> 4)) + 2
        packets += across * down * picture.components * layers
    blocks = picture.width * picture.height * picture.components >> (style[1] + 2) + (style[2] + 2)
    if packets > _MOST_PACKETS or blocks > _MOST_CODE_BLOCKS:
        raise Malformed("its picture is cut into more pieces than any portrait")
