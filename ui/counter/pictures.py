"""What the cameras and files show of the traveller at the counter, and how a picture is taken and held."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from matching.faces.images import Image
from ui.counter import coaching
from ui.counter.in_front import InFront
from ui.counter.layout import CounterLayout
from ui.counter.questions import look, look_at_file
from ui.threads.background import AskDesk, CameraWatch, Preview, Refused
from ui.widgets.page_picture import qimage
from ui.words.plain import said
from workstation.at_counter import happenings
from workstation.at_counter.happenings import Happening
from workstation.at_counter.known_faces import Known
from workstation.at_counter.saying import line
from workstation.at_counter.traveller import AtCounter, Stage
from workstation.capture.camera import SourceLost
from workstation.capture.face_reader import Sighting
from workstation.capture.no_photo import WithoutPhoto

FROZEN_MS = 4000
"""Without a frame for so long the picture is called frozen, whatever the source says."""
BLIND_SECONDS = 3.0
"""Without a frame that was looked at for so long nothing is said of who stands there."""
TOLD_MS = 8000
"""A word about something that was not taken stands for so long."""


class CounterPictures(CounterLayout):
    """What is done with a picture once it is held stands in `ui.counter.page`."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moment: Callable[[], float] = time.monotonic
        """Seconds of a clock that never goes back."""
        self._desk = desk
        self._watch: CameraWatch | None = None
        self._now = AtCounter()
        self._front = InFront()
        self._preview: Preview | None = None
        self._given: tuple[Image, tuple[Sighting, ...]] | None = None
        self._looked_at: float | None = None
        """When a frame was last looked at for faces."""
        self._told = ""
        self._frozen = QTimer(self, interval=FROZEN_MS, singleShot=True)
        self._frozen.timeout.connect(self._say_frozen)
        self._telling = QTimer(self, interval=TOLD_MS, singleShot=True)
        self._telling.timeout.connect(self.tell)

    def happens(self, happening: Happening) -> None:
        raise NotImplementedError

    def search(self) -> None:
        raise NotImplementedError

    def refused(self, refusal: Refused) -> None:
        raise NotImplementedError

    @property
    def choosing(self) -> bool:
        """Whether the officer is asked which face is the traveller's."""
        return self._now.choosing

    def tell(self, words: str = "") -> None:
        """A word about something that was not taken, which changes nothing of what stands there."""
        self._told = words
        if words:
            self._telling.start()
        self._note()

    # The live picture

    def watch(self, watch: CameraWatch) -> None:
        """Show this source from now on."""
        if self._watch is not None:
            self._watch.seen.disconnect(self._seen)
            self._watch.lost.disconnect(self._lost)
        self._watch = watch
        watch.seen.connect(self._seen)
        watch.lost.connect(self._lost)
        self.care.watch(watch)
        self._frozen.start()

    def _seen(self) -> None:
        preview = self._watch.take() if self._watch is not None else None
        if preview is None:
            return
        self._frozen.start()
        self._preview = preview
        shown = self._now.armed or self._now.stage is Stage.CLOSED
        if shown and self.isVisible():
            self.view.show_frame(preview.picture, preview.sightings)
            self._note()
        if preview.fresh:
            self._looked_at = self.moment()
            faces = len(preview.sightings)
            self.happens(
                happenings.Seen(
                    self.moment(),
                    faces,
                    good=faces == 1 and preview.sightings[0].quality.good,
                    likeness=preview.alike.get(Known.TRAVELLER),
                    holder=preview.alike.get(Known.HOLDER),
                    free=self.isVisible() and not self.asking and not self.looking_back,
                )
            )
        self._coach()

    def _lost(self, refusal: SourceLost) -> None:
        self._frozen.stop()
        self.happens(happenings.CameraLost(self.moment()))
        if self._front.taken is None:
            self.view.show_words(said(refusal))
            self.coaching.setText("")

    def _say_frozen(self) -> None:
        self.happens(happenings.CameraLost(self.moment()))
        if self._front.taken is None:
            self.view.show_words(self.tr("The picture is frozen. Check the camera; it will resume by itself."))

    # Taking

    def _take_best(self) -> None:
        """The best frames of whoever stands there, since that person came."""
        stood = self.moment() - self._now.came
        best = self._watch.best(min(1.0, stood)) if self._watch is not None else None
        best = best or self._preview
        if best is None or self._watch is None:
            return
        others = [each for each in self._watch.others(best) if each.frame.taken >= self._now.came]
        self._hold(best.frame.image, self._source_name(), best.picture)
        self._front.faces = best.sightings
        self._front.others = tuple((each.frame.image, each.sightings[0].face) for each in others)
        self._remember(Known.TRAVELLER, best)
        self.search()

    def _take_by_hand(self) -> None:
        if self._watch is None or self._watch.latest() is None:
            if self._front.taken is None:
                self.card.show_refused(self.tr("There is no picture to take."))
            return
        self.happens(happenings.Space(self.moment()))

    def _take_shown(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if preview is not None:
            self._hold(preview.frame.image, self._source_name(), preview.picture)
            self._desk.ask(partial(look, preview.frame.image), self._looked, self.refused)

    def take_bytes(self, data: bytes) -> None:
        """Take the picture in these bytes of a file for the traveller's."""
        if self._now.busy or self._now.stage is Stage.ANSWERED:
            self._decline_picture()
        else:
            self.card.show_working()
            self._desk.ask(partial(look_at_file, data), self._file_looked, self._file_not_read)

    def _file_looked(self, found: tuple[Image, tuple[Sighting, ...]]) -> None:
        self._given = found
        self.happens(happenings.PictureGiven(self.moment()))

    def _take_given(self) -> None:
        if self._given is not None:
            (image, sightings), self._given = self._given, None
            self._hold(image, self.tr("a picture from a file"), qimage(image))
            if self._watch is not None:
                self._watch.known.forget(Known.TRAVELLER)
            self._looked(sightings)

    def _decline_picture(self) -> None:
        self.tell(
            self.tr(
                "The picture was not taken: an answer stands here. Enter closes it; R takes another picture of this traveller."
            )
        )

    def _looked(self, sightings: tuple[Sighting, ...]) -> None:
        front = self._front
        if front.taken is None or front.screened is not None:
            return
        front.faces, front.by_hand = sightings, True
        if len(sightings) > 1:
            self.view.show_taken(qimage(front.taken[0]), sightings, choosing=True)
            self.card.show_choosing()
            self.happens(happenings.Choosing(self.moment()))
        else:
            self._remember_taken(sightings[0] if sightings else None)
            self.search()

    def _pick(self, number: int) -> None:
        if self.asking:
            self.reasons.choose(number)
        elif self.choosing and number < len(self._front.faces):
            chosen = self._front.faces[number]
            self._front.chosen, self._front.by_hand = chosen.face, True
            self._remember_taken(chosen)
            self.happens(happenings.Chosen(self.moment()))

    def _no_photo(self, chosen: WithoutPhoto) -> None:
        if not self._now.busy and self._front.screened is None and self._front.taken is None:
            self._front.no_photo = chosen
            self.show_live()
            self.view.show_words(said(chosen.instead))
            self._remember(Known.TRAVELLER, self._preview)
            self.happens(happenings.NoPicture(self.moment()))

    def _remember(self, known: Known, preview: Preview | None) -> None:
        if self._watch is not None and preview is not None and len(preview.sightings) == 1:
            self._watch.known.remember(known, preview.frame.image, preview.sightings[0].face)

    def _remember_taken(self, sighting: Sighting | None) -> None:
        if self._watch is not None and self._front.taken is not None and self._front.taken[1] == self._source_name():
            if sighting is None:
                self._watch.known.forget(Known.TRAVELLER)
            else:
                self._watch.known.remember(Known.TRAVELLER, self._front.taken[0], sighting.face)

    def file_refused(self, words: str) -> None:
        """A file that cannot be taken changes nothing of an answer, or of whoever is being searched."""
        if self._now.busy or self._now.stage is Stage.ANSWERED:
            self.tell(words)
        else:
            self.card.show_refused(words)

    def _file_not_read(self, refusal: Refused) -> None:
        self.file_refused(said(refusal))

    def _hold(self, image: Image, source: str, picture: QImage) -> None:
        front = self._front
        front.taken, front.screened, front.others, front.chosen, front.faces = (image, source), None, (), None, ()
        front.notes = self._watch.notes if self._watch is not None else ()
        self.view.show_taken(picture, (), choosing=False)

    def _note(self) -> None:
        """What is to be known of how the pictures come about, and of what was not taken."""
        notes = [said(each) for each in self._watch.notes] if self._watch is not None and self._front.taken is None else []
        self.say_notes("\n".join(filter(None, [*notes, self._told])))

    def _coach(self) -> None:
        """The one line that is true now."""
        now = self.moment()
        blind = self._looked_at is None or now - self._looked_at > BLIND_SECONDS
        if blind and self._preview is not None and self._now.armed:
            self.coaching.setText(self.tr("One moment: the picture is not looked at yet."))
        else:
            self.coaching.setText(coaching.words(line(self._now, now), self._preview, self._front))

    def _source_name(self) -> str:
        return self._watch.source_name if self._watch is not None else ""
