"""When a name and a date of birth make a record a candidate, and how that is explained. The rule is fixed here, and only here.

1. Words are compared one to one in any order, so that surname and given names may be exchanged; words that follow one another
   may be one word of the other name. What one side does not have counts neither for nor against it.
2. A birth date that contradicts, or a name alone, is no candidate. One word alone, or common words alone, hardly ever are.
3. The less is known of the date of birth, the more of the name must agree, as `decide` says.
4. Where each side has a word that the other lacks, the given names must agree: a family name changes, a given name does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_sounds import Word, alike, beside_names, is_common, is_frequent, listed_word, told_apart, word
from watchlists.traits.person_names import PersonName, read_names
from watchlists.traits.word_lists import words

_LEAST_FOR_SLIP = 5
_LEAST_FOR_JOINED = 4
_LEAST_PART = 2
_MOST_JOINED = 4


class How(StrEnum):
    """How a word of one name agrees with a word of the other, the strongest first."""

    SAME = "the same"
    TRANSLITERATED = "the same but for how marked letters are written"
    SPELLING = "another spelling of one name"
    JOINED = "two words of one name written as one"
    CUT = "the same as far as the document's line goes"
    SLIP = "one letter apart"
    INITIAL = "the initial agrees"
    RELATIVE = "the name of the parent or husband on the record"


_STRENGTH = {how: place for place, how in enumerate(How)}
STRONG = frozenset({How.SAME, How.TRANSLITERATED, How.SPELLING, How.JOINED})


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
    """The main name that a record or a document writes."""
    return next(iter(read_names(surname, given, cut_short=cut_short).names), PersonName((), ()))


def agreement(one: Word, other: Word, *, cut: bool = False) -> How | None:  # noqa: PLR0911 - one for each way
    """How a word asked for agrees with one on a record. `cut`: the asked one may go on."""
    if one.native and one.native == other.native:
        return How.SAME
    if not one.plain or not other.plain:
        return None
    if one.plain == other.plain and not (one.native or other.native):
        return How.SAME
    if one.initial or other.initial:
        return How.INITIAL if one.plain[0] == other.plain[0] else None
    if one.folded == other.folded and not (one.native or other.native):
        return How.TRANSLITERATED
    if alike(one, other):
        return How.SPELLING
    if cut and len(one.plain) > 1 and other.plain.startswith(one.plain):
        return How.CUT
    if told_apart(one, other) or one.native or other.native:
        return None
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


def splits(text: str) -> Sequence[tuple[str, str]]:
    """The ways in which one word may be two."""
    bare = text.replace(" ", "")
    if len(bare) < _LEAST_FOR_JOINED:
        return ()
    return [(bare[:n], bare[n:]) for n in range(_LEAST_PART, len(bare) - _LEAST_PART + 1)]


def runs(count: int) -> list[tuple[int, ...]]:
    """Places of words that may be written as one: those that follow one another, and the last given name with the surname."""
    along = [tuple(range(n, n + many)) for many in range(2, _MOST_JOINED + 1) for n in range(count - many + 1)]
    return [*along, (count - 1, 0)] if count > 1 else along


def together(tokens: Sequence[str]) -> Sequence[str]:
    """Words written as one: an Arabic article that stands there on one side only may be in it or not."""
    found = [" ".join(tokens), " ".join([tokens[0], *(_without_article(each) for each in tokens[1:])])]
    if len(tokens) == 2 and all(each.isascii() and len(each) > 2 for each in tokens):
        found += [f"{tokens[0]} {article} {tokens[1]}" for article in ("ul", "ur")]
    return tuple(dict.fromkeys(found))


def _without_article(token: str) -> str:
    return token.removeprefix("ال") if len(token) > 4 else token


def _parts(text: str, tokens: Sequence[str], compare: Comparing) -> bool:
    """Whether one word is these words, one after another, each in any of its spellings."""
    if len(tokens) == 1:
        return compare(text, tokens[0], False) in STRONG
    return any(compare(left, tokens[0], False) in STRONG and _parts(right, tokens[1:], compare) for left, right in splits(text))


Pair = tuple[tuple[int, ...], tuple[int, ...], How]
"""Places in both names, and how the words there agree."""


def _pairs(asked: PersonName, listed: PersonName, compare: Comparing) -> list[Pair]:
    ours, theirs = asked.tokens, listed.tokens
    found: list[Pair] = [
        ((a,), (b,), how)
        for a, one in enumerate(ours)
        for b, other in enumerate(theirs)
        if (how := compare(one, other, asked.may_go_on(a))) is not None
    ]
    strong_ours = {a for (a,), _, how in found if how in STRONG}
    strong_theirs = {b for _, (b,), how in found if how in STRONG}
    free_ours = [a for a in range(len(ours)) if a not in strong_ours]
    free_theirs = [b for b in range(len(theirs)) if b not in strong_theirs]
    for places in runs(len(ours)):
        if all(a in free_ours for a in places):
            texts = together([ours[a] for a in places])
            found += [
                (places, (b,), How.JOINED)
                for b in free_theirs
                if any(compare(text, theirs[b], False) in STRONG for text in texts)
            ]
    for places in runs(len(theirs)):
        if all(b in free_theirs for b in places):
            listed_words = [theirs[b] for b in places]
            found += [((a,), places, How.JOINED) for a in free_ours if _parts(ours[a], listed_words, compare)]
    return sorted(found, key=lambda pair: (_STRENGTH[pair[2]], abs(pair[0][0] - pair[1][0]), pair[0], pair[1]))


def score(asked: PersonName, listed: PersonName, birth: Birth, sex: Sex, compare: Comparing | None = None) -> NameScore | None:
    """The explanation, or None when this is no candidate. `compare`: of `comparing`, where many names are scored."""
    compare = compare or comparing()
    if birth is Birth.DIFFERS:
        return None
    ours, theirs = asked.tokens, listed.tokens
    left, right = dict.fromkeys(range(len(ours))), dict.fromkeys(range(len(theirs)))
    words_found, exchanged = [], []
    met: set[tuple[int, int]] = set()
    for places, there, how in _pairs(asked, listed, compare):
        if all(a in left for a in places) and all(b in right for b in there):
            for a in places:
                del left[a]
            for b in there:
                del right[b]
            if how in STRONG:
                met |= {(a, b) for a in places for b in there}
            one, other = (" ".join(side[n] for n in at) for side, at in ((ours, places), (theirs, there)))
            words_found.append(WordAgreement(one, other, how, all(is_common(theirs[b]) for b in there)))
            exchanged.append((places[0] < len(asked.surname)) != (there[0] < len(listed.surname)))
    if birth not in _DATED and _agreed(words_found) < 2:
        return None
    kin_agrees = _relatives(asked, listed, left, words_found, compare)
    found = NameScore(
        tuple(words_found), tuple(ours[a] for a in left), tuple(theirs[b] for b in right), birth, sex,
        exchanged=bool(exchanged) and all(exchanged),
    )  # fmt: skip # its fields in their order
    given = _Given(
        ours=_first(asked) in {a for a, _ in met} or _nothing_but(listed),
        theirs=_first(listed) in {b for _, b in met} or _nothing_but(asked),
        one=(_first(asked), _first(listed)) in met,
        families=all(_family_name(asked, a) for a in left) and all(_family_name(listed, b) for b in right),
        kin=kin_agrees,
        spared=int(listed.partly_known) - int(asked.partly_known),
    )
    return found if decide(found, given, lengths=(len(ours), len(theirs))) else None


_DATED = frozenset({Birth.SAME, Birth.SWAPPED, Birth.NEAR})


def _agreed(found: Sequence[WordAgreement]) -> int:
    """Words that agree in whatever spelling; those written as one are two."""
    return sum(each.how in STRONG for each in found) + sum(each.how is How.JOINED for each in found)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a score says beside its words."""

    ours: bool
    """The first given name of the traveller agrees with some word of the record's, or the record knows no given name."""
    theirs: bool
    one: bool
    """It agrees with the record's first given name."""
    families: bool
    """What each side has alone are family names."""
    kin: bool | None
    """Whether a word of the traveller's name agrees with the relative that the record names; None where it names none."""
    spared: int
    """1 where the record says that it lacks a part of the name, -1 where the document does."""


def _relatives(
    asked: PersonName, listed: PersonName, left: dict[int, None], found: list[WordAgreement], compare: Comparing
) -> bool | None:
    """Words of the traveller's name that are the father's or husband's on the record speak for it."""
    if not listed.relatives:
        return None
    agrees = False
    for a in list(left):
        one = asked.tokens[a]
        other = next((each for each in listed.relatives if compare(one, each, False) in STRONG), None)
        if other is not None and found:
            del left[a]
            found.append(WordAgreement(one, other, How.RELATIVE, is_common(other)))
            agrees = True
    return agrees


def _family_name(name: PersonName, place: int) -> bool:
    """Whether the word is a surname, or the last of a name in one field."""
    return place < len(name.surname) if name.given else place == len(name.surname) - 1


def _first(name: PersonName) -> int:
    """Place of the given name by which people call the person: the first that is not written or left out at will."""
    tokens = name.tokens
    begin = len(name.surname) if name.given else 0
    order = [*range(begin, len(tokens)), *range(begin)]
    return next((n for n in order if not _at_will(tokens[n])), order[0] if order else -1)


_AND = frozenset({"e", "i", "y"})
"""Between family names in Portuguese, Catalan and Spanish; alone they may be initials."""


def _nothing_but(name: PersonName) -> bool:
    """Whether its given names are such as are written or left out at will: Muhammad alone."""
    return len(name.given) == 1 and _at_will(name.given[0])


def _at_will(token: str) -> bool:
    return beside_names(token) or token in _AND or token in words("titles")


def decide(found: NameScore, given: _Given, lengths: tuple[int, int]) -> bool:
    """The rule. What people write or leave out beside their names is never missing."""
    birth = found.birth
    own = [each for each in found.words if each.how is not How.RELATIVE]
    strong = [each for each in own if each.how in STRONG]
    telling = sum(not each.common for each in strong)
    rare = sum(not any(map(is_frequent, (each.listed, *each.listed.split()))) for each in strong)
    asked_alone = [each for each in found.asked_alone if not _at_will(each)]
    listed_alone = [each for each in found.listed_alone if not _at_will(each)]
    asked_alone, listed_alone = asked_alone[max(given.spared, 0) :], listed_alone[max(-given.spared, 0) :]
    both = not asked_alone and not listed_alone
    whole = not (asked_alone and listed_alone)
    joined = sum(each.how is How.JOINED for each in own) if whole else 0
    count, agreed = len(own) + joined, len(strong) + joined
    first = (given.ours or not asked_alone) and (given.theirs or not listed_alone)
    if birth is Birth.DIFFERS or not own:
        allowed = False
    elif found.sex is Sex.DIFFERS:
        allowed = birth is Birth.SAME and both and agreed == count >= 2
    elif count == 1:
        alone = lengths == (1, 1) or (bool(given.kin) and whole) or (1 in lengths and given.kin is None and rare == 1)
        allowed = birth is Birth.SAME and len(strong) == 1 and alone
    elif not whole:
        allowed = birth is Birth.SAME and agreed >= 2 and telling >= 2 and given.one and given.families
    elif birth is Birth.UNKNOWN:
        allowed = both and agreed == count and rare >= 1 and (rare >= 2 or agreed >= 3)
    elif birth is Birth.PART:
        allowed = agreed >= 2 and telling >= 1 and (both or (agreed >= 3 and first))
    elif agreed >= 2:
        allowed = both or ((first or agreed >= 3) and (birth is Birth.SAME or telling >= 1))
    elif agreed == 1:
        allowed = (both or first or telling == 1) and (birth is Birth.SAME or telling == 1)
    else:
        allowed = birth is Birth.SAME and both and sum(each.how is not How.INITIAL for each in own) >= 2
    return allowed
