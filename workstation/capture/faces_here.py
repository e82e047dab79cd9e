"""Faces found and encoded in the process that asks: for workers that do nothing else."""

from matching.faces import encoding, finding, quality
from matching.faces.encoding import LOOKS, Template
from matching.faces.finding import Face
from matching.faces.images import Image
from matching.rates import scale
from workstation.capture.face_reader import Sighting


class FacesHere:
    """Finds and encodes in this process."""

    def __init__(self) -> None:
        self.encoder = encoding.unit()

    @property
    def scale(self) -> scale.Scale:
        return scale.shipped(self.encoder.digest)

    def look(self, image: Image) -> tuple[Sighting, ...]:
        found = finding.find(image)
        return tuple(Sighting(each, quality.assess(image, each, len(found) - 1)) for each in found)

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        return encoding.encode(image, face, looks=looks)
