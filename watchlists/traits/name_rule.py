"""When a name and a date of birth make a record a candidate, and how that is explained. The rule is fixed here, and only here.

1. Words are compared one to one in any order, so that surname and given names may be exchanged; what one side does not have
   counts neither for nor against it.
2. A birth date that contradicts, or a name alone, is no candidate. One word alone, or common words alone, hardly ever are.
3. The less the words agree, the more the date of birth must, as `decide` says.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_sounds import Word, alike, is_common, listed_word, plain, word

_JOINED = frozenset("'`\u2019\u2018\u02bc\u02bf\u02be\u00b4")
"""Apostrophes: Doc 9303 leaves them out, so that O'Brien is one word."""
_WORDS = re.compile(r"[\w*]+")
_PARTICLE_WORDS = "al el ul ur bin ben ibn bint binti binte de da do dos das del della di la le du van von der den zu ter y e"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Compared only where a name has hardly anything else."""
_SERVANT = re.compile(r"abd[aeou]*")
_ARTICLE_WORDS = "al el ul ur ar as us az uz ad an"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_LEAST_FOR_SLIP = 5


class How(StrEnum):
    """How a word of one name agrees with a word of the other, the strongest first."""

    SAME = "the same"
    TRANSLITERATED = "the same but for how marked letters are written"
    SPELLING = "another spelling of one name"
    CUT = "the same as far as the document's line goes"
    SLIP = "one letter apart"
    INITIAL = "the initial agrees"


_STRENGTH = {how: place for place, how in enumerate(How)}
STRONG = frozenset({How.SAME, How.TRANSLITERATED, How.SPELLING})


@dataclass(frozen=True, slots=True)
class PersonName:
    """Words of surname and given names, folded."""

    surname: tuple[str, ...]
    given: tuple[str, ...]
    cut_short: bool = False
    """The last word may go on."""

    @property
    def tokens(self) -> tuple[str, ...]:
        return (*self.surname, *self.given)


@dataclass(frozen=True, slots=True)
class WordAgreement:
    asked: str
    listed: str
    how: How
    common: bool


@dataclass(frozen=True, slots=True)
class NameScore:
    """Why a name is a candidate, part by part; frozen with the alert."""

    words: tuple[WordAgreement, ...]
    asked_alone: tuple[str, ...]
    """Words of the traveller's name that the record's lacks."""
    listed_alone: tuple[str, ...]
    birth: Birth
    sex: Sex
    exchanged: bool
    """What is a surname here is a given name there."""

    @property
    def rank(self) -> tuple[int, int]:
        """Larger is stronger."""
        strong = sum(each.how in STRONG for each in self.words)
        return -list(Birth).index(self.birth), 2 * strong - len(self.asked_alone) - len(self.listed_alone)


def written(surname: str, given: str, *, cut_short: bool = False) -> PersonName:
    """A name as a record or a document writes it."""
    first, second = _words(surname), _words(given)
    kept = [each for each in (*first, *second) if each not in _PARTICLES]
    if len(kept) >= 2:
        first, second = (tuple(each for each in part if each not in _PARTICLES) for part in (first, second))
    return PersonName(first, second, cut_short)


def _words(text: str) -> tuple[str, ...]:
    low = text.casefold().replace("_", " ")
    if not low.isascii():
        low = "".join(each for each in unicodedata.normalize("NFKC", low) if unicodedata.category(each) != "Mn")
    words = _WORDS.findall("".join(each for each in low if each not in _JOINED))
    return tuple(_servants([each for each in words if (each.isascii() and each.isalpha()) or plain(each)]))


def _servants(words: Sequence[str]) -> list[str]:
    """Abd with the name that follows, whatever stands between: Abdul Rahman, Abd al-Rahman and Abdurrahman are one word."""
    found: list[str] = []
    rest = list(words)
    while rest:
        each = rest.pop(0)
        if re.fullmatch(r"abd([aeou]*[lrsz]?)", each) and rest:
            following = rest.pop(0)
            if following in _ARTICLES and rest:
                following = rest.pop(0)
            found.append("abd" + following)
        elif each.startswith("abd") and len(each) > 6:
            bare = _SERVANT.sub("", each, count=1)
            found.append("abd" + (bare.removeprefix("l")))
        else:
            found.append(each)
    return found


def agreement(one: Word, other: Word, *, cut: bool = False) -> How | None:
    """How a word asked for agrees with one on a record. `cut`: the asked one may go on."""
    if one.plain == other.plain:
        return How.SAME
    if one.initial or other.initial:
        return How.INITIAL if one.plain[0] == other.plain[0] else None
    if one.folded == other.folded:
        return How.TRANSLITERATED
    if alike(one, other):
        return How.SPELLING
    if cut and len(one.plain) > 1 and other.plain.startswith(one.plain):
        return How.CUT
    return How.SLIP if _slip(one.folded, other.folded) else None


Comparing = Callable[[str, str, bool], How | None]
"""A word asked for, a word of the lists, and whether the first may go on."""


def comparing() -> Comparing:
    """What `agreement` says of words, remembered for one search and no longer."""
    asked_word = cache(word)
    return cache(lambda one, other, cut: agreement(asked_word(one), listed_word(other), cut=cut))


def _slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes them equal, in words long enough for that to mean something."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_FOR_SLIP or len(long) - len(short) > 1:
        return False
    place = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[place + (len(short) == len(long)) :] == long[place + 1 :]


def score(asked: PersonName, listed: PersonName, birth: Birth, sex: Sex, compare: Comparing | None = None) -> NameScore | None:
    """The explanation, or None when this is no candidate. `compare`: of `comparing`, where many names are scored."""
    compare = compare or comparing()
    if birth is Birth.DIFFERS:
        return None
    ours, theirs = asked.tokens, listed.tokens
    last = len(ours) - 1
    pairs = sorted(
        (_STRENGTH[how], abs(a - b), a, b, how)
        for a, one in enumerate(ours)
        for b, other in enumerate(theirs)
        if (how := compare(one, other, asked.cut_short and a == last)) is not None
    )
    left, right = dict.fromkeys(range(len(ours))), dict.fromkeys(range(len(theirs)))
    words, exchanged = [], []
    for _, _, a, b, how in pairs:
        if a in left and b in right:
            del left[a], right[b]
            words.append(WordAgreement(asked.tokens[a], listed.tokens[b], how, is_common(listed.tokens[b])))
            exchanged.append((a < len(asked.surname)) != (b < len(listed.surname)))
    found = NameScore(
        tuple(words), tuple(asked.tokens[a] for a in left), tuple(listed.tokens[b] for b in right), birth, sex,
        exchanged=bool(exchanged) and all(exchanged),
    )  # fmt: skip # its fields in their order
    return found if decide(found) else None


def decide(found: NameScore) -> bool:
    """The rule. `whole`: every word of the shorter name agrees with one of the longer."""
    birth = found.birth
    strong = [each for each in found.words if each.how in STRONG]
    telling = sum(not each.common for each in strong)
    substantial = sum(each.how is not How.INITIAL for each in found.words)
    whole = not (found.asked_alone and found.listed_alone)
    both = not found.asked_alone and not found.listed_alone
    if birth is Birth.DIFFERS or not found.words:
        return False
    if found.sex is Sex.DIFFERS:
        allowed = birth is Birth.SAME and whole and len(strong) >= 2
    elif len(found.words) == 1:
        allowed = birth is Birth.SAME and whole and telling == 1
    elif not whole:
        allowed = birth is Birth.SAME and len(strong) >= 2 and telling >= 1
    elif len(strong) >= 2 and birth is Birth.PART:
        allowed = telling >= 1
    elif len(strong) >= 2:
        allowed = birth.whole or (both and telling >= 2 and len(strong) == len(found.words))
    elif len(strong) == 1:
        allowed = birth is Birth.SAME or (birth.whole and telling == 1)
    else:
        allowed = birth is Birth.SAME and substantial >= 2
    return allowed
