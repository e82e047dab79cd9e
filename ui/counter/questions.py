"""What the counter asks the Desk, each a function that the Desk's thread calls."""

from matching.faces.images import Image, decode
from ui.counter.in_front import InFront
from workstation.at_counter.traveller import Whose
from workstation.capture.face_reader import Sighting
from workstation.desk.desk import Desk, Done
from workstation.documents.travel_document import TravelDocument
from workstation.screening.last_travellers import LastTraveller
from workstation.screening.screening import Screened


def look(image: Image, desk: Desk) -> tuple[Sighting, ...]:
    return desk.counter.look(image)


def look_at_file(data: bytes, desk: Desk) -> tuple[Image, tuple[Sighting, ...]]:
    image = decode(data)
    return image, desk.counter.look(image)


def look_up(document: TravelDocument, desk: Desk) -> object:
    return desk.counter.look_up(document)


def screen(front: InFront, whose: Whose, with_companions: int | None, desk: Desk) -> Done[tuple[InFront, Screened]]:
    """The answer, with whom it is about: by the time it comes somebody else may be in front."""
    image, source = front.taken if front.taken is not None else (None, "")
    done = desk.counter.screen(
        image,
        face=front.chosen,
        source=source,
        taken_by_hand=front.by_hand,
        others=front.others,
        document=front.document,
        whose=whose,
        no_photo=(front.no_photo.words or front.no_photo.reason) if front.no_photo is not None else "",
        notes=front.notes,
        after=front.earlier,
        with_companions=with_companions,
    )
    return Done((front, done.value), done.changed)


def close(screening_id: int, desk: Desk) -> Done[None]:
    return desk.counter.close_screening(screening_id)


def reopen(screening_id: int, desk: Desk) -> Done[None]:
    return desk.counter.reopen_screening(screening_id)


def last(desk: Desk) -> tuple[LastTraveller, ...]:
    return desk.counter.last_travellers()


def disown(screening_id: int, desk: Desk) -> Done[Screened | None]:
    return desk.counter.wrong_document(screening_id)
