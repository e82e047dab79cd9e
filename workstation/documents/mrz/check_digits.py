"""Check digits of ICAO Doc 9303-3, section 4.9: weights 7, 3, 1; what they cannot see is told too."""

from dataclasses import dataclass

_WEIGHTS = (7, 3, 1)
FILLER = "<"
BLIND = ("6G", "8S", "1L", "FP", "<K")
"""Pairs that look alike and have the same value modulo 10: no check digit tells them apart."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit as it is printed, beside the one that follows from what it covers."""

    name: str
    covers: str
    found: str
    expected: str
    optional: bool = False
    """It may be a filler where the field is empty (9303-4, personal number)."""

    @property
    def ok(self) -> bool:
        return self.found == self.expected or (self.optional and self.found == FILLER and not self.covers.strip(FILLER))


def value(character: str) -> int:
    """0 to 9 for digits, 10 to 35 for A to Z, 0 for the filler. ValueError for anything else."""
    if character == FILLER:
        return 0
    if "0" <= character <= "9":
        return ord(character) - ord("0")
    if "A" <= character <= "Z":
        return ord(character) - ord("A") + 10
    raise ValueError(f"{character!r} does not stand in a machine-readable zone")


def digit(text: str) -> str:
    """The check digit of the text."""
    return str(sum(value(each) * _WEIGHTS[place % 3] for place, each in enumerate(text)) % 10)
