"""The machine-readable zone of travel documents: five formats, fields, check digits and dates (ICAO Doc 9303, parts 3 to 7).

Nothing is corrected here: what is printed is what is parsed, and a check digit that does not agree is told. Check digits that
agree do not prove that the lines were read correctly: names, nationality, issuing State and sex have none.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from watchlists.traits import states
from workstation.documents.mrz import dates, typed
from workstation.documents.mrz.check_digits import BLIND, FILLER, Check, digit
from workstation.documents.mrz.dates import ZoneDate
from workstation.errors import OperatorError
from workstation.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    lines: int
    length: int
    visa: bool = False

    def __reduce__(self) -> tuple[Callable[[str], "Format"], tuple[str]]:
        """The very same form, when a zone comes from the process that reads pages: forms are told apart by identity."""
        return form_named, (self.name,)


def form_named(name: str) -> Format:
    return next(form for form in FORMATS if form.name == name)


TD1, TD2, TD3 = Format("TD1", 3, 30), Format("TD2", 2, 36), Format("TD3", 2, 44)
MRV_A, MRV_B = Format("MRV-A", 2, 44, visa=True), Format("MRV-B", 2, 36, visa=True)
FORMATS = (TD1, TD2, TD3, MRV_A, MRV_B)


@dataclass(frozen=True, slots=True)
class Names:
    surname: str
    given: str
    cut_short: bool
    """The field is full to its last letter, so that the name may go on (9303-4, 4.2.3)."""


@dataclass(frozen=True, slots=True)
class Zone:
    format: Format
    lines: tuple[str, ...]
    document_code: str
    issuing_state: str
    names: Names
    number: str
    nationality: str
    born: ZoneDate
    sex: str
    """F, M, X, or empty where a filler stands."""
    expires: ZoneDate
    optional: tuple[str, ...]
    """What the State prints for itself, fillers at the end removed."""
    checks: tuple[Check, ...]
    remarks: tuple[Sentence, ...]
    """Sentences about what does not fit, beside check digits."""

    @property
    def checks_agree(self) -> bool:
        """Whether every check digit agrees. It says nothing of the fields without one."""
        return all(check.ok for check in self.checks)

    @property
    def identity_number(self) -> str:
        """The Pakistani identity number as people write it, where the optional data holds one."""
        for each in self.optional:
            if self.issuing_state == "PAK" and re.fullmatch(r"\d{13}", each):
                return f"{each[:5]}-{each[5:12]}-{each[12]}"
        return ""

    @property
    def unprotected(self) -> tuple[str, ...]:
        """Fields that no check digit covers."""
        covered = {check.name for check in self.checks}
        optional = () if "composite" in covered or "personal number" in covered else ("optional data",)
        return ("document code", "issuing state", "names", "nationality", "sex", *optional)

    @property
    def blind(self) -> Mapping[str, str]:
        """In checked fields of letters and digits, the characters that a check digit cannot tell from a look-alike."""
        letters = set("".join(BLIND)) - {FILLER}
        return {
            check.name: "".join(sorted(set(check.covers) & letters))
            for check in self.checks
            if check.name in {"number", "personal number"} and set(check.covers) & letters
        }


def parse(text: str | Sequence[str], today: date) -> Zone:
    """The zone of these lines, or of a text with line breaks. OperatorError names the line and what is wrong with it."""
    lines = typed.lines_of(text)
    form = _format_of(lines)
    if form is TD1:
        return _td1(lines, today)
    return _two_lines(form, lines, today)


def _format_of(lines: tuple[str, ...]) -> Format:
    if len(lines) not in {2, 3}:
        raise OperatorError("A machine-readable zone has 2 or 3 lines; here are {count}.", count=len(lines))
    fitting = [form for form in FORMATS if form.lines == len(lines) and form.visa == lines[0].startswith("V")]
    fitting = fitting or [form for form in FORMATS if form.lines == len(lines)]
    nearest = min(fitting, key=lambda form: abs(form.length - len(lines[0])))
    for number, line in enumerate(lines, start=1):
        if len(line) != nearest.length:
            raise OperatorError(
                "Line {line} has {length} characters; in a document of the form {form} it has {wanted}.",
                line=number, length=len(line), form=nearest.name, wanted=nearest.length,
            )  # fmt: skip # one sentence
    return nearest


def _two_lines(form: Format, lines: tuple[str, ...], today: date) -> Zone:
    """TD2, TD3 and both visas share the first 28 places of their second line."""
    first, second = lines
    optional_end = {TD3: 42, TD2: 35, MRV_A: 44, MRV_B: 36}[form]
    optional = second[28:optional_end]
    number, number_check, rest = second[:9], _check("number", second[:9], second[9]), optional
    if form is TD2 and second[9] == FILLER and optional.strip(FILLER):
        number, number_check, rest = _long_number(second[:9], optional)
    born_raw, expires_raw = second[13:19], second[21:27]
    checks = [number_check, _check("date of birth", born_raw, second[19]), _check("date of expiry", expires_raw, second[27])]
    if form is TD3:
        checks.append(_check("personal number", optional, second[42], optional=True))
    if not form.visa:
        place = form.length - 1
        covered = second[0:10] + second[13:20] + second[21:place]
        checks.append(_check("composite", covered, second[place]))
    return _zone(
        form,
        lines,
        first[:2],
        first[2:5],
        first[5:],
        number,
        second[10:13],
        born_raw,
        second[20],
        expires_raw,
        (rest,),
        checks,
        today,
    )


def _td1(lines: tuple[str, ...], today: date) -> Zone:
    first, second, third = lines
    number, number_check, rest = first[5:14], _check("number", first[5:14], first[14]), first[15:30]
    if first[14] == FILLER and rest.strip(FILLER):
        number, number_check, rest = _long_number(first[5:14], rest)
    checks = [
        number_check,
        _check("date of birth", second[:6], second[6]),
        _check("date of expiry", second[8:14], second[14]),
        _check("composite", first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29]),
    ]
    optional = (rest, second[18:29])
    return _zone(
        TD1,
        lines,
        first[:2],
        first[2:5],
        third,
        number,
        second[15:18],
        second[:6],
        second[7],
        second[8:14],
        optional,
        checks,
        today,
    )


def _long_number(start: str, optional: str) -> tuple[str, Check, str]:
    """A number of more than nine characters goes on in the optional data to a filler, its check digit last (9303-5, 4.2.2)."""
    more, _, rest = optional.partition(FILLER)
    number = start + more[:-1]
    return number, _check("number", number, more[-1:]), rest


def _zone(
    form: Format,
    lines: tuple[str, ...],
    code: str,
    state: str,
    name_field: str,
    number: str,
    nationality: str,
    born_raw: str,
    sex: str,
    expires_raw: str,
    optional: tuple[str, ...],
    checks: Sequence[Check],
    today: date,
) -> Zone:
    expires = dates.expiry(expires_raw, today)
    born = dates.birth(born_raw, today, expires)
    names = _names(name_field)
    bare = {"form": form.name, "code": code.rstrip(FILLER), "sex": sex}
    stated = (("issuing State", state), ("nationality", nationality))
    remarks = [
        Sentence(template, values)
        for wrong, template, values in (
            (not _code_fits(form, code), "The document code {code} does not fit the form {form}.", bare),
            *(
                (
                    not states.is_known(each),
                    "The {field} {code} is not in Doc 9303.",
                    {"field": field, "code": each.rstrip(FILLER)},
                )
                for field, each in stated
            ),
            (bool(born.fault), "Date of birth: {fault}", {"fault": born.fault}),
            (bool(expires.fault), "Date of expiry: {fault}", {"fault": expires.fault}),
            (dates.has_passed(expires, today), "The document has expired.", {}),
            (sex not in "FMX<", "The sex {sex} is not F, M, X or a filler.", bare),
            (not number.strip(FILLER), "There is no document number.", {}),
            (not names.surname, "There is no name.", {}),
            (bool(re.search(r"\d", name_field)), "The name holds a digit, which no name has.", {}),
            (names.cut_short, "The name fills its field, so that it may be cut short.", {}),
        )
        if wrong
    ]
    return Zone(
        format=form,
        lines=lines,
        document_code=code.rstrip(FILLER),
        issuing_state=state.rstrip(FILLER),
        names=names,
        number=number.rstrip(FILLER),
        nationality=nationality.rstrip(FILLER),
        born=born,
        sex=sex if sex in "FMX" else "",
        expires=expires,
        optional=tuple(each.rstrip(FILLER) for each in optional),
        checks=tuple(checks),
        remarks=tuple(remarks),
    )


def _names(field: str) -> Names:
    """Primary and secondary identifier, parted by two fillers; fillers within are spaces (9303-3, 4.6)."""
    surname, _, given = field.partition(FILLER * 2)
    return Names(_words(surname), _words(given), field[-1] != FILLER)


def _words(text: str) -> str:
    return " ".join(part for part in text.split(FILLER) if part)


def _code_fits(form: Format, code: str) -> bool:
    if form.visa:
        return code[0] == "V"
    return code[0] == "P" if form is TD3 else code[0] in "ACI" and code != "AI"


def _check(name: str, covers: str, found: str, *, optional: bool = False) -> Check:
    return Check(name, covers, found, digit(covers), optional)
