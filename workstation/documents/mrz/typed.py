"""The lines of a zone as people type them and readers send them: what is accepted, and a sentence for everything else.

Lower case, spaces and lines sent without breaks are accepted. A sign that only looks like a letter is named, never replaced.
"""

import re
import unicodedata
from collections.abc import Sequence

from workstation.errors import OperatorError

_ALLOWED = re.compile(r"[A-Za-z0-9<]*")
_LONGEST = 400
_WITHOUT_BREAKS = {88: 44, 90: 30, 72: 36}
"""Length of a whole zone sent as one line, and of each of its lines."""
_LOOKS_LIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅЗавекморстухіјѕзΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικνυχ‹«＜〈《≺⟨‘’",  # noqa: RUF001 - that they look alike is the point
    "ABEKMHOPCTYXIJS3ABEKMOPCTYXIJS3ABEZHIKMNOPTYXOIKVUX<<<<<<<<<",
)


def lines_of(text: str | Sequence[str]) -> tuple[str, ...]:
    """The lines in capitals, without spaces and empty lines. OperatorError names a foreign sign and where it stands."""
    given = text.splitlines() if isinstance(text, str) else list(text)
    lines = [re.sub(r"\s", "", each[:_LONGEST]) for each in given if each.strip()]
    for number, line in enumerate(lines, start=1):
        if not _ALLOWED.fullmatch(line):
            _refuse(number, line)
    if len(lines) == 1 and (length := _WITHOUT_BREAKS.get(len(lines[0]))):
        lines = [lines[0][start : start + length] for start in range(0, len(lines[0]), length)]
    return tuple(line.upper() for line in lines)


def _refuse(number: int, line: str) -> None:
    place, wrong = next((place, each) for place, each in enumerate(line, start=1) if not _ALLOWED.fullmatch(each))
    name = unicodedata.name(wrong, f"U+{ord(wrong):04X}").lower()
    plain = _plain(wrong)
    if plain:
        raise OperatorError(
            "Line {line} holds “{character}” at place {place}, which looks like {plain} but is another sign ({name}). "
            "Type it again with a Latin keyboard.",
            line=number, character=wrong, place=place, plain=plain, name=name,
        )  # fmt: skip # one sentence
    raise OperatorError(
        "Line {line} holds “{character}” at place {place} ({name}). A machine-readable zone has only A to Z, 0 to 9 and <.",
        line=number, character=wrong if wrong.isprintable() else " ", place=place, name=name,
    )  # fmt: skip # one sentence


def _plain(character: str) -> str:
    """The sign of a zone that this one looks like or counts as, if any."""
    folded = unicodedata.normalize("NFKC", character).translate(_LOOKS_LIKE).upper()
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return folded if len(folded) == 1 and _ALLOWED.fullmatch(folded) else ""
