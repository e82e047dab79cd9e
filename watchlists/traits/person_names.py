"""A name as people write it, taken apart: titles, marks of kin and of aliases, placeholders, and words that are one name.

What is left out is told, never dropped in silence: the relative after s/o, a placeholder, a letter of which no sound is known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from watchlists.traits.name_sounds import plain
from watchlists.traits.spoken import unreadable
from watchlists.traits.word_lists import phrases, words
from watchlists.traits.writing import tidy
from watchlists.traits.writing import words as words_of

_INSIDE = r"unknown|unk|lnu|fnu|nfn|nln|nmn|n/a|#n/a|no name|unidentified|not known|نامعلوم"
"""Placeholders that are cut out of a longer text too; the others must be all that the field says."""
_SERVANT = re.compile(r"abd([aeiou]*[lrsztdn]{0,2})|عبد(ال)?")
_FAITH = re.compile(r"[aeiou]{0,2}[ld]{0,2}d[ie]+ne?|(ال)?د[یي]ن")
_OF_GOD = re.compile(r"[aeou]?l+[aou]h|[aeou]ll[ao]|الل[ہه]|ل[لّ]?[ہه]")
_JOINED_ARTICLES = frozenset({"al", "el"})
"""Before an Arabic family name: one word with it."""
_IZAFET = re.compile(r"-[ei]-")
"""Between the words of a Persian name: Fazl-e-Haq."""
_JOINED_BY_ARTICLE = re.compile(
    r"(?!عبد)(.{2,})(ال(?:حق|رحم[اٰ]?ن|رح[یي]م|اسلام|حسن|حس[یي]ن|نب[یي]|زمان|عابد[یي]ن|بشر|ع[یي]ن|نسا[ءئ]?|نساء|هد[یىي]|ہد[یىي]|اعظم|امین|أمين))"
)
_ARTICLE = re.compile(r"[aeu][ldrsz]|[ae]|ال")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,4}")
_HANGUL = re.compile("[\uac00-\ud7a3]{3}")
_TWO_SIGNS = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "诸葛",
        "諸葛",
        "上官",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "长孙",
        "宇文",
        "司徒",
        "令狐",
        "端木",
        "东方",
        "澹台",
        "百里",
        "呼延",
        "南宫",
        "独孤",
    ]
)
"""Chinese family names of two signs."""
_SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|[aeiou]n|ai|ei|ao|ou|ia|ie|iu|ua|ue|ui|uo|[aeiou])"
)
"""A syllable of pinyin."""
_PINYIN = re.compile(rf"(?:{_SYLLABLE.pattern}){{1,2}}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Words of surname and given names, tidied. A word with spaces is one name that is written in parts: `noor ullah`."""

    surname: tuple[str, ...]
    given: tuple[str, ...]
    cut_short: bool = False
    """The last word and the last surname may go on."""
    relatives: tuple[str, ...] = ()
    """Words of the name of a parent or husband, after a mark such as s/o: they speak for a record and are no name of it."""
    partly_known: bool = False
    """A placeholder says that one part of the name is not known."""

    @property
    def tokens(self) -> tuple[str, ...]:
        return (*self.surname, *self.given)

    def may_go_on(self, place: int) -> bool:
        """Whether the line may have cut this word: the last one, or the last surname (Doc 9303-3, 4.6.2)."""
        return self.cut_short and place in {len(self.surname) - 1, len(self.surname) + len(self.given) - 1}


@dataclass(frozen=True, slots=True)
class NamesRead:
    """What a surname and given names say: the person's names, and what of the text is none of them."""

    names: tuple[PersonName, ...]
    """The main one first, then what stands behind marks such as `alias`; none where nothing is known."""
    relatives: tuple[str, ...] = ()
    """Names after marks such as s/o."""
    placeholders: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Letters of which no sound is known, so that they are not compared."""


def read_names(surname: str, given: str, *, cut_short: bool = False) -> NamesRead:
    """The names of a record's or a document's two fields."""
    relatives: list[str] = []
    placeholders: list[str] = []
    fields = [_own(_spaced(text), relatives, placeholders) for text in (surname, given)]
    pairs = [(first, second) for first in fields[0] for second in fields[1]]
    kin = tuple(_own_words(" ".join(relatives)))
    names = (
        replace(_name(first, second, cut_short=cut_short), relatives=kin, partly_known=bool(placeholders))
        for first, second in pairs
    )
    found = tuple(each for each in dict.fromkeys(names) if each.tokens)
    return NamesRead(found, tuple(relatives), tuple(placeholders), unreadable(tidy(surname + given)))


def _spaced(text: str) -> str:
    return " ".join(_IZAFET.sub("-", text.casefold().replace("<", " ")).split())


def _own(text: str, relatives: list[str], placeholders: list[str]) -> list[str]:
    """The parts of a field that are the person's own names; one empty part where there is none."""
    if text in phrases("placeholders"):
        placeholders.append(text)
        return [""]
    parts = []
    for part in _alias().split(text):
        kin = _kin().search(part)
        if kin:
            relatives.append(" ".join(words_of(tidy(part[kin.end() :]))))
            part = part[: kin.start()]  # noqa: PLW2901 - what is left of it
        placeholders.extend(_placeholder().findall(part))
        bare = _placeholder().sub(" ", part).strip()
        if bare in phrases("placeholders"):
            placeholders.append(bare)
        elif tidy(bare).strip():
            parts.append(bare)
    return parts or [""]


@cache
def _kin() -> re.Pattern[str]:
    """Marks of kin, alone between other signs; native ones only behind a name."""
    latin = [
        each.replace("/", r"\s?/\s?") if "/" in each else re.escape(each) for each in phrases("kin_markers") if each.isascii()
    ]
    native = [re.escape(each) for each in phrases("kin_markers") if not each.isascii()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|(?<=\w\s)(?:{'|'.join(native)})(?!\w)")


@cache
def _alias() -> re.Pattern[str]:
    marks = [re.escape(each) for each in phrases("alias_marks") if each != "@"]
    return re.compile(rf"@|[(\"“]|[)\"”]|(?<!\w)(?:{'|'.join(marks)})(?!\w)")


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w#])(?:{_INSIDE})(?!\w)")


def _name(surname: str, given: str, *, cut_short: bool) -> PersonName:
    first, second = list(words_of(tidy(surname))), list(words_of(tidy(given)))
    if not first or not second:
        first, second = _split_signs(first), _split_signs(second)
    titles = words("titles")
    if sum(each not in titles for each in (*first, *second)) >= 2:
        first, second = ([each for each in part if each not in titles] for part in (first, second))
    if first and second and (_goes_behind(first[0]) or _SERVANT.fullmatch(second[-1])):
        # The passport's surname is the second half of a given name: ULLAH, EHSAN; KARIM, ABDUL.
        second, first = [*second, *first], []
    first, second = _whole(first), _whole(second)
    if len(first) == 1 and len(second) == 2 and _PINYIN.fullmatch(first[0]) and all(map(_SYLLABLE.fullmatch, second)):
        second = [" ".join(second)]
    particles = words("particles")
    if sum(not particles & {each, plain(each)} for each in (*first, *second)) >= 2:
        first, second = ([each for each in part if not particles & {each, plain(each)}] for part in (first, second))
    return PersonName(tuple(first), tuple(second), cut_short)


def _own_words(text: str) -> list[str]:
    particles = words("particles") | words("titles")
    return [each for each in _whole(list(words_of(tidy(text)))) if each not in particles]


def _split_signs(parts: Sequence[str]) -> list[str]:
    """A Chinese or Korean name of one word: the family name is its first sign, or its first two."""
    if len(parts) != 1:
        return list(parts)
    only = parts[0]
    if _HAN.fullmatch(only):
        family = 2 if only[:2] in _TWO_SIGNS and len(only) > 2 else 1
    elif _HANGUL.fullmatch(only):
        family = 1
    else:
        return [only]
    return [only[:family], only[family:]]


def _goes_behind(word: str) -> bool:
    return bool(_OF_GOD.fullmatch(word) or (_FAITH.fullmatch(word) and word not in {"din", "deen", "دین", "دين"}))


def _apart(part: str) -> Sequence[str]:
    """An Arabic name that joins two with its article, without the space that most people leave: ضیاءالحق."""
    joined = _JOINED_BY_ARTICLE.fullmatch(part)
    return (joined[1], joined[2]) if joined else (part,)


def _whole(parts: Sequence[str]) -> list[str]:
    """Words that are one name put together: abd with what follows, -ullah and -uddin with what stands before."""
    found: list[str] = []
    rest = [each for part in parts for each in _apart(part)]
    while rest:
        each = rest.pop(0)
        if rest and (_SERVANT.fullmatch(each) or (not each.isascii() and _SERVANT.fullmatch(plain(each)))):
            together = [each, rest.pop(0)]
            if _ARTICLE.fullmatch(together[-1]) and rest:
                together.append(rest.pop(0))
            found.append(" ".join(together))
        elif each in _JOINED_ARTICLES and rest:
            found.append(f"{each} {rest.pop(0)}")
        elif found and found[-1] not in words("particles") and _OF_GOD.fullmatch(each):
            found[-1] += " " + each
        elif found and _FAITH.fullmatch(each):
            article = found.pop() if len(found) > 1 and _ARTICLE.fullmatch(found[-1]) else ""
            found[-1] = " ".join(filter(None, (found[-1], article, each)))
        elif len(found) > 1 and _ARTICLE.fullmatch(found[-1]) and _OF_GOD.fullmatch(each):
            article = found.pop()
            found[-1] = f"{found[-1]} {article} {each}"
        else:
            found.append(each)
    return found
