"""The one table of States, organisations and kinds of persons, and every code and name by which documents and lists call them.

Codes of ISO 3166-1 with two and three letters, of ICAO Doc 9303-3 and former ones; the table itself is `states.txt`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watchlists.traits.writing import tidy

_GERMANY = "D"
"""Doc 9303-3 gives Germany one letter beside DEU."""


@dataclass(frozen=True, slots=True)
class _Line:
    codes: tuple[str, ...]
    names: tuple[str, ...]
    iso: bool


def _read() -> tuple[_Line, ...]:
    found = []
    for line in Path(__file__).with_name("states.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, _, names = line.removeprefix("+ ").partition("|")
            parted = tuple(each.strip() for each in names.split(";"))
            found.append(_Line(tuple(codes.split()), parted, not line.startswith("+")))
    return tuple(found)


_LINES = _read()
_CODES = {code: line.codes[0] for line in _LINES for code in line.codes}
TWO_LETTERS = {line.codes[0]: line.codes[1] for line in _LINES if line.iso}
"""The two letters of ISO 3166-1 by the three."""
ISO = frozenset(TWO_LETTERS)
"""ISO 3166-1 alpha-3."""
ADDITIONS = frozenset({_GERMANY, *(line.codes[0] for line in _LINES if not line.iso)})
"""What else Doc 9303-3, section 5, puts in the place of a State."""


def is_known(code: str) -> bool:
    """Whether the code, its fillers removed, stands in 9303-3."""
    bare = code.rstrip("<")
    return bare in ISO or bare in ADDITIONS


def state(code: str) -> str:
    """The three letters for any code of a State: D, DE and DEU are one. A code that is not known stays as it is."""
    bare = code.strip().upper().rstrip("<")
    return _CODES.get(bare, bare)


def named(text: str) -> str:
    """The three letters for a code or a name of a State; empty when it is neither."""
    return _CODES.get(text.strip().upper()) or _names().get(_bare(text), "")


@cache
def _names() -> dict[str, str]:
    return {_bare(name): line.codes[0] for line in _LINES if line.iso for name in line.names}


def _bare(text: str) -> str:
    return " ".join(tidy(text).removeprefix("the ").split())
