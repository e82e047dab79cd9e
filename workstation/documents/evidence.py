"""What a captured document gives a screening: what to search for, what to say of it, and what is kept of it.

Nothing printed on it is kept unless a lead was raised. What is wrong with it is said; it never refers anybody by itself, and
nothing here says whether a document is genuine.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchlists.register import Traveller
from watchlists.traits.name_rule import written
from watchlists.traits.number_fields import fold
from watchlists.traits.numbers import Asked, Which
from watchlists.traits.person_names import PersonName, read_names
from watchlists.traits.transliteration import originals
from workstation.capture.sightings import Eyes, described_eyes, eyes_of
from workstation.documents.mrz.mrz import TD1, Zone
from workstation.documents.travel_document import Agreement, ChipState, Origin, TravelDocument
from workstation.documents.zone_reader.reading import ZoneReading
from workstation.documents.zone_reader.refusing import SCREEN
from workstation.sentences import Sentence, frozen, thawed

NOT_READ = Sentence("The lines of the document were not read, so that names and numbers were not searched.")
CHECK = "The check digit of the field “{field}” does not agree with the document."
PRINTED = "The field “{field}” is printed otherwise than in the lines below."
ALTERED = Sentence("The contents of the chip are not as signed.")
_CUT_SHORT = "The name fills its field, so that it may be cut short."
"""A remark of the zone that is true of many good documents."""
_ORIGINALS = 2
"""Readings of each name that table C allows and that are searched."""
_LOOK_AT = frozenset({ChipState.ALTERED, ChipState.SIGNER_REVOKED})
_LEAST_OPTIONAL = 6
"""Characters from which optional data may be a personal number."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What is kept of every document: how it came and what its checks said; nothing of what is printed on it."""

    origin: Origin
    format: str
    """Empty when no zone was read."""
    checks: Mapping[str, bool]
    """Whether each check digit agrees."""
    chip: ChipState
    findings: tuple[Sentence, ...]
    """What the officer should look at."""


@dataclass(frozen=True, slots=True)
class Printed:
    name: str
    zone: str
    printed: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """What the second line reads of a document on which a lead was raised."""

    origin: Origin
    format: str
    checks: Mapping[str, bool]
    chip: ChipState
    findings: tuple[Sentence, ...]
    """What the officer was told to look at."""
    lines: tuple[str, ...] = ()
    as_read: tuple[str, ...] = ()
    """Before any character was changed; the same as `lines` where none was."""
    surname: str = ""
    given_names: str = ""
    number: str = ""
    identity_number: str = ""
    born: str = ""
    sex: str = ""
    nationality: str = ""
    issuing_state: str = ""
    expires: str = ""
    printed: tuple[Printed, ...] = ()
    portrait_from_chip: bool = False
    portrait_eyes: Eyes | None = None
    """In the picture of the portrait; None where no face was made out."""
    portrait: tuple[Sentence, ...] = ()
    """How the portrait compares with the traveller, as `portrait_comparison` said it; empty when they were not compared."""


def traveller(document: TravelDocument) -> Traveller:
    """Every number, name and date that the document gives and lists are searched for."""
    zone = document.zone
    if zone is None:
        return Traveller()
    doubtful = _doubtful(zone, document.reading)
    asked = [Asked(Which.DOCUMENT, fold(zone.number), zone.issuing_state, doubtful)]
    if document.reading is not None:
        asked.append(Asked(Which.AS_READ, fold(document.reading.zone_as_read.number), zone.issuing_state))
    asked += [Asked(Which.PRINTED, fold(each), zone.issuing_state) for each in _printed(document, "number")]
    identity = fold(zone.identity_number)
    asked.append(Asked(Which.IDENTITY, identity))
    asked += [
        Asked(Which.OPTIONAL, fold(each), zone.issuing_state) for each in zone.optional if len(fold(each)) >= _LEAST_OPTIONAL
    ]
    numbers: dict[str, Asked] = {}
    for each in asked:
        if each.folded:
            numbers.setdefault(each.folded, each)
    names = list(read_names(zone.names.surname, zone.names.given, cut_short=zone.names.cut_short).names)
    names += _in_arabic(zone)
    surnames, given = _printed(document, "surname"), _printed(document, "given names")
    if surnames or given:
        names.append(written(*(found[0] if found else "" for found in (surnames, given))))
    return Traveller(tuple(numbers.values()), tuple(_distinct(names)), zone.born.text, zone.sex)


def merely_said(document: TravelDocument) -> tuple[Sentence, ...]:
    """What is said beside an answer and asks for nothing: the picture's pattern, and what is not known of an unchanged chip."""
    unknown = document.origin is Origin.CHIP and document.chip not in _LOOK_AT
    return tuple(each for each in document.remarks if unknown or each == SCREEN)


def findings(document: TravelDocument) -> tuple[Sentence, ...]:
    """What the officer should look at: never a verdict on whether the document is genuine."""
    said = merely_said(document)
    remarks = tuple(each for each in document.remarks if each not in said)
    found: list[Sentence] = []
    zone = document.zone
    if zone is None:
        found += [*remarks, NOT_READ]
    else:
        broken = [check.name for check in zone.checks if not check.ok]
        # The composite covers the fields, so that it says something of its own only when it breaks alone.
        found += [Sentence(CHECK, {"field": name}) for name in broken if name != "composite" or len(broken) == 1]
        found += [remark for remark in zone.remarks if remark.template != _CUT_SHORT]
        found += remarks
        if not remarks:
            wrong = [each.name for each in document.printed if each.agreement is Agreement.DIFFERS]
            found += [Sentence(PRINTED, {"field": name}) for name in wrong]
            found += [ALTERED] if document.chip is ChipState.ALTERED else []
    return tuple({str(each): each for each in found}.values())


def summary(document: TravelDocument) -> DocumentSummary:
    zone = document.zone
    checks = {check.name: check.ok for check in zone.checks} if zone else {}
    return DocumentSummary(document.origin, zone.format.name if zone else "", checks, document.chip, findings(document))


def kept(document: TravelDocument, *, lead: bool, portrait: Sequence[Sentence] = ()) -> str:
    """The JSON of a screening's document: what is printed on it only with a lead. `portrait`: what its comparison said."""
    short = summary(document)
    parts: dict[str, object] = {
        "origin": short.origin,
        "format": short.format,
        "checks": dict(short.checks),
        "chip": short.chip,
        "findings": [frozen(each if lead else Sentence(each.template)) for each in short.findings],
    }
    zone = document.zone
    if lead and zone is not None:
        parts |= {
            "lines": list(zone.lines),
            "as_read": list(document.reading.as_read if document.reading else zone.lines),
            "surname": zone.names.surname,
            "given_names": zone.names.given,
            "number": zone.number,
            "identity_number": zone.identity_number,
            "born": zone.born.text,
            "sex": zone.sex,
            "nationality": zone.nationality,
            "issuing_state": zone.issuing_state,
            "expires": zone.expires.text,
            "printed": [[each.name, each.zone, each.printed, each.agreement] for each in document.printed],
        }
    if lead and document.portrait is not None and document.portrait.face is not None:
        parts["portrait_eyes"] = described_eyes(document.portrait.face)
    if lead:
        parts |= {
            "portrait_from_chip": document.portrait is not None and document.portrait.from_chip,
            "portrait": [frozen(each) for each in portrait],
        }
    return json.dumps(parts)


def evidence(text: str) -> DocumentEvidence | None:
    """What `kept` gave; None when there was no document."""
    if not text:
        return None
    parts = json.loads(text)
    parts["printed"] = tuple(
        Printed(name, zone, there, Agreement(agreement)) for name, zone, there, agreement in parts.get("printed", ())
    )
    eyes = parts.get("portrait_eyes")
    parts["portrait_eyes"] = eyes_of({"eyes": eyes}) if eyes else None
    for name in ("lines", "as_read"):
        parts[name] = tuple(parts.get(name, ()))
    for name in ("findings", "portrait"):
        parts[name] = tuple(thawed(each) for each in parts.get(name, ()))
    return DocumentEvidence(**(parts | {"origin": Origin(parts["origin"]), "chip": ChipState(parts["chip"])}))


def _in_arabic(zone: Zone) -> list[PersonName]:
    """Names that the zone prints letter for letter (9303-3, table C) as they were written before."""
    if "X" not in zone.names.surname + zone.names.given:
        return []
    parts = [_arabic(zone.names.surname), _arabic(zone.names.given)]
    return [written(surname, given) for surname in parts[0] for given in parts[1]]


def _arabic(text: str) -> Sequence[str]:
    found = [each for each in originals(text, _ORIGINALS) if any("\u0600" <= letter <= "\u06ff" for letter in each)]
    return found or [text]


def _doubtful(zone: Zone, reading: ZoneReading | None) -> bool:
    """Whether a character of the document number was unsure, was changed, or its check digit does not agree."""
    if any(check.name == "number" and not check.ok for check in zone.checks):
        return True
    if reading is None:
        return False
    line, columns = (0, range(5, 30)) if zone.format is TD1 else (1, range(10))
    marks = [(each.line, each.column) for each in reading.doubts] + [(each.line, each.column) for each in reading.changes]
    return any(on == line and column in columns for on, column in marks)


def _printed(document: TravelDocument, name: str) -> list[str]:
    """The printed field, where it was found to say something else than the zone."""
    return [each.printed for each in document.printed if each.name == name and each.agreement is Agreement.DIFFERS]


def _distinct(names: Sequence[PersonName]) -> list[PersonName]:
    return [each for each in dict.fromkeys(names) if each.tokens]
