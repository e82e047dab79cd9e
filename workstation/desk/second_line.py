"""What the second line does: open alerts, judge candidates, look for missing children."""

from collections.abc import Sequence

from matching.faces.finding import Face
from matching.faces.images import Image
from matching.rates.scale import Scale
from workstation.alerts import raising, verdicts
from workstation.alerts.raising import AlertLine, AlertView
from workstation.alerts.verdicts import View
from workstation.capture.face_reader import Faces
from workstation.capture.sightings import described
from workstation.desk.lists import KeptLists
from workstation.desk.operating import Operating
from workstation.errors import OperatorError
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat
from workstation.review import investigation
from workstation.review.investigation import Investigation
from workstation.screening import screening


class SecondLine:
    def __init__(self, seat: Seat, faces: Faces, scale: Scale, lists: KeptLists, operating: Operating) -> None:
        self._seat, self._faces, self._scale, self._lists, self._operating = seat, faces, scale, lists, operating

    def alerts(self, *, everything: bool = False) -> tuple[AlertLine, ...]:
        self._seat.require(Act.REVIEW)
        with self._seat.post.store.reading() as session:
            return raising.alerts(session, everything=everything)

    def alert(self, alert_id: int) -> AlertView:
        """The alert as the person may see it now. Looking is an entry in the log too."""
        with self._seat.acting(Act.REVIEW) as (session, person, _):
            view = raising.alert(session, alert_id, person.login)
            opened = [each.rank for each in view.candidates if each.record is not None]
            self._seat.log(session, person.login, "alert.opened", f"alert:{alert_id}", {"details_of": opened})
        return view

    def judge(self, alert_id: int, rank: int, view: View, reasons: Sequence[str], note: str = "") -> Done[int]:
        """One person's view of one candidate, with its reasons; added and never changed."""
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            verdict = verdicts.give_verdict(session, now, person.login, alert_id, rank, view, reasons, note)
            details = {"candidate": rank, "view": view, "reasons": list(reasons), "verdict": verdict}
            self._seat.log(session, person.login, "verdict.given", f"alert:{alert_id}", details)
        return Done(verdict, Changed.ALERTS | Changed.AUDIT)

    def investigate(self, image: Image, face: Face | None = None) -> Done[Investigation]:
        """The nearest missing children to a picture, for calm review. Nothing of the picture is kept; the look is logged."""
        self._seat.require(Act.REVIEW)
        seen = screening.look(self._faces, image, face, by_hand=True)
        if seen.template is None or seen.sighting is None:
            raise OperatorError(seen.reasons[0].template, **seen.reasons[0].values)
        lists, probe = self._lists.current(), described(seen.sighting.face, seen.sighting.quality)
        points = self._operating.points(lists)
        with self._seat.acting(Act.REVIEW) as (session, person, now):
            found = investigation.investigate(session, now, seen.template, probe, lists, points, self._scale)
            self._seat.log(session, person.login, "investigated", "post", found.for_the_log())
        return Done(found, Changed.AUDIT)
