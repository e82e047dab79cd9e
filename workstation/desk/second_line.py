"""What the second line does: open alerts, judge candidates, look for missing children."""

from collections.abc import Sequence

from matching.faces.finding import Face
from matching.faces.images import Image
from matching.rates.scale import Scale
from workstation.accountability.acts import Deed
from workstation.alerts import raising, takings, verdicts
from workstation.alerts.day_so_far import LaneDay, day_so_far
from workstation.alerts.raising import AlertLine, AlertView
from workstation.alerts.verdicts import View
from workstation.capture.face_reader import Faces
from workstation.capture.sightings import described
from workstation.desk.lists import KeptLists
from workstation.desk.points import OperatingPoint
from workstation.errors import OperatorError
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat
from workstation.review import investigation
from workstation.review.investigation import Investigation
from workstation.screening import screening


class SecondLine:
    def __init__(self, seat: Seat, faces: Faces, scale: Scale, lists: KeptLists, point: OperatingPoint) -> None:
        self._seat, self._faces, self._scale, self._lists, self._point = seat, faces, scale, lists, point

    def alerts(self, *, everything: bool = False) -> tuple[AlertLine, ...]:
        self._seat.require(Act.REVIEW)
        with self._seat.post.store.reading() as session:
            found = raising.alerts(session, everything=everything)
        self._seat.looked(Deed.ALERTS_READ, "post", {"count": len(found), "everything": everything})
        return found

    def alert(self, alert_id: int) -> AlertView:
        """The alert as the person may see it now. Looking is an entry in the log too."""
        with self._seat.acting(Act.REVIEW) as (session, person, _):
            view = raising.alert(session, alert_id, person.login)
            opened = [each.rank for each in view.candidates if each.record is not None]
            self._seat.log(session, person.login, Deed.ALERT_OPENED, f"alert:{alert_id}", {"details_of": opened})
        return view

    def day_so_far(self) -> tuple[LaneDay, ...]:
        """Counts of the day by lane."""
        self._seat.require(Act.OVERSEE)
        with self._seat.post.store.reading() as session:
            found = day_so_far(session, self._seat.clock())
        self._seat.looked(Deed.DAY_READ, "post", {})
        return found

    def probes(self, alert_ids: Sequence[int]) -> dict[int, tuple[bytes, str]]:
        """The traveller's picture of each alert, to be shown small in the list, with its face as JSON."""
        self._seat.require(Act.REVIEW)
        with self._seat.post.store.reading() as session:
            found = raising.probes(session, alert_ids)
        self._seat.looked(Deed.ALERTS_READ, "post", {"pictures": sorted(found)})
        return found

    def take(self, alert_id: int) -> Done[str]:
        """This person works on the alert from now on. The value: from whom it was taken over, or empty."""
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            before = takings.take(session, now, person.login, alert_id)
            self._seat.log(session, person.login, Deed.ALERT_TAKEN, f"alert:{alert_id}", {"from": before})
        return Done(before, Changed.ALERTS | Changed.AUDIT)

    def give_back(self, alert_id: int) -> Done[None]:
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            takings.give_back(session, now, person.login, alert_id)
            self._seat.log(session, person.login, Deed.ALERT_GIVEN_BACK, f"alert:{alert_id}", {})
        return Done(None, Changed.ALERTS | Changed.AUDIT)

    def judge(self, alert_id: int, rank: int, view: View, reasons: Sequence[str], note: str = "") -> Done[int]:
        """One person's view of one candidate, with its reasons; added and never changed."""
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            verdict = verdicts.give_verdict(session, now, person.login, alert_id, rank, view, reasons, note)
            details = {"candidate": rank, "view": view, "reasons": list(reasons), "verdict": verdict}
            self._seat.log(session, person.login, Deed.VERDICT_GIVEN, f"alert:{alert_id}", details)
        return Done(verdict, Changed.ALERTS | Changed.AUDIT)

    def investigate(self, image: Image, face: Face | None = None) -> Done[Investigation]:
        """The nearest missing children to a picture, for calm review. Nothing of the picture is kept; the look is logged."""
        self._seat.require(Act.REVIEW)
        seen = screening.look(self._faces, image, face, by_hand=True)
        if seen.template is None or seen.sighting is None:
            raise OperatorError(seen.reasons[0].template, **seen.reasons[0].values)
        lists, probe = self._lists.current(), described(seen.sighting.face, seen.sighting.quality)
        points = self._point.points(lists)
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            found = investigation.investigate(session, now, seen.template, probe, lists, points, self._scale)
            self._seat.log(session, person.login, Deed.INVESTIGATED, "post", found.for_the_log())
        return Done(found, Changed.AUDIT)
