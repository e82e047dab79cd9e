"""One traveller's document as it was captured: what it says and what agrees with what. Evidence, never a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from matching.faces.encoding import Template
from matching.faces.finding import Face
from matching.faces.images import Image
from matching.faces.quality import Quality
from workstation.documents.mrz.mrz import Zone
from workstation.documents.zone_reader.reading import Quad, ZoneReading
from workstation.sentences import Sentence


class Origin(StrEnum):
    """How the document came in."""

    CAMERA = "document camera"
    SCANNER = "scanner"
    FILE = "file"
    TYPED = "typed by hand"
    SWIPED = "swipe reader"
    CHIP = "chip files"


class Agreement(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not found"
    """Not read on the page: says nothing about the document."""


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A field of the zone beside what the page prints elsewhere."""

    name: str
    """surname, given names, number, date of birth, date of expiry."""
    zone: str
    printed: str
    agreement: Agreement


class ChipState(StrEnum):
    """ICAO Doc 9303-11, passive authentication: ten states, never one tick."""

    NOT_READ = "not read"
    REFUSED = "access refused"
    INTACT = "contents are as signed, signer trusted"
    SIGNER_UNKNOWN = "signer unknown"
    SIGNER_REVOKED = "signer revoked"
    SIGNER_EXPIRED = "signer expired"
    NO_ANCHOR = "no certificate of the issuing State here"
    """The contents are as signed, but nothing here tells whether the State signed: there is no certificate of it."""
    UNSIGNED = "signature not given"
    """There is no EF.SOD among the files."""
    UNSUPPORTED = "cannot be verified here"
    ALTERED = "contents are not as signed"


@dataclass(frozen=True, slots=True, eq=False)
class DocumentPortrait:
    """The holder's portrait. Without a template it is too poor to compare, and `remarks` says why."""

    image: Image
    face: Face | None
    quality: Quality | None
    template: Template | None
    from_chip: bool = False
    remarks: tuple[Sentence, ...] = ()
    """Several faces on the page, a child's portrait of years ago, a head covering: said, never failed."""


@dataclass(frozen=True, slots=True, eq=False)
class TravelDocument:
    origin: Origin
    zone: Zone | None
    reading: ZoneReading | None = None
    """None where the lines were typed or come from a chip."""
    page: Image | None = None
    portrait: DocumentPortrait | None = None
    printed: tuple[PrintedField, ...] = ()
    chip: ChipState = ChipState.NOT_READ
    remarks: tuple[Sentence, ...] = ()
    """What the officer should look at, beside the zone's own remarks: contradictions, an altered chip, a poor picture."""
    lines_at: tuple[Quad, ...] = ()
    """Where the lines of the zone stand, in pixels of `page`; empty where that is not known."""
