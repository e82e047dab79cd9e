"""The operating point as the rooms of the Desk share it: thresholds kept in step with lists and travellers."""

from collections.abc import Callable
from dataclasses import replace

from matching.rates.calibration import grade
from matching.rates.scale import Scale
from watchlists.records.purposes import Purpose
from watchlists.traits.calendar_day import day_of
from workstation.accountability.acts import Deed
from workstation.capture.face_reader import Faces
from workstation.operating_point import budgets, own_travellers, thresholds
from workstation.operating_point.thresholds import Points
from workstation.post.acting import PROGRAM, Seat
from workstation.search.enrolment import Outlook, PhotoCheck
from workstation.search.lists import Searchable, belongings


class OperatingPoint:
    """Belongs to the thread of its Desk. Rooms ask it for a person whose right they have checked."""

    def __init__(self, seat: Seat, scale: Scale, lists: Callable[[], Searchable]) -> None:
        self._seat = seat
        self._scale = scale
        self.lists = lists
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
            key = (tuple(entries.items()), tuple(wanted.items()), day_of(now), now.hour)
            if self._known_for == key:
                return self.known
            self._here = own_travellers.factor(session, self._scale.calibration, self._scale.digest, day_of(now))
        points = thresholds.derive(self._scale.calibration, entries, wanted, self._here.value)
        with self._seat.post.store.writing() as session:
            if thresholds.keep(session, now, points):
                self._seat.log(session, PROGRAM, Deed.THRESHOLD_CHANGED, "post", points.for_the_log())
        self._known_for, self.known = key, points
        return points

    def weighed(self, check: PhotoCheck, faces: Faces) -> PhotoCheck:
        """The check with what the photograph would mean on a list: how often its person is missed, whom it looks like."""
        if not check.ok or check.image is None or check.sighting is None:
            return check
        template = faces.encode(check.image, check.sighting.face)
        lists = self.lists()
        points = self.points(lists)
        found = lists.search(template, points.largest)
        with self._seat.post.store.reading() as session:
            owners = belongings(session, found.ids.tolist())
        alike = dict.fromkeys(owners[entry].record_id for entry in found.ids.tolist() if entry in owners)
        name = grade(check.sighting.quality.score)
        calibration = self._scale.calibration
        missed = calibration.missed(points.largest, name)
        return replace(check, outlook=Outlook(name, missed, tuple(alike)))

    @property
    def drift(self) -> float | None:
        """How much closer or farther strangers have looked in the last days, when that is certain; asked for every hour."""
        return self._here.drift
