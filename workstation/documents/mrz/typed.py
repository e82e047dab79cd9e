"""The lines of a zone as people type them and readers send them: what is accepted, and a sentence for everything else.

Lower case, spaces, lines sent without breaks and the signs that readers put around a line are accepted. A sign that only
looks like a letter is named, never replaced.
"""

import re
import unicodedata
from collections.abc import Sequence

from workstation.errors import OperatorError

_ALLOWED = re.compile(r"[A-Za-z0-9<]*")
_LONGEST = 400
_WITHOUT_BREAKS = {88: 44, 90: 30, 72: 36}
"""Length of a whole zone sent as one line, and of each of its lines."""
_FRAMES = "\x02\x03\x04\x1a\x1b\x1c\x1d\x1e\x1f\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff"
"""What stands around a line without being of it: STX, ETX and their kin (ANSI X3.4), marks of direction, a byte order mark."""
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""What readers put before a line to tell how it was read (ISO/IEC 15424), as in ]L0."""
_LOOKS_LIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅЗавекморстухіјѕзΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικνυχ‹«＜〈《≺⟨‘’",  # noqa: RUF001 - that they look alike is the point
    "ABEKMHOPCTYXIJS3ABEKMOPCTYXIJS3ABEZHIKMNOPTYXOIKVUX<<<<<<<<<",
)


def lines_of(text: str | Sequence[str]) -> tuple[str, ...]:
    """The lines in capitals, without spaces, frames and empty lines. OperatorError names a foreign sign and where it stands."""
    given = re.sub("[\x02-\x04]", "\n", text).splitlines() if isinstance(text, str) else list(text)
    lines = [line for each in given if (line := unframed(re.sub(r"\s", "", each[:_LONGEST])))]
    for number, line in enumerate(lines, start=1):
        if not _ALLOWED.fullmatch(line):
            _refuse(number, line)
    if len(lines) == 1 and (length := _WITHOUT_BREAKS.get(len(lines[0]))):
        lines = [lines[0][start : start + length] for start in range(0, len(lines[0]), length)]
    return tuple(line.upper() for line in lines)


def unframed(line: str) -> str:
    """The line without what a reader puts around it."""
    return _SYMBOLOGY.sub("", line.strip(_FRAMES), count=1).strip(_FRAMES)


def _refuse(number: int, line: str) -> None:
    place, wrong = next((place, each) for place, each in enumerate(line, start=1) if not _ALLOWED.fullmatch(each))
    name = unicodedata.name(wrong, f"U+{ord(wrong):04X}").lower()
    plain = _plain(wrong)
    if _of_another_keyboard(line) or (_is_foreign(wrong) and not plain):
        raise OperatorError(
            "Line {line} holds “{character}” at place {place} ({name}): the keyboard is not on Latin letters. "
            "Switch it to English and type the lines again.",
            line=number, character=wrong, place=place, name=name,
        )  # fmt: skip # one sentence
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


def _of_another_keyboard(line: str) -> bool:
    """Whether the letters of the line come from a keyboard of another alphabet: most of them are not Latin."""
    letters = [each for each in line if each.isalpha()]
    foreign = sum(map(_is_foreign, letters))
    return foreign > 1 and 2 * foreign >= len(letters)


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and not unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _plain(character: str) -> str:
    """The sign of a zone that this one looks like or counts as, if any."""
    folded = unicodedata.normalize("NFKC", character).translate(_LOOKS_LIKE).upper()
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return folded if len(folded) == 1 and _ALLOWED.fullmatch(folded) else ""
