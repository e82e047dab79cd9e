"""The training travellers screened in the terminal with their documents: for a machine without a display, and to see it all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.faces.finding import Face
from matching.faces.images import Image
from workstation.capture.face_reader import Faces
from workstation.desk.desk import Desk
from workstation.documents.mrz.mrz import TD1
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.zone_reader.reading import Pages
from workstation.screening.screening import Screened
from workstation.search.receipts import What
from workstation.training_post.document_stories import Story, handed_over
from workstation.training_post.drawn.documents import PrintedDocument, page
from workstation.training_post.drawn.photographing import scanned
from workstation.training_post.script import TRAVELLERS, Traveller, traveller_frames

RETAKES = 3
"""Pictures that an officer would take of one traveller before giving up."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    traveller: Traveller
    story: Story
    document: TravelDocument | None
    screened: Screened
    pictures: int
    as_expected: bool


def screen_travellers(desk: Desk, faces: Faces, pages: Pages, most: int = len(TRAVELLERS)) -> Iterator[Outcome]:
    """Each as an officer would: read the document, take a picture, and take it again while the face was not searched."""
    for traveller in TRAVELLERS[:most]:
        given = handed_over(traveller, desk.clock().date())
        document = read_document(desk, pages, given.document) if given.document is not None else None
        screened: Screened | None = None
        pictures = 0
        for picture in _pictures(traveller):
            chosen = _nearest(faces, picture) if pictures else None
            source, after = f"training:{traveller.number}", screened.screening_id if screened is not None else None
            screened = desk.counter.screen(picture, face=chosen, source=source, document=document, after=after).value
            pictures += 1
            if _face_searched(screened) or pictures == RETAKES:
                break
        if screened is None:
            raise ValueError(f"training traveller {traveller.number} has no frames")
        desk.counter.close_screening(screened.screening_id)
        expected = screened.answer in expected_answers(traveller, given.story)
        yield Outcome(traveller, given.story, document, screened, pictures, expected)


def expected_answers(traveller: Traveller, story: Story) -> tuple[str, ...]:
    """Whether the portrait is of another person is for the officer to see: the numbers may leave that open."""
    if traveller.expected == "refer" or story in {Story.LOST, Story.LISTED_NAME}:
        return ("refer",)
    if story in {Story.BAD_CHECK_DIGIT, Story.EXPIRED}:
        return ("look again",)
    return ("no lead", "look again") if story is Story.OTHER_PORTRAIT else ("no lead",)


def read_document(desk: Desk, pages: Pages, given: PrintedDocument) -> TravelDocument:
    """Laid on a scanner; of a card both sides, the zone first."""
    document = desk.counter.read_page(scanned(page(given)).image, Origin.SCANNER, pages)
    if given.form is TD1:
        other = desk.counter.read_page(scanned(page(given, front=True)).image, Origin.SCANNER, pages)
        document = replace(document, portrait=document.portrait or other.portrait)
    return document


def _face_searched(screened: Screened) -> bool:
    return any(each.what is What.FACE and each.complete for each in screened.searched)


def _pictures(traveller: Traveller) -> Iterator[Image]:
    """The frame in the middle of each look, then the last one: the moments at which an officer takes a picture."""
    frames = [np.ascontiguousarray(frame) for frame in traveller_frames(traveller)]
    start = 0
    for look in traveller.looks:
        yield frames[min(start + look.frames // 2, len(frames) - 1)]
        start += look.frames
    yield frames[-1]


def _nearest(faces: Faces, picture: Image) -> Face | None:
    """Whom an officer would point at when several people are in the picture: the one nearest the camera."""
    sightings = faces.look(picture)
    return sightings[0].face if len(sightings) > 1 else None
