"""A document as JSON and as lines for a person: what was read, what was changed, what is doubtful, what does not fit."""

from collections.abc import Iterator

from workstation.documents.mrz.mrz import Zone
from workstation.documents.print_beside_zone import NO_FORENSICS
from workstation.documents.travel_document import DocumentPortrait, TravelDocument
from workstation.documents.zone_reader.reading import PageRead, ZoneReading


def described(zone: Zone) -> dict[str, object]:
    """As JSON: what is printed, what follows from it, and what no check digit covers."""
    return {
        "format": zone.format.name,
        "lines": list(zone.lines),
        "fields": {
            "document_code": zone.document_code,
            "issuing_state": zone.issuing_state,
            "surname": zone.names.surname,
            "given_names": zone.names.given,
            "name_may_be_cut_short": zone.names.cut_short,
            "number": zone.number,
            "nationality": zone.nationality,
            "birth_date": {
                "printed": zone.born.raw,
                "read": zone.born.text,
                "century_by_rule": zone.born.century_by_rule,
                "or": zone.born.also,
            },
            "sex": zone.sex,
            "expiry_date": {
                "printed": zone.expires.raw,
                "read": zone.expires.text,
                "century_by_rule": zone.expires.century_by_rule,
            },
            "optional": list(zone.optional),
            "identity_number": zone.identity_number,
        },
        "checks": [
            {"of": check.name, "covers": check.covers, "printed": check.found, "expected": check.expected, "agrees": check.ok}
            for check in zone.checks
        ],
        "checks_agree": zone.checks_agree,
        "not_covered": list(zone.unprotected),
        "blind": dict(zone.blind),
        "remarks": [str(remark) for remark in zone.remarks],
    }


def described_document(document: TravelDocument, zone: Zone, page: PageRead) -> dict[str, object]:
    """As JSON: the zone, and beside it everything that tells how far the reading can be trusted."""
    answer = described(zone)
    if document.reading is not None:
        answer |= _described_reading(document.reading)
    answer["printed"] = [
        {"field": each.name, "zone": each.zone, "printed": each.printed, "agreement": str(each.agreement)}
        for each in document.printed
    ]
    answer["portrait"] = _described_portrait(document.portrait)
    answer["other_documents"] = [list(each.lines) for each in page.others]
    answer["page_corners"] = page.page_corners
    answer["document_remarks"] = [str(remark) for remark in document.remarks]
    answer["not_examined"] = str(NO_FORENSICS)
    answer["timings_ms"] = {step: round(spent, 1) for step, spent in page.timings_ms.items()}
    return answer


def spoken(zone: Zone) -> Iterator[str]:
    """What a person wants to know of a zone, line by line."""
    yield f"{zone.format.name}, {zone.document_code} of {zone.issuing_state}, number {zone.number}"
    yield (
        f"{zone.names.surname.upper()}, {zone.names.given}; born {zone.born.text or 'not known'}; {zone.nationality} {zone.sex}"
    )
    yield f"Expires {zone.expires.text or 'not known'}"
    for check in zone.checks:
        if not check.ok:
            yield f"The check digit of the {check.name} is {check.found}; it should be {check.expected}. Look at the document."
    yield from map(str, zone.remarks)
    agree = "All check digits agree" if zone.checks_agree else "Not all check digits agree"
    yield f"{agree}. No check digit covers: {', '.join(zone.unprotected)}."


def spoken_document(document: TravelDocument, zone: Zone) -> Iterator[str]:
    """The same of a page that was read, its lines first, with a mark below each character to look at."""
    reading = document.reading
    if reading is not None:
        yield from _marked(reading)
    yield from spoken(zone)
    if reading is not None:
        for change in reading.changes:
            yield (
                f"Line {change.line + 1}, place {change.column + 1}: read “{change.read}”, taken “{change.taken}” "
                f"(the reader gave it {change.probability:.2f})."
            )
        for doubt in reading.doubts:
            others = f" may be {' or '.join(f'“{each}”' for each in doubt.others)}" if doubt.others else ""
            yield f"Line {doubt.line + 1}, place {doubt.column + 1}: “{doubt.read}”{others}; {doubt.why}."
    for each in document.printed:
        beside = f": “{each.printed}”" if each.printed else ""
        yield f"Print, {each.name}: {each.agreement}{beside}"
    yield from map(str, document.remarks)
    if document.portrait is not None:
        yield from (f"Portrait: {remark}" for remark in document.portrait.remarks)
    yield str(NO_FORENSICS)


def _described_reading(reading: ZoneReading) -> dict[str, object]:
    every = [probability for line in reading.certainty for probability in line]
    return {
        "as_read": list(reading.as_read),
        "checks_as_read": [{"of": check.name, "agrees": check.ok} for check in reading.zone_as_read.checks],
        "changes": [
            {
                "line": each.line,
                "column": each.column,
                "read": each.read,
                "taken": each.taken,
                "probability": round(each.probability, 4),
            }
            for each in reading.changes
        ],
        "doubts": [
            {"line": each.line, "column": each.column, "read": each.read, "others": each.others, "why": str(each.why)}
            for each in reading.doubts
        ],
        "certainty": [[round(probability, 4) for probability in line] for line in reading.certainty],
        "quality": {"least_certain": round(min(every), 4), "mean_certainty": round(sum(every) / len(every), 4)},
        "quads": [[list(corner) for corner in quad] for quad in reading.quads],
    }


def _described_portrait(portrait: DocumentPortrait | None) -> dict[str, object] | None:
    if portrait is None:
        return None
    measures = portrait.quality.measures if portrait.quality else ()
    return {
        "can_be_compared": portrait.template is not None,
        "quality": {each.name: each.native for each in measures},
        "remarks": [str(remark) for remark in portrait.remarks],
    }


def _marked(reading: ZoneReading) -> Iterator[str]:
    marks = {(each.line, each.column): "?" for each in reading.doubts}
    marks |= {(each.line, each.column): "^" for each in reading.changes}
    for row, line in enumerate(reading.lines):
        yield line
        below = "".join(marks.get((row, column), " ") for column in range(len(line))).rstrip()
        if below:
            yield below
    if marks:
        yield "^ changed, ? doubtful"
