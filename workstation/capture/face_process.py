"""Faces are found and encoded in processes of their own: finding and encoding a face would hold the interpreter's lock.

One process looks and encodes for the officer, a second one only glances at the preview, so that the boxes stay live while
a face is being encoded. workstation/capture/processes.py says how they live and die.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.faces import encoding, finding, quality
from matching.faces.alignment import PLACES
from matching.faces.encoding import Encoder, Template
from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.rates import scale
from matching.rates.scale import Scale
from workstation.capture.face_reader import Sighting
from workstation.capture.processes import Child, Work
from workstation.errors import OperatorError


class FaceProcessDied(OperatorError):
    """The call in flight when the process died. The next call starts a new one."""

    def __init__(self) -> None:
        super().__init__("The face reader stopped and is starting again. Take the picture once more.")


class FaceProcess:
    """Both processes behind one face; may be called from several threads."""

    def __init__(self) -> None:
        work = Work(warm_up, answer, FaceProcessDied)
        self._looking = Child("looking", work)
        self._glancing = Child("glancing", work)

    @property
    def encoder(self) -> Encoder:
        return encoding.unit()

    @property
    def scale(self) -> Scale:
        return scale.shipped(self.encoder.digest)

    @property
    def restarts(self) -> int:
        return self._looking.restarts + self._glancing.restarts

    def start(self) -> None:
        """Start both without waiting; the first call waits until its process is ready."""
        self._looking.start()

    def look(self, image: Image) -> tuple[Sighting, ...]:
        """All faces with their quality, largest first. FaceProcessDied when the process died meanwhile."""
        return _sightings(self._looking.ask("look", image))

    def glance(self, image: Image) -> tuple[Sighting, ...] | None:
        """The same, faster and for the preview; None at once while the process is starting or busy with another frame."""
        self._glancing.start()
        found = self._glancing.ask_if_free("glance", image)
        return None if found is None else _sightings(found)

    def recognise(self, image: Image, face: Face) -> Template | None:
        """The template of a face of the preview; None at once while the process is starting or busy."""
        found = self._glancing.ask_if_free("encode", image, _told(face))
        return None if found is None else Template(np.frombuffer(found[0], dtype=np.float32).copy(), found[1])

    def encode(self, image: Image, face: Face) -> Template:
        """FaceProcessDied when the process died meanwhile."""
        vector, digest = self._looking.ask("encode", image, _told(face))
        return Template(np.frombuffer(vector, dtype=np.float32).copy(), digest)

    def close(self) -> None:
        """End both processes and free what they shared. Nothing more may be called."""
        self._looking.close()
        self._glancing.close()


def answer(task: str, image: Image, face: Any) -> object:
    if task == "encode":
        template = encoding.encode(image, _heard(face))
        return template.vector.tobytes(), template.encoder
    found = finding.find(image, thorough=task == "look")
    return [(_told(each), quality.assess(image, each, len(found) - 1)) for each in found]


def _sightings(found: Any) -> tuple[Sighting, ...]:
    return tuple(Sighting(_heard(face), assessed) for face, assessed in found)


def _told(face: Face) -> tuple[tuple[int, int, int, int], NDArray[np.float32], NDArray[np.float32], float]:
    box = face.box
    return (box.left, box.top, box.right, box.bottom), face.landmarks, face.points, face.sure


def _heard(told: Any) -> Face:
    sides, landmarks, points, sure = told
    return Face(Box(*sides), landmarks, points, sure)


def warm_up() -> None:
    """The first look and encoding take a second longer than every later one; do them before an officer waits."""
    grey = np.full((240, 320, 3), 128, dtype=np.uint8)
    finding.find(grey)
    encoding.check_network()
    box = Box(100, 60, 220, 180)
    encoding.encode(grey, Face(box, finding.landmarks(grey, box), PLACES.astype(np.float32)))
