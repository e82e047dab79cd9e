"""The counter: live picture, one line of coaching, one answer. One key takes, one closes."""

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from matching.faces import Face
from matching.images import Image, decode
from ui.answer_card import AnswerCard
from ui.background import AskDesk, CameraWatch, Preview, Refused
from ui.live_view import LiveView
from ui.plain import said
from workstation.camera import SourceLost
from workstation.desk import Changed, Desk, Done
from workstation.faces import Sighting
from workstation.screening import Screened

STEADY_SECONDS = 0.7
"""A good face stays in the picture for so long before it is taken by itself."""
FROZEN_MS = 4000
"""Without a frame for so long the picture is called frozen, whatever the source says."""


def look(image: Image, desk: Desk) -> tuple[Sighting, ...]:
    return desk.look(image)


def look_at_file(data: bytes, desk: Desk) -> tuple[Image, tuple[Sighting, ...]]:
    image = decode(data)
    return image, desk.look(image)


def screen(
    image: Image, face: Face | None, source: str, others: tuple[tuple[Image, Face], ...], desk: Desk, *, by_hand: bool
) -> Done[Screened]:
    return desk.screen(image, face=face, source=source, taken_by_hand=by_hand, others=others)


def close(screening_id: int, desk: Desk) -> Done[None]:
    return desk.close_screening(screening_id)


class CounterPage(QWidget):
    second_line = Signal()
    """The officer asks for the second line's page."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk = desk
        self._watch: CameraWatch | None = None
        self._taken: tuple[Image, str] | None = None
        self._faces: tuple[Sighting, ...] = ()
        self._screened: Screened | None = None
        self._busy = False
        self._steady_since: float | None = None
        self._left = True
        self._frozen = QTimer(self, interval=FROZEN_MS, singleShot=True)
        self._frozen.timeout.connect(self._say_frozen)
        self.view = LiveView()
        self.view.picked.connect(self._pick)
        self.coaching = QLabel()
        self.coaching.setObjectName("coaching")
        self.coaching.setAccessibleName(self.tr("What to say to the traveller"))
        self.card = AnswerCard()
        self.take_button = self._button(self.tr("Take   Space"), self._take_by_hand, "Space", primary=True)
        self.retake_button = self._button(self.tr("Retake   R"), self._retake, "R")
        self.close_button = self._button(self.tr("Close   Enter"), self._close, "Return")
        self.second_button = self._button(self.tr("Second line   S"), self.second_line.emit, "S")
        self.open_button = self._button(self.tr("Open picture   Ctrl+O"), self._open_file, "Ctrl+O")
        for keys, act in (("Enter", self._close), ("Esc", self._retake), (QKeySequence.StandardKey.Paste, self._paste)):
            QShortcut(QKeySequence(keys), self, act)
        for number in range(9):
            QShortcut(QKeySequence(str(number + 1)), self, partial(self._pick, number))
        self._lay_out()
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
        return self._screened

    @property
    def choosing(self) -> bool:
        """Whether the officer is asked which face is the traveller's."""
        return self._taken is not None and self._screened is None and not self._busy and len(self._faces) > 1

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()

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
        if self._taken is not None or not self.isVisible():
            return
        self.view.show_frame(preview.picture, preview.sightings)
        self.coaching.setText(self._advice(preview))
        self._take_when_good(preview)

    def _advice(self, preview: Preview) -> str:
        if not preview.sightings:
            return self.tr("Waiting for a face.")
        if len(preview.sightings) > 1:
            return self.tr("One person at a time, please.")
        fix = preview.sightings[0].quality.fix
        return self.tr("Good. Hold still.") if fix is None else QGuiApplication.translate("Sentence", fix.value)

    def _take_when_good(self, preview: Preview) -> None:
        """By itself, once per traveller: the face must have left the picture before the next one is taken."""
        if not preview.sightings:
            self._left, self._steady_since = True, None
            return
        good = len(preview.sightings) == 1 and preview.sightings[0].quality.good
        if not good or not self._left or not preview.fresh:
            self._steady_since = None if not good else self._steady_since
            return
        now = time.monotonic()
        self._steady_since = self._steady_since or now
        best = self._watch.best() if self._watch is not None and now - self._steady_since >= STEADY_SECONDS else None
        if best is not None:
            others = self._watch.others(best) if self._watch is not None else ()
            self._screen_preview(best, others, by_hand=False)

    def _lost(self, refusal: SourceLost) -> None:
        self._frozen.stop()
        if self._taken is None:
            self.view.show_words(said(refusal))
            self.coaching.setText("")

    def _say_frozen(self) -> None:
        if self._taken is None:
            self.view.show_words(self.tr("The picture is frozen. Check the camera; it will resume by itself."))

    # Taking

    def _take_by_hand(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if self._busy or self._taken is not None:
            return
        if preview is None:
            self.card.show_refused(self.tr("There is no picture to take."))
            return
        self._hold(preview.frame.image, self._source_name(), preview.picture)
        self._ask_look()

    def _screen_preview(self, preview: Preview, also: tuple[Preview, ...], *, by_hand: bool) -> None:
        self._hold(preview.frame.image, self._source_name(), preview.picture)
        self._faces = preview.sightings
        others = tuple((each.frame.image, each.sightings[0].face) for each in also)
        self._search(None, others, by_hand=by_hand)

    def _ask_look(self) -> None:
        if self._taken is not None:
            self._busy = True
            self.card.show_working()
            self._desk.ask(partial(look, self._taken[0]), self._looked, self._refused)

    def _looked(self, sightings: tuple[Sighting, ...]) -> None:
        if self._taken is None:
            return
        self._busy, self._faces = False, sightings
        if len(sightings) > 1:
            self.view.show_taken(_qimage(self._taken[0]), sightings, choosing=True)
            self.coaching.setText(self.tr("Several people: choose the traveller."))
            self.card.show_choosing()
            self._buttons()
        else:
            self._search(None, by_hand=True)

    def _pick(self, number: int) -> None:
        if self._taken is not None and self._screened is None and not self._busy and number < len(self._faces):
            self._search(self._faces[number].face, by_hand=True)

    def _search(self, face: Face | None, others: tuple[tuple[Image, Face], ...] = (), *, by_hand: bool) -> None:
        if self._taken is None:
            return
        image, source = self._taken
        self._busy = True
        self.card.show_working()
        self._buttons()
        self._desk.ask(partial(screen, image, face, source, others, by_hand=by_hand), self._answered, self._refused)

    def _answered(self, screened: Screened) -> None:
        self._busy, self._screened = False, screened
        if self._taken is not None:
            shown = (screened.sighting,) if screened.sighting else ()
            self.view.show_taken(_qimage(self._taken[0]), shown, choosing=False)
        self.coaching.setText("")
        self.card.show_answer(screened)
        self._buttons()

    def _refused(self, refusal: Refused) -> None:
        self._busy = False
        self.card.show_refused(said(refusal))
        self._buttons()

    # Ending

    def _retake(self) -> None:
        if not self._busy:
            self._let_go(left=True)

    def _close(self) -> None:
        if self._busy or self._taken is None:
            return
        if self._screened is not None:
            self._desk.ask(partial(close, self._screened.screening_id))
        self._let_go(left=False)

    def _let_go(self, *, left: bool) -> None:
        """Back to the live picture. After closing, the next one is taken by itself only when this traveller has left."""
        self._taken, self._faces, self._screened, self._steady_since, self._left = None, (), None, None, left
        if self._watch is not None:
            self._watch.forget()
        self.card.show_waiting()
        self._buttons()

    def _forget(self) -> None:
        self._busy = False
        self._let_go(left=True)

    # Pictures from elsewhere

    def _open_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Open a picture"))
        if chosen:
            self._take_file(chosen)

    def _take_file(self, path: str) -> None:
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - a path from Qt is a string
                self._take_bytes(file.read())
        except OSError as error:
            self.card.show_refused(self.tr("{path} cannot be read: {why}.").format(path=path, why=error.strerror))

    def _take_bytes(self, data: bytes) -> None:
        if not self._busy:
            self._busy = True
            self.card.show_working()
            self._desk.ask(partial(look_at_file, data), self._file_looked, self._refused)

    def _file_looked(self, found: tuple[Image, tuple[Sighting, ...]]) -> None:
        image, sightings = found
        self._hold(image, self.tr("a picture from a file"), _qimage(image))
        self._looked(sightings)

    def _paste(self) -> None:
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes where Qt takes the name of the format
            self._take_bytes(bytes(buffer.data().data()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._take_file(paths[0])

    # Within

    def _hold(self, image: Image, source: str, picture: QImage) -> None:
        self._taken, self._screened = (image, source), None
        self.view.show_taken(picture, (), choosing=False)
        self.coaching.setText("")

    def _source_name(self) -> str:
        return self._watch.source_name if self._watch is not None else ""

    def _buttons(self) -> None:
        self.take_button.setEnabled(self._taken is None)
        self.retake_button.setEnabled(self._taken is not None and not self._busy)
        self.close_button.setEnabled(self._taken is not None and not self._busy)

    def _button(self, words: str, act: object, key: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("counter", True)
        button.setProperty("primary", primary)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(button.click)
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.view, 1)
        left.addWidget(self.coaching)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.card, 1)
        for button in (self.take_button, self.close_button, self.retake_button, self.second_button, self.open_button):
            right.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(left, 2)
        row.addLayout(right, 1)


def _qimage(image: Image) -> QImage:
    height, width = image.shape[:2]
    return QImage(np.ascontiguousarray(image).data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
