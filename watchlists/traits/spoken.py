"""A word of any script as it may be spoken, in a to z, large letters for sounds that Latin letters write in several ways, and
signs for vowels: `*` one that is not written, or none; `%` any vowel; `&` a or e.

S is sh, C ch, J the sound of Jamal and of zh, W a consonant w or v, Y a consonant y. Arabic and Hebrew letters write consonants
only, so that a word of theirs has several readings; letters of India have a vowel of their own unless a sign says otherwise.
Scripts without a table here are read as anyascii reads them.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from anyascii import anyascii

from watchlists.traits.writing import latin

MOST = 24
"""Readings of one word that are compared."""

_ARABIC_TABLE = """
ب b|ٻ b|ڀ b bh|پ p|ت t|ٹ t|ټ t|ٿ t|ٺ t|ٽ t|ث s t|ج J g|ڄ J|ڃ n|چ C|ڇ C|ح h|خ k h|څ s C ts|ځ z J|د d|ڈ d|ډ d|ڌ d|ڏ d|ڊ d|ڍ d
ذ z d|ر r|ڑ r|ړ r|ڙ r|ڕ r|ز z|ژ J z|ږ J g z|س s|ش S|ښ S k h|ص s|ض z d|ط t|ظ z d|ع *|غ g|ف f|ڤ w|ڦ f|ق k g|ک k|ك k|ڪ k
گ g|ګ g|ڳ g|ڱ ng|ڭ ng|ل l|ڵ l|م m|ن n|ں n|ڼ n|ڻ n|ہ h|ه h|ھ h|ە &|ۀ &|ۂ &|ۃ &|ة & t|ؤ u|أ a|إ i|آ a|ٱ a|ا a|ء _|ئ i
ی i|ي i|ى i a|ې &|ۍ ai|ے &|ێ &|ۇ u|ۆ u|ۈ u|ۋ w W|و u W
"""
_ARABIC = {
    entry.split()[0]: tuple(entry.split()[1:]) for line in _ARABIC_TABLE.split("\n") for entry in line.split("|") if entry
}
_FIRST = {"ا": ("%",), "ٱ": ("%",), "أ": ("%",), "إ": ("i",), "ع": ("%",), "و": ("W",), "ی": ("Y", "i"), "ي": ("Y", "i"),
          "ئ": ("",), "ۋ": ("W",), "ۇ": ("u",), "ء": ("",)}  # fmt: skip # a table
_FINAL = {"ہ": ("&",), "ه": ("&",), "ح": ("*", "h"), "ع": ("*",), "و": ("u",), "ى": ("a", "i"), "ی": ("i",), "ھ": ("&", "h")}
_ALEFS, _VOWEL_LETTERS = frozenset("اآأإٱى"), frozenset("اآأإٱىیيوێەۇۆۈېےئ")
_BREATHED = frozenset("کگٹتدڈچپكګجذ")
"""Before ھ, which is then no letter of its own."""
_HEBREW_TABLE = """
א *|ב b W w|ג g|ד d|ה h|ו u W|ז z|ח h C k|ט t|י i|כ k|ך k
ל l|מ m|ם m|נ n|ן n|ס s|ע *|פ p f|ף f p|צ ts z|ץ ts z|ק k|ר r|ש S s|ת t
"""
_HEBREW = {
    entry.split()[0]: tuple(entry.split()[1:]) for line in _HEBREW_TABLE.split("\n") for entry in line.split("|") if entry
}
_HEBREW_FIRST = {"א": ("%",), "ע": ("%",), "ו": ("W",), "י": ("Y", "i")}
_HEBREW_FINAL = {"ה": ("&",), "ע": ("*",), "א": ("a",)}

_CYRILLIC_TABLE = """
а a|б b|в v|г g|д d|е e ye|ё e yo|ж J|з z|и i|й y|к k|л l|м m|н n|о o a|п p|р r|с s|т t|у u|ф f|х k h|ц ts|ч C|ш S|щ SC S|ъ |ы y
ь |э e|ю yu|я ya|і i|ї yi|є ye|ґ g|ђ dJ d|ј y|љ l|њ n|ћ C|џ dJ|ѓ g|ќ k|ѕ dz|ў u|ғ g|қ k|ң n ng|ө o|ұ u|ү u|һ h|ә a|ҳ h|ҷ J|ӣ i
ӯ u o|җ J|ҙ z|ҫ s|ӑ a|ӗ e|ӳ u
"""
_CYRILLIC = {
    entry.split(" ")[0]: tuple(entry.split(" ")[1:])
    for line in _CYRILLIC_TABLE.split("\n")
    for entry in line.split("|")
    if entry
}
_SILENT = frozenset({"'", "`", '"', "-", "."})
"""What anyascii gives for letters that are hardly heard."""
_INDIAN = ("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM")
_INDIAN_SOUNDS = {
    "k": "k", "kh": "k", "g": "g", "gh": "g", "ng": "n", "c": "C", "ch": "C", "j": "J", "jh": "J", "ny": "n", "tt": "t",
    "tth": "t", "dd": "d", "ddh": "d", "nn": "n", "t": "t", "th": "t", "d": "d", "dh": "d", "n": "n", "nnn": "n", "p": "p",
    "ph": "f", "b": "b", "bh": "bh", "m": "m", "y": "y", "yy": "y", "r": "r", "rr": "r", "rrr": "r", "l": "l", "ll": "l",
    "lll": "l", "v": "w", "w": "w", "sh": "S", "ss": "S", "s": "s", "h": "h", "q": "k", "khh": "k", "ghh": "g", "z": "z",
    "dddh": "r", "rh": "r", "f": "f",
}  # fmt: skip # a table
_OTHERWISE = {
    "BENGALI LETTER YA": ("J", "y"), "BENGALI LETTER BA": ("b", "w"), "BENGALI LETTER SA": ("s", "S"),
    "BENGALI LETTER SHA": ("S", "s"),
    "BENGALI LETTER SSA": ("S", "s"), "BENGALI LETTER CHA": ("C", "s"), "BENGALI LETTER JA": ("J", "z"),
    "DEVANAGARI LETTER PHA": ("f", "p"), "BENGALI LETTER PHA": ("f",), "DEVANAGARI LETTER JA": ("J", "z"),
    "DEVANAGARI LETTER SHA": ("S", "s"), "DEVANAGARI LETTER SSA": ("S", "s"), "DEVANAGARI LETTER KHA": ("k",),
    "TAMIL LETTER KA": ("k", "g"), "TAMIL LETTER CA": ("s", "C"), "TAMIL LETTER TA": ("t", "d"), "TAMIL LETTER PA": ("p", "b"),
    "TAMIL LETTER TTA": ("t", "d"),
}  # fmt: skip # a table
_INDIAN_VOWELS = {"a": "a", "aa": "a", "i": "i", "ii": "i", "u": "u", "uu": "u", "e": "e", "ee": "e", "ai": "ai", "o": "o",
                  "oo": "o", "au": "au", "vocalic r": "ri", "candra e": "e", "candra o": "o", "short e": "e", "short o": "o",
                  "yya": "ya"}  # fmt: skip # a table


@lru_cache(maxsize=100_000)
def spoken(word: str) -> tuple[str, ...]:
    """Readings of a tidied word that is not in Latin letters, the usual first; empty for Latin ones."""
    if word.isascii():
        return ()
    script = _script(word)
    if script == "LATIN":
        return ()
    if script == "ARABIC":
        found = _product(_consonantal(word, _ARABIC, _FIRST, _FINAL))
    elif script == "HEBREW":
        found = _product(_consonantal(word, _HEBREW, _HEBREW_FIRST, _HEBREW_FINAL))
    elif script == "CYRILLIC":
        found = _product([_CYRILLIC.get(each) or (latin(each),) for each in word])
    elif script in _INDIAN:
        found = _product(_indian(word))
    elif script == "GREEK":
        found = _greek(word)
    else:
        found = [" ".join(latin(each) for each in word).replace(" ", "")]
    return tuple(dict.fromkeys(each.replace("_", "") for each in found))


def unreadable(text: str) -> tuple[str, ...]:
    """Letters of which no sound is known here, as they were written: they are said and never dropped in silence."""
    return tuple(dict.fromkeys(each for each in text if unicodedata.category(each)[0] == "L" and not _is_read(each)))


def _is_read(letter: str) -> bool:
    """Whether it has a sound, or is known to be silent, as the hard sign and the ayn are."""
    known = letter in _ARABIC or letter in _HEBREW or letter in _CYRILLIC or unicodedata.category(letter) == "Lm"
    return known or bool(latin(letter)) or anyascii(letter) in _SILENT


def _script(word: str) -> str:
    """The script of the first letter that is not Latin, or LATIN: CYRILLIC, ARABIC ..."""
    names = (unicodedata.name(each, "").split(" ")[0] for each in word if unicodedata.category(each)[0] == "L")
    return next((each for each in names if each != "LATIN"), "LATIN")


def _product(choices: Iterable[Sequence[str]]) -> list[str]:
    """The usual reading; then those with other readings of the letters, as many as are compared."""
    return ["".join(picked) for picked in itertools.islice(itertools.product(*choices), MOST)]


_Choices = Mapping[str, tuple[str, ...]]


def _consonantal(word: str, letters: _Choices, first: _Choices, final: _Choices) -> Iterator[tuple[str, ...]]:
    last = len(word) - 1
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if letter == "ھ" and before in _BREATHED:
            continue
        if place == 0 and letter in first:
            yield first[letter] if letter != "و" or after not in _VOWEL_LETTERS - _ALEFS else ("W", "u")
        elif letter in "وו" and (before in _VOWEL_LETTERS or not before):
            yield ("u",)
        elif place == last and letter in final:
            # After a long vowel a final h is hardly heard: Shah, Nuh.
            yield ("",) if letter in "ہه" and before in _ALEFS else final[letter]
        else:
            choices = letters.get(letter) or (latin(letter),)
            # Doubled letters are written once, so that two have a vowel between them.
            yield tuple("*" + each for each in choices) if letter == before and letter not in _VOWEL_LETTERS else choices


def _indian(word: str) -> Iterator[tuple[str, ...]]:
    for place, each in enumerate(word):
        name = unicodedata.name(each, "")
        kind = name.partition(" ")[2]
        after = unicodedata.name(word[place + 1 : place + 2] or " ", "")
        sound = kind.removeprefix("LETTER ").removeprefix("VOWEL SIGN ").removeprefix("LETTER ").lower()
        if kind.startswith("VOWEL SIGN"):
            yield (_INDIAN_VOWELS.get(sound, latin(each) or "*"),)
        elif kind.startswith("LETTER") and sound in _INDIAN_VOWELS and sound != "yya":
            yield (_INDIAN_VOWELS[sound],)
        elif kind.startswith("LETTER"):
            bare = sound.removesuffix("a")
            sounds = _OTHERWISE.get(name) or (_INDIAN_SOUNDS.get(bare, latin(each)),)
            sounds = ("w", "W") if sounds == ("w",) else sounds
            written = "VOWEL SIGN" in after or "VIRAMA" in after
            yield tuple(every + ("" if written else "*") for every in sounds)
        elif "VIRAMA" in kind or "NUKTA" in kind or "VISARGA" in kind:
            yield ("",)
        elif kind.endswith(("ANUSVARA", "TIPPI", "BINDI", "CANDRABINDU")):
            yield ("n", "m", "") if kind.endswith("ANUSVARA") else ("n", "")
        else:
            yield (("",) if kind == "ADDAK" else (latin(each),))


def _greek(word: str) -> list[str]:
    bare = "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
    for pair, sound in (("ου", "u"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γκ", "g"), ("χ", "h"), ("υ", "i"), ("η", "i")):
        bare = bare.replace(pair, sound)
    plain = "".join(latin(each) for each in bare)
    return list(
        dict.fromkeys([plain, plain.replace("h", "C"), plain.replace("mp", "b").replace("nt", "d"), plain.replace("av", "au")])
    )
