"""From a photograph to a portrait that can be searched: one usable face, or a sentence that says why not."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np

from matching.faces.encoding import Template
from matching.faces.images import Image, ImageRefused, decode
from matching.rates.pairs import Rate
from matching.rates.scale import Scale
from watchlists.records.records import NewPortrait, RecordRefused
from workstation.capture.face_reader import Faces, Sighting
from workstation.capture.sightings import described
from workstation.errors import OperatorError
from workstation.sentences import Sentence

USABLE = 25
"""Quality below which a portrait would not be found again; between this and good it is taken with a remark."""


@dataclass(frozen=True, slots=True)
class Taken:
    """When a photograph was taken, as far as it is known."""

    on: str = ""
    """ISO 8601: 2024-03-17, 2024-03, 2024, or empty."""
    age: int | None = None
    """Age of the person on it, in years."""


UNKNOWN = Taken()


def taken(on: str, age: str) -> Taken:
    """From what a person typed. RecordRefused for an age that is no number; the date is checked when it is saved."""
    if age.strip() and not age.strip().isdecimal():
        raise RecordRefused("The age on a photograph is a number of years, or nothing.", "photos")
    return Taken(on.strip(), int(age) if age.strip() else None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a photograph would mean on a list as the lists are now."""

    grade: str
    missed: Rate | None
    """Share of such photographs' people who are missed at today's threshold; None when it was not measured."""
    look_alikes: tuple[int, ...]
    """Records that already lie as near to it as a traveller who raises an alert."""


@dataclass(frozen=True, slots=True, eq=False)
class PhotoCheck:
    """What can be said of a photograph before it is saved."""

    ok: bool
    remark: Sentence | None
    """Why it is refused, or what is weak about it."""
    sighting: Sighting | None
    image: Image | None
    outlook: Outlook | None = None
    """None when it is refused."""


def check_photo(faces: Faces, data: bytes) -> PhotoCheck:
    """Look at the photograph. Never raises for what is wrong with it: that is the remark."""
    try:
        image = decode(data)
    except ImageRefused as refusal:
        return PhotoCheck(False, Sentence(refusal.template, refusal.values), None, None)
    sightings = faces.look(image)
    if not sightings:
        return PhotoCheck(False, Sentence("No face was found. Choose a photograph in which it is seen."), None, image)
    if len(sightings) > 1:
        several = Sentence("{count} faces were found. Cut the photograph to the person meant.", {"count": len(sightings)})
        return PhotoCheck(False, several, None, image)
    quality = sightings[0].quality
    if quality.good:
        return PhotoCheck(True, None, sightings[0], image)
    fix = quality.fix.value if quality.fix else ""
    if quality.score < USABLE:
        poor = Sentence("This photograph is too poor to be found again. {fix}", {"fix": fix})
        return PhotoCheck(False, poor, sightings[0], image)
    return PhotoCheck(
        True, Sentence("It can be searched, but a better one finds more. {fix}", {"fix": fix}), sightings[0], image
    )


def portrait(faces: Faces, scale: Scale, data: bytes, taken: Taken = UNKNOWN) -> NewPortrait:
    """The photograph with its template and normaliser. OperatorError when `check_photo` refuses it."""
    checked = check_photo(faces, data)
    if not checked.ok or checked.image is None or checked.sighting is None:
        remark = checked.remark or Sentence("This photograph cannot be used.")
        raise OperatorError(remark.template, **remark.values)
    template = faces.encode(checked.image, checked.sighting.face)
    vector = raw(template)
    return NewPortrait(
        image=data,
        digest=hashlib.sha256(data).hexdigest(),
        face=json.dumps(described(checked.sighting.face, checked.sighting.quality)),
        vector=vector,
        vector_digest=hashlib.sha256(vector).hexdigest(),
        encoder=template.encoder,
        cohort=scale.digest,
        normaliser=float(scale.cohort.normaliser(template.vector[None])[0]),
        taken_on=taken.on,
        age=taken.age,
    )


def raw(template: Template) -> bytes:
    """The vector as it is stored: little-endian float32."""
    return np.ascontiguousarray(template.vector, dtype="<f4").tobytes()
