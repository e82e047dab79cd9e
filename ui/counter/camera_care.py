"""What is wrong with the traveller's camera, said where the officer looks, with the way on: no picture is possible."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from ui.counter.answer_card import AnswerCard
from ui.threads.background import CameraWatch, Refused
from ui.words.plain import said
from workstation.capture import picture_faults


class CameraCare(QObject):
    """Hears of every frame after the page did, and speaks only while nobody's picture or answer stands there."""

    def __init__(self, coaching: QLabel, card: AnswerCard, parent: QObject) -> None:
        super().__init__(parent)
        self._coaching, self._card = coaching, card
        self._watch: CameraWatch | None = None
        self._words = ""

    def watch(self, watch: CameraWatch) -> None:
        if self._watch is not None:
            self._watch.seen.disconnect(self._seen)
            self._watch.lost.disconnect(self._lost)
        self._watch, self._words = watch, ""
        watch.seen.connect(self._seen)
        watch.lost.connect(self._lost)

    def _seen(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if preview is None:
            return
        fault = picture_faults.fault_of(preview.frame.image) if not preview.sightings else None
        self._words = said(fault) if fault is not None else ""
        self._say()

    def _lost(self, refusal: Refused) -> None:
        self._words = said(refusal)
        self._say()

    def _say(self) -> None:
        if not self._card.is_ready:
            return
        if self._words:
            self._coaching.setText(self._words)
            self._card.show_no_picture(self._words)
        elif self._card.tells_of_camera:
            self._card.show_waiting()
