"""Dates as people and systems write them, read where there is one reading only, and asked about where there are two.

1980-03-17, 1980/03/17, 19800317, 17.3.1980, 17/03/1980, 17 March 1980, March 17, 1980, 1980-03, March 1980, 1975/00/00.
Never guessed: 03/04/1980, 17.3.80, a year of the Hijri or Solar Hijri calendar, the day number of a spreadsheet.
"""

import re
import unicodedata
from datetime import date, timedelta

from watchlists.exchange import month_names
from watchlists.records.records import RecordRefused

_NUMBERS = re.compile(r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?( ?AM)?(Z|[+-]00:?00)?$|[T ]12:00(:00)? AM$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?|\d+")
_SERIAL = re.compile(r"(\d{5})(\.0+)?")
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73050
"""Day numbers of 1910 and 2099: 1900-03-01 is 61, since Lotus 1-2-3 took 1900 for a leap year."""
_EPOCH = date(1899, 12, 30)


def read_date(text: str, field: str, today: date) -> str:
    """ISO 8601, as much as is known: 1980-03-17, 1980-03, 1980 or empty. RecordRefused when there is not one reading."""
    plain = _plain(text)
    if not plain or not plain.strip("0-/."):
        return ""
    year, month, day = _parts(plain, text, field)
    if year:
        _refuse_other_calendar(year, text, field, today)
    if not day and not month:
        return f"{year:04}"
    if not day:
        if not 1 <= month <= 12:
            raise _no_date(text, field)
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise RecordRefused(
            "The field {named} holds “{text}”, a day that the calendar does not have. Write it as 1980-03-17.",
            field, named=field, text=text.strip(),
        ) from error  # fmt: skip # the values of one sentence


def _plain(text: str) -> str:
    """ASCII digits, one space at a time, without the midnight that databases add."""
    bare = unicodedata.normalize("NFKC", text)
    digits = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in bare)
    return _MIDNIGHT.sub("", " ".join(digits.split())).strip()


def _parts(plain: str, text: str, field: str) -> tuple[int, int, int]:
    """Year, month and day, 0 where it is not known."""
    if re.fullmatch(r"\d{4}", plain):
        return int(plain), 0, 0
    if re.fullmatch(r"\d{8}", plain):
        return _eight(plain, text, field)
    if found := _YEAR_MONTH.fullmatch(plain):
        return int(found[1]), int(found[2]), 0
    if found := _MONTH_YEAR.fullmatch(plain):
        return int(found[2]), int(found[1]), 0
    if found := _NUMBERS.fullmatch(plain):
        return _three(found[1], found[3], found[4], found[2], text, field)
    if (found := _SERIAL.fullmatch(plain)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        raise RecordRefused(
            "The field {named} holds {text}, the day number of a spreadsheet (it would be {day}). Write it as 1980-03-17.",
            field, named=field, text=plain, day=(_EPOCH + timedelta(days=int(found[1]))).isoformat(),
        )  # fmt: skip # the values of one sentence
    return _in_words(plain, text, field)


def _eight(plain: str, text: str, field: str) -> tuple[int, int, int]:
    """19800317. 17031980 is no year of ours, and has one reading too."""
    if int(plain[:4]) < 1300 and 1300 <= int(plain[4:]):
        return _three(plain[:2], plain[2:4], plain[4:], "/", text, field)
    return int(plain[:4]), int(plain[4:6]), int(plain[6:])


def _three(first: str, second: str, third: str, sign: str, text: str, field: str) -> tuple[int, int, int]:
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
        return (year, month, day) if month else (year, 0, 0)
    if len(third) != 4:
        raise RecordRefused(
            "The field {named} holds “{text}”, and the century is not said. Write it as 1980-03-17.",
            field, named=field, text=text.strip(),
        )  # fmt: skip # the values of one sentence
    one, two, year = int(first), int(second), int(third)
    if not one or not two:
        return year, two, 0
    if sign == "." or one == two or one > 12:
        return year, two, one
    if two > 12:
        return year, one, two
    raise RecordRefused(
        "The field {named} holds “{text}”: which is the day and which the month is not said. Write it as 1980-03-17.",
        field, named=field, text=text.strip(),
    )  # fmt: skip # the same


def _in_words(plain: str, text: str, field: str) -> tuple[int, int, int]:
    """17 March 1980, March 17, 1980, 17-Mar-1980, March 1980."""
    words = _WORDS.findall(plain)
    names = [month_names.fold(each) for each in words if not each[0].isdigit()]
    figures = [each for each in words if each[0].isdigit()]
    names = [each for each in names if each not in {"st", "nd", "rd", "th", "of", "de", "del", "er"}]
    if any(each in month_names.SOLAR or each in month_names.HIJRI for each in names):
        raise _calendar(text, field)
    joined = " ".join(names)
    month = month_names.GREGORIAN.get(joined, 0)
    years = [each for each in figures if len(each) == 4]
    days = [each for each in figures if len(each) <= 2]
    if not month or len(years) != 1 or len(days) > 1 or len(figures) != len(years) + len(days):
        raise _no_date(text, field)
    return int(years[0]), month, int(days[0]) if days else 0


def _refuse_other_calendar(year: int, text: str, field: str, today: date) -> None:
    """Years that lie in this century of another calendar are asked about, never taken for the Middle Ages."""
    solar, lunar = today.year - 621, round((today.year - 621.57) * 1.030684)
    if 1200 <= year <= lunar + 10:
        readings = [f"{year + 621}/{year + 622} (Solar Hijri)"] if year <= solar + 10 else []
        begins = int(year / 1.030684 + 621.57)
        readings.append(f"{begins}/{begins + 1} (Hijri)")
        raise RecordRefused(
            "The field {named} holds “{text}”, a year of another calendar: {readings}. Write the Gregorian date.",
            field, named=field, text=text.strip(), readings=" or ".join(readings),
        )  # fmt: skip # the values of one sentence
    if today.year + 400 < year <= today.year + 543 + 20:
        raise RecordRefused(
            "The field {named} holds “{text}”, perhaps a year of the Buddhist calendar ({year}). Write the Gregorian date.",
            field, named=field, text=text.strip(), year=year - 543,
        )  # fmt: skip # the same


def _calendar(text: str, field: str) -> RecordRefused:
    return RecordRefused(
        "The field {named} holds “{text}”, a date of the Hijri or Solar Hijri calendar. Write the Gregorian date.",
        field, named=field, text=text.strip(),
    )  # fmt: skip # the values of one sentence


def _no_date(text: str, field: str) -> RecordRefused:
    return RecordRefused(
        "The field {named} holds “{text}”, which is not a date. Write it as 1980-03-17, or 1980-03 or 1980.",
        field, named=field, text=text.strip()[:60],
    )  # fmt: skip # the same
