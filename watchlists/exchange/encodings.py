"""Bytes of any system as text. A guess is never taken in silence: it is said, and a person names the encoding.

UTF-8 and UTF-16 prove themselves; the eight-bit code pages of Windows do not, since every byte means something in them.
"""

import codecs
import unicodedata
from dataclasses import dataclass

from watchlists.exchange.remarks import FileRefused

NAMED = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1256": "Windows Arabic (cp1256)",
    "cp1252": "Windows Western (cp1252)",
    "cp1251": "Windows Cyrillic (cp1251)",
    "cp1254": "Windows Turkish (cp1254)",
}
"""What a person may name, and its words."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 40
"""Characters of a guess that are shown."""


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    guess: str = ""
    """Name of the code page when it was guessed: then nothing is saved before a person has named it."""
    sample: str = ""
    """What the guess makes of the first words that are not plain letters."""


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text of a file. `encoding`: one of NAMED, where a person named it. FileRefused when it does not fit."""
    if encoding:
        return Decoded(_as(data, encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_as(data, name))
    bare = _utf16_without_mark(data)
    if bare:
        return Decoded(_as(data, bare))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _guessed(data)


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused(
            "The file is not {encoding} text throughout. Save it as CSV UTF-8.",
            encoding=NAMED.get(encoding, encoding.upper().removesuffix("-SIG")),
        ) from error


def _utf16_without_mark(data: bytes) -> str:
    """Latin letters and separators in UTF-16 have a zero in every second byte, nearly always the same one."""
    head = data[: 2 * 2000]
    if len(head) < 4 or len(data) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    if even > len(head) // 4 and not odd:
        return "utf-16-be"
    return ""


def _guessed(data: bytes) -> Decoded:
    """cp1256 where what it gives is Arabic script, otherwise cp1252; both are only guesses."""
    arabic = data.decode("cp1256", errors="replace")
    high = [each for each in arabic if each > "\x7f" and each.isalpha()]
    reads_arabic = sum("\u0600" <= each <= "\u06ff" for each in high) * 2 > len(high)
    guess = "cp1256" if reads_arabic else "cp1252"
    text = arabic if reads_arabic else data.decode("cp1252", errors="replace")
    return Decoded(text, guess, _sample(text))


def _sample(text: str) -> str:
    words = (word for word in text.replace(",", " ").replace(";", " ").split() if not word.isascii())
    shown = next(words, "")[:_SAMPLE]
    return "".join(each for each in shown if unicodedata.category(each)[0] in "LMNPSZ")
