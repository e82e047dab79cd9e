"""Photographs are read in processes; one that ends its process is refused, and the others go on."""

import os
from pathlib import Path

from matching.faces.images import Image, png
from tests.fakes import NumberedFaces, picture
from watchlists.exchange.incoming import IncomingPhoto
from workstation.capture.face_reader import Sighting
from workstation.exchange.photographs import Reading


class Deadly(NumberedFaces):
    """A picture of person 13 ends the process that looks at it."""

    def look(self, image: Image) -> tuple[Sighting, ...]:
        if tuple(image[1, 0]) == (0, 13, 9):
            os._exit(1)
        return super().look(image)


def test_that_a_deadly_photograph_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    people = [1, 2, 13, 3, 4]
    for person in people:
        (tmp_path / f"{person}.png").write_bytes(png(picture(person)))
    reading = Reading(Deadly(), tmp_path, [IncomingPhoto(f"{person}.png") for person in people], frozenset(), processes=2)
    while not reading.finished:
        reading.step(1.0)
    assert {name for name, read in reading.results.items() if read.refusal} == {"13.png"}
    assert all(reading.results[f"{person}.png"].vector for person in people if person != 13)


def test_that_known_photographs_are_not_read_again_and_a_stop_leaves_the_rest(tmp_path: Path) -> None:
    for person in range(6):
        (tmp_path / f"{person}.png").write_bytes(png(picture(person)))
    photos = [IncomingPhoto(f"{person}.png") for person in range(6)]
    first = Reading(NumberedFaces(), tmp_path, photos, frozenset(), processes=1)
    while first.done < 2:
        first.step(1.0)
    first.stop()
    known = frozenset(read.digest for read in first.results.values())
    again = Reading(NumberedFaces(), tmp_path, photos, known, processes=1)
    while not again.finished:
        again.step(1.0)
    assert sum(not read.vector for read in again.results.values()) == len(known)
