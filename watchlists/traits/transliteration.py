"""Names of other alphabets as a machine-readable zone prints them, and back (ICAO Doc 9303-3, section 6, tables A, B, C).

Most States print a transcription by ear instead of table C, so that both must be compared. What comes back is possible, not
certain: the tables are not unique, and fold several letters into one.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from watchlists.traits.alphabets import (
    ARABIC,
    CYRILLIC,
    DOTLESS_I,
    HYPHENS,
    LATIN,
    RUSSIAN,
    SHORT_I,
    SOFT_IE,
    VOWEL_BEFORE_SHORT_I,
)

_TEH_MARBUTA_AT_END = "XAH"
_SHADDA = "\u0651"
_AS_IN_URDU = str.maketrans("كيه", "کیہ")
_LATIN_BACK = {"AE": ("Ä", "Æ"), "OE": ("Ö", "Ø", "Œ"), "UE": ("Ü",), "AA": ("Å",), "SS": ("ẞ",), "TH": ("Þ",), "IJ": ("Ĳ",)}
_BY_EAR = re.compile(r"SH|KH|TH|GH|CH|DH|PH|ZH|OO|EE|[OCV]|[AEIU]{2}")
_MOST_TRIED = 64
_MOST_VOWELS = 0.4
"""A name by table C has none of the short ones."""


def to_zone(name: str) -> str:
    """The name in A to Z and single spaces, by the first choice of each table. What has no place in a zone is left out."""
    return next(iter(zone_spellings(name, 1)), "")


def zone_spellings(name: str, most: int = 16) -> tuple[str, ...]:
    """Every way in which a State may print the name by the tables, the first choice first, at most `most` of them."""
    choices = list(_choices(name))
    found = (_tidy("".join(picked)) for picked in itertools.islice(_nearest_first(choices), max(most * 4, 1)))
    return tuple(itertools.islice((each for each in dict.fromkeys(found) if each), most))


def originals(name: str, most: int = 16) -> tuple[str, ...]:
    """Names of which the zone's `name` may be the transliteration, likeliest first; none where it can only be as printed.

    Escapes tell an alphabet: NXX and UXX are Latin, any other X with its letters is table C. A shadda is mostly not written, so
    that a doubled letter comes back single first. Letters come back as Arabic and as Urdu writes them.
    """
    plain = _tidy(name.upper())
    if not plain:
        return ()
    bare = plain.replace("NXX", "Ñ").replace("UXX", "Ü")
    found: Iterable[str] = ()
    if "X" in bare and (arabic := _arabic_back(plain)):
        found = arabic
    else:
        latin = [bare] if bare != plain else []
        by_letter = () if _BY_EAR.search(plain) or _vowels(plain) > _MOST_VOWELS else _arabic_back(plain)
        found = itertools.chain(latin, _latin_back(bare), by_letter, _cyrillic_back(plain))
    return tuple(itertools.islice((each for each in dict.fromkeys(found) if each != plain), most))


def _choices(name: str) -> Iterator[tuple[str, ...]]:
    """For each sign of the name what it becomes; a shadda doubles the letter before it (9303-3, table C)."""
    composed = unicodedata.normalize("NFC", name).replace("ß", "ẞ")
    letters = "".join(each if each == DOTLESS_I else each.upper() for each in composed)
    last: tuple[str, ...] = ("",)
    for place, letter in enumerate(letters):
        after = letters[place + 1 : place + 2]
        if letter == _SHADDA:
            yield last
            continue
        if unicodedata.combining(letter):
            continue
        last = _becomes(letter, ends=not after.isalpha() and after != _SHADDA)
        yield last


def _becomes(letter: str, *, ends: bool) -> tuple[str, ...]:
    if letter in ARABIC:
        return (_TEH_MARBUTA_AT_END if letter == "ة" and ends else ARABIC[letter],)
    if letter in LATIN or letter in CYRILLIC:
        return LATIN.get(letter) or CYRILLIC[letter]
    if "A" <= letter <= "Z" or letter.isspace() or letter in HYPHENS:
        return (letter if letter not in HYPHENS else " ",)
    without = "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
    if without != letter and len(without) == 1:
        return _becomes(without, ends=ends)
    return ("",)


def _nearest_first(choices: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """All firsts; then every open place at once in its second choice, as one State would; then all other mixtures."""
    yield tuple(each[0] for each in choices)
    for turn in range(1, max((len(each) for each in choices), default=1)):
        yield tuple(each[min(turn, len(each) - 1)] for each in choices)
    yield from itertools.product(*choices)


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"[^A-Z]", " ", text).split())


def _vowels(text: str) -> float:
    letters = text.replace(" ", "")
    return sum(each in "AEIOU" for each in letters) / len(letters)


@cache
def _table_c_back() -> re.Pattern[str]:
    return re.compile("|".join(sorted({*ARABIC.values(), _TEH_MARBUTA_AT_END}, key=len, reverse=True)))


def _arabic_back(name: str) -> tuple[str, ...]:
    """Through table C, whose escapes make it unique but for Y and doubled letters; nothing where the name does not fit it."""
    letters = {code: letter for letter, code in reversed(list(ARABIC.items()))} | {_TEH_MARBUTA_AT_END: "ة"}
    single, double = [], []
    for word in name.split():
        codes = _table_c_back().findall(word)
        if "".join(codes) != word or any(code == _TEH_MARBUTA_AT_END for code in codes[:-1]):
            return ()
        double.append("".join(letters[code] for code in codes))
        single.append("".join(letters[code] for code, _ in itertools.groupby(codes)))
    spellings = [" ".join(single), " ".join(double)]
    return tuple(dict.fromkeys([*spellings, *(each.translate(_AS_IN_URDU) for each in spellings)]))


def _latin_back(name: str) -> Iterator[str]:
    """With each pair that may stand for one letter taken back, fewest left over first."""
    parts = re.split(f"({'|'.join(_LATIN_BACK)})", name)
    choices = [(*_LATIN_BACK[part], part) if part in _LATIN_BACK else (part,) for part in parts]
    if any(len(each) > 1 for each in choices):
        yield from ("".join(picked) for picked in itertools.islice(itertools.product(*choices), _MOST_TRIED))


def _cyrillic_back(name: str) -> Iterator[str]:
    """As Russian prints it; nothing where a letter is left over that its table never gives."""
    letters = {CYRILLIC[letter][0]: letter for letter in RUSSIAN} | {"IE": SOFT_IE}
    codes = re.compile("|".join(sorted(letters, key=len, reverse=True)))
    words = []
    for word in name.split():
        found = codes.findall(word)
        if "".join(found) != word:
            return
        words.append("".join(letters[code] for code in found))
    text = " ".join(words)
    yield VOWEL_BEFORE_SHORT_I.sub(SHORT_I, text)
    yield text
