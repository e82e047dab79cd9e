"""What the counter asks the Desk, each a function that the Desk's thread calls."""

from matching.faces.images import Image, decode
from ui.counter.in_front import InFront
from workstation.capture.face_reader import Sighting
from workstation.desk.desk import Desk, Done
from workstation.documents.travel_document import TravelDocument
from workstation.screening.screening import Screened


def look(image: Image, desk: Desk) -> tuple[Sighting, ...]:
    return desk.counter.look(image)


def look_at_file(data: bytes, desk: Desk) -> tuple[Image, tuple[Sighting, ...]]:
    image = decode(data)
    return image, desk.counter.look(image)


def look_up(document: TravelDocument, desk: Desk) -> object:
    return desk.counter.look_up(document)


def screen(front: InFront, with_companions: int | None, desk: Desk) -> Done[Screened]:
    image, source = front.taken if front.taken is not None else (None, "")
    return desk.counter.screen(
        image,
        face=front.chosen,
        source=source,
        taken_by_hand=front.by_hand,
        others=front.others,
        document=front.document,
        no_photo=(front.no_photo.words or front.no_photo.reason) if front.no_photo is not None else "",
        notes=front.notes,
        after=front.earlier,
        with_companions=with_companions,
    )


def close(screening_id: int, desk: Desk) -> Done[None]:
    return desk.counter.close_screening(screening_id)
