"""The lists as a post keeps them in memory: read once, renewed, tested and in step with every change of a record."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from watchlists.records import reading
from watchlists.register import Register
from workstation import settings
from workstation.capture.face_reader import Faces
from workstation.desk.operating import Operating
from workstation.operating_point import scales
from workstation.post.access import Act
from workstation.post.acting import PROGRAM, Changed, Done, Seat
from workstation.post.post import Post
from workstation.screening import portrait_comparison
from workstation.screening.second_opinion import at as second_network
from workstation.search import renewal
from workstation.search.lists import Searchable
from workstation.search.renewal import Renewed
from workstation.search.upkeep import Searching
from workstation.settings import Settings

T = TypeVar("T")


class KeptLists(Seat):
    def __init__(self, post: Post, faces: Faces, clock: Callable[[], datetime]) -> None:
        super().__init__(post, clock)
        self._faces = faces
        self._scale = scales.at(post.folder, faces)
        self._searching = Searching(post, faces.encoder, self._scale)
        self._renewed = False
        self._portraits = portrait_comparison.scale_at(post.folder, faces.encoder.digest)
        self._second = second_network(post.folder, self.settings(), faces)
        self.operating = Operating(self, self._scale, self._lists)

    def read_lists(self, progress: Callable[[int, int], None]) -> None:
        """Read the lists now, so that no officer waits for it later. `progress` hears how many entries of how many.

        What an earlier encoder or cohort left behind is renewed first, unless there is too much of it for a start.
        """
        self._renew_once(progress)
        with self.post.store.reading() as session:
            count = reading.count_entries(session)
        self._searching.lists(self.clock(), mapped=self.settings().index_file, progress=lambda done: progress(done, count))
        self._searching.register(self.clock())

    def renew(self, progress: Callable[[int, int], None]) -> Done[Renewed]:
        """Read every portrait again that has no template of today's encoder."""
        self.require(Act.CHANGE_RECORDS)
        return Done(self._renew(None, progress), Changed.RECORDS | Changed.AUDIT)

    def settings(self) -> Settings:
        with self.post.store.reading() as session:
            return settings.settings(session)

    def _lists(self) -> Searchable:
        """The lists as they are searched now, tested when it is time to."""
        self._renew_once(lambda _done, _all: None)
        now = self.clock()
        found = self._searching.lists(now, mapped=self.settings().index_file)
        tested = self._searching.test_when_due(now)
        if tested is not None:
            with self.post.store.writing() as session:
                self.log(session, PROGRAM, "search.tested", "post", tested)
        return found

    def _register(self) -> Register:
        """The same lists as names and numbers see them, of the same moment."""
        return self._searching.register(self.clock())

    def _renew_once(self, progress: Callable[[int, int], None]) -> None:
        """Before the lists are first asked for."""
        if not self._renewed:
            self._renewed = True
            self._renew(renewal.AT_START, progress)

    def _renew(self, most: int | None, progress: Callable[[int, int], None]) -> Renewed:
        renewed = renewal.renew(self.post.store, self._faces, self._scale, most, progress)
        if renewed.anything:
            with self.post.store.writing() as session:
                self.log(session, PROGRAM, "templates.renewed", "post", asdict(renewed) | {"cohort": self._scale.digest})
            self._searching.forget()
        return renewed

    def _records_changed(self, value: T, *record_ids: int) -> Done[T]:
        self._searching.changed(record_ids)
        return Done(value, Changed.RECORDS | Changed.AUDIT)
