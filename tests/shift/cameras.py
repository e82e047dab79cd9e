"""Both cameras of a simulated shift: what they show is told by the shift, everything behind them is the program's own."""

from collections import deque

import numpy as np

from matching.faces.encoding import Template
from matching.faces.finding import Face
from matching.faces.images import Image
from tests import desk_frames
from tests.fakes import UNIT, NumberedFaces, picture, read_without_fault
from tests.shift.travellers import Paper
from ui.threads.background import CameraWatch, Preview
from ui.threads.document_watch import DocumentWatch
from ui.widgets.page_picture import qimage
from workstation.capture.camera import Frame, Source, SourceLost
from workstation.documents.travel_document import DocumentPortrait, Origin, TravelDocument

ALIKE_EVERY = 23
"""Every so manyth person has a face near that of the one before: the camera cannot tell them apart."""


class ShiftFaces(NumberedFaces):
    """Numbered faces, some of them look-alikes."""

    def encode(self, image: Image, face: Face) -> Template:
        made = super().encode(image, face)
        high, low, _ = (int(value) for value in image[1, (face.box.left - 10) // 40])
        number = high * 256 + low
        if number % ALIKE_EVERY:
            return made
        before = np.random.default_rng([number - 1]).normal(size=UNIT.dimension)
        aside = np.zeros(UNIT.dimension)
        aside[number % UNIT.dimension] = 0.57
        return Template((before + aside).astype(np.float32), UNIT.digest)

    def recognise(self, image: Image, face: Face) -> Template:
        return self.encode(image, face)

    def glance(self, image: Image) -> None:
        del image


def _none() -> Source:
    raise SourceLost("nobody reads a camera here")


class ShiftCamera(CameraWatch):
    def __init__(self, faces: ShiftFaces) -> None:
        super().__init__(_none, faces, "shift camera")
        self._eyes = faces

    def start(self) -> None:
        """No thread: the shift shows each frame."""

    def show(self, people: tuple[int, ...], at: float, *, poor: bool, missed: bool, fresh: bool) -> None:
        """`missed`: the detector finds nobody in this frame."""
        self.frames += 1
        image = picture(*people, poor=poor, moment=self.frames % 100)
        sightings = self._eyes.look(image) if people and not missed else ()
        turn, alike = self.known.compare(image, sightings, at, self._eyes.recognise) if fresh else (0, {})
        frame = Frame(image, self.frames, at)
        preview = Preview(frame, qimage(image), sightings, fresh, None, alike, turn)
        with self._lock:
            self._newest = preview
            self._recent.add(preview)
        self.seen.emit()


class ShiftDocuments(DocumentWatch):
    """A desk on which pages are laid; when they lie still and are read, the program's own rules say."""

    def __init__(self) -> None:
        super().__init__(_none, _unread, "shift documents")
        self.paper: Paper | None = None
        self.moving = 0.0
        self.due: deque[tuple[float, int, Paper | None]] = deque()
        self.fails = False
        self._bare = desk_frames.desk()
        self._shown = 0
        self._looked = 0.0

    def start(self) -> None:
        """No thread: the shift shows each frame."""

    def look(self, at: float, slow: float, latency: float) -> None:
        """A frame of the desk, as often as it is worth: often while something moves, now and then while nothing does."""
        if at - self._looked < (0.12 if at - self.moving < 1.5 else 1.0):
            return
        self._looked = at
        self._shown += 1
        scene = self._bare if self.paper is None else desk_frames.laid(self._bare, desk_frames.page(self.paper.sheet))
        if at < self.moving:
            scene = desk_frames.hand(scene, 200 + 40 * (self._shown % 6))
        image = desk_frames.frame(scene, self._shown)
        with self._lock:
            lifted = self._page.see(image, at)
            if self._page.wanted:
                self.due.append((at + latency * slow, self._page.take(), self.paper))
            self._show(None)
        self.seen.emit()
        if lifted:
            self.lifted.emit()

    def read_when_due(self, at: float, faces: ShiftFaces) -> None:
        while self.due and self.due[0][0] <= at:
            _, number, paper = self.due.popleft()
            # The reader that finds no page says so, and the desk is known to be bare from then on.
            read = TravelDocument(Origin.CAMERA, None) if paper is None else document_of(paper, faces)
            document = None if self.fails else read
            with self._lock:
                outcome = self._page.heard(number, document)
                if outcome.document is not None:
                    self._read_of.append((outcome.document, number))
                self._show(None)
            self._tell(outcome)


def document_of(paper: Paper, faces: ShiftFaces) -> TravelDocument:
    portrait = None
    if paper.portrait:
        image = picture(paper.holder, moment=7)
        seen = faces.look(image)[0]
        portrait = DocumentPortrait(image, seen.face, seen.quality, faces.encode(image, seen.face))
    return TravelDocument(Origin.CAMERA, paper.zone, read_without_fault(paper.zone.lines), portrait=portrait)


def _unread(image: Image) -> TravelDocument:
    del image
    raise AssertionError("the shift reads its pages itself")
