"""One traveller looked at once: from a picture and a document to one of three answers, and what it rests on.

"No lead" is said only when all that was promised was searched completely. A poor picture, a fault or an incomplete search is
said, and so is what could not be searched. What is wrong with a document is said too; it refers nobody by itself.
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

from matching.faces.encoding import Template, fused
from matching.faces.finding import Face
from matching.faces.images import Image, png
from matching.rates.scale import Scale
from watchlists.records.records import OVERDUE
from watchlists.traits.calendar_day import day_of
from workstation.alerts import companions, raising
from workstation.alerts.closeness import Opinion
from workstation.alerts.raising import Candidate
from workstation.at_counter.traveller import Fit, Whose, left_out
from workstation.capture.face_reader import Faces, Sighting
from workstation.capture.recent_frames import FRAMES
from workstation.capture.sightings import described
from workstation.documents import evidence as document_evidence
from workstation.documents.evidence import DocumentSummary
from workstation.documents.travel_document import TravelDocument
from workstation.errors import OperatorError
from workstation.operating_point import own_travellers
from workstation.schema import ScreeningRow
from workstation.screening import gathering, portrait_comparison
from workstation.screening.face_search import Against
from workstation.screening.gathering import Gathered, Probe
from workstation.screening.portrait_comparison import WORDS, Looks, PortraitComparison
from workstation.search.coverage import PARTLY, Searched, searches
from workstation.search.enrolment import raw
from workstation.search.receipts import Receipt, What
from workstation.sentences import Sentence, frozen


class Answer(StrEnum):
    NO_LEAD = "no lead"
    LOOK_AGAIN = "look again"
    REFER = "refer"


NO_FACE = Sentence("No face was found. Ask the traveller to face the camera, then take the picture again.")
SEVERAL = "{count} faces are in the picture. Choose the traveller, or ask the others to step aside."
FAILED = Sentence("The face could not be read because of a fault. Take the picture again.")
POOR = "The picture is poor, so a listed person may not be found. {fix}"
NOT_SEARCHED = "The face was not searched: {reason}."
NOTHING = Sentence("Nothing was searched. Read the traveller's document, or type its lines.")
LEFT_OUT = "Entries of the lists that could not be searched by face: {count}. Tell the supervisor."
EMPTY_POST = Sentence("No list of this post has a record, so that there is nothing to compare with. Tell the supervisor.")
ALL_LEFT_OUT = "All {count} photographs of the lists are left out of the search: {reasons}. Tell the supervisor."
NOBODY_COMPARED = Sentence("No photograph is on the lists, and no name or number was searched. Read the traveller's document.")
EARLIER = Sentence("A lead on this traveller was found before and waits for the second line.")


ONE_FACE = 0.55
"""Distance of templates within which a further frame is of the same face: frames of one second lie nearer, and of a million
pairs of strangers hardly one (MODEL_CARD)."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the picture gave before anything is written: the face that was chosen and its template, or why not."""

    sighting: Sighting | None
    template: Template | None
    reasons: tuple[Sentence, ...] = ()
    fault: bool = False
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What the officer states of a screening beside the picture."""

    source: str
    document: TravelDocument | None = None
    no_photo: str = ""
    """Why no photograph of the traveller is possible."""
    notes: tuple[Sentence, ...] = ()
    """What was noticed while the picture was taken."""
    after: int | None = None
    """An earlier screening of the same traveller that this one takes the place of."""
    with_companions: int | None = None
    """A screening of somebody who travels with this traveller."""
    left_out: Fit | None = None
    """A page was read, and not searched: whether it is this traveller's is to be asked first. What its portrait says of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    screening_id: int
    answer: Answer
    reasons: tuple[Sentence, ...]
    """What to say beside the answer, also beside "no lead"."""
    fault: bool
    """The machine failed, not the picture: shown as a fault and never as an answer about the traveller."""
    sighting: Sighting | None
    candidates: tuple[Candidate, ...]
    """For the second line and the log; never shown at the counter."""
    receipt: Receipt | None
    timings_ms: Mapping[str, float]
    alert_id: int | None
    document: DocumentSummary | None = None
    portrait: PortraitComparison | None = None
    """The traveller's face beside the portrait on the document; None when they could not be compared."""
    searched: tuple[Searched, ...] = ()
    left_out: Fit | None = None
    """A page was read and not searched, since whether it is this traveller's is not known; what its portrait says of it."""
    new_alert: bool = False
    """False too when an earlier alert on the same traveller says all of it already."""

    def for_the_log(self) -> dict[str, object]:
        """What the log says: what was searched, how completely, and the answer. No list, no purpose, no distance, no name."""
        found = self.receipt
        details: dict[str, object] = {
            "answer": self.answer,
            "fault": self.fault,
            "reasons": _kept_words(self.reasons, self.document),
            "alert": self.alert_id,
            "compared": found.compared if found else 0,
            "eligible": found.eligible if found else 0,
            "complete": found.complete if found else False,
            "snapshot": found.snapshot if found else "",
        }
        if self.left_out is not None:
            details["document_left_out"] = self.left_out
        if self.document is not None:
            details["document"] = {"origin": self.document.origin, "format": self.document.format}
            also = [each for each in self.searched if each.what is not What.FACE]
            details["also"] = {each.what: [each.compared, each.eligible, each.complete] for each in also}
        return details


UNSEEN = Look(None, None)
"""No photograph is possible."""


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

    With `others`, further frames of the same face, the template is the mean over FRAMES at most, each made as a record's is.
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
            first, *more = [faces.encode(*frame) for frame in frames]
            # A frame of somebody else, who stepped in between, is no second picture of this traveller.
            template = fused([first, *(each for each in more if np.linalg.norm(each.vector - first.vector) <= ONE_FACE)])
    except OperatorError as error:
        fault = Sentence(error.template, error.values)
        return Look(None, None, (FAILED, fault), fault=True, timings_ms=watch.timings_ms)
    return Look(sighting, template, (poor,) if poor else (), timings_ms=watch.timings_ms)


def answer(
    session: Session, now: datetime, officer: str, image: Image | None, seen: Look, stated: Stated, against: Against
) -> Screened:
    """Search what was seen and read, decide which answer stands, and write it with its alert in this transaction."""
    watch = Stopwatch()
    face = described(seen.sighting.face, seen.sighting.quality) if seen.sighting else {}
    document = stated.document
    with watch.measure("search"):
        found = gathering.gather(session, now, probe(seen, stated, face), against, _second(image, seen, against))
    timings = {**seen.timings_ms, **watch.timings_ms}
    earlier = raising.earlier_alert(session, _earlier(session, stated.after))
    compared = compare_portrait(seen, document, against.portraits, now)
    said = portrait_comparison.sentences(compared) if compared is not None else ()
    verdict, reasons, fault = _decide(seen, stated, found, against, compared, earlier=earlier is not None)
    lead = bool(found.candidates)
    read = document_evidence.summary(document) if document else None
    row = ScreeningRow(
        at=now,
        officer=officer,
        lane=against.wanted.lane,
        source=stated.source,
        answer=verdict,
        reasons=json.dumps(_kept_words(reasons, read)),
        face=json.dumps(face),
        receipt=found.receipt.text() if found.receipt else "",
        timings_ms=json.dumps(timings),
        probe=png(image) if lead and image is not None else None,
        template=raw(seen.template) if lead and seen.template else None,
        document=document_evidence.kept(document, lead=lead, portrait=said) if document else "",
        page=png(document.page) if lead and document and document.page is not None else None,
        portrait=png(document.portrait.image) if lead and document and document.portrait else None,
        no_photo=stated.no_photo,
        notes=json.dumps([frozen(each) for each in stated.notes]),
        after_id=stated.after,
    )
    session.add(row)
    session.flush()
    _keep_group(session, now, officer, row.id, stated)
    new = lead and (earlier is None or raising.says_more(session, earlier, found.candidates))
    alert_id = raising.raise_alert(session, now, row.id, found.candidates, earlier) if new else earlier
    if verdict is Answer.NO_LEAD and stated.after is None and found.receipt is not None and found.receipt.nearest:
        nearest = found.receipt.nearest[0]
        own_travellers.note(session, day_of(now), against.wanted.lane, found.receipt.compared, nearest, against.scale.digest)
    return Screened(
        screening_id=row.id,
        answer=verdict,
        reasons=reasons,
        fault=fault,
        sighting=seen.sighting,
        candidates=found.candidates,
        receipt=found.receipt,
        timings_ms=timings,
        alert_id=alert_id,
        document=read,
        portrait=compared,
        searched=_searches(found.receipt, seen, stated),
        left_out=stated.left_out,
        new_alert=new,
    )


def _kept_words(reasons: Sequence[Sentence], document: DocumentSummary | None) -> list[str]:
    """In English; of a document's findings without their values, which may be names or numbers printed on it."""
    own = document.findings if document else ()
    return [each.template if each in own else str(each) for each in reasons]


def probe(seen: Look, stated: Stated, face: Mapping[str, object]) -> Probe:
    """What of the traveller can be searched."""
    document = stated.document
    read = (
        document_evidence.traveller(document) if document is not None and document_evidence.can_be_searched(document) else None
    )
    portrait = document.portrait.template if document is not None and document.portrait is not None else None
    why = stated.no_photo or (seen.reasons[0].template if seen.reasons else "")
    return Probe(seen.template, face, portrait, read, why, document.origin if document is not None else "")


def compare_portrait(
    seen: Look, document: TravelDocument | None, scale: Scale | None, now: datetime
) -> PortraitComparison | None:
    """One to one. None without two templates, or without a calibration of portraits for this encoder."""
    portrait = document.portrait if document is not None else None
    if document is None or portrait is None or portrait.template is None or seen.template is None or scale is None:
        return None
    live = seen.sighting.quality if seen.sighting is not None else None
    doubts = portrait_comparison.doubts(portrait, live, document.zone, day_of(now))
    return portrait_comparison.compare(seen.template, portrait.template, scale, doubts)


def whose_page(seen: Look, stated: Stated, whose: Whose, scale: Scale | None, now: datetime) -> Stated:
    """What is stated, without the page where the officer is to be asked first whose it is."""
    if stated.document is None or whose is Whose.SURE:
        return stated
    compared = compare_portrait(seen, stated.document, scale, now)
    fit = Fit.NONE if compared is None else _FITS[compared.looks]
    return replace(stated, document=None, left_out=fit) if left_out(whose, fit) else stated


_FITS = {Looks.ALIKE: Fit.FITS, Looks.LOOK_YOURSELF: Fit.TELLS_NOTHING, Looks.DIFFERENT: Fit.UNLIKE}


def _searches(receipt: Receipt | None, seen: Look, stated: Stated) -> tuple[Searched, ...]:
    why = Sentence(NOT_SEARCHED, {"reason": stated.no_photo}) if stated.no_photo else next(iter(seen.reasons), None)
    return searches(receipt, why, face=seen.template is not None, document=stated.document is not None)


def _earlier(session: Session, after: int | None) -> int | None:
    if after is not None and session.get(ScreeningRow, after) is None:
        raise OperatorError("There is no earlier screening {screening}. Screen the traveller anew.", screening=after)
    return after


def _keep_group(session: Session, now: datetime, officer: str, screening_id: int, stated: Stated) -> None:
    kept = companions.keep_group(session, now, officer, screening_id, stated.after) if stated.after is not None else None
    if stated.with_companions is not None and kept is None:
        companions.join(session, now, officer, screening_id, stated.with_companions)


def _second(image: Image | None, seen: Look, against: Against) -> Callable[[bytes, int], Opinion | None]:
    """Asks the second network about the traveller's face and a photograph, where there is such a network."""
    if against.second is None or seen.sighting is None or image is None:
        return lambda _portrait, _entries: None
    return partial(against.second.of, image, seen.sighting.face)


def _decide(
    seen: Look, stated: Stated, found: Gathered, against: Against, portrait: PortraitComparison | None, *, earlier: bool
) -> tuple[Answer, tuple[Sentence, ...], bool]:
    """The answer, why, and whether a fault is the reason. A lead that was found stands whatever else went wrong."""
    parts = _searches(found.receipt, seen, stated)
    broken = [each.why_not for each in parts if each.why_not is PARTLY[each.what]]
    why = [*seen.reasons, *broken]
    if stated.document is not None:
        why += document_evidence.findings(stated.document)
    if portrait is not None and portrait.looks is Looks.DIFFERENT:
        why.append(Sentence(WORDS[Looks.DIFFERENT]))
    beside = [Sentence(NOT_SEARCHED, {"reason": stated.no_photo})] if stated.no_photo else []
    beside += document_evidence.merely_said(stated.document) if stated.document is not None else ()
    left_out = sum(count for reason, count in against.lists.excluded.items() if reason != OVERDUE)
    if left_out and seen.template is not None:
        beside.append(Sentence(LEFT_OUT, {"count": left_out}))
    if against.clock_doubt is not None:
        beside.append(against.clock_doubt)
    if found.receipt is None and not seen.reasons:
        why.append(NOTHING)
    bare = nothing_compared(found.receipt, against, face=seen.template is not None)
    why += [bare] if bare is not None else []
    fault = seen.fault or bool(broken) or bare is not None
    reasons = tuple({str(each): each for each in [*why, *beside]}.values())
    if found.candidates:
        return Answer.REFER, reasons, fault
    if earlier:
        return Answer.REFER, (EARLIER, *reasons), fault
    if why or found.receipt is None:
        return Answer.LOOK_AGAIN, reasons, fault
    return Answer.NO_LEAD, reasons, False


def nothing_compared(receipt: Receipt | None, against: Against, *, face: bool) -> Sentence | None:
    """Why nobody was compared with anybody, when that is so: a fault of the post, and never an answer about a traveller."""
    if receipt is None:
        return None
    lists, records = against.lists, len(against.register)
    if not records and not lists.entries and not lists.excluded:
        return EMPTY_POST
    if face and not receipt.compared and lists.excluded:
        return Sentence(ALL_LEFT_OUT, {"count": sum(lists.excluded.values()), "reasons": ", ".join(sorted(lists.excluded))})
    if records and not receipt.compared and not any(each.compared for each in receipt.also):
        return NOBODY_COMPARED
    return None


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
