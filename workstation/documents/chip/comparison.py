"""The printed zone beside the zone on the chip: Doc 9303-10 wants them equal, so each difference is for the officer."""

from collections.abc import Callable
from dataclasses import replace

from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import ChipState, TravelDocument
from workstation.sentences import Sentence

_FIELDS: tuple[tuple[str, Callable[[Zone], str]], ...] = (
    ("The document code is {printed} on the page and {chip} on the chip.", lambda zone: zone.document_code),
    ("The issuing State is {printed} on the page and {chip} on the chip.", lambda zone: zone.issuing_state),
    ("The surname is {printed} on the page and {chip} on the chip.", lambda zone: zone.names.surname),
    ("The given names are {printed} on the page and {chip} on the chip.", lambda zone: zone.names.given),
    ("The number is {printed} on the page and {chip} on the chip.", lambda zone: zone.number),
    ("The nationality is {printed} on the page and {chip} on the chip.", lambda zone: zone.nationality),
    ("The date of birth is {printed} on the page and {chip} on the chip.", lambda zone: zone.born.raw),
    ("The sex is {printed} on the page and {chip} on the chip.", lambda zone: zone.sex or "<"),
    ("The date of expiry is {printed} on the page and {chip} on the chip.", lambda zone: zone.expires.raw),
    ("The optional data is {printed} on the page and {chip} on the chip.", lambda zone: " ".join(zone.optional)),
)


def compare(printed: Zone, chip: Zone) -> tuple[Sentence, ...]:
    """One sentence for each field that differs, none where the lines are equal. A page may also be misread: look at it."""
    if printed.lines == chip.lines:
        return ()
    if printed.format is not chip.format:
        values = {"printed": printed.format.name, "chip": chip.format.name}
        return (Sentence("The page is of the form {printed}, the chip of the form {chip}.", values),)
    said = tuple(
        Sentence(template, {"printed": of(printed) or "-", "chip": of(chip) or "-"})
        for template, of in _FIELDS
        if of(printed) != of(chip)
    )
    return said or (Sentence("The fields are the same on the page and on the chip, but their check digits or fillers differ."),)


def joined(page: TravelDocument, chip: TravelDocument) -> TravelDocument:
    """The page with what its chip says beside it: the chip's state and portrait, and every difference between the two zones."""
    differences = compare(page.zone, chip.zone) if page.zone is not None and chip.zone is not None else ()
    certain = chip.chip in {ChipState.INTACT, ChipState.ALTERED, ChipState.SIGNER_REVOKED}
    # Of the other states only that nothing is known is to be said, and the state itself says it.
    remarks = (*page.remarks, *differences, *(chip.remarks if certain else ()))
    return replace(page, chip=chip.chip, portrait=chip.portrait or page.portrait, remarks=remarks)
