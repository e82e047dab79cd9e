"""Face, document portrait, names and numbers searched in one transaction, and what they say of one record put together.

What was promised is searched completely or said not to be: each search states what it compared in the signed receipt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matching.faces.encoding import Template
from matching.search.gallery import Search
from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.schema import RecordRow, WatchlistRow
from watchlists.register import Found, Register, Traveller
from watchlists.traits.births import Birth, Sex
from workstation.alerts import raising
from workstation.alerts.closeness import Opinion
from workstation.alerts.grounds import Grounds, PortraitLead
from workstation.alerts.raising import Candidate
from workstation.screening import face_search
from workstation.screening.face_search import Against, Beside, Described, FaceLead
from workstation.search import receipts
from workstation.search.receipts import Part, Receipt, What

CHANGED = "the lists changed since they were read"


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """What is known of the traveller, as far as it can be searched."""

    face: Template | None
    described: Described
    portrait: Template | None = None
    """Of the document."""
    traveller: Traveller | None = None
    """None when no document was read."""
    why_no_face: str = ""
    """Why the face is not among what was promised."""
    origin: str = ""
    """How the document came in, or that the traveller stated the name; empty without one."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    receipt: Receipt | None
    """None when nothing could be searched."""
    candidates: tuple[Candidate, ...]


def gather(
    session: Session,
    now: datetime,
    probe: Probe,
    against: Against,
    asked: Callable[[bytes, int], Opinion | None] = lambda _portrait, _entries: None,
) -> Gathered:
    """Everything that can be searched, searched. `asked`: what a second network says of the face and a photograph."""
    in_step = against.lists.list_versions == reading.list_versions(session)
    post = against.post.facts.id
    parts: list[Part] = []
    leads: dict[What, dict[int, FaceLead]] = {What.FACE: {}, What.PORTRAIT: {}}
    receipt, entries = None, against.lists.entries
    if probe.face is not None:
        found, near = face_search.search(session, probe.face, against)
        leads[What.FACE] = {each.record_id: each for each in near}
        receipt = receipts.of(found, against.lists, now, post, in_step=in_step)
        entries = found.compared
    if probe.portrait is not None:
        found, near = face_search.search(session, probe.portrait, against)
        leads[What.PORTRAIT] = {each.record_id: each for each in near}
        parts.append(_portrait_part(found, against, in_step=in_step))
    numbers = names = None
    if probe.traveller is not None:
        numbers, names = look_up(probe.traveller, against.register)
        parts += [*told(session, numbers, names, against.register)]
    if receipt is None and parts:
        receipt = receipts.without_face(against.lists, now, post, probe.why_no_face)
    if receipt is not None:
        whole = replace(receipts.with_parts(receipt, parts), document=str(probe.origin))
        receipt = receipts.sign(whole, against.post.signing_key)
    return Gathered(receipt, _candidates(session, now, probe, against, leads, numbers, names, entries, asked))


def look_up(traveller: Traveller, register: Register) -> tuple[Found, Found]:
    """Numbers and names, compared with every record."""
    return register.find_numbers(traveller), register.find_names(traveller)


def told(session: Session, numbers: Found, names: Found, register: Register) -> tuple[Part, Part]:
    """What both say of themselves in the receipt, checked against the store."""
    step = [] if register.list_versions == reading.list_versions(session) else [CHANGED]
    made = []
    for what, found in ((What.NUMBERS, numbers), (What.NAMES, names)):
        faults = tuple(dict.fromkeys([*found.faults, *step]))
        made.append(Part(what, found.eligible, found.compared, found.excluded, not faults, faults))
    return made[0], made[1]


def _portrait_part(found: Search, against: Against, *, in_step: bool) -> Part:
    faults = (*found.faults, *(() if in_step else (CHANGED,)), *against.lists.faults)
    return Part(
        What.PORTRAIT, found.eligible, found.compared, against.lists.excluded, found.complete and not faults, faults,
        found.probe, found.checksum, found.nearest,
    )  # fmt: skip # the fields of a Part in their order


def _candidates(
    session: Session,
    now: datetime,
    probe: Probe,
    against: Against,
    leads: Mapping[What, Mapping[int, FaceLead]],
    numbers: Found | None,
    names: Found | None,
    entries: int,
    asked: Callable[[bytes, int], Opinion | None],
) -> tuple[Candidate, ...]:
    """One for each record, faces first and nearest first, then numbers, then portraits, then names, the strongest first."""
    by_number = numbers.numbers if numbers else {}
    by_name = names.names if names else {}
    strongest = sorted(by_name, key=lambda record: by_name[record].rank, reverse=True)[: against.wanted.alert_most]
    order = dict.fromkeys([*leads[What.FACE], *sorted(by_number), *leads[What.PORTRAIT], *strongest])
    share = raising.listed_share(session) if order else 0.0
    made = []
    for rank, record_id in enumerate(order, start=1):
        face, portrait = leads[What.FACE].get(record_id), leads[What.PORTRAIT].get(record_id)
        near = _beside(session, now, record_id, probe.face, probe.described, entries, share, against, face)
        if near is not None and face is not None:
            near = replace(near, closeness=replace(near.closeness, second=asked(near.image, entries)))
        lead = None
        if portrait is not None:
            also = _beside(session, now, record_id, probe.portrait, {}, entries, share, against, portrait)
            lead = PortraitLead(portrait.distance, portrait.threshold, also.closeness if also else None)
        birth, sex = Birth.UNKNOWN, Sex.UNKNOWN
        if probe.traveller is not None:
            birth, sex = against.register.beside(record_id, probe.traveller)
        grounds = Grounds(face is not None, lead, by_name.get(record_id), by_number.get(record_id, ()), birth, sex)
        made.append(_candidate(session, rank, record_id, near, grounds, probe.face, against))
    return tuple(made)


def _beside(
    session: Session,
    now: datetime,
    record_id: int,
    template: Template | None,
    face: Described,
    entries: int,
    share: float,
    against: Against,
    lead: FaceLead | None,
) -> Beside | None:
    if template is None:
        return None
    found_at = lead.distance if lead else None
    return face_search.beside(session, now, record_id, template, face, entries, share, against, found_at)


def _candidate(
    session: Session,
    rank: int,
    record_id: int,
    near: Beside | None,
    grounds: Grounds,
    face: Template | None,
    against: Against,
) -> Candidate:
    record = session.get_one(RecordRow, record_id)
    watchlist = session.get_one(WatchlistRow, record.watchlist_id)
    purpose = Purpose(watchlist.purpose)
    shown = near.portrait_id if near else next((each.portrait_id for each in reading.portraits(session, record_id)), None)
    return Candidate(
        rank=rank,
        record_id=record_id,
        record_version=record.version,
        portrait_id=shown,
        watchlist_id=watchlist.id,
        watchlist_version=watchlist.version,
        watchlist=watchlist.name,
        purpose=purpose,
        distance=near.distance if near else None,
        threshold=against.points.distance(purpose) if near else None,
        encoder=face.encoder if near and face else "",
        closeness=near.closeness if near else None,
        grounds=grounds,
    )
