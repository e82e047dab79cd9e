"""The names of lists: what a person sees is all there is to them, so that no two lists look the same."""

import unicodedata

from watchlists.records.records import RecordRefused

_JOINERS = frozenset("\u200c\u200d")
"""Persian and Indic names are written with them; they count for nothing where names are compared."""


def checked(text: str, field: str, words: str) -> str:
    """The text on one line with single spaces. RecordRefused when it is empty or holds a sign that nobody sees."""
    clean = " ".join(text.split())
    if not clean:
        raise RecordRefused("Enter the {words} of the list.", field, words=words)
    for sign in clean:
        if sign not in _JOINERS and unicodedata.category(sign) in {"Cf", "Cc", "Cs", "Co", "Cn"}:
            raise RecordRefused(
                "The {words} of the list holds the sign U+{code}, which nobody sees. Type it anew.",
                field,
                words=words,
                code=f"{ord(sign):04X}",
            )
    return clean


def seen(name: str) -> str:
    """The same for names that look the same: case, width, joiners and composed letters make no difference."""
    bare = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(sign for sign in bare if sign not in _JOINERS).split())
