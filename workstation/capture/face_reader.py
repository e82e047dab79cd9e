"""What the post needs of whoever finds and encodes faces; the worker process gives it, and so may a test."""

from dataclasses import dataclass
from typing import Protocol

from matching.faces.encoding import LOOKS, Encoder, Template
from matching.faces.finding import Face
from matching.faces.images import Image
from matching.faces.quality import Quality
from matching.rates.scale import Scale


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    face: Face
    quality: Quality


class Faces(Protocol):
    @property
    def encoder(self) -> Encoder: ...

    @property
    def scale(self) -> Scale:
        """What this encoder's distances are read against when the post has no calibration of its own."""

    def look(self, image: Image) -> tuple[Sighting, ...]:
        """All faces with their quality, largest first."""

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        """The mean over so many looks of the network, 1 to LOOKS."""
