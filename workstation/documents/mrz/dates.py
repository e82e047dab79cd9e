"""Dates of a machine-readable zone: two digits of a year, parts that are not known, and the century that follows."""

from dataclasses import dataclass, replace
from datetime import date

_OLDEST = 120


@dataclass(frozen=True, slots=True)
class ZoneDate:
    raw: str
    """YYMMDD as printed."""
    text: str
    """ISO 8601, as much as is known: 1960, 1960-03, 1960-03-17, or empty."""
    century_by_rule: bool
    """The century is not printed: it follows from a rule, and both are shown."""
    fault: str = ""
    """Why it cannot be a date; empty when it can."""
    also: str = ""
    """The same date in the other century where the rule leaves both open: a child of six, or a person of 106."""


def birth(raw: str, today: date, expires: ZoneDate | None = None) -> ZoneDate:
    """The latest year that lies neither after today nor after the document's expiry, and at most 120 years back.

    9303 prints no century and gives no rule; nobody is born after a document of theirs has run out.
    """
    parts = _parts(raw)
    if isinstance(parts, str):
        return ZoneDate(raw, "", century_by_rule=False, fault=parts)
    year, month, day = parts
    if year is None:
        return ZoneDate(raw, "", century_by_rule=False)
    latest = today.isoformat()
    if expires and expires.text:
        latest = min(latest, (expires.text + "-12-31"[len(expires.text) - 4 :]))
    century = today.year // 100 * 100
    possible = [
        full
        for full in (century + year - back for back in (0, 100, 200))
        if f"{full:04d}-{month or 1:02d}-{day or 1:02d}" <= latest and today.year - full <= _OLDEST
    ]
    if not possible:
        return ZoneDate(
            raw, "", century_by_rule=False, fault="In every century it lies after the expiry or more than 120 years back."
        )
    made = _made(raw, possible[0], month, day)
    return replace(made, also=_made(raw, possible[1], month, day).text) if len(possible) > 1 and made.text else made


def expiry(raw: str, today: date) -> ZoneDate:
    """The century that lies nearest to today."""
    parts = _parts(raw)
    if isinstance(parts, str):
        return ZoneDate(raw, "", century_by_rule=False, fault=parts)
    year, month, day = parts
    if year is None:
        return ZoneDate(raw, "", century_by_rule=False)
    century = today.year // 100 * 100
    full = min((century + change + year for change in (-100, 0, 100)), key=lambda each: abs(each - today.year))
    return _made(raw, full, month, day)


def has_passed(expires: ZoneDate, today: date) -> bool:
    """Whether the last day on which it counts lies before today; a month or year that is not known counts to its end."""
    if not expires.text:
        return False
    return expires.text < today.isoformat()[: len(expires.text)]


def _parts(raw: str) -> tuple[int | None, int | None, int | None] | str:
    """Year, month, day, None where it is filled; or the sentence that says what is wrong."""
    found: list[int | None] = []
    for part in (raw[:2], raw[2:4], raw[4:6]):
        if part.isdecimal() and part.isascii():
            found.append(int(part))
        elif part == "<<":
            found.append(None)
        else:
            return "A date takes digits, or fillers where a part is not known."
    year, month, day = found
    if (year is None and (month is not None or day is not None)) or (month is None and day is not None):
        return "A date cannot have a day without its month, or a month without its year."
    return year, month, day


def _made(raw: str, year: int, month: int | None, day: int | None) -> ZoneDate:
    text = f"{year:04d}" + (f"-{month:02d}" if month is not None else "") + (f"-{day:02d}" if day is not None else "")
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return ZoneDate(raw, "", century_by_rule=False, fault="The calendar has no such day.")
    return ZoneDate(raw, text, century_by_rule=True)
