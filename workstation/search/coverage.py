"""What was searched for one traveller and what was not, as the officer may know it: how completely, never what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.documents.evidence import NOT_READ
from workstation.search.receipts import Part, Receipt, What
from workstation.sentences import Sentence

INCOMPLETE = Sentence("The search was incomplete. Take the picture again; if it stays so, call the supervisor.")
PARTLY = {
    What.FACE: INCOMPLETE,
    What.PORTRAIT: Sentence(
        "The search for the portrait on the document was incomplete. Search again, or call the supervisor."
    ),
    What.NAMES: Sentence("The search for the name was incomplete. Search again; if it stays so, call the supervisor."),
    What.NUMBERS: Sentence("The search for the document number was incomplete. Search again, or call the supervisor."),
}


@dataclass(frozen=True, slots=True)
class Searched:
    what: What
    complete: bool
    compared: int
    eligible: int
    excluded: Mapping[str, int]
    why_not: Sentence | None = None
    """Why it was not searched at all, or not completely."""


def searches(receipt: Receipt | None, why_no_face: Sentence | None, *, face: bool, document: bool) -> tuple[Searched, ...]:
    """One after another. `face`, `document`: whether there was one that could be searched for."""
    found = [_face(receipt) if face and receipt is not None else _not(What.FACE, why_no_face)]
    also = {each.what: each for each in receipt.also} if receipt else {}
    for what in (What.PORTRAIT, What.NAMES, What.NUMBERS):
        if what in also:
            found.append(part_searched(also[what]))
        elif document and what is not What.PORTRAIT:
            found.append(_not(what, NOT_READ))
    return tuple(found)


def part_searched(part: Part) -> Searched:
    """A part of the receipt, as the officer may know it."""
    why = None if part.complete else PARTLY[part.what]
    return Searched(part.what, part.complete, part.compared, part.eligible, part.excluded, why)


def _face(receipt: Receipt) -> Searched:
    return part_searched(
        Part(What.FACE, receipt.eligible, receipt.compared, receipt.excluded, receipt.face_complete, receipt.faults)
    )


def _not(what: What, why: Sentence | None) -> Searched:
    return Searched(what, complete=False, compared=0, eligible=0, excluded={}, why_not=why)
