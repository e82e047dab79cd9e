"""The training travellers screened in the terminal with their documents: for a machine without a display, and to see it all."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from matching.faces.finding import Face
from matching.faces.images import Image
from workstation.capture.face_reader import Faces
from workstation.desk.desk import Desk
from workstation.documents.mrz.mrz import TD1
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.zone_reader.reading import Pages
from workstation.errors import OperatorError
from workstation.screening.screening import Screened
from workstation.search.receipts import What
from workstation.training_post.document_stories import HandedOver, Story, handed_over
from workstation.training_post.drawn.documents import page
from workstation.training_post.drawn.photographing import scanned
from workstation.training_post.script import TRAVELLERS, Traveller, traveller_frame

RETAKES = 3
"""Pictures that an officer would take of one traveller before giving up."""
AHEAD = 2
"""Travellers who are drawn before they are screened."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    traveller: Traveller
    story: Story
    document: TravelDocument | None
    screened: Screened
    pictures: int
    as_expected: bool


@dataclass(frozen=True, slots=True, eq=False)
class Coming:
    """A traveller as drawn: the sides of the document on a scanner, and the pictures that an officer would take."""

    traveller: Traveller
    given: HandedOver
    sides: tuple[Image, ...]
    """Of a card both, the zone first; none without a document."""
    pictures: tuple[Image, ...]


def screen_travellers(desk: Desk, faces: Faces, pages: Pages, most: int = len(TRAVELLERS)) -> Iterator[Outcome]:
    """Each as an officer would: read the document, take a picture, and take it again while the face was not searched.

    The next traveller is drawn while one is screened.
    """
    today = desk.clock().date()
    with ThreadPoolExecutor(1, thread_name_prefix="drawing") as drawing:
        ahead = deque(drawing.submit(draw, each, today) for each in TRAVELLERS[: min(AHEAD, most)])
        for number in range(most):
            coming = ahead.popleft().result()
            if number + AHEAD < most:
                ahead.append(drawing.submit(draw, TRAVELLERS[number + AHEAD], today))
            yield _screen(desk, faces, pages, coming)


def draw(traveller: Traveller, today: date) -> Coming:
    given = handed_over(traveller, today)
    sides: tuple[Image, ...] = ()
    if given.document is not None:
        fronts = (False, True) if given.document.form is TD1 else (False,)
        sides = tuple(scanned(page(given.document, front=front)).image for front in fronts)
    return Coming(traveller, given, sides, tuple(_pictures(traveller)))


def _screen(desk: Desk, faces: Faces, pages: Pages, coming: Coming) -> Outcome:
    traveller, given = coming.traveller, coming.given
    document = read_document(desk, pages, coming.sides) if coming.sides else None
    screened: Screened | None = None
    pictures = 0
    for picture in coming.pictures:
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
    return Outcome(traveller, given.story, document, screened, pictures, expected)


def expected_answers(traveller: Traveller, story: Story) -> tuple[str, ...]:
    """Whether the portrait is of another person is for the officer to see: the numbers may leave that open."""
    if traveller.expected == "refer" or story in {Story.LOST, Story.LISTED_NAME}:
        return ("refer",)
    if story in {Story.BAD_CHECK_DIGIT, Story.EXPIRED}:
        return ("look again",)
    return ("no lead", "look again") if story is Story.OTHER_PORTRAIT else ("no lead",)


def read_document(desk: Desk, pages: Pages, sides: Sequence[Image]) -> TravelDocument | None:
    """Laid on a scanner, side by side. A page reader that stopped is given the page once more, as an officer would do."""
    for last in (False, True):
        try:
            document, *others = (desk.counter.read_page(side, Origin.SCANNER, pages) for side in sides)
        except OperatorError:
            if last:
                return None
        else:
            return replace(document, portrait=next((each.portrait for each in (document, *others) if each.portrait), None))
    return None


def _face_searched(screened: Screened) -> bool:
    return any(each.what is What.FACE and each.complete for each in screened.searched)


def _pictures(traveller: Traveller) -> Iterator[Image]:
    """The frame in the middle of each look, then the last one: the moments at which an officer takes a picture."""
    start, last = 0, sum(look.frames for look in traveller.looks) - 1
    for look in traveller.looks:
        yield traveller_frame(traveller, min(start + look.frames // 2, last))
        start += look.frames
    yield traveller_frame(traveller, last)


def _nearest(faces: Faces, picture: Image) -> Face | None:
    """Whom an officer would point at when several people are in the picture: the one nearest the camera."""
    sightings = faces.look(picture)
    return sightings[0].face if len(sightings) > 1 else None
