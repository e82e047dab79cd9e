"""How a record's date of birth and sex agree with a traveller's. What is not known neither agrees nor contradicts."""

from enum import StrEnum


class Birth(StrEnum):
    SAME = "the same day"
    SWAPPED = "day and month exchanged"
    NEAR = "a year apart, the rest the same"
    PART = "as far as it is known"
    """The years agree, and what is known of month and day; 1 January counts as a year alone, as many States print it so."""
    UNKNOWN = "not known"
    DIFFERS = "differs"

    @property
    def whole(self) -> bool:
        """All three parts speak for it."""
        return self in {Birth.SAME, Birth.SWAPPED, Birth.NEAR}


class Sex(StrEnum):
    AGREES = "agrees"
    UNKNOWN = "not known"
    DIFFERS = "differs"


Parts = tuple[int, int, int]
"""Year, month and day; 0 where it is not known."""


def parts(text: str) -> Parts:
    """Of an ISO 8601 date known in part: 1980, 1980-03, 1980-03-17, or empty."""
    year, month, day = (int(each) for each in [*text.split("-"), "0", "0"][:3]) if text else (0, 0, 0)
    return (year, 0, 0) if (month, day) == (1, 1) else (year, month, day)


def births(one: Parts, other: Parts) -> Birth:
    """Of two dates as `parts` gives them."""
    if not one[0] or not other[0]:
        return Birth.UNKNOWN
    apart = abs(one[0] - other[0])
    if 0 in one or 0 in other:
        known = all(a == b for a, b in zip(one[1:], other[1:], strict=True) if a and b)
        return Birth.PART if not apart and known else Birth.DIFFERS
    if one[1:] == other[1:] and apart <= 1:
        return Birth.NEAR if apart else Birth.SAME
    if not apart and one[1:] == (other[2], other[1]):
        return Birth.SWAPPED
    return Birth.DIFFERS


def sexes(one: str, other: str) -> Sex:
    """X is neither: it agrees with nothing and contradicts nothing."""
    if one not in {"F", "M"} or other not in {"F", "M"}:
        return Sex.UNKNOWN
    return Sex.AGREES if one == other else Sex.DIFFERS
