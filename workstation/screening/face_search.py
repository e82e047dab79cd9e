"""One template searched over all active lists: the records within their purpose's distance, and how close a photograph is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching.faces.encoding import Template
from matching.rates.scale import Scale
from matching.search.gallery import Search
from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.reading import Belonging
from watchlists.records.schema import PortraitRow, WatchlistRow
from watchlists.register import Register
from watchlists.traits.calendar_day import day_of
from workstation.alerts import closeness
from workstation.alerts.closeness import Closeness
from workstation.operating_point.thresholds import Points
from workstation.post.post import Post
from workstation.screening.second_opinion import SecondOpinion
from workstation.search.lists import Searchable, belongings, nearest_portrait
from workstation.sentences import Sentence
from workstation.settings import Settings

Described = Mapping[str, object]
"""Box and quality of the face that was searched, as `sighting.described` gives them; empty when they are not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Against:
    """What a traveller is searched against, and what decides of it."""

    lists: Searchable
    register: Register
    points: Points
    scale: Scale
    wanted: Settings
    post: Post
    second: SecondOpinion | None = None
    portraits: Scale | None = None
    """With a calibration of printed portraits; None where there is none for this encoder."""
    clock_doubt: Sentence | None = None
    """Why the lists do not follow the clock on the wall."""


@dataclass(frozen=True, slots=True)
class FaceLead:
    """A record within its purpose's distance."""

    record_id: int
    distance: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Beside:
    """How a record's nearest photograph compares with a template, near or far."""

    portrait_id: int
    image: bytes
    distance: float
    closeness: Closeness


def search(session: Session, template: Template, against: Against) -> tuple[Search, tuple[FaceLead, ...]]:
    """Every record within its distance, nearest first, as many as one alert may name."""
    found = against.lists.search(template, against.points.largest)
    leads: list[FaceLead] = []
    for belonging, away in _of_each_record(session, found):
        if len(leads) == against.wanted.alert_most:
            break
        threshold = against.points.distance(Purpose(session.get_one(WatchlistRow, belonging.watchlist_id).purpose))
        if away <= threshold:
            leads.append(FaceLead(belonging.record_id, away, threshold))
    return found, tuple(leads)


def beside(
    session: Session,
    now: datetime,
    record_id: int,
    template: Template,
    face: Described,
    entries: int,
    share: float,
    against: Against,
    found_at: float | None = None,
) -> Beside | None:
    """The record's photograph that lies nearest. None without one. `found_at`: the distance at which a search found it.

    `entries`: how many were searched. `share`: of travellers taken to be listed.
    """
    near = nearest_portrait(session, record_id, template)
    if near is None:
        return None
    portrait = session.get_one(PortraitRow, near[0])
    away = against.lists.distance(template, near[1]) if found_at is None else found_at
    _, version = reading.current_version(session, record_id)
    doubts, months = closeness.doubts(
        reading.particulars_of(version), json.loads(portrait.face), portrait.taken_on, portrait.age, face, day_of(now)
    )
    scale, factor = against.scale, against.points.factor
    close = closeness.of(scale.calibration, scale.digest, away, entries, factor, share, doubts, months)
    return Beside(portrait.id, portrait.image, away, close)


def _of_each_record(session: Session, found: Search) -> list[tuple[Belonging, float]]:
    """The nearest entry of each record found, nearest record first."""
    owners = belongings(session, found.ids.tolist())
    nearest: dict[int, tuple[Belonging, float]] = {}
    for entry, away in zip(found.ids.tolist(), found.distances.tolist(), strict=True):
        nearest.setdefault(owners[entry].record_id, (owners[entry], away))
    return list(nearest.values())
