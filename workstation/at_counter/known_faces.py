"""The faces that the counter knows for a moment: the traveller's in front or closed last, and who laid the page down.

Their templates stay in memory until nobody stands there, are written nowhere and are compared with nothing else.
"""

import threading
from collections.abc import Callable, Sequence
from enum import Enum

import numpy as np

from matching.faces.encoding import Template
from matching.faces.finding import Face
from matching.faces.images import Image
from workstation.at_counter.likeness import Likeness, likeness, together
from workstation.capture.face_reader import Sighting

EVERY_SECONDS = 0.4
"""A face in view is compared this often, and at once when it comes back."""
MOST = 3
"""Faces of one frame that are compared, the largest first."""

Recognise = Callable[[Image, Face], Template | None]
"""One look at a face; None while whoever looks is busy."""


class Known(Enum):
    TRAVELLER = "in front, or closed last"
    HOLDER = "laid the page down"


class KnownFaces:
    """Told by the window's thread, asked by the camera's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pictures: dict[Known, tuple[Image, Face]] = {}
        self._templates: dict[Known, Template] = {}
        self._compared = float("-inf")
        self._at_once = True
        self._turn = 0
        self.turn = 0
        """Grows whenever somebody else is to be known: what was compared before says nothing any more."""

    def remember(self, known: Known, image: Image, face: Face) -> None:
        with self._lock:
            self.turn += 1
            self._templates.pop(known, None)
            self._pictures[known] = (image, face)

    def forget(self, *known: Known) -> None:
        """Of these, or of everybody."""
        with self._lock:
            self.turn += 1
            for each in known or Known:
                self._templates.pop(each, None)
                self._pictures.pop(each, None)

    def compare(
        self, image: Image, sightings: Sequence[Sighting], taken: float, recognise: Recognise
    ) -> tuple[int, dict[Known, Likeness]]:
        """The turn, and how whoever is in this frame compares with whom the counter knows; empty where it was not looked at."""
        with self._lock:
            turn, pictures, templates = self.turn, dict(self._pictures), dict(self._templates)
        if not sightings:
            self._at_once = True
        due = self._at_once or turn != self._turn or taken - self._compared >= EVERY_SECONDS
        if not sightings or not (pictures or templates) or not due:
            return turn, {}
        for known, (picture, face) in pictures.items():
            made = recognise(picture, face)
            if made is not None:
                templates[known] = made
        here = [(recognise(image, each.face), each.quality.good) for each in sightings[:MOST]]
        self._keep(turn, pictures, templates)
        if any(template is None for template, _ in here):
            return turn, {}
        self._compared, self._turn, self._at_once = taken, turn, False
        looks = [(template, good) for template, good in here if template is not None]
        return turn, {known: _of(template, looks) for known, template in templates.items()}

    def _keep(self, turn: int, pictures: dict[Known, tuple[Image, Face]], templates: dict[Known, Template]) -> None:
        with self._lock:
            if turn == self.turn:
                self._templates = templates
                self._pictures = {known: each for known, each in pictures.items() if known not in templates}


def _of(known: Template, here: Sequence[tuple[Template, bool]]) -> Likeness:
    return together(
        tuple(likeness(float(np.linalg.norm(known.vector - each.vector)), good=good and len(here) == 1) for each, good in here)
    )
