"""The counter: live picture, document, one answer. Nothing needs a key for a traveller without a lead but the one that closes."""

import time
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from matching.faces.images import Image
from ui.counter.document_lane import DocumentLane
from ui.counter.in_front import InFront
from ui.counter.layout import CounterLayout
from ui.counter.questions import close, look, look_at_file, look_up, screen
from ui.counter.travelling_together import TravellingTogether
from ui.threads.background import AskDesk, CameraWatch, Preview, Refused
from ui.widgets.other_pictures import OtherPictures
from ui.widgets.page_picture import qimage
from ui.words.documents import portrait_words
from ui.words.plain import said
from workstation.capture.camera import SourceLost
from workstation.capture.exposure import AGAINST_THE_LIGHT
from workstation.capture.face_reader import Sighting
from workstation.capture.no_photo import WithoutPhoto
from workstation.desk.desk import Changed
from workstation.documents.travel_document import TravelDocument
from workstation.screening.portrait_comparison import Looks
from workstation.screening.screening import Screened

STEADY_SECONDS = 0.7
"""A good face stays in the picture for so long before it is taken by itself."""
READING_SECONDS = 3.0
"""So long a good face waits for a page that is being read, so that one answer says both."""
FROZEN_MS = 4000
"""Without a frame for so long the picture is called frozen, whatever the source says."""


class CounterPage(CounterLayout):
    second_line = Signal()
    """The officer asks for the second line's page."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._desk = desk
        self._watch: CameraWatch | None = None
        self._front = InFront()
        self._busy = False
        self._steady_since: float | None = None
        self._left_picture = True
        self._together = TravellingTogether()
        self._frozen = QTimer(self, interval=FROZEN_MS, singleShot=True)
        self._frozen.timeout.connect(self._say_frozen)
        self.lane = DocumentLane(self.document, self)
        self.lane.taken.connect(self._document_taken)
        self.elsewhere = OtherPictures(self)
        self.elsewhere.given.connect(self.take_bytes)
        self.elsewhere.refused.connect(self.card.show_refused)
        self.view.picked.connect(self._pick)
        self.entry.use.connect(self._document_typed)
        self.reasons.chosen.connect(self._no_photo)
        self._make_buttons()
        self.lay_out()
        self._buttons()

    # The live picture

    def watch(self, watch: CameraWatch) -> None:
        """Show this source from now on."""
        if self._watch is not None:
            self._watch.seen.disconnect(self._seen)
            self._watch.lost.disconnect(self._lost)
        self._watch = watch
        watch.seen.connect(self._seen)
        watch.lost.connect(self._lost)
        self._frozen.start()

    @property
    def answered(self) -> Screened | None:
        """The answer on the card."""
        return self._front.screened

    @property
    def choosing(self) -> bool:
        """Whether the officer is asked which face is the traveller's."""
        front = self._front
        return front.taken is not None and front.screened is None and not self._busy and len(front.faces) > 1

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._busy, self._together = False, TravellingTogether()
            self.lane.forget()
            self._next(left=True)

    def allow_second_line(self, *, allowed: bool) -> None:
        self.second_button.setVisible(allowed)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._steady_since = None

    def _seen(self) -> None:
        preview = self._watch.take() if self._watch is not None else None
        if preview is None:
            return
        self._frozen.start()
        if self._front.taken is not None or self._front.no_photo is not None or not self.isVisible():
            return
        self.view.show_frame(preview.picture, preview.sightings)
        self.coaching.setText(self._advice(preview))
        self._note()
        self._take_when_good(preview)

    def _advice(self, preview: Preview) -> str:
        if not preview.sightings:
            return self.tr("Waiting for a face.")
        if len(preview.sightings) > 1:
            return self.tr("One person at a time, please.")
        if preview.light is not None and preview.light.against_the_light:
            return said(AGAINST_THE_LIGHT)
        fix = preview.sightings[0].quality.fix
        return self.tr("Good. Hold still.") if fix is None else QGuiApplication.translate("Sentence", fix.value)

    def _take_when_good(self, preview: Preview) -> None:
        """By itself, once per traveller: the face must have left the picture before the next one is taken."""
        if not preview.sightings:
            self._left_picture, self._steady_since = True, None
            return
        good = len(preview.sightings) == 1 and preview.sightings[0].quality.good
        if not good or not self._left_picture or not preview.fresh or self._busy or self.asking:
            self._steady_since = None if not good else self._steady_since
            return
        now = time.monotonic()
        self._steady_since = self._steady_since or now
        steady = now - self._steady_since
        if self._watch is None or steady < STEADY_SECONDS or (self.lane.reading and steady < READING_SECONDS):
            return
        best = self._watch.best()
        if best is not None:
            others = self._watch.others(best)
            self._hold(best.frame.image, self._source_name(), best.picture)
            self._front.faces = best.sightings
            self._front.others = tuple((each.frame.image, each.sightings[0].face) for each in others)
            self._search()

    def _lost(self, refusal: SourceLost) -> None:
        self._frozen.stop()
        if self._front.taken is None:
            self.view.show_words(said(refusal))
            self.coaching.setText("")

    def _say_frozen(self) -> None:
        if self._front.taken is None:
            self.view.show_words(self.tr("The picture is frozen. Check the camera; it will resume by itself."))

    # Taking

    def _take_by_hand(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if self._busy or self._front.taken is not None:
            return
        if preview is None:
            self.card.show_refused(self.tr("There is no picture to take."))
            return
        self._hold(preview.frame.image, self._source_name(), preview.picture)
        self._busy = True
        self.card.show_working()
        self._desk.ask(partial(look, preview.frame.image), self._looked, self._refused)

    def take_bytes(self, data: bytes) -> None:
        """Take the picture in these bytes of a file for the traveller's."""
        if not self._busy:
            self._busy = True
            self.card.show_working()
            self._desk.ask(partial(look_at_file, data), self._file_looked, self._refused)

    def _file_looked(self, found: tuple[Image, tuple[Sighting, ...]]) -> None:
        image, sightings = found
        self._hold(image, self.tr("a picture from a file"), qimage(image))
        self._looked(sightings)

    def _looked(self, sightings: tuple[Sighting, ...]) -> None:
        front = self._front
        if front.taken is None:
            return
        self._busy, front.faces, front.by_hand = False, sightings, True
        if len(sightings) > 1:
            self.view.show_taken(qimage(front.taken[0]), sightings, choosing=True)
            self.coaching.setText(self.tr("Several people: choose the traveller."))
            self.card.show_choosing()
            self._buttons()
        else:
            self._search()

    def _pick(self, number: int) -> None:
        if self.asking:
            self.reasons.choose(number)
        elif self.choosing and number < len(self._front.faces):
            self._front.chosen, self._front.by_hand = self._front.faces[number].face, True
            self._search()

    def _no_photo(self, chosen: WithoutPhoto) -> None:
        if not self._busy:
            self._front.no_photo = chosen
            self.show_live()
            self.view.show_words(said(chosen.instead))
            self._search()

    # The document

    def _document_taken(self, document: TravelDocument) -> None:
        self._front.document = document
        self._buttons()
        if self._busy:
            return
        if self._front.screened is not None:
            self._search()
        else:
            self._desk.ask(partial(look_up, document), self._looked_up, self._refused)

    def _document_typed(self, document: TravelDocument) -> None:
        self.show_live()
        self.lane.use(document)

    def _looked_up(self, found: object) -> None:
        """Names and numbers are searched while the face is still looked at."""

    def _type_document(self) -> None:
        if self._front.document is not None:
            self.entry.show_document(self._front.document)
        self.show_entry()

    def _without_document(self) -> None:
        if self._front.document is None:
            self.lane.without()

    # The answer

    def _search(self) -> None:
        """Screen what is held of this traveller, in place of the answer that is there."""
        self._busy = True
        self.card.show_working()
        self._buttons()
        self._front.with_document = self._front.document
        companion = self._together.companion if self._front.earlier is None else None
        self._desk.ask(partial(screen, self._front, companion), self._answered, self._refused)

    def _answered(self, screened: Screened) -> None:
        front = self._front
        self._busy, front.screened, front.earlier = False, screened, screened.screening_id
        if front.taken is not None:
            shown = (screened.sighting,) if screened.sighting else ()
            self.view.show_taken(qimage(front.taken[0]), shown, choosing=False)
        self.coaching.setText("")
        if front.outdated:
            self._search()
            return
        self.card.show_answer(screened)
        self._show_beside(screened)
        self._buttons()

    def _show_beside(self, screened: Screened) -> None:
        """Portrait and traveller side by side: with the answer, after the officer has looked at the person."""
        front = self._front
        portrait = front.document.portrait if front.document is not None else None
        if portrait is not None and front.taken is not None and screened.sighting is not None:
            if portrait.face is not None:
                self.view.show_beside(portrait.image, portrait.face)
            compared = screened.portrait
            self.say_compared(portrait_words(portrait, compared), look=compared is None or compared.looks is not Looks.ALIKE)

    def _refused(self, refusal: Refused) -> None:
        self._busy = False
        self.card.show_refused(said(refusal))
        self._buttons()

    # Ending

    def _enter(self) -> None:
        """Enter belongs to what is asked, where something is asked."""
        if self.asking:
            self.reasons.confirm()
        elif not self.typing:
            self._close()

    def _back(self) -> None:
        if self.typing or self.asking:
            self.show_live()
        else:
            self._retake()

    def _retake(self) -> None:
        """Another picture of the same traveller; the document stays."""
        if not self._busy:
            self._let_go(self._front.again(), left=True)

    def _close(self) -> None:
        if self._busy or not self._front.begun:
            return
        if self._front.screened is not None:
            self._together.close(self._front.screened.screening_id)
            self._desk.ask(partial(close, self._front.screened.screening_id))
        self._next(left=False)

    def _next(self, *, left: bool) -> None:
        self._let_go(InFront(), left=left)
        self.entry.clear()
        self.lane.next_traveller()
        self.show_live()

    def _let_go(self, front: InFront, *, left: bool) -> None:
        """Back to the live picture. After closing, the next one is taken by itself only when this traveller has left."""
        self._front, self._steady_since, self._left_picture = front, None, left
        if self._watch is not None:
            self._watch.forget()
        self.say_notes("")
        self.say_compared("")
        self._say_group()
        self.card.show_waiting()
        self._buttons()

    # Within

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.elsewhere.drop(event)

    def _hold(self, image: Image, source: str, picture: QImage) -> None:
        front = self._front
        front.taken, front.screened, front.others, front.chosen = (image, source), None, (), None
        front.notes = self._watch.notes if self._watch is not None else ()
        self.view.show_taken(picture, (), choosing=False)
        self.coaching.setText("")

    def _note(self) -> None:
        """What is to be known of how the pictures come about."""
        self.say_notes("\n".join(map(said, self._watch.notes)) if self._watch is not None else "")

    def _source_name(self) -> str:
        return self._watch.source_name if self._watch is not None else ""

    def _buttons(self) -> None:
        held, free = self._front.taken is not None, not self._busy
        self.take_button.setEnabled(not held)
        self.retake_button.setEnabled((held or self._front.no_photo is not None) and free)
        self.close_button.setEnabled(self._front.begun and free)
        self.no_photo_button.setEnabled(not held and free)
        self.without_button.setEnabled(self._front.document is None)

    def _make_buttons(self) -> None:
        self.take_button = self.button(self.tr("Take   Space"), self._take_by_hand, "Space", primary=True)
        self.close_button = self.button(self.tr("Close   Enter"), self._close, "")
        self.retake_button = self.button(self.tr("Retake   R"), self._retake, "R")
        self.second_button = self.button(self.tr("Second line   S"), self.second_line.emit, "S")
        self.type_button = self.button(self.tr("Type document   D"), self._type_document, "D", below=True)
        self.without_button = self.button(self.tr("No document   N"), self._without_document, "N", below=True)
        self.no_photo_button = self.button(self.tr("No picture   P"), self.show_reasons, "P", below=True)
        self.group_button = self.button(self.tr("Group   G"), self._keep_together, "G", below=True)
        self.open_button = self.button(self.tr("Open   Ctrl+O"), self.elsewhere.choose, "Ctrl+O", below=True)
        paste = QKeySequence.StandardKey.Paste
        for keys, act in (("Return", self._enter), ("Enter", self._enter), ("Esc", self._back), (paste, self.elsewhere.paste)):
            QShortcut(QKeySequence(keys), self, act)
        for number in range(9):
            QShortcut(QKeySequence(str(number + 1)), self, partial(self._pick, number))

    def _keep_together(self) -> None:
        """From now on, who is closed belongs together; once more, and the group ends."""
        self._together.turn(somebody=self._front.begun)
        self._say_group()

    def _say_group(self) -> None:
        count = self._together.count
        words = (
            self.tr("Group of {count}: the next traveller belongs to it. G ends it.")
            if count
            else self.tr("A group begins. G ends it.")
        )
        self.group.setText(words.format(count=count) if self._together.open else "")
