"""The operating point at the desk: thresholds kept in step with lists and travellers, and budgets that two people change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from matching.faces.onnx_encoder import OnnxEncoder
from matching.rates.calibration import grade
from matching.rates.scale import Scale
from watchlists.records.purposes import Purpose
from workstation import settings
from workstation.bench.calibrating import Made
from workstation.capture.face_reader import Faces
from workstation.errors import OperatorError
from workstation.operating_point import budgets, causes, forecast, own_travellers, scales, thresholds
from workstation.operating_point.budgets import Budgets, Proposal
from workstation.operating_point.causes import FalseLeads, Unfindable
from workstation.operating_point.forecast import Forecast
from workstation.operating_point.own_travellers import LocalFactor
from workstation.operating_point.thresholds import Change, Points
from workstation.post.access import Act
from workstation.post.acting import PROGRAM, Changed, Done, Seat
from workstation.screening import second_opinion
from workstation.search.enrolment import Outlook, PhotoCheck
from workstation.search.lists import Searchable, belongings


@dataclass(frozen=True, slots=True)
class OperatingView:
    """Everything about the operating point that a supervisor or an administrator reads on one page."""

    points: Points
    budgets: Budgets
    local: LocalFactor
    data: str
    """What the calibration was made from."""
    people: int
    forecast: Forecast
    """For the budgets that count."""
    waiting: Proposal | None
    history: tuple[Change, ...]
    false_leads: tuple[FalseLeads, ...]
    unfindable: tuple[Unfindable, ...]


class Operating:
    """Belongs to the thread of its Desk."""

    def __init__(self, seat: Seat, scale: Scale, lists: Callable[[], Searchable]) -> None:
        self._seat = seat
        self._scale = scale
        self._lists = lists
        self._known_for: tuple[object, ...] | None = None
        self._here = own_travellers.UNKNOWN
        with seat.post.store.reading() as session:
            nothing = dict.fromkeys(Purpose, 0)
            self.known = thresholds.derive(scale.calibration, nothing, budgets.budgets(session), self._here.value)
        """The thresholds as they were last derived; before that, those of empty lists."""

    def points(self, lists: Searchable) -> Points:
        """The thresholds of this moment. A change of lists, budgets or travellers is derived, kept and logged here."""
        now = self._seat.clock()
        with self._seat.post.store.reading() as session:
            wanted = budgets.budgets(session)
            entries = {purpose: lists.entries_for(purpose) for purpose in Purpose}
            key = (tuple(entries.items()), tuple(wanted.items()), now.date(), now.hour)
            if self._known_for == key:
                return self.known
            self._here = own_travellers.factor(session, self._scale.calibration, self._scale.digest, now.date())
        points = thresholds.derive(self._scale.calibration, entries, wanted, self._here.value)
        with self._seat.post.store.writing() as session:
            if thresholds.keep(session, now, points):
                self._seat.log(session, PROGRAM, "threshold.changed", "post", points.for_the_log())
        self._known_for, self.known = key, points
        return points

    def view(self) -> OperatingView:
        self._seat.require(Act.CHANGE_SETTINGS)
        points = self.points(self._lists())
        calibration = self._scale.calibration
        with self._seat.post.store.reading() as session:
            now = self._seat.clock()
            proposals = budgets.proposals(session)
            return OperatingView(
                points=points,
                budgets=budgets.budgets(session),
                local=own_travellers.factor(session, calibration, self._scale.digest, now.date()),
                data=calibration.data,
                people=calibration.people,
                forecast=self._forecast(session, points, budgets.budgets(session), now),
                waiting=next((each for each in proposals if not each.decided_by), None),
                history=thresholds.history(session),
                false_leads=causes.false_leads(session, now),
                unfindable=causes.unfindable(session, calibration, points),
            )

    def forecast(self, wanted: Budgets) -> Forecast:
        """What these budgets would cost. OperatorError when one of them cannot be."""
        self._seat.require(Act.CHANGE_SETTINGS)
        budgets.check(wanted)
        points = self.points(self._lists())
        with self._seat.post.store.reading() as session:
            return self._forecast(session, points, wanted, self._seat.clock())

    def propose(self, wanted: Budgets, reason: str) -> Done[int]:
        """Ask for other budgets; they count when a second person confirms."""
        expected = self.forecast(wanted).for_the_log()
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, now):
            proposal = budgets.propose(session, now, person.login, wanted, reason, expected)
            details = {"budgets": _named(wanted), "reason": reason, "forecast": expected}
            self._seat.log(session, person.login, "budget.asked", f"budget:{proposal}", details)
        return Done(proposal, Changed.OPERATING | Changed.AUDIT)

    def decide(self, proposal_id: int, *, confirmed: bool) -> Done[None]:
        """Confirm what somebody else asked for, or turn it down; the thresholds follow at once."""
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, now):
            found = budgets.decide(session, now, person.login, proposal_id, confirmed=confirmed)
            act = "budget.confirmed" if confirmed else "budget.turned.down"
            details = {"budgets": _named(found.budgets), "asked_by": found.by}
            self._seat.log(session, person.login, act, f"budget:{proposal_id}", details)
        if confirmed:
            self.points(self._lists())
        return Done(None, Changed.OPERATING | Changed.AUDIT)

    def weighed(self, check: PhotoCheck, faces: Faces) -> PhotoCheck:
        """The check with what the photograph would mean on a list: how often its person is missed, whom it looks like."""
        if not check.ok or check.image is None or check.sighting is None:
            return check
        template = faces.encode(check.image, check.sighting.face)
        lists = self._lists()
        points = self.points(lists)
        found = lists.search(template, points.largest)
        with self._seat.post.store.reading() as session:
            owners = belongings(session, found.ids.tolist())
        alike = dict.fromkeys(owners[entry].record_id for entry in found.ids.tolist() if entry in owners)
        name = grade(check.sighting.quality.score)
        calibration = self._scale.calibration
        missed = calibration.missed(points.largest, name)
        return replace(check, outlook=Outlook(name, missed, tuple(alike)))

    def take_calibration(self, made: Made) -> Done[None]:
        """Keep a calibration in the post's folder; it counts from the next start on, when every normaliser is renewed."""
        found = made.calibration
        folder = self._seat.post.folder / scales.FOLDER
        if found.encoder != self._scale.calibration.encoder:
            folder = self._seat.post.folder / second_opinion.FOLDER
            with self._seat.post.store.reading() as session:
                known = settings.settings(session).second_network_digest
            second = OnnxEncoder(self._seat.post.folder / second_opinion.FILE, known) if known else None
            if second is None or second.unit.digest != found.encoder:
                raise OperatorError("This calibration is of an encoder that the post does not have.")
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, _):
            details = {"data": found.data, "people": found.people, "cohort": found.cohort, "encoder": found.encoder}
            self._seat.log(session, person.login, "calibration.taken", "post", details)
            made.save(folder)
        return Done(None, Changed.SETTINGS | Changed.AUDIT)

    def take_second_network(self, file: Path, licence: str) -> Done[str]:
        """Keep a second face network in the post's folder. It speaks from the next start on, once it has a calibration."""
        self._seat.require(Act.CHANGE_SETTINGS)
        if not licence.strip():
            raise OperatorError("Say under which licence the network may be used here.")
        encoder = second_opinion.keep(self._seat.post.folder, file)
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, _):
            wanted = replace(
                settings.settings(session),
                second_network=file.name,
                second_network_digest=encoder.digest,
                second_network_licence=licence.strip(),
            )
            different = settings.change(session, wanted, self._seat.post.signing_key)
            self._seat.log(session, person.login, "settings.changed", "post", different)
        return Done(encoder.digest, Changed.SETTINGS | Changed.AUDIT)

    @property
    def drift(self) -> float | None:
        """How much closer or farther strangers have looked in the last days, when that is certain; asked for every hour."""
        return self._here.drift

    def _forecast(self, session: Session, now_points: Points, wanted: Budgets, now: datetime) -> Forecast:
        calibration = self._scale.calibration
        entries = {purpose: point.entries for purpose, point in now_points.by_purpose.items()}
        points = thresholds.derive(calibration, entries, wanted, now_points.factor)
        travellers = own_travellers.travellers_a_day(session, now.date())
        return forecast.forecast(calibration, now_points, points, travellers, causes.grades(session))


def _named(wanted: Mapping[Purpose, float]) -> dict[str, float]:
    return {purpose.value: value for purpose, value in wanted.items()}
