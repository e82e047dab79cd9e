"""What a travel document says and what does not fit, in words for the counter and the document page. Evidence, never a verdict.

A check digit that agrees is never called read correctly, and nothing here says whether a document is genuine.
"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from ui.words.plain import said
from workstation.documents.mrz.check_digits import Check
from workstation.documents.mrz.dates import ZoneDate
from workstation.documents.mrz.mrz import TD3, Zone
from workstation.documents.travel_document import Agreement, ChipState, DocumentPortrait, Origin, PrintedField, TravelDocument
from workstation.documents.zone_reader.reading import Change, Doubt, Why
from workstation.screening.portrait_comparison import TOO_POOR, PortraitComparison, sentences

_MERELY = {"The name fills its field, so that it may be cut short."}
"""Remarks of a zone that ask for nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line below the document: something to look at, or something that is merely so."""

    words: str
    look: bool
    """It asks the officer to look at the document."""


def kind_words(zone: Zone) -> str:
    """Passport, identity card, visa or another travel document, as its code says."""
    if zone.format.visa:
        return QCoreApplication.translate("Document", "Visa")
    if zone.format is TD3:
        return QCoreApplication.translate("Document", "Passport")
    if zone.document_code[:1] in {"I", "A", "C"}:
        return QCoreApplication.translate("Document", "Identity card")
    return QCoreApplication.translate("Document", "Travel document")


def name_words(zone: Zone) -> str:
    """SURNAME, given names; a dash of its own where one is missing."""
    names = zone.names
    return QCoreApplication.translate("Document", ", ").join(filter(None, (names.surname.upper(), names.given)))


def age(born: ZoneDate, today: date) -> int | None:
    """Whole years, where the day of birth is known; the years that a known year or month allows at most otherwise."""
    if not born.text:
        return None
    year, month, day_of_month = (*(int(part) for part in born.text.split("-")), 1, 1)[:3]
    return today.year - year - ((today.month, today.day) < (month, day_of_month))


def born_words(born: ZoneDate, today: date) -> str:
    """12 Aug 1974, age 52; of a birth date known in part, the year and about how many years."""
    years = age(born, today)
    if years is None:
        return QCoreApplication.translate("Document", "Date of birth not known")
    words = (
        QCoreApplication.translate("Document", "Born {day}, age {years}")
        if len(born.text) == len("2000-01-01")
        else QCoreApplication.translate("Document", "Born {day}, age about {years}")
    )
    return words.format(day=short_day(born.text), years=years)


def expires_words(expires: ZoneDate) -> str:
    if not expires.text:
        return QCoreApplication.translate("Document", "Date of expiry not known")
    return QCoreApplication.translate("Document", "Expires {day}").format(day=short_day(expires.text))


def short_day(text: str) -> str:
    """12 Aug 1974; a date known in part stays as it is."""
    whole = QDate.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(whole, "d MMM yyyy") if whole.isValid() else text


def field_words(name: str) -> str:
    """The name of a field as mrz, its checks and printed data call it."""
    words = {
        "document code": QCoreApplication.translate("Document", "document code"),
        "issuing state": QCoreApplication.translate("Document", "issuing State"),
        "names": QCoreApplication.translate("Document", "names"),
        "surname": QCoreApplication.translate("Document", "surname"),
        "given names": QCoreApplication.translate("Document", "given names"),
        "number": QCoreApplication.translate("Document", "number"),
        "nationality": QCoreApplication.translate("Document", "nationality"),
        "date of birth": QCoreApplication.translate("Document", "date of birth"),
        "sex": QCoreApplication.translate("Document", "sex"),
        "date of expiry": QCoreApplication.translate("Document", "date of expiry"),
        "optional data": QCoreApplication.translate("Document", "optional data"),
        "personal number": QCoreApplication.translate("Document", "personal number"),
        "composite": QCoreApplication.translate("Document", "everything together"),
    }
    return words.get(name, name)


def fields_words(names: tuple[str, ...]) -> str:
    return QCoreApplication.translate("Document", ", ").join(field_words(each) for each in names)


def check_words(check: Check) -> str:
    return QCoreApplication.translate("Document", "printed {found}, should be {expected}").format(
        found=check.found, expected=check.expected
    )


def chip_words(state: ChipState) -> str:
    """The state in words; never one tick for all of it."""
    words = {
        ChipState.NOT_READ: QCoreApplication.translate("Document", "Chip: not read."),
        ChipState.REFUSED: QCoreApplication.translate("Document", "Chip: it refused access."),
        ChipState.INTACT: QCoreApplication.translate("Document", "Chip: contents are as signed, by a signer that is trusted."),
        ChipState.SIGNER_UNKNOWN: QCoreApplication.translate(
            "Document", "Chip: contents are as signed, the signer is not known."
        ),
        ChipState.SIGNER_REVOKED: QCoreApplication.translate("Document", "Chip: its signer was revoked. Look at the document."),
        ChipState.SIGNER_EXPIRED: QCoreApplication.translate(
            "Document", "Chip: contents are as signed, the signer has expired."
        ),
        ChipState.NO_ANCHOR: QCoreApplication.translate(
            "Document", "Chip: contents are as signed; whether the State signed cannot be told here."
        ),
        ChipState.UNSIGNED: QCoreApplication.translate("Document", "Chip: its signature was not given."),
        ChipState.UNSUPPORTED: QCoreApplication.translate(
            "Document", "Chip: it cannot be verified here. That says nothing about it."
        ),
        ChipState.ALTERED: QCoreApplication.translate("Document", "Chip: contents are not as signed. Look at the document."),
    }
    return words[state]


def origin_words(origin: Origin) -> str:
    words = {
        Origin.CAMERA: QCoreApplication.translate("Document", "Read by the document camera"),
        Origin.SCANNER: QCoreApplication.translate("Document", "Read from the scanner"),
        Origin.FILE: QCoreApplication.translate("Document", "Read from a file"),
        Origin.SWIPED: QCoreApplication.translate("Document", "Read by a swipe reader"),
        Origin.TYPED: QCoreApplication.translate("Document", "Typed by hand"),
        Origin.CHIP: QCoreApplication.translate("Document", "Read from chip files"),
    }
    return words[origin]


def why_words(why: Why) -> str:
    words = {
        Why.UNSURE: QCoreApplication.translate("Document", "the reader was not sure"),
        Why.UNCOVERED: QCoreApplication.translate("Document", "no check digit covers it, and it has look-alikes"),
        Why.BLIND: QCoreApplication.translate("Document", "its check digit cannot tell it from its look-alike"),
    }
    return words[why]


def doubt_words(doubt: Doubt) -> str:
    """Line 1, place 6: O, or 0: the reader was not sure."""
    if not doubt.others:
        words = QCoreApplication.translate("Document", "Line {line}, place {place}: {read}: {why}.")
        return words.format(line=doubt.line + 1, place=doubt.column + 1, read=doubt.read, why=why_words(doubt.why))
    others = QCoreApplication.translate("Document", ", ").join(doubt.others)
    return QCoreApplication.translate("Document", "Line {line}, place {place}: {read}, or {others}: {why}.").format(
        line=doubt.line + 1, place=doubt.column + 1, read=doubt.read, others=others, why=why_words(doubt.why)
    )


def change_words(change: Change) -> str:
    """Line 2, place 3: read O, taken as 0, because the check digits agree only so."""
    template = QCoreApplication.translate(
        "Document", "Line {line}, place {place}: read {read}, taken as {taken}, because only so do the parts agree."
    )
    return template.format(line=change.line + 1, place=change.column + 1, read=change.read, taken=change.taken)


def printed_words(printed: PrintedField) -> str:
    template = QCoreApplication.translate("Document", "The page prints {printed} as {field}; the zone says {zone}.")
    return template.format(printed=printed.printed, zone=printed.zone, field=field_words(printed.name))


def marks(document: TravelDocument) -> tuple[Mark, ...]:
    """What stands below the document: what to look at first, then what is not certain, then what is merely so."""
    zone = document.zone
    found: list[Mark] = []
    if zone is not None:
        found += [_wrong(check) for check in zone.checks if not check.ok and check.name != "composite"]
        found += [_wrong(check) for check in zone.checks if not check.ok and check.name == "composite" and not found]
        found += [Mark(said(remark), look=remark.template not in _MERELY) for remark in zone.remarks]
    if not document.remarks:
        found += [Mark(printed_words(each), look=True) for each in document.printed if each.agreement is Agreement.DIFFERS]
    if document.chip in {ChipState.ALTERED, ChipState.SIGNER_REVOKED}:
        found.append(Mark(chip_words(document.chip), look=True))
    found += [Mark(said(remark), look=True) for remark in document.remarks]
    if document.reading is not None:
        changed, doubtful = len(document.reading.changes), len(document.reading.doubts)
        if changed:
            template = QCoreApplication.translate("Document", "Characters taken otherwise than they were read: {count}.")
            found.append(Mark(template.format(count=changed), look=False))
        if doubtful:
            template = QCoreApplication.translate("Document", "Doubtful characters: {count}. D shows them.")
            found.append(Mark(template.format(count=doubtful), look=False))
    if document.chip not in {ChipState.NOT_READ, ChipState.ALTERED, ChipState.SIGNER_REVOKED}:
        found.append(Mark(chip_words(document.chip), look=False))
    return tuple(dict.fromkeys(found))


def _wrong(check: Check) -> Mark:
    template = QCoreApplication.translate("Document", "Check digit of the {field}: {words}.")
    words = template.format(field=field_words(check.name), words=check_words(check))
    return Mark(words, look=True)


def portrait_words(portrait: DocumentPortrait, compared: PortraitComparison | None) -> str:
    """What the comparison of traveller and portrait says first, with its number; or why there is none."""
    if compared is not None:
        first, number, *_ = sentences(compared)
        return f"{said(first)}\n{said(number)}"
    if portrait.template is None:
        return said(portrait.remarks[-1]) if portrait.remarks else QCoreApplication.translate("Sentence", TOO_POOR)
    return QCoreApplication.translate("Document", "No numbers on portrait and traveller here. Compare them by eye.")
