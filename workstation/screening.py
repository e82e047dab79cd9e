"""One traveller looked at once: from a picture to one of three answers, and what it rests on.

Only a complete search of a good picture can give "no lead". A poor picture, a fault or an incomplete search says so instead.
"""

import json
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from collections.abc import Iterator

from sqlalchemy.orm import Session

from matching.encoding import Template
from matching.faces import Face
from matching.images import Image, png
from watchlists import finding
from watchlists.schema import RecordRow
from workstation import alerts
from workstation.alerts import Candidate
from workstation.enrolment import raw
from workstation.errors import OperatorError
from workstation.faces import Faces, Sighting
from workstation.receipts import Receipt
from workstation.schema import ScreeningRow
from workstation.searchable import Searchable
from workstation.sentences import Sentence
from workstation.sighting import described


class Answer(StrEnum):
    NO_LEAD = "no lead"
    LOOK_AGAIN = "look again"
    REFER = "refer"


NO_FACE = Sentence("No face was found. Ask the traveller to face the camera, then take the picture again.")
SEVERAL = "{count} faces are in the picture. Choose the traveller, or ask the others to step aside."
FAILED = Sentence("The face could not be read because of a fault. Take the picture again.")
INCOMPLETE = Sentence("The search was incomplete. Take the picture again; if it stays so, call the supervisor.")
POOR = "The picture is poor, so a listed person may not be found. {fix}"


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was found in the picture before anything is written: the face that was chosen and its template, or why not."""

    sighting: Sighting | None
    template: Template | None
    reasons: tuple[Sentence, ...] = ()
    fault: bool = False
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    screening_id: int
    answer: Answer
    reasons: tuple[Sentence, ...]
    fault: bool
    """The machine failed, not the picture: shown as a fault and never as an answer about the traveller."""
    sighting: Sighting | None
    candidates: tuple[Candidate, ...]
    """For the second line and the log; never shown at the counter."""
    receipt: Receipt | None
    timings_ms: Mapping[str, float]
    alert_id: int | None


class Stopwatch:
    """Milliseconds by the name of what took them."""

    def __init__(self) -> None:
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.timings_ms[name] = round((time.perf_counter() - start) * 1000, 1)


def look(faces: Faces, image: Image, chosen: Face | None, *, by_hand: bool) -> Look:
    """Find the traveller's face and encode it, unless the picture says why that must not be done."""
    watch = Stopwatch()
    try:
        with watch.measure("look"):
            sightings = faces.look(image)
        sighting, why = _pick(sightings, chosen)
        if sighting is None:
            return Look(None, None, (why,), timings_ms=watch.timings_ms)
        poor = _poor(sighting)
        if poor and not by_hand:
            return Look(sighting, None, (poor,), timings_ms=watch.timings_ms)
        with watch.measure("encode"):
            template = faces.encode(image, sighting.face)
    except OperatorError as error:
        fault = Sentence(error.template, error.values)
        return Look(None, None, (FAILED, fault), fault=True, timings_ms=watch.timings_ms)
    return Look(sighting, template, (poor,) if poor else (), timings_ms=watch.timings_ms)


def search(
    session: Session, searchable: Searchable, template: Template, distance: float, most: int
) -> tuple[Candidate, ...]:
    raise AssertionError
