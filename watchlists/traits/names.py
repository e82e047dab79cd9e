"""Names as they are compared when a person is looked for by name: without case, marks and punctuation."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^\w]+")


def fold(*names: str) -> str:
    """All words of the names, each without marks and case, separated by single spaces and with one at each end.

    The spaces at the ends let a store find a word by its beginning: `"% ahm%"` finds Ahmed and not Mahmed.
    """
    words: list[str] = []
    for name in names:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        words.extend(word for word in _NOT_A_WORD.sub(" ", bare).split(" ") if word)
    return f" {' '.join(words)} " if words else ""
