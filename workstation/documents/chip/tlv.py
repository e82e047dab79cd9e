"""BER-TLV (ISO/IEC 8825-1), as chips and signatures use it: a strict walk of bounded depth, length and number of elements.

Nothing here recurses deeper than DEPTH, and no length is believed before the bytes are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workstation.sentences import Sentence

DEPTH = 24
ELEMENTS = 20_000
_CONSTRUCTED = 0x20
_OCTET_STRING, _OCTET_STRING_IN_PARTS = 0x04, 0x24
_LONGEST_TAG = 3
_LONGEST_LENGTH = 4


class Malformed(Exception):
    """The bytes are not what they should be; `why` is a clause that follows the name of the file."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.why = Sentence(template, values)

    def __str__(self) -> str:
        return str(self.why)


@dataclass(frozen=True, slots=True)
class Element:
    tag: int
    """All bytes of the tag as one number: 0x30, 0x7F61."""
    content: bytes
    whole: bytes
    """Tag, length and content as they stand in the file."""

    @property
    def parts(self) -> tuple["Element", ...]:
        """What a constructed element holds. Malformed where the content is not a row of elements."""
        return tuple(elements(self.content))

    def part(self, tag: int) -> "Element":
        """The first part with this tag. Malformed where there is none."""
        for each in elements(self.content):
            if each.tag == tag:
                return each
        raise Malformed("element {tag} is missing", tag=f"{tag:X}")

    def parts_with(self, tag: int) -> tuple["Element", ...]:
        return tuple(each for each in elements(self.content) if each.tag == tag)


def elements(data: bytes) -> Iterator[Element]:
    """The elements that stand in `data` one after another, each of a definite length."""
    at = count = 0
    while at < len(data):
        count += 1
        if count > ELEMENTS:
            raise Malformed("there are more than {most} elements in a row", most=ELEMENTS)
        tag, start, length = _head(data, at)
        if length is None:
            raise Malformed("an element without a length stands where one is needed")
        end = start + length
        yield Element(tag, data[start:end], data[at:end])
        at = end


def only(data: bytes, tag: int | None = None) -> Element:
    """The one element that `data` is. A chip's memory may pad it with zeros or 0xFF, which are left out of `whole`."""
    found, start, length = _head(data, 0)
    if length is None:
        raise Malformed("an element without a length stands where one is needed")
    if tag is not None and found != tag:
        raise Malformed("it begins with element {found}, not {tag}", found=f"{found:X}", tag=f"{tag:X}")
    rest = data[start + length :]
    if rest.strip(b"\x00") and rest.strip(b"\xff"):
        raise Malformed("{count} more bytes follow after its end", count=len(rest))
    return Element(found, data[start : start + length], data[: start + length])


def definite(data: bytes, depth: int = DEPTH) -> bytes:
    """One element and all within it to `depth`, with lengths instead of end marks, octet strings in parts joined.

    Elements that say their length, and hold only such, keep their bytes as they are: signatures cover them. What lies deeper
    than `depth` within an element that says its length is not looked at.
    """
    return _definite(data, 0, depth, [0])[0]


def check(data: bytes, depth: int = DEPTH, most: int = ELEMENTS) -> None:
    """Malformed unless `data` is one element, properly nested down to its primitive parts, and not larger than the limits."""
    waiting = [(only(data).whole, 0)]
    count = 0
    while waiting:
        row, level = waiting.pop()
        if level > depth:
            raise Malformed("its elements are nested deeper than {depth}", depth=depth)
        for each in elements(row):
            count += 1
            if count > most:
                raise Malformed("it holds more than {most} elements", most=most)
            if is_constructed(each.tag):
                waiting.append((each.content, level + 1))


def is_constructed(tag: int) -> bool:
    while tag > 0xFF:
        tag >>= 8
    return bool(tag & _CONSTRUCTED)


def element(tag: int, content: bytes) -> bytes:
    """Tag, shortest length and content."""
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    length = octets if size < 0x80 else bytes([0x80 | len(octets)]) + octets
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + content


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where the content begins, and its length; None for a length that an end mark tells."""
    if at >= len(data):
        raise Malformed("it is cut off" if data else "there is nothing in it")
    tag_end = at + 1
    if data[at] & 0x1F == 0x1F:
        while tag_end < len(data) and data[tag_end] & 0x80:
            tag_end += 1
        tag_end += 1
    if tag_end - at > _LONGEST_TAG:
        raise Malformed("there is a tag of more than {most} bytes", most=_LONGEST_TAG)
    if tag_end >= len(data):
        raise Malformed("it is cut off")
    tag = int.from_bytes(data[at:tag_end], "big")
    first = data[tag_end]
    start = tag_end + 1
    if first < 0x80:
        length = first
    elif first == 0x80:
        return tag, start, None
    else:
        octets = first & 0x7F
        if octets > _LONGEST_LENGTH:
            raise Malformed("there is a length of {octets} bytes", octets=octets)
        length = int.from_bytes(data[start : start + octets], "big")
        start += octets
    if start + length > len(data):
        raise Malformed(
            "it is cut off: {length} bytes are announced and {there} are there", length=length, there=max(0, len(data) - start)
        )
    return tag, start, length


def _definite(data: bytes, at: int, depth: int, count: list[int]) -> tuple[bytes, int]:
    """The element at `at` with lengths, and where it ends."""
    count[0] += 1
    if count[0] > ELEMENTS:
        raise Malformed("it holds more than {most} elements", most=ELEMENTS)
    tag, start, length = _head(data, at)
    end = None if length is None else start + length
    if end is not None and (depth <= 0 or not is_constructed(tag)):
        return data[at:end], end
    if depth <= 0 or not is_constructed(tag):
        raise Malformed("an element without a length stands where one is needed")
    parts, after, changed = _definite_parts(data, start, end, depth, count)
    if tag == _OCTET_STRING_IN_PARTS:
        joined = b"".join(only(part, _OCTET_STRING).content for part in parts)
        return element(_OCTET_STRING, joined), after
    if end is not None and not changed:
        return data[at:after], after
    return element(tag, b"".join(parts)), after


def _definite_parts(data: bytes, at: int, end: int | None, depth: int, count: list[int]) -> tuple[list[bytes], int, bool]:
    """The parts up to `end`, or up to an end mark where it is None; where they end; whether any is not as it stood."""
    parts: list[bytes] = []
    changed = False
    while at != end:
        if end is None and data[at : at + 2] == b"\x00\x00":
            return parts, at + 2, changed
        if at >= (len(data) if end is None else end):
            raise Malformed("an element goes on past the end of the one that holds it")
        part, after = _definite(data, at, depth - 1, count)
        changed = changed or part != data[at:after]
        parts.append(part)
        at = after
    return parts, at, changed
