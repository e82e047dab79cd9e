"""From the picture of a page, or from typed lines, to a travel document: zone, print, portrait, and what to look at.

A reading that was refused is a document without a zone, whose remarks say why. Nothing here says whether a document is genuine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from matching.faces.images import Image
from workstation.capture.face_reader import Faces
from workstation.documents import portrait, print_beside_zone
from workstation.documents.mrz import mrz
from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import Agreement, DocumentPortrait, Origin, PrintedField, TravelDocument
from workstation.documents.zone_reader.on_page import lines_on
from workstation.documents.zone_reader.reading import PageRead, Pages, PrintedText
from workstation.documents.zone_reader.refusing import NO_PAGE
from workstation.sentences import Sentence

CONTRADICTS = "The page prints another {field} than its lines: “{printed}” and “{zone}”. Look at both."
SEVERAL = Sentence("The picture shows more than one document. The largest was read; lay down one at a time.")
STARTS_LATER = "The page gives {printed} as the day of issue, which lies after today."
NOT_READ = Sentence("The lines were not read. Lay the page flat into the picture, or type the lines.")


def read_page(image: Image, origin: Origin, pages: Pages, faces: Faces, today: date, *, texts: bool = True) -> TravelDocument:
    """What the picture of a page gives. Without a zone the remarks say why; page and portrait are kept all the same.

    Without `texts` the print beside the zone is neither read nor compared, which saves most of the time.
    """
    page = pages.read(image, texts=texts)
    return of_page(page, origin, _portrait(page, image, faces), today)


def of_page(page: PageRead, origin: Origin, holder: DocumentPortrait | None, today: date) -> TravelDocument:
    """The document of a page that was read, and of the portrait that was found on it."""
    reading = page.reading
    zone = reading.zone if reading else None
    document = TravelDocument(
        origin, zone, reading, page.page, holder, remarks=tuple(_remarks(page, zone)), lines_at=lines_on(page)
    )
    return with_print(document, page.texts, today)


def read_print(document: TravelDocument, pages: Pages, today: date) -> TravelDocument:
    """The document with the print of its page beside its zone, which is read a second after the zone, so that nobody waits."""
    if document.page is None or document.zone is None or document.printed:
        return document
    return with_print(document, pages.read_print(document.page, document.lines_at), today)


def with_print(document: TravelDocument, texts: Sequence[PrintedText], today: date) -> TravelDocument:
    """The document with its zone beside these texts, and a remark on each contradiction."""
    if document.zone is None or not texts:
        return document
    printed = print_beside_zone.compare(texts, document.zone)
    return replace(document, printed=printed, remarks=(*document.remarks, *_contradictions(printed, texts, today)))


def typed(text: str, today: date) -> TravelDocument:
    """The document of lines typed by hand, with the same checks. OperatorError names the line and what is wrong with it."""
    return TravelDocument(Origin.TYPED, mrz.parse(text, today))


def _portrait(page: PageRead, image: Image, faces: Faces) -> DocumentPortrait | None:
    """On the flat page where there is one; else on the picture, unless it shows no print at all.

    The front of a card has a portrait and no zone: what is on it belongs beside the lines of its back.
    """
    if page.page is not None:
        return portrait.find(page.page, faces)
    return None if page.reading is None and page.why_not in (None, NO_PAGE) else portrait.find(image, faces)


def _remarks(page: PageRead, zone: Zone | None) -> Iterator[Sentence]:
    if zone is None:
        yield page.why_not or NOT_READ
    yield from page.remarks
    if page.others:
        yield SEVERAL


def _contradictions(printed: Sequence[PrintedField], texts: Sequence[PrintedText], today: date) -> Iterator[Sentence]:
    for each in printed:
        if each.agreement is Agreement.DIFFERS:
            yield Sentence(CONTRADICTS, {"field": each.name, "printed": each.printed, "zone": each.zone})
    later = print_beside_zone.starts_later(texts, today)
    if later:
        yield Sentence(STARTS_LATER, {"printed": later})
