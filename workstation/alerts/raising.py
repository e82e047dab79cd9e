"""A screening that raised candidates, frozen as it was shown; what a person sees of it before and after judging."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, Watchlist
from watchlists.records.schema import PortraitRow, RecordVersionRow
from workstation.alerts import closeness, companions, grounds
from workstation.alerts.closeness import LISTED_ONE_IN, Closeness
from workstation.alerts.companions import Companion
from workstation.alerts.grounds import FACE_ALONE, Basis, Grounds
from workstation.alerts.takings import taken_by
from workstation.alerts.verdicts import VerdictView, View, verdicts
from workstation.alerts.whom import Whom, whom
from workstation.capture.sightings import Eyes, eyes_of
from workstation.documents import evidence
from workstation.documents.evidence import DocumentEvidence
from workstation.errors import OperatorError
from workstation.schema import AlertRow, CandidateRow, ScreeningRow, VerdictRow
from workstation.sentences import Sentence, thawed

WAITING = "waiting"
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that the traveller's face, name or document speaks for. A lead, never a decision."""

    rank: int
    record_id: int
    record_version: int
    portrait_id: int | None
    """The photograph of the record to be shown beside the traveller, where there is one."""
    watchlist_id: int
    watchlist_version: int
    watchlist: str
    purpose: Purpose
    distance: float | None
    """Between traveller and photograph; None when they were not compared. Beyond the threshold the face is no ground."""
    threshold: float | None
    encoder: str
    closeness: Closeness | None
    grounds: Grounds = FACE_ALONE


@dataclass(frozen=True, slots=True)
class AlertLine:
    alert_id: int
    raised_at: datetime
    officer: str
    lane: str
    candidates: int
    verdicts: int
    protect: bool
    """So that the second line can handle it calmly; never shown at the counter."""
    status: str
    """waiting while a candidate has no verdict, then seen; so is one that a later alert on the traveller took the place of."""
    whom: Whom
    taken_by: str = ""
    """Login of whoever works on it."""


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """The record as it stood when the alert was raised."""

    record_id: int
    record_version: int
    watchlist: Watchlist
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class CandidateView:
    rank: int
    purpose: Purpose
    bases: tuple[Basis, ...]
    """What speaks for it, so that the person knows what to look at; how much it does comes with the record."""
    reference: bytes
    """The portrait's image file; empty for a record without a photograph."""
    reference_eyes: Eyes | None
    distance: float | None
    """None until the person has given an own verdict on this candidate; so are `threshold`, `record` and `grounds`."""
    threshold: float | None
    record: CaseSheet | None
    grounds: Grounds | None
    closeness: Closeness | None
    """With the record; None too for an alert that was raised before such numbers were kept."""
    taken_on: str
    age: int | None
    """Of the person on the portrait, in years, where it is stated."""


@dataclass(frozen=True, slots=True)
class AlertView:
    alert_id: int
    raised_at: datetime
    officer: str
    lane: str
    probe: bytes
    """PNG of the frame; empty when no photograph of the traveller was possible."""
    probe_eyes: Eyes | None
    no_photo: str
    """Why none was possible."""
    notes: tuple[Sentence, ...]
    """What was noticed while the picture was taken."""
    document: DocumentEvidence | None
    page: bytes
    """PNG of the document's page; empty when there is none."""
    portrait: bytes
    """PNG of the portrait on the document; empty when there is none."""
    companions: tuple[Companion, ...]
    """Who was said to travel with this person."""
    candidates: tuple[CandidateView, ...]
    verdicts: tuple[VerdictView, ...]
    """Own ones; those of others only on candidates that the person has judged."""


def raise_alert(
    session: Session, now: datetime, screening_id: int, candidates: Sequence[Candidate], after: int | None = None
) -> int:
    """The id of the alert. Its candidates are rows that the store refuses to change. `after`: the one it takes the place of."""
    alert = AlertRow(screening_id=screening_id, raised_at=now, after_id=after)
    session.add(alert)
    session.flush()
    session.add_all(
        CandidateRow(
            alert_id=alert.id,
            rank=each.rank,
            record_id=each.record_id,
            record_version=each.record_version,
            portrait_id=each.portrait_id,
            watchlist_id=each.watchlist_id,
            watchlist_version=each.watchlist_version,
            purpose=each.purpose,
            distance=each.distance,
            threshold=each.threshold,
            encoder=each.encoder,
            closeness=each.closeness.text() if each.closeness else "",
            grounds=each.grounds.text(),
        )
        for each in candidates
    )
    session.flush()
    return alert.id


def earlier_alert(session: Session, screening_id: int | None) -> int | None:
    """The last alert on the same traveller: of this screening or of those that it took the place of."""
    while screening_id is not None:
        found = session.scalar(select(AlertRow.id).where(AlertRow.screening_id == screening_id))
        if found is not None:
            return found
        screening_id = session.get_one(ScreeningRow, screening_id).after_id
    return None


def says_more(session: Session, alert_id: int, candidates: Sequence[Candidate]) -> bool:
    """Whether these candidates name a record or a ground that the alert does not have yet."""
    rows = session.scalars(select(CandidateRow).where(CandidateRow.alert_id == alert_id))
    known = {row.record_id: set(grounds.read(row.grounds).bases) for row in rows}
    return any(set(each.grounds.bases) - known.get(each.record_id, set()) for each in candidates)


def alerts(session: Session, *, everything: bool = False) -> tuple[AlertLine, ...]:
    """Waiting alerts, oldest first; with `everything`, those that were seen too."""
    candidates = (
        select(
            CandidateRow.alert_id,
            func.count().label("all"),
            func.max(case((CandidateRow.purpose == Purpose.PROTECT, 1), else_=0)).label("protect"),
        )
        .group_by(CandidateRow.alert_id)
        .subquery()
    )
    judged = (
        select(VerdictRow.alert_id, func.count(VerdictRow.rank.distinct()).label("ranks"), func.count().label("all"))
        .group_by(VerdictRow.alert_id)
        .subquery()
    )
    rows = session.execute(
        select(AlertRow, ScreeningRow.officer, ScreeningRow.lane, candidates, judged.c.ranks, judged.c["all"])
        .join(ScreeningRow, ScreeningRow.id == AlertRow.screening_id)
        .join(candidates, candidates.c.alert_id == AlertRow.id)
        .outerjoin(judged, judged.c.alert_id == AlertRow.id)
        .order_by(AlertRow.id)
    )
    replaced = set(session.scalars(select(AlertRow.after_id).where(AlertRow.after_id.is_not(None))))
    found = list(rows)
    wanted = [alert.id for alert, *_ in found]
    told, taken = whom(session, wanted), taken_by(session, wanted)
    lines = (
        AlertLine(
            alert_id=alert.id,
            raised_at=alert.raised_at,
            officer=officer,
            lane=lane,
            candidates=count,
            verdicts=given or 0,
            protect=bool(protect),
            status=SEEN if (ranks or 0) >= count or alert.id in replaced else WAITING,
            whom=told[alert.id],
            taken_by=taken.get(alert.id, ""),
        )
        for alert, officer, lane, _, count, protect, ranks, given in found
    )
    return tuple(line for line in lines if everything or line.status == WAITING)


def probes(session: Session, alert_ids: Sequence[int]) -> dict[int, tuple[bytes, str]]:
    """For small pictures of these alerts: the frame and its face as JSON, or the document's portrait; without any, left out."""
    rows = session.execute(
        select(AlertRow.id, ScreeningRow.probe, ScreeningRow.face, ScreeningRow.portrait)
        .join(ScreeningRow, ScreeningRow.id == AlertRow.screening_id)
        .where(AlertRow.id.in_(alert_ids))
    )
    found = ((alert, probe or portrait or b"", face if probe else "") for alert, probe, face, portrait in rows)
    return {alert: (image, face) for alert, image, face in found if image}


def listed_share(session: Session) -> float:
    """Share of travellers taken to be on a list: what is assumed, corrected by the leads that a second line confirmed."""
    travellers = session.scalar(select(func.count()).select_from(ScreeningRow)) or 0
    confirmed = select(func.count(VerdictRow.alert_id.distinct())).where(VerdictRow.view == View.LEAD)
    return (1 + (session.scalar(confirmed) or 0)) / (LISTED_ONE_IN + travellers)


def alert(session: Session, alert_id: int, person: str) -> AlertView:
    """The alert as this person may see it now: own verdict first, then distance, record and the views of others."""
    row = session.get(AlertRow, alert_id)
    if row is None:
        raise OperatorError("There is no alert {alert}. Choose one from the list.", alert=alert_id)
    screening = session.get_one(ScreeningRow, row.screening_id)
    given = verdicts(session, alert_id)
    judged = {verdict.rank for verdict in given if verdict.officer == person}
    rows = session.scalars(select(CandidateRow).where(CandidateRow.alert_id == alert_id).order_by(CandidateRow.rank))
    return AlertView(
        alert_id=alert_id,
        raised_at=row.raised_at,
        officer=screening.officer,
        lane=screening.lane,
        probe=screening.probe or b"",
        probe_eyes=eyes_of(json.loads(screening.face)) if screening.probe else None,
        no_photo=screening.no_photo,
        notes=_notes(session, screening),
        document=evidence.evidence(screening.document),
        page=screening.page or b"",
        portrait=screening.portrait or b"",
        companions=companions.companions(session, screening.id),
        candidates=tuple(_candidate(session, each, open_details=each.rank in judged) for each in rows),
        verdicts=tuple(verdict for verdict in given if verdict.officer == person or verdict.rank in judged),
    )


def _notes(session: Session, screening: ScreeningRow) -> tuple[Sentence, ...]:
    """Of this screening, and of every later one of the same traveller: what the officer said afterwards belongs to it."""
    notes = {str(each): each for each in map(thawed, json.loads(screening.notes))}
    last = screening
    while (then := session.scalars(select(ScreeningRow).where(ScreeningRow.after_id == last.id)).first()) is not None:
        notes |= {str(each): each for each in map(thawed, json.loads(then.notes))}
        last = then
    return tuple(notes.values())


def _candidate(session: Session, row: CandidateRow, *, open_details: bool) -> CandidateView:
    portrait = session.get_one(PortraitRow, row.portrait_id) if row.portrait_id is not None else None
    found = grounds.read(row.grounds)
    return CandidateView(
        rank=row.rank,
        purpose=Purpose(row.purpose),
        bases=found.bases,
        reference=portrait.image if portrait else b"",
        reference_eyes=eyes_of(json.loads(portrait.face)) if portrait else None,
        distance=row.distance if open_details else None,
        threshold=row.threshold if open_details else None,
        record=_case_sheet(session, row) if open_details else None,
        grounds=found if open_details else None,
        closeness=closeness.read(row.closeness) if open_details else None,
        taken_on=portrait.taken_on if portrait else "",
        age=portrait.age if portrait else None,
    )


def _case_sheet(session: Session, row: CandidateRow) -> CaseSheet:
    version = session.get_one(RecordVersionRow, (row.record_id, row.record_version))
    watchlist = next(each for each in reading.watchlists(session) if each.id == row.watchlist_id)
    return CaseSheet(row.record_id, row.record_version, watchlist, reading.particulars_of(version))
