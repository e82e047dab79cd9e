"""A calm look among missing children: a short list, nearest first, beside the threshold and not instead of it.

A child's face changes within months, so that the threshold misses many. A person with time looks at the nearest few, with the
age of each photograph before their eyes. Nothing is raised by it, and nothing of the picture is kept.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching.faces.encoding import Template
from matching.rates.scale import Scale
from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, Watchlist
from watchlists.records.schema import PortraitRow
from workstation.alerts import closeness, raising
from workstation.alerts.closeness import Closeness, Doubt
from workstation.capture.sightings import Eyes, eyes_of
from workstation.operating_point.thresholds import Points
from workstation.search.lists import Searchable, belongings, nearest_portrait

SHORT = 10
"""How many are shown."""
_FIRST = 64


@dataclass(frozen=True, slots=True)
class ChildCandidate:
    rank: int
    record_id: int
    particulars: Particulars
    watchlist: Watchlist
    portrait: bytes
    portrait_eyes: Eyes
    taken_on: str
    age_then: int | None
    """Years, on the photograph."""
    distance: float
    within: bool
    """Whether it lies within the threshold, so that the counter would have raised it."""
    closeness: Closeness


@dataclass(frozen=True, slots=True)
class Investigation:
    candidates: tuple[ChildCandidate, ...]
    probe_eyes: Eyes
    children: int
    """Entries of children that were compared."""
    not_searched: int
    """Entries and portraits of the lists that could not be compared."""

    def for_the_log(self) -> dict[str, object]:
        return {
            "records": [each.record_id for each in self.candidates],
            "children": self.children,
            "left_out": self.not_searched,
        }


def investigate(
    session: Session,
    now: datetime,
    template: Template,
    probe: dict[str, object],
    lists: Searchable,
    points: Points,
    scale: Scale,
) -> Investigation:
    """The nearest children on lists for protection. GalleryRefused when the search was not complete."""
    every = lists.entries_for(Purpose.PROTECT)
    found: dict[int, float] = {}
    wanted = _FIRST
    children = 0
    while every:
        found, children = {}, 0
        near = lists.nearest(template, min(wanted, every), Purpose.PROTECT)
        owners = belongings(session, [entry for entry, _ in near])
        for entry, away in near:
            record = owners[entry].record_id
            if _is_child(session, record, now):
                children += 1
                found.setdefault(record, away)
        if len(found) >= SHORT or wanted >= every:
            break
        wanted *= 4
    candidates = [
        _candidate(session, now, rank, record, away, template, probe, children, points, scale)
        for rank, (record, away) in enumerate(list(found.items())[:SHORT], start=1)
    ]
    return Investigation(tuple(candidates), eyes_of(probe), children, sum(lists.excluded.values()))


def _is_child(session: Session, record_id: int, now: datetime) -> bool:
    _, version = reading.current_version(session, record_id)
    particulars = reading.particulars_of(version)
    for portrait in reading.portraits(session, record_id):
        found, _ = closeness.doubts(particulars, {}, portrait.taken_on, portrait.age, {}, now.date())
        if Doubt.CHILD in found:
            return True
    return False


def _candidate(
    session: Session,
    now: datetime,
    rank: int,
    record_id: int,
    away: float,
    template: Template,
    probe: dict[str, object],
    children: int,
    points: Points,
    scale: Scale,
) -> ChildCandidate:
    view = reading.record(session, record_id)
    near = nearest_portrait(session, record_id, template)
    if near is None:
        raise LookupError(f"record {record_id} was found by a photograph that the store no longer has")
    portrait = session.get_one(PortraitRow, near[0])
    face = json.loads(portrait.face)
    why, months = closeness.doubts(view.particulars, face, portrait.taken_on, portrait.age, probe, now.date())
    share = raising.listed_share(session)
    return ChildCandidate(
        rank=rank,
        record_id=record_id,
        particulars=view.particulars,
        watchlist=view.watchlist,
        portrait=portrait.image,
        portrait_eyes=eyes_of(face),
        taken_on=portrait.taken_on,
        age_then=portrait.age,
        distance=away,
        within=away <= points.distance(Purpose.PROTECT),
        closeness=closeness.of(scale.calibration, scale.digest, away, children, points.factor, share, why, months),
    )
