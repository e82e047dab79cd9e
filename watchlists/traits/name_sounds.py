"""One word of a name, and what it sounds like: the same for the many ways in which one name is written in Latin letters.

A spelling is its consonants and the vowels between them: consonants must be equal, vowels able to stand for one another.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_A, _I, _U, _NONE = 1, 2, 4, 8
_ANY = _A | _I | _U | _NONE
_VOWELS = {"a": _A, "e": _A | _I, "i": _I, "y": _I, "o": _U, "u": _U, "w": _U, "*": _A | _I | _U}
"""What each vowel may stand for; `*` is one that the script does not write."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ə": "a"}
)
_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
_CYRILLIC_SOUNDS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g"
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _CYRILLIC_SOUNDS.split(), strict=True))
_ARABIC_LETTERS = "اآأإٱبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوؤهھہةۃیيىےئء"
_ARABIC_SOUNDS = "a a * * a b p t t s j ch h kh d d z r r z zh s sh s z t z * gh f k k k g l m n n ou u h h h a a i i a e i _"
_ARABIC = dict(zip(_ARABIC_LETTERS, _ARABIC_SOUNDS.split(), strict=True))
"""Roughly as they are spoken: short vowels are not written, and match any."""

_FINAL_HE = frozenset("\u0647\u06c1")
"""At the end of a name it is mostly spoken as a."""

_ALTERNATIVES = (
    (re.compile(r"tsch|tch|ch"), "C", "S"),
    (re.compile(r"kh"), "k", "h"),
    (re.compile(r"q"), "k", "g"),
    (re.compile(r"dh"), "d", "z"),
    (re.compile(r"g(?=[aei])"), "g", "J"),
    (re.compile(r"^j"), "j", "y"),
    (re.compile(r"(?<=[b-df-hj-np-tv-xz])j(?=[aeiou])"), "j", "y"),
    (re.compile(r"^ye"), "ye", "e"),
    (re.compile(r"^[ae]l(?=[a-z]{4})"), "al", ""),
    (re.compile(r"(?<=[aeiou])w(?=[aeiou])"), "w", "v"),
)
"""Letters with their usual reading and another: French ch, Cyrillic kh, Libyan q, Arabic dh, Egyptian g, a joined article."""

_PLAIN = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=[oe])ff$", "w"),
        (r"shch|sch|sh", "S"),
        (r"dzh|dj|zh|j(?=[aeiou])", "J"),
        (r"j", "y"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gh", "g"),
        (r"ck|q", "k"),
        (r"gu(?=[ei])", "g"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"tz", "ts"),
        (r"x", "ks"),
        (r"v", "w"),
        (r"^[iy](?=[aou])", "Y"),
        (r"^y(?=e)", "Y"),
        (r"ou(?=[aei])", "w"),
        (r"(?<=[aeiou])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""The rewriting of every word, in this order: large letters are sounds that Latin letters write in several ways."""

_FAMILIES = {
    "muhammad": r"m[aeou]*h[aeou]*(m+[aei]*|mmo)[dt]t?(u|ou)?|mo?u?hd|md|mhd",
    "ahmad": r"[ae]c?h?m+[ae][dt]",
    "yusuf": r"[yi](u|ou|oo)s+[aeou]+[fp]h?|youcef|yousif",
    "usman": r"(u|o|ou)(s|th)m+a+ne?",
    "ramadan": r"ram[ae]?[zd]h?an",
    "riyad": r"ri?y?[ai]+[dz]h?",
    "rida": r"r[aei][zd]h?a",
    "fadl": r"fa[zd]h?a?l",
    "hafiz": r"haf[ei](z|dh|d)h?",
    "zulfiqar": r"[zd]h?[uo]l+[fp]h?[iae]*[kq]h?ar",
    "chaudhry": r"ch[aouw]+dh?[aeiou]*r[aeiy]+",
    "ibrahim": r"[ie]?b?rah[ie]+m",
    "jafar": r"[jc]a+f+[ae]r|ga+f+ar",
    "sulayman": r"s[ou]l[ae][iy]*m+[ae]n|suliman",
}
_FAMILY = {name: re.compile(pattern) for name, pattern in _FAMILIES.items()}
"""Names whose spellings differ by more than vowels. ICAO Doc 9303-3, appendix B lists 32 of the first."""

_CLAN = re.compile(r"(?<=...)z[aeo][iy]$")
"""The ending of a Pashtun clan's name, before which a given name keeps its spellings: Yousafzai, Yusufzai."""

_COMMON = (
    "muhammad ahmad ali khan hussain hassan bibi begum singh kaur fatima maria ana john jose juan nguyen wang li zhang kim"
    " lee abdullah syed shah malik iqbal akhtar mary michael david ivan sergei elena anna omar ibrahim yusuf jean silva"
    " garcia kumar devi chaudhry sheikh islam rahman hossain khatun akter"
)


@dataclass(frozen=True, slots=True)
class Sound:
    consonants: str
    vowels: tuple[int, ...]
    """Before, between and after the consonants, what may stand there."""


@dataclass(frozen=True, slots=True)
class Word:
    plain: str
    """Lower case, a to z, without marks."""
    folded: str
    """With AE, OE, UE and AA as Doc 9303 writes Ä, Ö, Ü and Å, taken back to one letter."""
    sounds: tuple[Sound, ...]
    family: str

    @property
    def initial(self) -> bool:
        return len(self.plain) == 1


def plain(text: str) -> str:
    """A word without case and marks, in a to z and `*`: ß as ss, other scripts as they are spoken."""
    low = "".join(_CYRILLIC.get(each, _ARABIC.get(each, each)) for each in unicodedata.normalize("NFKC", text).casefold())
    bare = unicodedata.normalize("NFKD", low.translate(_LETTERS))
    return "".join(each for each in bare if "a" <= each <= "z" or each == "*")


def word(text: str) -> Word:
    """What is compared of a word."""
    bare = plain(text)
    folded = re.sub(r"([aou])e|aa", lambda found: found[1] or "a", bare)
    stem = _CLAN.sub("", bare)
    family = next((name + " zai" * (stem != bare) for name, pattern in _FAMILY.items() if pattern.fullmatch(stem)), "")
    if text[-1:] in _FINAL_HE:
        bare = bare[:-1] + "a"
    return Word(bare.replace("*", ""), folded.replace("*", ""), _sounds(bare), family)


@lru_cache(maxsize=200_000)
def listed_word(text: str) -> Word:
    """The same for a word of the lists, remembered; words of travellers are kept nowhere."""
    return word(text)


def alike(one: Word, other: Word) -> bool:
    """Whether the two are spellings of one name."""
    if one.family and one.family == other.family:
        return True
    return any(_agree(a, b) for a in one.sounds for b in other.sounds if a.consonants == b.consonants)


@lru_cache(maxsize=200_000)
def is_common(text: str) -> bool:
    """Whether so many people bear this word of the lists that it alone tells little."""
    return any(alike(listed_word(text), other) for other in _common())


@lru_cache(maxsize=1)
def _common() -> tuple[Word, ...]:
    return tuple(word(each) for each in _COMMON.split())


def _agree(one: Sound, other: Sound) -> bool:
    return all(a & b for a, b in zip(one.vowels, other.vowels, strict=True))


def _sounds(bare: str) -> tuple[Sound, ...]:
    """The usual reading, then those with one other reading each, then with all of them."""
    fitting = [(pattern, main, other) for pattern, main, other in _ALTERNATIVES if pattern.search(bare)]
    chosen = [set[int](), *({place} for place in range(len(fitting))), set(range(len(fitting)))]
    found = []
    for places in chosen:
        text = bare
        for place, (pattern, main, other) in enumerate(fitting):
            text = pattern.sub(other if place in places else main, text)
        for pattern, to in _PLAIN:
            text = pattern.sub(to, text)
        found.append(_sound(text))
    return tuple(each for each in dict.fromkeys(found) if each.consonants)


def _sound(text: str) -> Sound:
    """`text`: letters after all rewriting. w between vowels is a vowel, elsewhere a consonant, and so is y."""
    consonants, vowels, group = "", list[int](), 0
    for place, letter in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        is_vowel = letter in "aeiouy*" or (letter == "w" and before in set("aeiouy*") and after in set("aeiouy*"))
        if is_vowel:
            group |= _VOWELS[letter]
        elif consonants and not group and consonants[-1] == letter:
            continue
        else:
            vowels.append(group or (_ANY if consonants else _NONE))
            consonants, group = consonants + letter, 0
    return Sound(consonants, (*vowels, group or _NONE))
