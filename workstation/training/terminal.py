"""The training travellers screened in the terminal: for a machine without a display, and to see the whole path."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.faces import Face
from matching.images import Image
from workstation.desk import Desk
from workstation.faces import Faces
from workstation.screening import Screened
from workstation.training.script import TRAVELLERS, Traveller, traveller_frames

RETAKES = 3
"""Pictures that an officer would take of one traveller before giving up."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    traveller: Traveller
    screened: Screened
    pictures: int
    as_expected: bool


def screen_travellers(desk: Desk, faces: Faces, most: int = len(TRAVELLERS)) -> Iterator[Outcome]:
    """Each traveller as an officer would: take a picture, and take it again while the answer asks for that."""
    for traveller in TRAVELLERS[:most]:
        screened, pictures = None, 0
        for picture in _pictures(traveller):
            chosen = _nearest(faces, picture) if pictures else None
            screened = desk.screen(picture, face=chosen, source=f"training:{traveller.number}").value
            pictures += 1
            if screened.answer != "look again" or pictures == RETAKES:
                break
        if screened is None:
            raise ValueError(f"training traveller {traveller.number} has no frames")
        desk.close_screening(screened.screening_id)
        yield Outcome(traveller, screened, pictures, screened.answer == traveller.expected)


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
