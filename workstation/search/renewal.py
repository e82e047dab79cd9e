"""Bringing what is stored up to the encoder and the cohort of today, so that no entry is left out for long.

A portrait is kept as the file that was given, so that a later encoder can read it again. Templates of earlier encoders stay.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.faces.images import ImageRefused, decode
from matching.rates.scale import Scale
from watchlists.records.schema import PortraitRow, TemplateRow
from workstation.capture.face_reader import Faces, Sighting
from workstation.errors import OperatorError
from workstation.post.store import Store
from workstation.search.enrolment import raw

AT_START = 300
"""Portraits that are read again while the post opens; more of them wait for `amaan records renew`."""
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Renewed:
    normalisers: int = 0
    portraits: int = 0
    failed: tuple[int, ...] = ()
    """Portraits in which no face was found again: they stay unsearched, and are counted as such."""

    @property
    def anything(self) -> bool:
        return bool(self.normalisers or self.portraits or self.failed)


def renew(store: Store, faces: Faces, scale: Scale, most: int | None, progress: Callable[[int, int], None]) -> Renewed:
    """Normalisers of another cohort, then portraits without a template of today's encoder unless they exceed `most`."""
    with store.writing() as session:
        normalisers = _renew_normalisers(session, scale)
        portraits = _waiting(session, faces.encoder.digest)
    if most is not None and len(portraits) > most:
        portraits = []
    return Renewed(normalisers, *_renew_portraits(store, faces, scale, portraits, progress))


def _renew_normalisers(session: Session, scale: Scale) -> int:
    """Compute anew what was computed with another cohort. How many."""
    done = 0
    while True:
        stale = (TemplateRow.encoder == scale.calibration.encoder, TemplateRow.cohort != scale.digest)
        rows = session.scalars(select(TemplateRow).where(*stale).limit(1000)).all()
        if not rows:
            return done
        vectors = np.array([np.frombuffer(row.vector, dtype="<f4") for row in rows], dtype=np.float32)
        for row, value in zip(rows, scale.cohort.normaliser(vectors).tolist(), strict=True):
            row.cohort, row.normaliser = scale.digest, value
        session.flush()
        done += len(rows)


def _waiting(session: Session, encoder: str) -> list[int]:
    """Portraits without a template of this encoder, of all records, so that one that is amended later is found too."""
    made = select(TemplateRow.portrait_id).where(TemplateRow.encoder == encoder)
    return list(session.scalars(select(PortraitRow.id).where(PortraitRow.id.not_in(made)).order_by(PortraitRow.id)))


def _renew_portraits(
    store: Store, faces: Faces, scale: Scale, portraits: list[int], progress: Callable[[int, int], None]
) -> tuple[int, tuple[int, ...]]:
    """Read these portraits again, a few in each transaction: a stop loses none that was read. How many, and which failed."""
    done, failed = 0, []
    for start in range(0, len(portraits), _AT_ONCE):
        with store.writing() as session:
            for portrait in portraits[start : start + _AT_ONCE]:
                if _renewed(session, faces, scale, portrait):
                    done += 1
                else:
                    failed.append(portrait)
                progress(done + len(failed), len(portraits))
    return done, tuple(failed)


def _renewed(session: Session, faces: Faces, scale: Scale, portrait_id: int) -> bool:
    row = session.get_one(PortraitRow, portrait_id)
    try:
        image = decode(row.image)
        sightings = faces.look(image)
        if not sightings:
            return False
        template = faces.encode(image, _same_face(sightings, json.loads(row.face)).face)
    except (ImageRefused, OperatorError):
        return False
    vector = raw(template)
    session.add(
        TemplateRow(
            portrait_id=portrait_id,
            encoder=template.encoder,
            vector=vector,
            digest=hashlib.sha256(vector).hexdigest(),
            cohort=scale.digest,
            normaliser=float(scale.cohort.normaliser(template.vector[None])[0]),
        )
    )
    return True


def _same_face(sightings: tuple[Sighting, ...], described: dict[str, object]) -> Sighting:
    """The face that lies where the stored one lay."""
    box = described.get("box")
    if not isinstance(box, list):
        return sightings[0]
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return min(sightings, key=lambda each: sum(abs(a - b) for a, b in zip(each.face.box.centre, middle, strict=True)))
