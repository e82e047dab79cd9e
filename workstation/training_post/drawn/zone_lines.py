"""The lines of a machine-readable zone, written from what a document says (ICAO Doc 9303, parts 3 to 7).

The writing counterpart of `workstation.documents.mrz.mrz`, which reads them; each is the other's test.
"""

import re
import unicodedata

from workstation.documents.mrz.check_digits import FILLER, digit
from workstation.documents.mrz.mrz import TD1, TD2, TD3
from workstation.training_post.drawn.holders import Holder, Particulars

# Doc 9303-3, section 6 A: letters that do not lose their mark but become two.
_TWO = str.maketrans(
    {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "ß": "SS", "Þ": "TH", "Ð": "D"}
)


def zone_lines(whose: Holder, says: Particulars) -> tuple[str, ...]:
    """Two or three lines whose check digits agree. Names that do not fit are cut to the field."""
    form = says.form
    code, state = says.code.ljust(2, FILLER), says.state.ljust(3, FILLER)
    born, expires = whose.born.in_zone, f"{says.expires:%y%m%d}"
    dates = born + digit(born), FILLER if whose.sex == "X" else whose.sex, expires + digit(expires)
    nationality = whose.nationality.ljust(3, FILLER)
    if form is TD1:
        number, more = _number(says.number, 15)
        first = code + state + number + _fitted(more + says.optional, 15)
        second = dates[0] + dates[1] + dates[2] + nationality + _fitted(says.optional_2, 11)
        composite = digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        return first, second + composite, names_field(whose.surname, whose.given, 30)
    first = code + state + names_field(whose.surname, whose.given, form.length - 5)
    number, more = _number(says.number, 7) if form is TD2 else _number(says.number[:9], 0)
    start = number + nationality + "".join(dates)
    if form is TD3:
        personal = _fitted(says.optional, 14)
        start += personal + (digit(personal) if says.optional else FILLER)
    elif form is TD2:
        start += _fitted(more + says.optional, 7)
    else:
        return first, start + _fitted(says.optional, form.length - 28)
    return first, start + digit(start[0:10] + start[13:20] + start[21:])


def names_field(surname: str, given: str, length: int) -> str:
    """Surname, two fillers, given names; cut so that something of both remains (9303-4, 4.2.3)."""
    last, first = _bare(surname), _bare(given)
    if not first:
        return _fitted(last, length)
    room = length - 2 - min(len(first), 1 + length // 8)
    return _fitted(f"{last[:room].rstrip(FILLER)}<<{first}", length)


def _number(number: str, room: int) -> tuple[str, str]:
    """Nine characters and a check digit; of a longer one the rest, its check digit and a filler go to the optional data."""
    if len(number) <= 9 or len(number) - 7 > room:
        nine = _fitted(number, 9)
        return nine + digit(nine), ""
    return number[:9] + FILLER, number[9:] + digit(number) + FILLER


def _fitted(text: str, length: int) -> str:
    return text[:length].ljust(length, FILLER)


def _bare(name: str) -> str:
    """Capital letters without marks; hyphens and spaces are fillers, apostrophes nothing."""
    plain = unicodedata.normalize("NFKD", name.upper().translate(_TWO))
    letters = "".join(each for each in plain if each.isascii() and (each.isalpha() or each in " -"))
    return re.sub(r"[ -]+", FILLER, letters.strip(" -"))
