"""One traveller looked at once: from a picture to one of three answers, and what it rests on.

Only a complete search of a good picture can give "no lead". A poor picture, a fault or an incomplete search is said.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

import numpy as np
from sqlalchemy.orm import Session

from matching.encoding import LOOKS, SAME, Template, fused
from matching.faces import Face
from matching.gallery import Search
from matching.images import Image, png
from matching.scale import Scale
from watchlists import finding
from watchlists.finding import Belonging
from watchlists.purposes import Purpose
from watchlists.schema import PortraitRow, RecordRow, WatchlistRow
from workstation import alerts, closeness, local, receipts
from workstation.alerts import Candidate
from workstation.closeness import Closeness, Opinion
from workstation.enrolment import raw
from workstation.errors import OperatorError
from workstation.faces import Faces, Sighting
from workstation.post import Post
from workstation.receipts import Receipt
from workstation.schema import ScreeningRow
from workstation.searchable import Searchable, belongings, nearest_portrait
from workstation.second_opinion import SecondOpinion
from workstation.sentences import Sentence
from workstation.settings import Settings
from workstation.sighting import described
from workstation.thresholds import Points


class Answer(StrEnum):
    NO_LEAD = "no lead"
    LOOK_AGAIN = "look again"
    REFER = "refer"


NO_FACE = Sentence("No face was found. Ask the traveller to face the camera, then take the picture again.")
SEVERAL = "{count} faces are in the picture. Choose the traveller, or ask the others to step aside."
FAILED = Sentence("The face could not be read because of a fault. Take the picture again.")
INCOMPLETE = Sentence("The search was incomplete. Take the picture again; if it stays so, call the supervisor.")
POOR = "The picture is poor, so a listed person may not be found. {fix}"


FRAMES = 5
"""Frames of one traveller that are used together."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the picture gave before anything is written: the face that was chosen and its template, or why not."""

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

    def for_the_log(self) -> dict[str, object]:
        """What the log says: that it was searched, how completely, and the answer. No list, no purpose, no distance."""
        searched = self.receipt
        return {
            "answer": self.answer,
            "fault": self.fault,
            "reasons": [str(reason) for reason in self.reasons],
            "alert": self.alert_id,
            "compared": searched.compared if searched else 0,
            "eligible": searched.eligible if searched else 0,
            "complete": searched.complete if searched else False,
            "snapshot": searched.snapshot if searched else "",
        }


@dataclass(frozen=True, slots=True, eq=False)
class Against:
    """What a template is searched against, and what decides of it."""

    lists: Searchable
    points: Points
    scale: Scale
    wanted: Settings
    post: Post
    second: SecondOpinion | None = None


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


def look(faces: Faces, image: Image, chosen: Face | None, *, by_hand: bool, others: Sequence[tuple[Image, Face]] = ()) -> Look:
    """Find the traveller's face and encode it, unless the picture says why that must not be done.

    With `others`, further frames of the same face, the template is the mean over FRAMES at most; the network looks LOOKS times
    in all, or once at each frame.
    """
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
            frames = [(image, sighting.face), *others][:FRAMES]
            first, *more = [faces.encode(*frame, looks=max(1, LOOKS // len(frames))) for frame in frames]
            # A frame of somebody else, who stepped in between, is no second picture of this traveller.
            template = fused([first, *(each for each in more if np.linalg.norm(each.vector - first.vector) <= SAME)])
    except OperatorError as error:
        fault = Sentence(error.template, error.values)
        return Look(None, None, (FAILED, fault), fault=True, timings_ms=watch.timings_ms)
    return Look(sighting, template, (poor,) if poor else (), timings_ms=watch.timings_ms)


def search(
    session: Session,
    now: datetime,
    template: Template,
    probe: Mapping[str, object],
    against: Against,
    asked: Callable[[bytes, int], Opinion | None] = lambda _portrait, _entries: None,
) -> tuple[Receipt, tuple[Candidate, ...]]:
    """The signed receipt of one search over all active lists, and the records within their purpose's distance, nearest first.

    `probe`: box and quality of the face that was searched, as `sighting.described` gives them. `asked`: what a second
    network says of it and a portrait.
    """
    lists, points = against.lists, against.points
    found = lists.search(template, points.largest)
    in_step = lists.list_versions == finding.list_versions(session)
    receipt = receipts.sign(receipts.of(found, lists, now, against.post.facts.id, in_step=in_step), against.post.signing_key)
    share = alerts.listed_share(session)
    candidates: list[Candidate] = []
    for belonging, away in _of_each_record(session, found):
        if len(candidates) == against.wanted.alert_most:
            break
        watchlist = session.get_one(WatchlistRow, belonging.watchlist_id)
        purpose = Purpose(watchlist.purpose)
        if away > points.distance(purpose):
            continue
        record = session.get_one(RecordRow, belonging.record_id)
        portrait_id = nearest_portrait(session, belonging.record_id, template)
        candidates.append(
            Candidate(
                rank=len(candidates) + 1,
                record_id=record.id,
                record_version=record.version,
                portrait_id=portrait_id,
                watchlist_id=watchlist.id,
                watchlist_version=watchlist.version,
                watchlist=watchlist.name,
                purpose=purpose,
                distance=away,
                threshold=points.distance(purpose),
                encoder=template.encoder,
                closeness=replace(
                    _closeness(session, now, portrait_id, away, found.compared, probe, share, against),
                    second=asked(session.get_one(PortraitRow, portrait_id).image, found.compared),
                ),
            )
        )
    return receipt, tuple(candidates)


def _closeness(
    session: Session,
    now: datetime,
    portrait_id: int,
    away: float,
    entries: int,
    probe: Mapping[str, object],
    share: float,
    against: Against,
) -> Closeness:
    portrait = session.get_one(PortraitRow, portrait_id)
    _, version = finding.current_version(session, portrait.record_id)
    doubts, months = closeness.doubts(
        finding.particulars_of(version), json.loads(portrait.face), portrait.taken_on, portrait.age, probe, now.date()
    )
    scale = against.scale
    return closeness.of(scale.calibration, scale.digest, away, entries, against.points.factor, share, doubts, months)


def _of_each_record(session: Session, found: Search) -> list[tuple[Belonging, float]]:
    """The nearest entry of each record found, nearest record first."""
    owners = belongings(session, found.ids.tolist())
    nearest: dict[int, tuple[Belonging, float]] = {}
    for entry, away in zip(found.ids.tolist(), found.distances.tolist(), strict=True):
        nearest.setdefault(owners[entry].record_id, (owners[entry], away))
    return list(nearest.values())


def answer(session: Session, now: datetime, officer: str, source: str, image: Image, seen: Look, against: Against) -> Screened:
    """Search what was seen, decide which answer stands, and write it with its alert in this transaction."""
    watch = Stopwatch()
    receipt: Receipt | None = None
    candidates: tuple[Candidate, ...] = ()
    face = described(seen.sighting.face, seen.sighting.quality) if seen.sighting else {}
    if seen.template is not None:
        with watch.measure("search"):
            receipt, candidates = search(session, now, seen.template, face, against, _second(image, seen, against))
    timings = {**seen.timings_ms, **watch.timings_ms}
    verdict, reasons, fault = _decide(seen, receipt, candidates)
    lead = verdict is Answer.REFER
    row = ScreeningRow(
        at=now,
        officer=officer,
        lane=against.wanted.lane,
        source=source,
        answer=verdict,
        reasons=json.dumps([str(reason) for reason in reasons]),
        face=json.dumps(face),
        receipt=receipt.text() if receipt else "",
        timings_ms=json.dumps(timings),
        probe=png(image) if lead else None,
        template=raw(seen.template) if lead and seen.template else None,
    )
    session.add(row)
    session.flush()
    alert_id = alerts.raise_alert(session, now, row.id, candidates) if lead else None
    if verdict is Answer.NO_LEAD and receipt is not None and receipt.nearest:
        local.note(session, now.date(), against.wanted.lane, receipt.compared, receipt.nearest[0], against.scale.digest)
    return Screened(row.id, verdict, reasons, fault, seen.sighting, candidates, receipt, timings, alert_id)


def _second(image: Image, seen: Look, against: Against) -> Callable[[bytes, int], Opinion | None]:
    """Asks the second network about the traveller's face and a portrait, where there is such a network."""
    if against.second is None or seen.sighting is None:
        return lambda _portrait, _entries: None
    return partial(against.second.of, image, seen.sighting.face)


def _decide(
    seen: Look, receipt: Receipt | None, candidates: tuple[Candidate, ...]
) -> tuple[Answer, tuple[Sentence, ...], bool]:
    """The answer, why, and whether a fault is the reason. A lead that was found stands whatever else went wrong."""
    incomplete = receipt is not None and not receipt.complete
    reasons = (*seen.reasons, INCOMPLETE) if incomplete else seen.reasons
    fault = seen.fault or incomplete
    if candidates:
        return Answer.REFER, reasons, fault
    if receipt is None or reasons:
        return Answer.LOOK_AGAIN, reasons, fault
    return Answer.NO_LEAD, (), False


def _pick(sightings: tuple[Sighting, ...], chosen: Face | None) -> tuple[Sighting | None, Sentence]:
    """The sighting that lies over the face the officer chose, or the only one; else what to say."""
    if not sightings:
        return None, NO_FACE
    if chosen is not None:
        x, y = chosen.box.centre
        for each in sightings:
            box = each.face.box
            if box.left <= x < box.right and box.top <= y < box.bottom:
                return each, NO_FACE
        return None, NO_FACE
    if len(sightings) > 1:
        return None, Sentence(SEVERAL, {"count": len(sightings)})
    return sightings[0], NO_FACE


def _poor(sighting: Sighting) -> Sentence | None:
    if sighting.quality.good:
        return None
    return Sentence(POOR, {"fix": sighting.quality.fix.value if sighting.quality.fix else ""})
