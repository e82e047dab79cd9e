"""The post's single face towards windows and the command line: a room of acts for each kind of work.

Each act checks the role, opens one transaction, calls one function, appends one log entry and returns what changed.
What a role may do stands in one table, `workstation.post.access.MAY`. A Desk belongs to one thread at a time.
"""

from collections.abc import Callable
from datetime import datetime

from matching.search.engine import engine
from watchlists.records import reading
from workstation import settings
from workstation.accountability.acts import Deed
from workstation.alerts import raising
from workstation.capture.face_reader import Faces
from workstation.desk.counter import Counter
from workstation.desk.lists import KeptLists
from workstation.desk.log import Log
from workstation.desk.operating import Operating
from workstation.desk.people import People
from workstation.desk.points import OperatingPoint
from workstation.desk.records import Records
from workstation.desk.second_line import SecondLine
from workstation.desk.status import PostStatus
from workstation.exchange.exporting import Exporting
from workstation.exchange.importing import Importing
from workstation.operating_point import scales
from workstation.post import altered
from workstation.post.access import Act, Person
from workstation.post.acting import PROGRAM, Changed, Done, Seat
from workstation.post.post import Post
from workstation.screening import portrait_comparison, second_opinion
from workstation.settings import Settings

__all__ = ["Changed", "Desk", "Done", "PostStatus"]


class Desk:
    def __init__(self, post: Post, faces: Faces, clock: Callable[[], datetime]) -> None:
        self._seat = seat = Seat(post, clock)
        scale = scales.at(post.folder, faces)
        self.lists = lists = KeptLists(seat, faces, scale)
        self._point = point = OperatingPoint(seat, scale, lists.current)
        self.operating = Operating(seat, scale, point)
        self.people = People(seat)
        self.counter = Counter(
            seat,
            faces,
            scale,
            lists,
            point,
            portrait_comparison.scale_at(post.folder, faces.encoder.digest),
            second_opinion.at(post.folder, self.settings(), faces),
        )
        self.second_line = SecondLine(seat, faces, scale, lists, point)
        self.records = Records(seat, faces, scale, lists, point)
        self.importing = Importing(seat, faces, scale, lists.changed)
        self.exporting = Exporting(seat)
        self.log = Log(seat)
        post.log_signing.encoder = faces.encoder.digest
        self._tell()

    @property
    def post(self) -> Post:
        return self._seat.post

    @property
    def person(self) -> Person | None:
        """Who is signed in."""
        return self._seat.person

    @property
    def clock(self) -> Callable[[], datetime]:
        return self._seat.clock

    def may(self, act: Act) -> bool:
        return self._seat.may(act)

    def _tell(self) -> None:
        """Entries about what this opening found: faults, and what is in force beside the store since the last checkpoint."""
        used, uses = self.post.log_signing.used(), self.post.log_signing.uses()
        names = [name for name in {**used, **uses} if used.get(name) != uses.get(name)]
        different = {name: [used.get(name, ""), uses.get(name, "")] for name in names if used and name != "models"}
        if "models" in used and used["models"] != uses["models"]:
            different["models"] = [used["models"], uses["models"]]
        if not different and not self.post.faults:
            return
        with self.post.store.writing() as session:
            if different:
                self._seat.log(session, PROGRAM, Deed.IN_FORCE_CHANGED, "post", different)
            altered.tell(session, self.clock(), self.post.faults, training=self.post.facts.training)

    def keep_up(self) -> None:
        """What the program does by itself: lists read anew and tested when due, thresholds that follow them, the log signed.

        A long log whose opening checked only the newest of it is verified whole from now on, in a thread of its own.
        """
        self.post.rest.start()
        if self.post.log_signing.is_due(self.clock()):
            self.post.checkpoint(self.clock())
        self._point.points(self.lists.current())

    def status(self) -> PostStatus:
        """What everybody at the post sees of it. Only reads: `keep_up` does what is due."""
        kept, doubt = self.lists.kept, self.lists.day().doubt
        with self.post.store.reading() as session:
            return PostStatus(
                post=self.post.facts.name,
                training=self.post.facts.training,
                lane=settings.settings(session).lane,
                officer=self.person.name if self.person else "",
                entries=kept.entries if kept else 0,
                not_searched=kept.excluded if kept else {},
                lists_changed_at=reading.changed_at(session),
                points=self._point.known,
                drift=self._point.drift,
                open_alerts=len(raising.alerts(session)),
                faults=(standing := altered.standing(session, self.clock(), self.post.faults)).faults,
                answered_by=standing.answered_by,
                checked=self._checked(),
                copy_fault=self.post.log_signing.copy_fault,
                search_fault=kept.fault if kept else "",
                search_loops=engine.state,
                clock_doubt=str(doubt) if doubt is not None else "",
            )

    def _checked(self) -> tuple[int, int] | None:
        rest = self.post.rest
        return (rest.done, rest.of) if rest.waits else None

    def settings(self) -> Settings:
        with self.post.store.reading() as session:
            return settings.settings(session)

    def settings_to_open(self) -> Settings:
        """With the passwords of its addresses: for whoever opens the sources, and nobody else."""
        with self.post.store.reading() as session:
            return settings.whole(session, self.post.signing_key)

    def change_settings(self, wanted: Settings) -> Done[None]:
        with self._seat.acting(Act.CHANGE_SETTINGS) as (session, person, _):
            different = settings.change(session, wanted, self.post.signing_key)
            self._seat.log(session, person.login, Deed.SETTINGS_CHANGED, "post", different)
        return Done(None, Changed.SETTINGS | Changed.AUDIT)

    def close(self) -> None:
        """Sign out, sign the log as it stands, and let go of the post."""
        self.importing.stop()
        self.people.sign_out("the program ended")
        self._seat.sign_the_log()
        self.post.close()
