"""One word of a name, and what it sounds like: the same for the many ways in which one name is written, in any script.

A spelling is its consonants and the vowels between them: consonants must be equal, vowels able to stand for one another. Names
of wide currency are known by their spellings (`name_words/same_name.txt`): two of them are one name, or are not.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from watchlists.traits.spoken import spoken
from watchlists.traits.word_lists import lines, words
from watchlists.traits.writing import latin, tidy, twinless

_A, _I, _U, _NONE, _W = 1, 2, 4, 8, 16
_ANY = _A | _I | _U | _NONE
_VOWELS = {
    "a": _A, "e": _A | _I, "i": _I, "y": _I, "o": _U, "u": _U, "w": _U | _W, "*": _ANY, "%": _A | _I | _U, "&": _A | _I,
}  # fmt: skip # a table
"""What each vowel may stand for; the signs are those of `spoken`. w is a vowel after a vowel: jawed, javed, jawid."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ə": "a"}
)
_MARKED = str.maketrans(
    {"ş": "S", "š": "S", "ș": "S", "ś": "S", "ç": "C", "č": "C", "ć": "C", "ž": "J", "ż": "J", "ğ": "g", "đ": "dJ"}
)
"""Letters that other States write as two: the reading beside the one without marks."""

_ALTERNATIVES: tuple[tuple[re.Pattern[str], str | None, str], ...] = tuple(
    (re.compile(pattern), main, other)
    for pattern, main, other in (
        (r"que?$", "k", "k"),
        (r"tsch|tch|chh?", "C", "S"),
        (r"khw(?=a)", "kw", "k"),
        (r"kh", "k", "h"),
        (r"q", "k", "g"),
        (r"dh", "d", "z"),
        (r"th", "t", "s"),
        (r"([tsgk])h(?=[aeiou])", None, r"\1*h"),
        (r"bh", "bh", "b"),
        (r"jh", "Jh", "J"),
        (r"c$", None, "C"),
        (r"g(?=[aei])", "g", "J"),
        (r"j", "J", "y"),
        (r"zh", "J", "z"),
        (r"sz", "sz", "S"),
        (r"x", "ks", "k"),
        (r"^ye", "ye", "e"),
        (r"^[ae]l(?=[a-zA-Z]{3})|^a(?:sh(?=sh)|s(?=s)|d(?=d)|r(?=r)|n(?=n)|t(?=t))", None, ""),
        (r"^(?:ben|bin|ibn|vander|vanden|vande|dela|delos|delas|della)(?=[a-zA-Z*]{4})", None, ""),
        (r"^(?:van|von|del)(?=[a-zA-Z]{5})", None, ""),
        (r"(?<=[a-zA-Z]{3})u[lrsz]$", None, ""),
        (r"(?<=[bdgklmnrstz])e$", None, ""),
        (r"sc(?=[ei])", "sc", "S"),
        (r"^ou(?=[aei])", "w", "u"),
    )
)
"""Letters with their usual reading (None: as they stand) and another.

French ch, Cyrillic kh, Libyan q, Arabic dh, Egyptian g, a joined article."""

_PLAIN = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=[oe])ff$", "w"),
        (r"shch", "SC"),
        (r"sch|sh", "S"),
        (r"dz?J|djj?", "J"),
        (r"ph", "f"),
        (r"gh", "g"),
        (r"que?$", "k"),
        (r"ck|q", "k"),
        (r"gu(?=[ei])", "g"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"tz", "ts"),
        (r"v", "w"),
        (r"^[iy](?=[aou%*])", "Y"),
        (r"^y(?=e)", "Y"),
        (r"ou(?=[aei])", "w"),
        (r"(?<=[aeiou])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""The rewriting of every word, in this order."""
_NATIVE_PLAIN = tuple((re.compile(pattern), to) for pattern, to in ((r"v", "w"), (r"dJ", "J"), (r"([^*])\1+", r"\1")))

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
_SERVANT = re.compile(r"^ab\*?d\*?(?:[aeiou]*l?\*?(?=[a-z*]{3})|[aeiou]*(?=[lrsztdnj]))")
_FAITH = re.compile(r"^(.{3,}?)(?:[aeiou]+[ld]?|l|(?<!d))d[ie]+ne?$")
_OF_GOD = re.compile(r"^(.{3,}?)[aeou]+l+[aou]h?$")
_NATIVE_SERVANT = re.compile(r"^عبد(?:ال)?(?=..)")
_NATIVE_FAITH = re.compile(r"^(.{2,}?)(?:ال)?دین$")
_NATIVE_OF_GOD = re.compile(r"^(.{2,}?)ا?ل+ہ$")
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|[aeiou]n|ai|ei|ao|ou|ia|ie|iu|ua|ue|ui|uo|er|[aeiou])"
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_SYLLABIC = "\u2e80"
"""From here on signs are syllables or words: Chinese, Japanese, Korean."""
_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{1,2}}")
_CHINESE = re.compile(r"zh|^x|q[iu]|ng|iao|uo|xi|xu")
"""Letters by which a word of pinyin is told from another language's word; its vowels are not exchanged."""


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
    known: frozenset[int]
    """Lines of the frequent names on which it stands."""
    marked: bool
    """Latin letters with marks."""
    native: str
    """As another script writes it, keyboards' letters exchanged; empty for Latin letters."""

    @property
    def initial(self) -> bool:
        """A letter alone; one sign of a script that writes syllables or words is a name."""
        return len(self.plain) == 1 and (not self.native or (len(self.native) == 1 and self.native < _SYLLABIC))

    @property
    def chinese(self) -> bool:
        """Whether it is pinyin and cannot be another language's word."""
        return self.pinyin and bool(_CHINESE.search(self.plain))

    @property
    def pinyin(self) -> bool:
        """Whether it may be Chinese."""
        return (
            not self.marked and (not self.native or bool(_HAN.fullmatch(self.native))) and bool(_PINYIN.fullmatch(self.plain))
        )


def plain(text: str) -> str:
    """A word without case and marks, in a to z: ß as ss, other scripts as they are spoken, without unwritten vowels."""
    low = tidy(text)
    if low.isascii():
        return "".join(each for each in low if "a" <= each <= "z")
    readings = spoken(low)
    if readings:
        bare = readings[0].translate(_WRITTEN)
        return "".join(each for each in bare if "a" <= each <= "z")
    bare = unicodedata.normalize("NFKD", low.translate(_LETTERS))
    return "".join(each if "a" <= each <= "z" else latin(each) for each in bare if not unicodedata.combining(each))


_WRITTEN = str.maketrans({"S": "sh", "C": "ch", "J": "j", "W": "w", "Y": "y", "&": "a", "%": "a", "*": ""})


def word(text: str) -> Word:
    """What is compared of a word. Parts that are one name, such as `noor ullah`, are parted by spaces."""
    low = tidy(text).replace(" ", "")
    bare = plain(low)
    folded = re.sub(r"([aou])e|aa", lambda found: found[1] or "a", bare)
    native = "" if low.isascii() or not spoken(low) else twinless(low)
    if native:
        return Word(bare, folded, _native_sounds(low), "", _known(native), marked=False, native=native)
    stem = _CLAN.sub("", bare)
    family = next((name + " zai" * (stem != bare) for name, pattern in _FAMILY.items() if pattern.fullmatch(stem)), "")
    marked = plain_marked(low)
    sounds = _sounds(_compound(bare)) if marked == bare else (*_sounds(_compound(bare)), *_sounds(marked))
    return Word(bare, folded, tuple(dict.fromkeys(sounds)), family, _known(bare), marked=not low.isascii(), native="")


def plain_marked(low: str) -> str:
    """A Latin word with the letters that other States write as two in that reading."""
    if low.isascii():
        return low
    bare = unicodedata.normalize("NFKD", low.translate(_MARKED).translate(_LETTERS))
    return "".join(each for each in bare if each.isascii() and each.isalpha())


@lru_cache(maxsize=400_000)
def listed_word(text: str) -> Word:
    """The same for a word of the lists, remembered; words of travellers are kept nowhere."""
    return word(text)


def alike(one: Word, other: Word) -> bool:
    """Whether the two are spellings of one name."""
    if one.known and other.known:
        return bool(one.known & other.known)
    if one.plain == other.plain and not (one.native and other.native):
        return True
    if one.family and one.family == other.family:
        return True
    if _both_chinese(one, other):
        return False
    return any(_agree(a, b) for a in one.sounds for b in other.sounds if a.consonants == b.consonants)


def begins_alike(one: Word, other: Word) -> bool:
    """Whether the second may begin as the first does, by sound: for a word that is being typed."""
    return any(
        b.consonants.startswith(a.consonants)
        and all(_meet(x, y) for x, y in zip(a.vowels[: len(a.consonants)], b.vowels, strict=False))
        for a in one.sounds
        for b in other.sounds
    )


def told_apart(one: Word, other: Word) -> bool:
    """Whether both are known, and as different names: no slip of a letter makes one of the other."""
    return bool(one.known and other.known and not one.known & other.known) or _both_chinese(one, other)


def _both_chinese(one: Word, other: Word) -> bool:
    """Whether both are pinyin, of which at least one cannot be another language's word."""
    return one.pinyin and other.pinyin and (one.chinese or other.chinese)


@lru_cache(maxsize=200_000)
def is_common(text: str) -> bool:
    """Whether so many people bear this word of the lists that it alone tells little."""
    there = listed_word(text)
    return bool(there.known & _very_common()) or (not there.known and there.family in {"muhammad", "ahmad"})


@lru_cache(maxsize=200_000)
def is_frequent(text: str) -> bool:
    """Whether it is a name of wide currency, or one with abd, -ullah or -uddin: alone it is many people."""
    there = listed_word(text)
    return bool(there.known or there.family) or "*" in _compound(there.plain)


@lru_cache(maxsize=200_000)
def beside_names(text: str) -> bool:
    """Whether people write or leave out this word beside their own names."""
    there = listed_word(text)
    return bool(there.known & _optional()) or there.plain in words("beside_names")


@cache
def _lines_of() -> dict[str, frozenset[int]]:
    """The lines on which each spelling stands, native ones without the letters that keyboards exchange."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines("same_name")):
        for each in line.removeprefix("!!").split():
            low = tidy(each)
            found.setdefault(twinless(low) if spoken(low) else plain(low), set()).add(number)
    return {each: frozenset(numbers) for each, numbers in found.items()}


@cache
def _very_common() -> frozenset[int]:
    return frozenset(number for number, line in enumerate(lines("same_name")) if line.startswith("!!"))


@cache
def _optional() -> frozenset[int]:
    return frozenset[int]().union(*(_known(each) for each in words("beside_names")))


def _known(text: str) -> frozenset[int]:
    return _lines_of().get(text, frozenset())


def _agree(one: Sound, other: Sound) -> bool:
    return all(_meet(a, b) for a, b in zip(one.vowels, other.vowels, strict=True))


def _meet(a: int, b: int) -> bool:
    """A v or w among vowels must meet a u, o, w or v, or a vowel that is not written."""
    return bool(a & b & _ANY) and (not a & _W or bool(b & _U)) and (not b & _W or bool(a & _U))


def _compound(bare: str) -> str:
    """Names that are written in many ways for one: with Abd before them, with -uddin and -ullah behind."""
    if len(bare) > 6 and (servant := _SERVANT.match(bare)):
        return "abd*" + bare[servant.end() :]
    if faith := _FAITH.match(bare):
        return faith[1] + "*din"
    if (god := _OF_GOD.match(bare)) and len(bare) > 6:
        return god[1] + "*la"
    return bare


def _native_sounds(low: str) -> tuple[Sound, ...]:
    twin = twinless(low)
    before, behind, middle = "", "", low
    if twin.startswith("عبد") and (servant := _NATIVE_SERVANT.match(twin)):
        before, middle = "abd*", low[servant.end() :]
        twin = twin[servant.end() :]
    if faith := _NATIVE_FAITH.match(twin):
        middle, behind = middle[: len(faith[1])], "*din"
    elif god := _NATIVE_OF_GOD.match(twin):
        middle, behind = middle[: len(god[1])], "*la"
    elif before and re.fullmatch(r"ا?لل?ہ", twin):
        middle, behind = "", "la"
    bares = [middle]
    if not before and middle.startswith("ال") and len(middle) >= 4:
        bares.append(middle[2:])
    found: list[Sound] = []
    for bare in bares:
        for reading in spoken(bare) or ("",):
            text = before + reading + behind
            if text.isascii() and not _ARABIC_OR_HEBREW.search(low):
                found += _sounds(_compound(text))
            else:
                for pattern, to in _NATIVE_PLAIN:
                    text = pattern.sub(to, text)
                found.append(_sound(text))
    return tuple(each for each in dict.fromkeys(found) if each.consonants)


_ARABIC_OR_HEBREW = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")


@lru_cache(maxsize=50_000)
def _sounds(bare: str) -> tuple[Sound, ...]:
    """The usual reading, then those with one other reading each, then with all of them."""
    fitting = [(pattern, main, other) for pattern, main, other in _ALTERNATIVES if pattern.search(bare)]
    chosen = [set[int](), *({place} for place in range(len(fitting))), set(range(len(fitting)))]
    found = []
    for places in chosen:
        text = bare
        for place, (pattern, main, other) in enumerate(fitting):
            reading = other if place in places else main
            text = text if reading is None else pattern.sub(reading, text)
        for pattern, to in _PLAIN:
            text = pattern.sub(to, text)
        found.append(_sound(text))
    return tuple(each for each in dict.fromkeys(found) if each.consonants)


def _sound(text: str) -> Sound:
    """`text`: letters after all rewriting. w after a vowel is one, elsewhere a consonant; y is a vowel."""
    consonants, vowels, group = "", list[int](), 0
    for place, letter in enumerate(text):
        is_vowel = letter in "aeiouy*%&" or (letter == "w" and text[place - 1 : place] in set("aeiouyw*%&") and place > 0)
        if is_vowel:
            group |= _VOWELS[letter]
        elif consonants and not group and consonants[-1] == letter:
            continue
        else:
            vowels.append(group or (_ANY if consonants else _NONE))
            consonants, group = consonants + letter.lower() if letter == "W" else consonants + letter, 0
    return Sound(consonants, (*vowels, group or _NONE))
