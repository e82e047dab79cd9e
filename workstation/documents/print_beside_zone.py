"""What the page prints beside what its zone says: agreement and contradiction are evidence, never a verdict on authenticity.

A contradiction needs a text that was surely read beside its own label and that no slip of the reader explains. Everything else
is "not found", which says nothing about the document.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from watchlists.traits.transliteration import zone_spellings
from workstation.documents import printed_dates
from workstation.documents.mrz.dates import ZoneDate
from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import Agreement, PrintedField
from workstation.documents.zone_reader.reading import PrintedText
from workstation.sentences import Sentence

NO_FORENSICS = Sentence(
    "Print and zone were compared as text only. Whether paper, ink, stitching or chip are genuine is not examined here."
)
SURE = 0.9
"""Only a text read with at least this certainty can contradict."""
_LEAST = 0.5
_LABELS = {
    "surname": "SURNAME SURNAMES NOM FAMILYNAME LASTNAME APELLIDOS APELLIDO NACHNAME COGNOME NAAM PRIMARYIDENTIFIER NAZWISKO",
    "given names": "GIVENNAMES GIVENNAME FIRSTNAME FIRSTNAMES FORENAMES PRENOMS PRENOM VORNAMEN VORNAME NOMBRES NOMBRE NOME "
    "VOORNAMEN SECONDARYIDENTIFIER IMIONA",
    "number": "PASSPORTNO PASSPORTNUMBER DOCUMENTNO DOCUMENTNUMBER CARDNO CARDNUMBER PASSEPORTNO NODUPASSEPORT NUMEROPASAPORTE "
    "PASSNR REISEPASSNR DOCUMENTNR IDCARDNO",
    "date of birth": "DATEOFBIRTH DATEDENAISSANCE GEBURTSDATUM GEBURTSTAG FECHADENACIMIENTO BIRTHDATE NAISSANCE "
    "DATADENASCIMENTO DATADINASCITA GEBOORTEDATUM DATAURODZENIA",
    "date of expiry": "DATEOFEXPIRY EXPIRYDATE EXPIRATIONDATE DATEDEXPIRATION GULTIGBIS VALIDUNTIL FECHADECADUCIDAD VALIDADE "
    "DATADISCADENZA DATEOFEXPIRATION EXPIRATION EXPIRES GELDIGTOT",
    "date of issue": "DATEOFISSUE ISSUEDATE DATEDEDELIVRANCE DELIVRANCE AUSSTELLUNGSDATUM VALIDFROM GULTIGAB FECHADEEXPEDICION "
    "FECHADEEMISION DATADIRILASCIO DATAODEMISSAO",
}
_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_ALIKE = str.maketrans("OQDIL", "00011")
_MORE_ALIKE = str.maketrans("OQDILBSZG", "000118526")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    plain: str
    """A to Z and 0 to 9 only."""
    label: str
    left: float
    top: float
    right: float
    bottom: float
    certainty: float


def compare(texts: Sequence[PrintedText], zone: Zone) -> tuple[PrintedField, ...]:
    """Surname, given names, number and both dates of the zone, each beside what the page prints."""
    lines = [_line(each) for each in texts if each.certainty >= _LEAST and "<" not in each.text]
    return (
        _name("surname", zone.names.surname, lines, cut_short=zone.names.cut_short),
        _name("given names", zone.names.given, lines, cut_short=zone.names.cut_short),
        _number(zone, lines),
        _date("date of birth", zone.born, lines),
        _date("date of expiry", zone.expires, lines),
    )


def starts_later(texts: Sequence[PrintedText], today: date) -> str:
    """The printed day of issue where it is surely read and lies after today, as printed; empty otherwise."""
    lines = [_line(each) for each in texts]
    for value in _values("date of issue", lines):
        days = [each for each in printed_dates.dates_in(value.text) if len(each.year) == 4 and each.day]
        if value.certainty >= SURE and days and all(date(int(each.year), each.month, each.day) > today for each in days):
            return value.text
    return ""


def _name(field: str, name: str, lines: Sequence[_Line], *, cut_short: bool) -> PrintedField:
    words = name.split()
    if not words:
        return PrintedField(field, name, "", Agreement.NOT_FOUND)
    for line in _with_next(lines):
        for spelling in zone_spellings(line.text):
            if _holds(spelling.split(), words, cut_short=cut_short):
                return PrintedField(field, name, line.text, Agreement.AGREES)
    values = [each for each in _values(field, lines) if _in_capitals(each.text)]
    for value in values[:1]:
        if value.certainty >= SURE and not any(_near(name, each.text) for each in lines):
            return PrintedField(field, name, value.text, Agreement.DIFFERS)
    return PrintedField(field, name, "", Agreement.NOT_FOUND)


def _holds(printed: Sequence[str], words: Sequence[str], *, cut_short: bool) -> bool:
    """Whether the words of the zone stand there one after another; where they may be cut short, each as a beginning."""
    for start in range(len(printed) - len(words) + 1):
        part = printed[start : start + len(words)]
        if part == list(words):
            return True
        if cut_short and all(whole.startswith(short) for whole, short in zip(part, words, strict=True)):
            return len("".join(words)) > 3
    return False


def _near(name: str, text: str) -> bool:
    """Whether a slip of the reader explains the difference: half of the letters or more are the same, in order."""
    own = name.replace(" ", "")
    return any(_distance(own, each.replace(" ", "")) < max(3, len(own) / 2) for each in zone_spellings(text, 4))


def _number(zone: Zone, lines: Sequence[_Line]) -> PrintedField:
    own = re.sub(r"[^A-Z0-9]", "", zone.number)
    folded = own.translate(_ALIKE)
    if len(own) < 4:
        return PrintedField("number", zone.number, "", Agreement.NOT_FOUND)
    for line in lines:
        if folded == line.plain.translate(_ALIKE) or (len(own) >= 6 and folded in line.plain.translate(_ALIKE)):
            return PrintedField("number", zone.number, line.text, Agreement.AGREES)
    for value in _values("number", lines)[:1]:
        is_number = 6 <= len(value.plain) <= 12 and sum(each.isdecimal() for each in value.plain) >= 3
        one, two = own.translate(_MORE_ALIKE), value.plain.translate(_MORE_ALIKE)
        if not zone.format.visa and is_number and value.certainty >= SURE and not _is_slip(one, two):
            return PrintedField("number", zone.number, value.text, Agreement.DIFFERS)
    return PrintedField("number", zone.number, "", Agreement.NOT_FOUND)


def _is_slip(one: str, two: str) -> bool:
    """Whether a part was not read, a character too many or too few, or one was taken for its look-alike."""
    if len(one) != len(two):
        return one in two or two in one or _distance(one, two) <= 1
    apart = {left + right for left, right in zip(one, two, strict=True) if left != right}
    return not apart or (len(apart) == 1 and bool(apart & {each[::way] for each in printed_dates.MISTAKEN for way in (1, -1)}))


def _date(field: str, own: ZoneDate, lines: Sequence[_Line]) -> PrintedField:
    shown = own.text or own.raw
    if not own.text:
        return PrintedField(field, shown, "", Agreement.NOT_FOUND)
    for line in lines:
        if any(printed_dates.same(each, own.raw) for each in printed_dates.dates_in(line.text)):
            return PrintedField(field, shown, line.text, Agreement.AGREES)
    for value in _values(field, lines)[:1]:
        found = printed_dates.dates_in(value.text)
        if found and value.certainty >= SURE and not any(printed_dates.nearly(each, own.raw) for each in found):
            return PrintedField(field, shown, value.text, Agreement.DIFFERS)
    return PrintedField(field, shown, "", Agreement.NOT_FOUND)


def _values(field: str, lines: Sequence[_Line]) -> list[_Line]:
    """The print that belongs to the field's label: right of it in its line, or the next line below that begins with it."""
    found: list[tuple[float, int, _Line]] = []
    for label in (line for line in lines if line.label == field):
        height = max(label.bottom - label.top, 1.0)
        for order, line in enumerate(lines):
            if line.label:
                continue
            beside = line.top < (label.top + label.bottom) / 2 < line.bottom and 0 <= line.left - label.right < 6 * height
            gap = line.top - label.bottom
            below = -0.5 * height < gap < 2.5 * height and abs(line.left - label.left) < 2 * height
            if beside or below:
                found.append((abs(gap) if below else line.left - label.right, order, line))
    return [line for _, _, line in sorted(found, key=lambda each: each[:2])]


def _with_next(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Each line, and each with the one below it: long names go on."""
    yield from lines
    for line in lines:
        height = line.bottom - line.top
        for other in lines:
            if -0.3 * height < other.top - line.bottom < height and abs(other.left - line.left) < 2 * height:
                text = f"{line.text} {other.text}"
                yield _Line(text, _plain(text), "", line.left, line.top, line.right, other.bottom, line.certainty)


def _line(text: PrintedText) -> _Line:
    across, down = zip(*text.quad, strict=True)
    plain = _plain(text.text)
    return _Line(text.text, plain, _label(text.text), min(across), min(down), max(across), max(down), text.certainty)


def _label(text: str) -> str:
    """The field whose label the line is, in any of its languages; empty for a value."""
    parts = [_plain(part) for part in re.split(r"[/|()\[\]:;,·]", text)]
    known = [_LABEL[part] for part in [*parts, _plain(text)] if part in _LABEL]
    if known:
        return known[0]
    plain = re.sub(r"[0-9]", "", _plain(text))
    inside = [label for label in _LABEL if len(label) > 8 and label in plain]
    return _LABEL[max(inside, key=len)] if inside and len(plain) == len(_plain(text)) else ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.upper().replace("№", "NO"))
    return re.sub(r"[^A-Z0-9]", "", decomposed)


def _in_capitals(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return len(letters) >= 3 and sum(each.isupper() for each in letters) >= 0.9 * len(letters)


def _distance(one: str, two: str) -> int:
    """Insertions, deletions and exchanges from one to the other (Levenshtein)."""
    row = list(range(len(two) + 1))
    for place, left in enumerate(one, start=1):
        above, row[0] = row[0], place
        for column, right in enumerate(two, start=1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (left != right))
    return row[-1]
