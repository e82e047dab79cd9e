"""Text as people and their keyboards write it, made comparable: no signs that nobody sees, no letters that only look different.

Every other module gets names through `tidy`, so that a zero-width sign or another keyboard's letter hides nobody.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = frozenset("'`\u2019\u2018\u02bc\u02bb\u02bf\u02be\u00b4\u2032")
"""Doc 9303 leaves them out, so that O'Brien is one word."""
_TATWEEL = "\u0640"
_SMALL_ALEF = "\u0670"
"""Of the marks of Arabic letters the one that stands for a letter."""
_MARKS = (("\u0300", "\u036f"), ("\u0483", "\u0487"), ("\u0591", "\u05c7"), ("\u0610", "\u061a"), ("\u064b", "\u065f"),
          ("\u06d6", "\u06dc"), ("\u06df", "\u06ed"))  # fmt: skip # a table
"""Marks of Latin, Cyrillic, Hebrew and Arabic letters. Those of Indian scripts are vowels, and stay."""
_TWINS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ئ": "ی", "ك": "ک", "ڪ": "ک", "ه": "ہ", "ة": "ہ", "ۀ": "ہ", "ۂ": "ہ",
        "ۃ": "ہ", "ھ": "ہ", "ە": "ہ", "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و", "ۇ": "و", "ۆ": "و", "ۈ": "و", "ۋ": "و",
        "ګ": "گ", "ڳ": "گ", "ں": "ن", "ڼ": "ن", "ڻ": "ن", "ټ": "ٹ", "ډ": "ڈ", "ړ": "ڑ", "ء": "", _SMALL_ALEF: "",
    }
)  # fmt: skip # a table
"""Letters that stand on different keys of Arabic, Persian, Urdu, Pashto, Sindhi, Kurdish and Uyghur keyboards."""


def tidy(text: str) -> str:
    """Lower case, compatible forms taken back (NFKC), without format signs, lengthening, apostrophes and vowel marks."""
    low = unicodedata.normalize("NFKC", text).casefold()
    # Before a zero-width non-joiner a Persian he is the vowel that ends a part of the word: خامنه‌ای.
    low = low.replace("ه\u200c", "ە")
    if low.isascii():
        return low.replace("'", "").replace("`", "")
    return "".join(each for each in unicodedata.normalize("NFKC", low) if _stays(each))


def words(text: str) -> Iterator[str]:
    """The words of a tidied text: letters with their marks. Figures and signs part words."""
    found = ""
    for each in text:
        if unicodedata.category(each)[0] in "LM":
            found += each
        elif found:
            yield found
            found = ""
    if found:
        yield found


def twinless(text: str) -> str:
    """A tidied text with one letter for those that keyboards exchange: what the finder looks for."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not _is_mark(each))
    return unicodedata.normalize("NFC", bare).translate(_TWINS)


@lru_cache(maxsize=20_000)
def latin(letter: str) -> str:
    """A letter of any script in a to z, as anyascii has it; empty when it has none."""
    return "".join(each for each in anyascii(letter).casefold() if "a" <= each <= "z")


def _is_mark(each: str) -> bool:
    return any(first <= each <= last for first, last in _MARKS)


def _stays(each: str) -> bool:
    if each in _APOSTROPHES or each == _TATWEEL or unicodedata.category(each) == "Cf":
        return False
    return not _is_mark(each)
