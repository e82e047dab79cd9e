"""What people write into the field for document numbers: numbers, their States, labels, placeholders, and what is no number.

Numbers are parted by semicolons, commas or lines; a State stands in brackets or by its name after its number. What cannot be
one number is refused with the reason: what a spreadsheet made of it, a date, a letter of another alphabet.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from watchlists.traits import states
from watchlists.traits.word_lists import phrases

_PARTED = re.compile(r"[;\n\r,،؛|]+")
_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]\s*$")
_SPREADSHEET = re.compile(r"[\d.]+E[+-]?\d+|\d{5,}\.\d+", re.IGNORECASE)
_ERROR = re.compile(r"#+(?:N/A|REF!?|VALUE!?|NAME\??|NUM!?|DIV/0!?|NULL!?)?|#\w+[!?]", re.IGNORECASE)
_DATE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|\d{1,2}[-/ ](?:"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/ ]\d{2,4})?",
    re.IGNORECASE,
)
_SIGNS = frozenset(" -./<'\u2019\u00a0\u2010\u2011\u2012\u2013\u2014\u2212")
"""What may stand between the letters and figures of a number."""
_NOTHING = re.compile(r"0+|[xX]{2,}|[?*.\-_/ ]+")
"""A row of one sign, as forms are filled where nothing is known."""
_STATE_BEHIND = re.compile(r"\s*[/-]\s*([A-Z]{3})$", re.IGNORECASE)
_STATE_BEFORE = re.compile(r"^([A-Z]{3})[\s:/-]+(?=[A-Z]{0,3}\s?\d{5,})", re.IGNORECASE)
_LEAST_BESIDE_A_SLASH = 6
_LONGEST = 30


class NumberRefused(ValueError):
    """What was written is not one number; the sentence names the sign or the reason, and the remedy."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class NumberPart:
    """One number of a field."""

    text: str
    """As written, without label and State."""
    folded: str
    state: str
    unknown_state: str = ""
    """What stands in brackets and is no State."""


def fold(text: str) -> str:
    """The letters A to Z and digits of a number, in capitals: `35202-1234567-1` becomes `3520212345671`."""
    bare = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.decimal(each, each)) for each in bare if each.isdecimal() or "A" <= each <= "Z")


def parts(text: str) -> Iterator[NumberPart]:
    """The numbers of a field, whatever else was written there; placeholders are none."""
    for bare in _parted(text):
        found = _part(bare)
        if found.folded and not (_says_nothing(bare) or _says_nothing(found.text)):
            yield found


def checked(text: str) -> str:
    """The field as it is kept: numbers parted by semicolons, each with the three letters of its State. NumberRefused."""
    kept = []
    for bare in _parted(text):
        _refuse_error(bare)
        found = _part(bare)
        if _says_nothing(bare) or _says_nothing(found.text):
            raise NumberRefused("“{text}” says that no number is known. Leave the field empty.", text=bare)
        _refuse(found)
        kept.append(f"{found.text} ({found.state})" if found.state else found.text)
    return "; ".join(dict.fromkeys(kept)).upper()


def _parted(text: str) -> Iterator[str]:
    """The parts of a field, without signs that nobody sees. A slash parts what are two numbers by themselves."""
    visible = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    for part in _PARTED.split(visible):
        pieces = part.split("/")
        alone = len(pieces) > 1 and all(len(fold(each)) >= _LEAST_BESIDE_A_SLASH and _has_figure(each) for each in pieces)
        for each in pieces if alone else (part,):
            if bare := " ".join(each.split()):
                yield bare


def _says_nothing(text: str) -> bool:
    return text.casefold() in phrases("placeholders") or bool(_NOTHING.fullmatch(text))


def _has_figure(text: str) -> bool:
    return any(each.isdecimal() for each in text)


def _part(bare: str) -> NumberPart:
    text, state, unknown = bare, "", ""
    brackets = _BRACKETS.search(text)
    if brackets:
        text = text[: brackets.start()].strip()
        state = states.named(brackets[1])
        unknown = "" if state or not brackets[1] else brackets[1]
    text = _label().sub("", text).strip(" :#.")
    if not state:
        text, state = _beside(text)
    for sign in (_STATE_BEHIND, _STATE_BEFORE):
        if not state and (beside := sign.search(text)) and _has_figure(sign.sub("", text)):
            state = states.named(beside[1])
            text = sign.sub("", text) if state else text
    return NumberPart(text, fold(text), state, unknown)


def _beside(text: str) -> tuple[str, str]:
    """A State that stands by its name before or after its number, or by its three letters after it."""
    pieces = text.split(" ")
    for many in range(1, len(pieces)):
        before, after = " ".join(pieces[:many]), " ".join(pieces[many:])
        if _has_figure(before) and not _has_figure(after):
            found = states.named(after) if len(after) > 2 else ""
            if found:
                return before, found
        if _has_figure(after) and not _has_figure(before) and len(before) > 3:
            found = states.named(before)
            if found:
                return after, found
    return text, ""


@cache
def _label() -> re.Pattern[str]:
    """Words such as `Passport No.` before a number, one after another."""
    words = "|".join(re.escape(each) for each in phrases("number_labels"))
    return re.compile(rf"^(?:(?:{words})(?![^\W_])[\s.:#\-/]*)+(?=.*\d)", re.IGNORECASE)


def _refuse_error(bare: str) -> None:
    if _ERROR.fullmatch(bare):
        raise NumberRefused(
            "“{text}” is the error of a spreadsheet and no number. Write the number, or leave it empty.", text=bare
        )
    if _SPREADSHEET.fullmatch(bare):
        raise NumberRefused(
            "“{text}”: a spreadsheet changed this number, and its last figures are lost. Write it as it stands on the document,"
            " in a column that is text.",
            text=bare,
        )
    if _DATE.fullmatch(bare):
        raise NumberRefused(
            "“{text}” is a date: a spreadsheet may have changed the number. Write it as it stands on the document.", text=bare
        )


def _refuse(found: NumberPart) -> None:
    _refuse_error(found.text)
    if found.unknown_state:
        raise NumberRefused(
            "“{state}” is no State that is known here. Write the three letters of the passport after the number, as (PAK).",
            state=found.unknown_state,
        )
    for each in unicodedata.normalize("NFKC", found.text):
        if each in _SIGNS or each.isdecimal() or "A" <= each.upper() <= "Z":
            continue
        name = unicodedata.name(each, "").lower()
        if each.isalpha():
            raise NumberRefused(
                "The sign “{sign}” ({name}) in “{text}” is no Latin letter. Write the number again with the keyboard on Latin"
                " letters.",
                sign=each, name=name, text=found.text,
            )  # fmt: skip # one call
        raise NumberRefused(
            "The sign “{sign}” in “{text}” belongs to no number. Write one number as it stands on the document, and ; between"
            " several.",
            sign=each, text=found.text,
        )  # fmt: skip # one call
    if not _has_figure(found.text):
        raise NumberRefused(
            "“{text}” has no figure, so that it is no document number. Leave it empty or correct it.", text=found.text
        )
    if len(found.folded) > _LONGEST:
        raise NumberRefused("“{text}” is too long for one number. Write ; between several.", text=found.text)


def as_searched(text: str) -> tuple[str, ...]:
    """Each number of a field as searches compare it, with its State in brackets: what is shown beside the field."""
    return tuple(dict.fromkeys(f"{each.folded} ({each.state})" if each.state else each.folded for each in parts(text)))
