"""The lists as a post keeps them in memory: read once, renewed, tested and in step with every change of a record."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from matching.rates.scale import Scale
from watchlists.records import reading
from watchlists.register import Register
from watchlists.traits.calendar_day import day_of
from workstation import settings
from workstation.accountability.acts import Deed
from workstation.accountability.steady_clock import Day, SteadyClock
from workstation.capture.face_reader import Faces
from workstation.post.access import Act
from workstation.post.acting import PROGRAM, Changed, Done, Seat
from workstation.search import renewal
from workstation.search.lists import Searchable
from workstation.search.renewal import Renewed
from workstation.search.upkeep import Searching

T = TypeVar("T")


class KeptLists:
    def __init__(self, seat: Seat, faces: Faces, scale: Scale) -> None:
        self._seat = seat
        self._faces = faces
        self._scale = scale
        self._searching = Searching(seat.post, faces.encoder, scale)
        self._renewed = False
        self._clock: SteadyClock | None = None

    def day(self) -> Day:
        """The day by which records lapse, and why it is not the clock's when the clock jumped."""
        if self._clock is None:
            with self._seat.post.store.reading() as session:
                self._clock = SteadyClock.of_log(session)
        return self._clock.day(self._seat.clock())

    def confirm_clock(self) -> Done[None]:
        """A supervisor looked: the date that the clock shows is right."""
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, now):
            self._seat.log(session, person.login, Deed.CLOCK_CONFIRMED, "post", {"shown": day_of(now).isoformat()})
        self._clock = SteadyClock(now)
        return Done(None, Changed.RECORDS | Changed.AUDIT)

    @property
    def kept(self) -> Searchable | None:
        """The lists as they were last searched or read; None before that. Nothing is done for it."""
        return self._searching.kept

    def read(self, progress: Callable[[int, int], None]) -> None:
        """Read the lists now, so that no officer waits for it later. `progress` hears how many entries of how many.

        What an earlier encoder or cohort left behind is renewed first, unless there is too much of it for a start.
        """
        self._renew_once(progress)
        with self._seat.post.store.reading() as session:
            count = reading.count_entries(session)
        self._searching.lists(self.day().date, mapped=self._mapped(), progress=lambda done: progress(done, count))
        self._searching.register(self.day().date)

    def renew(self, progress: Callable[[int, int], None]) -> Done[Renewed]:
        """Read every portrait again that has no template of today's encoder."""
        self._seat.require(Act.CHANGE_RECORDS)
        return Done(self._renew(None, progress), Changed.RECORDS | Changed.AUDIT)

    def current(self) -> Searchable:
        """The lists as they are to be searched now, tested when it is time to."""
        self._renew_once(lambda _done, _all: None)
        found = self._searching.lists(self.day().date, mapped=self._mapped())
        tested = self._searching.test_when_due(self._seat.clock())
        if tested is not None:
            with self._seat.post.store.writing() as session:
                self._seat.log(session, PROGRAM, Deed.SEARCH_TESTED, "post", tested)
        return found

    def register(self) -> Register:
        """The same lists as names and numbers see them, of the same moment."""
        return self._searching.register(self.day().date)

    def forget(self) -> None:
        """Read everything anew before the next search."""
        self._searching.forget()

    def changed(self, value: T, *record_ids: int) -> Done[T]:
        """The store says something new of these records."""
        self._searching.changed(record_ids)
        return Done(value, Changed.RECORDS | Changed.AUDIT)

    def _mapped(self) -> bool:
        with self._seat.post.store.reading() as session:
            return settings.settings(session).index_file

    def _renew_once(self, progress: Callable[[int, int], None]) -> None:
        """Before the lists are first asked for."""
        if not self._renewed:
            self._renewed = True
            self._renew(renewal.AT_START, progress)

    def _renew(self, most: int | None, progress: Callable[[int, int], None]) -> Renewed:
        renewed = renewal.renew(self._seat.post.store, self._faces, self._scale, most, progress)
        if renewed.anything:
            with self._seat.post.store.writing() as session:
                details = asdict(renewed) | {"cohort": self._scale.digest}
                self._seat.log(session, PROGRAM, Deed.TEMPLATES_RENEWED, "post", details)
            self._searching.forget()
        return renewed
