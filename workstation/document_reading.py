"""From the picture of a page, or from typed lines, to a travel document: zone, print, portrait, and what to look at.

A reading that was refused is a document without a zone, whose remarks say why. Nothing here says whether a document is genuine.
"""

from collections.abc import Iterator
from datetime import date

from matching.images import Image
from workstation import mrz, portrait, visual_zone
from workstation.faces import Faces
from workstation.mrz import Zone
from workstation.sentences import Sentence
from workstation.travel_document import Agreement, DocumentPortrait, Origin, PrintedField, TravelDocument
from workstation.zone_reader.on_page import on_page
from workstation.zone_reader.reading import PageRead, Pages

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
    printed = visual_zone.compare(page.texts, zone) if zone else ()
    remarks = tuple(_remarks(page, zone, printed, today))
    return TravelDocument(origin, zone, reading, page.page, holder, printed, remarks=remarks, lines_at=on_page(page))


def typed(text: str, today: date) -> TravelDocument:
    """The document of lines typed by hand, with the same checks. OperatorError names the line and what is wrong with it."""
    return TravelDocument(Origin.TYPED, mrz.parse(text, today))


def _portrait(page: PageRead, image: Image, faces: Faces) -> DocumentPortrait | None:
    """On the flat page where there is one; on the picture where only the lines were found; none where nothing was."""
    if page.page is not None:
        return portrait.find(page.page, faces)
    return portrait.find(image, faces) if page.reading else None


def _remarks(page: PageRead, zone: Zone | None, printed: tuple[PrintedField, ...], today: date) -> Iterator[Sentence]:
    if zone is None:
        yield page.why_not or NOT_READ
    yield from page.remarks
    if page.others:
        yield SEVERAL
    for each in printed:
        if each.agreement is Agreement.DIFFERS:
            yield Sentence(CONTRADICTS, {"field": each.name, "printed": each.printed, "zone": each.zone})
    later = visual_zone.starts_later(page.texts, today) if page.texts else ""
    if later:
        yield Sentence(STARTS_LATER, {"printed": later})
