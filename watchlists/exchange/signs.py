"""Signs that nobody sees: which are taken off and said, and which no field may hold.

A direction override makes a name read otherwise on the screen than it is stored; a control sign hides a part of it.
Sources: Unicode Standard Annex 9 (embeddings, overrides, isolates), Unicode Technical Report 36, 2.2 and 2.5.
"""

import unicodedata
from dataclasses import dataclass

from watchlists.records.records import RecordRefused

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\u061c\ufeff\u00ad\u034f\u180e")
"""Marks without a width. Joiners are not among them: Persian and Indic names are written with them."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""What a cell may begin with that a spreadsheet takes for a formula (OWASP, CSV Injection)."""
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\u0085\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    taken_off: int
    """Invisible marks that were taken off."""


def cleaned(text: str, field: str) -> Cleaned:
    """The text without outer spaces and invisible marks, on one line. RecordRefused for a control or direction sign."""
    bare = text.strip()
    if bare.startswith("="):
        raise RecordRefused("The field {named} holds a formula, not its value: {text}.", field, named=field, text=bare[:40])
    if bare[:1] == "'" and bare[1:].startswith(FORMULA):
        bare = bare[1:]  # as our own tables write a cell that begins with such a sign
    if bare.isascii() and bare.isprintable():
        return Cleaned(bare, 0)
    flat = bare.translate(_SPACES)
    for each in flat:
        if each in _OVERRIDES or unicodedata.category(each) in {"Cc", "Cs", "Co", "Cn"}:
            raise RecordRefused(
                "The field {named} holds the sign U+{code}, which nobody sees. Type the text anew.",
                field,
                named=field,
                code=f"{ord(each):04X}",
            )
    seen = "".join(each for each in flat if each not in _INVISIBLE)
    return Cleaned(" ".join(seen.split()), len(flat) - len(seen))
