"""What may stand where in a machine-readable zone, and which places a check digit covers (ICAO Doc 9303, parts 3 to 7).

A `Layout` is one way to lay a format's check digits over its lines: most formats have one, and where the standard lets a
field end elsewhere (long numbers, an empty personal number) each way is a layout of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workstation.documents.mrz.check_digits import FILLER
from workstation.documents.mrz.mrz import MRV_A, MRV_B, TD1, TD2, TD3, Format

Place = tuple[int, int]
"""Line and column, counted from 0."""

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ANY = DIGITS + LETTERS + FILLER
LOOK_ALIKES = ("O0", "D0", "Q0", "OQ", "OD", "I1", "1L", "IL", "B8", "S5", "8S", "Z2", "G6", "FP", "<K", "<C")
"""Pairs that readers of OCR-B take for one another."""
FIRST = {TD1.name: "ACI", TD2.name: "ACI", TD3.name: "P", MRV_A.name: "V", MRV_B.name: "V"}
"""The first letter of the document code."""


@cache
def look_alikes(character: str) -> str:
    """The characters that it is taken for, in no order."""
    return "".join(pair.replace(character, "") for pair in LOOK_ALIKES if character in pair)


@dataclass(frozen=True, slots=True)
class Field:
    """A run of places with one set of characters."""

    name: str
    line: int
    start: int
    stop: int
    mask: str

    @property
    def certain(self) -> bool:
        """Whether its place alone tells a letter from a digit."""
        return self.mask != ANY

    def places(self) -> tuple[Place, ...]:
        return _run(self.line, self.start, self.stop)


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check digit covers, in the order of its weights, and where it stands."""

    name: str
    covers: tuple[Place, ...]
    digit: Place
    empty_counts: bool = False
    """Its field is empty, and a filler counts as the digit (9303-4, personal number)."""


@dataclass(frozen=True, slots=True)
class Layout:
    checks: tuple[Checked, ...]
    composite: Checked | None
    only: Mapping[Place, str]
    """Characters that this layout allows at places where it depends on them."""


@cache
def fields(form: Format) -> tuple[Field, ...]:
    """All places of the format, each in one field."""
    words, dates, sexes = LETTERS + FILLER, DIGITS + FILLER, "FMX" + FILLER
    code = (Field("document code", 0, 0, 1, LETTERS), Field("document code", 0, 1, 2, LETTERS + "123456789" + FILLER))
    state = Field("issuing state", 0, 2, 5, words)
    if form is TD1:
        return (
            *code, state, Field("number", 0, 5, 14, ANY), Field("number check", 0, 14, 15, dates),
            Field("optional data", 0, 15, 30, ANY),
            Field("birth", 1, 0, 6, dates), Field("birth check", 1, 6, 7, DIGITS), Field("sex", 1, 7, 8, sexes),
            Field("expiry", 1, 8, 14, dates), Field("expiry check", 1, 14, 15, DIGITS),
            Field("nationality", 1, 15, 18, words), Field("optional data", 1, 18, 29, ANY),
            Field("composite", 1, 29, 30, DIGITS), Field("names", 2, 0, 30, words),
        )  # fmt: skip # a table
    end = {TD3: 42, TD2: 35, MRV_A: 44, MRV_B: 36}[form]
    last = {
        TD3: (Field("personal number check", 1, 42, 43, dates), Field("composite", 1, 43, 44, DIGITS)),
        TD2: (Field("composite", 1, 35, 36, DIGITS),),
    }.get(form, ())
    return (
        *code, state, Field("names", 0, 5, form.length, words),
        Field("number", 1, 0, 9, ANY), Field("number check", 1, 9, 10, dates if form is TD2 else DIGITS),
        Field("nationality", 1, 10, 13, words), Field("birth", 1, 13, 19, dates), Field("birth check", 1, 19, 20, DIGITS),
        Field("sex", 1, 20, 21, sexes), Field("expiry", 1, 21, 27, dates), Field("expiry check", 1, 27, 28, DIGITS),
        Field("optional data", 1, 28, end, ANY), *last,
    )  # fmt: skip # a table


def layouts(form: Format, options: Mapping[Place, Sequence[str]]) -> tuple[Layout, ...]:
    """Every way in which the check digits can lie over characters of which each stands among `options` of its place."""
    if form is TD1:
        composite = Checked("composite", _run(0, 5, 30) + _run(1, 0, 7) + _run(1, 8, 15) + _run(1, 18, 29), (1, 29))
        dates = (Checked("date of birth", _run(1, 0, 6), (1, 6)), Checked("date of expiry", _run(1, 8, 14), (1, 14)))
        numbers = _numbers(_run(0, 5, 14), (0, 14), _run(0, 15, 30), options)
        return tuple(Layout((number, *dates), composite, only) for number, only in numbers)
    dates = (Checked("date of birth", _run(1, 13, 19), (1, 19)), Checked("date of expiry", _run(1, 21, 27), (1, 27)))
    number = Checked("number", _run(1, 0, 9), (1, 9))
    if form.visa:
        return (Layout((number, *dates), None, {}),)
    place = form.length - 1
    composite = Checked("composite", _run(1, 0, 10) + _run(1, 13, 20) + _run(1, 21, place), (1, place))
    if form is TD2:
        numbers = _numbers(_run(1, 0, 9), (1, 9), _run(1, 28, 35), options)
        return tuple(Layout((each, *dates), composite, only) for each, only in numbers)
    personal = _run(1, 28, 42)
    found = [Layout((number, *dates, Checked("personal number", personal, (1, 42))), composite, {})]
    if all(FILLER in options[each] for each in personal):
        empty = Checked("personal number", personal, (1, 42), empty_counts=True)
        found.append(Layout((number, *dates, empty), composite, dict.fromkeys(personal, FILLER)))
    return tuple(found)


def _numbers(
    number: tuple[Place, ...], digit: Place, more: tuple[Place, ...], options: Mapping[Place, Sequence[str]]
) -> Iterator[tuple[Checked, Mapping[Place, str]]]:
    """A number of nine characters, or one that goes on in the optional data to a filler (9303-5, 4.2.2; 9303-6, 4.2.2)."""
    yield Checked("number", number, digit), {}
    if FILLER not in options[digit]:
        return
    for end, last in enumerate(more):
        if not set(options[last]) - {FILLER}:
            return
        after = more[end + 1 : end + 2]
        if after and FILLER not in options[after[0]]:
            continue
        only = {digit: FILLER, **dict.fromkeys(more[: end + 1], DIGITS + LETTERS), **dict.fromkeys(after, FILLER)}
        yield Checked("number", number + more[:end], last), only


def _run(line: int, start: int, stop: int) -> tuple[Place, ...]:
    return tuple((line, column) for column in range(start, stop))
