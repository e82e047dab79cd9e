"""The operating point at the desk: thresholds kept in step with lists and travellers, and budgets that two people change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from matching.faces.onnx_encoder import OnnxEncoder
from matching.rates.scale import Scale
from watchlists.records.purposes import Purpose
from watchlists.traits.calendar_day import day_of
from workstation import settings
from workstation.accountability.acts import Deed
from workstation.bench.calibrating import Made
from workstation.desk.points import OperatingPoint
from workstation.errors import OperatorError
from workstation.operating_point import budgets, causes, forecast, own_travellers, scales, thresholds
from workstation.operating_point.budgets import Budgets, Proposal
from workstation.operating_point.causes import FalseLeads, Unfindable
from workstation.operating_point.forecast import Forecast
from workstation.operating_point.own_travellers import LocalFactor
from workstation.operating_point.thresholds import Change, Points
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat
from workstation.screening import second_opinion


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

    def __init__(self, seat: Seat, scale: Scale, point: OperatingPoint) -> None:
        self._seat, self._scale, self._point = seat, scale, point

    def view(self) -> OperatingView:
        self._seat.require(Act.CHANGE_SETTINGS)
        points = self._point.points(self._point.lists())
        calibration = self._scale.calibration
        self._seat.looked(Deed.OPERATING_READ, "post", {})
        with self._seat.post.store.reading() as session:
            now = self._seat.clock()
            proposals = budgets.proposals(session)
            return OperatingView(
                points=points,
                budgets=budgets.budgets(session),
                local=own_travellers.factor(session, calibration, self._scale.digest, day_of(now)),
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
        self._seat.looked(Deed.BUDGET_FORECAST, "post", {"budgets": _named(wanted)})
        points = self._point.points(self._point.lists())
        with self._seat.post.store.reading() as session:
            return self._forecast(session, points, wanted, self._seat.clock())

    def propose(self, wanted: Budgets, reason: str) -> Done[int]:
        """Ask for other budgets; they count when a second person confirms."""
        expected = self.forecast(wanted).for_the_log()
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, now):
            proposal = budgets.propose(session, now, person.login, wanted, reason, expected)
            details = {"budgets": _named(wanted), "reason": reason, "forecast": expected}
            self._seat.log(session, person.login, Deed.BUDGET_ASKED, f"budget:{proposal}", details)
        return Done(proposal, Changed.OPERATING | Changed.AUDIT)

    def decide(self, proposal_id: int, *, confirmed: bool) -> Done[None]:
        """Confirm what somebody else asked for, or turn it down; the thresholds follow at once."""
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, now):
            found = budgets.decide(session, now, person.login, proposal_id, confirmed=confirmed)
            act = Deed.BUDGET_CONFIRMED if confirmed else Deed.BUDGET_TURNED_DOWN
            details = {"budgets": _named(found.budgets), "asked_by": found.by}
            self._seat.log(session, person.login, act, f"budget:{proposal_id}", details)
        if confirmed:
            self._point.points(self._point.lists())
        return Done(None, Changed.OPERATING | Changed.AUDIT)

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
            self._seat.log(session, person.login, Deed.CALIBRATION_TAKEN, "post", details)
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
            self._seat.log(session, person.login, Deed.SETTINGS_CHANGED, "post", different)
        return Done(encoder.digest, Changed.SETTINGS | Changed.AUDIT)

    def _forecast(self, session: Session, now_points: Points, wanted: Budgets, now: datetime) -> Forecast:
        calibration = self._scale.calibration
        entries = {purpose: point.entries for purpose, point in now_points.by_purpose.items()}
        points = thresholds.derive(calibration, entries, wanted, now_points.factor)
        travellers = own_travellers.travellers_a_day(session, day_of(now))
        return forecast.forecast(calibration, now_points, points, travellers, causes.grades(session))


def _named(wanted: Mapping[Purpose, float]) -> dict[str, float]:
    return {purpose.value: value for purpose, value in wanted.items()}
