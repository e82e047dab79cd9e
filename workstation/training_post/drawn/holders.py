"""Whom an invented document is about: names, States, numbers and dates of nobody, the same for a seed for ever.

The odd cases of Doc 9303 come as often as a test needs them, not as often as life brings them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from watchlists.traits.states import ADDITIONS, ISO
from workstation.documents.mrz.mrz import MRV_A, MRV_B, TD1, TD2, TD3, Format

_STATES = (*sorted(ISO), *sorted(ADDITIONS))
_SYLLABLES = """
    ba be bi bo ca ce da de di do el en er fa fe ga ge gi go ha he hi ho il im in ja je jo ka ke ki ko la le li lo
    lu ma me mi mo mu na ne ni no nu ol on or pa pe pi qa qu ra re ri ro ru sa se sha si so su ta te ti to tu ul
    un ur va ve vi wa we xa ya ye yo yu za ze zi zo
""".split()  # noqa: SIM905 - a list of so many quoted syllables is harder to check
_TITLES = ("al-", "de ", "van der ", "O'", "bin ", "Mc")
_ACCENTS = {"a": "äáå", "e": "éè", "i": "í", "o": "öø", "u": "üú", "n": "ñ", "c": "ç"}
_CODES = {
    TD3: ("P", "P", "P", "PD", "PS", "PM"),
    TD2: ("I", "ID", "A", "AR", "C", "IP"),
    TD1: ("I", "ID", "I", "AC", "C", "IR"),
    MRV_A: ("V", "VB", "VC"),
    MRV_B: ("V", "VB", "VC"),
}
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A part that nobody knows is 0."""

    year: int
    month: int
    day: int

    @property
    def in_zone(self) -> str:
        known = (
            f"{self.year % 100:02d}" if self.year else "<<",
            *(f"{each:02d}" if each else "<<" for each in (self.month, self.day)),
        )
        return "".join(known)


@dataclass(frozen=True, slots=True)
class Holder:
    surname: str
    """As a document prints it beside the zone, with accents and capitals where they belong."""
    given: str
    nationality: str
    """Code without fillers."""
    born: BirthDate
    sex: str
    """F, M or X."""
    seed: int
    """Of the drawn person on the portrait."""
    place: str = "Utopia City"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a document says beside its holder."""

    form: Format
    code: str
    state: str
    number: str
    issued: date
    expires: date
    optional: str = ""
    optional_2: str = ""
    """Second line of TD1 only."""


def holder(seed: int) -> Holder:
    random = np.random.default_rng([seed, 31])
    own = random.random()
    state = "UTO" if own < 0.25 else "D" if own < 0.28 else "PAK" if own < 0.32 else _pick(random, _STATES)
    born = BirthDate(int(random.integers(1925, 2022)), int(random.integers(1, 13)), int(random.integers(1, 29)))
    unknown = random.random()
    if unknown < 0.02:
        born = BirthDate(0, 0, 0)
    elif unknown < 0.05:
        born = BirthDate(born.year, 0, 0)
    elif unknown < 0.07:
        born = BirthDate(born.year, born.month, 0)
    return Holder(
        surname=_surname(random),
        given=_given(random),
        nationality=state,
        born=born,
        sex=_pick(random, ("F", "M", "F", "M", "F", "M", "X")),
        seed=int(random.integers(1 << 20)),
        place=_word(random, 2, 4),
    )


def particulars(seed: int, form: Format, whose: Holder) -> Particulars:
    random = np.random.default_rng([seed, 32])
    own = form.visa or random.random() < 0.1
    state = _pick(random, _STATES) if own else whose.nationality
    issued = date(2015, 1, 1) + timedelta(days=int(random.integers(0, 365 * 11)))
    years = 1 if form.visa else int(_pick(random, ("5", "10")))
    optional, optional_2 = _optional(random, form, state)
    return Particulars(
        form=form,
        code=_pick(random, _CODES[form]),
        state=state,
        number=_number(random, form),
        issued=issued,
        expires=issued + timedelta(days=365 * years - 1),
        optional=optional,
        optional_2=optional_2,
    )


def _optional(random: np.random.Generator, form: Format, state: str) -> tuple[str, str]:
    if state == "PAK" and form in {TD3, TD1}:
        return _of(random, _DIGITS, 13), ""
    room = {TD3: 14, TD2: 7, TD1: 11, MRV_A: 16, MRV_B: 8}[form]
    kind = random.random()
    if kind < 0.4:
        return "", ""
    length = int(random.integers(min(4, room), room + 1))
    letters = _DIGITS if kind < 0.75 else _DIGITS + _LETTERS
    first = _of(random, letters, length)
    return (first, _of(random, _DIGITS, int(random.integers(0, 12)))) if form is TD1 and kind > 0.6 else (first, "")


def _number(random: np.random.Generator, form: Format) -> str:
    kind = random.random()
    if form in {TD1, TD2} and kind < 0.12:
        return _of(random, _DIGITS, int(random.integers(10, 13 if form is TD2 else 15)))
    if kind < 0.35:
        return _of(random, _LETTERS, 2) + _of(random, _DIGITS, 7)
    if kind < 0.6:
        return _of(random, _DIGITS, 9)
    if kind < 0.75:
        return _of(random, _LETTERS, 1) + _of(random, _DIGITS, int(random.integers(6, 9)))
    return _of(random, _LETTERS + _DIGITS, 9)


def _surname(random: np.random.Generator) -> str:
    kind = random.random()
    if kind < 0.12:
        return _pick(random, _TITLES) + _word(random, 2, 4)
    if kind < 0.24:
        return f"{_word(random, 2, 4)}-{_word(random, 2, 3)}"
    if kind < 0.30:
        return " ".join(_word(random, 3, 5) for _ in range(3))
    return _word(random, 2, 4)


def _given(random: np.random.Generator) -> str:
    kind = random.random()
    if kind < 0.03:
        return ""
    return " ".join(_word(random, 2, 3) for _ in range(1 + (kind > 0.5) + (kind > 0.85) + 2 * (kind > 0.96)))


def _word(random: np.random.Generator, least: int, most: int) -> str:
    letters = "".join(_pick(random, _SYLLABLES) for _ in range(int(random.integers(least, most + 1))))
    if random.random() < 0.2:
        place = int(random.integers(len(letters)))
        marked = _ACCENTS.get(letters[place], letters[place])
        letters = letters[:place] + marked[int(random.integers(len(marked)))] + letters[place + 1 :]
    return letters.capitalize()


def _of(random: np.random.Generator, characters: str, count: int) -> str:
    return "".join(characters[int(each)] for each in random.integers(0, len(characters), count))


def _pick(random: np.random.Generator, choices: tuple[str, ...] | list[str]) -> str:
    return choices[int(random.integers(len(choices)))]
