"""Dates as documents print them: 12 AUG/AOUT 74, 12.08.1974, 1974-08-12, with month names of a dozen languages.

Only the digits 0 to 9 are read: other digits beside them print the same date again, or one of another calendar.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "JAN ENE GEN OCA STY",
    "FEB FEV SUB LUT",
    "MAR MRZ MAA MRT MAE MARS",
    "APR AVR ABR NIS KWI",
    "MAY MAI MEI MAG MAJ MEY",
    "JUN JUIN GIU HAZ CZE",
    "JUL JUIL LUG TEM LIP",
    "AUG AOU AGO AGU SIE",
    "SEP SET EYL WRZ",
    "OCT OKT OTT OUT EKI PAZ",
    "NOV KAS LIS",
    "DEC DEZ DIC DES ARA GRU",
)
_BY_NAME = {name: month for month, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMED = re.compile(r"(?<![0-9])([0-9]{1,2})[ ./-]*([A-Z]{3,}(?: ?/ ?[A-Z]{3,})?)[ ./-]*([0-9]{4}|[0-9]{2})(?![0-9])")
_IN_ORDER = re.compile(r"(?<![0-9])([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4}|[0-9]{2})(?![0-9])")
_YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{1,2})(?![0-9])")
_TOGETHER = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")
_UNKNOWN = re.compile(r"(?<![A-Z])X[X./ -]{2,}X?[ ./-]*([0-9]{4}|[0-9]{2})(?![0-9])")
MISTAKEN = ("08", "06", "09", "17", "14", "38", "56", "58", "68", "27", "89", "35")
"""Digits that a reader of print takes for one another."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    year: str
    """Two or four digits, as printed."""
    month: int
    day: int
    """0 where X stands for what is not known; so in `month`."""

    @property
    def short(self) -> str:
        """YYMMDD, as a zone prints it."""
        return f"{self.year[-2:]}{self.month:02d}{self.day:02d}"


def dates_in(text: str) -> tuple[PrintedDate, ...]:
    """Every date that the line may print; both orders where day and month can be exchanged."""
    decomposed = unicodedata.normalize("NFD", text.upper())
    folded = "".join(each for each in decomposed if not unicodedata.combining(each))
    return tuple(dict.fromkeys(each for each in _found(folded) if _is_a_day(each)))


def same(printed: PrintedDate, raw: str) -> bool:
    """Whether the zone's YYMMDD is this date, as far as the zone knows it; the century is not printed there."""
    return all(own in (other, "<") for own, other in zip(raw, printed.short, strict=True))


def nearly(printed: PrintedDate, raw: str) -> bool:
    """Whether one digit, taken for its look-alike, would make it the same."""
    apart = [own + other for own, other in zip(raw, printed.short, strict=True) if own not in (other, "<")]
    return len(apart) == 1 and (apart[0] in MISTAKEN or apart[0][::-1] in MISTAKEN)


def _found(text: str) -> Iterator[PrintedDate]:
    for day, name, year in _NAMED.findall(text):
        months = {_month(part.strip()) for part in name.split("/")} - {0}
        if len(months) == 1:
            yield PrintedDate(year, months.pop(), int(day))
    for one, two, year in _IN_ORDER.findall(text):
        yield PrintedDate(year, int(two), int(one))
        yield PrintedDate(year, int(one), int(two))
    for year, month, day in _YEAR_FIRST.findall(text):
        yield PrintedDate(year, int(month), int(day))
    for digits in _TOGETHER.findall(text):
        yield PrintedDate(digits[4:], int(digits[2:4]), int(digits[:2]))
        yield PrintedDate(digits[:4], int(digits[4:6]), int(digits[6:]))

    for year in _UNKNOWN.findall(text):
        yield PrintedDate(year, 0, 0)


def _month(name: str) -> int:
    return _BY_NAME.get(name[:4]) or _BY_NAME.get(name[:3], 0)


def _is_a_day(printed: PrintedDate) -> bool:
    year = int(printed.year)
    if not printed.month and not printed.day:
        return True
    try:
        date(year if len(printed.year) == 4 else 2000 + year, printed.month, printed.day)
    except ValueError:
        return False
    return len(printed.year) == 2 or 1900 <= year <= 2100
