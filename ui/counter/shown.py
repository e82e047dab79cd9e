"""What the counter's widgets say of what is true now: line, card, question, buttons, and the two pictures side by side."""

from PySide6.QtWidgets import QPushButton, QWidget

from ui.counter import coaching
from ui.counter.document_lane import DocumentLane
from ui.counter.in_front import InFront
from ui.counter.pictures import CounterPictures
from ui.counter.travelling_together import TravellingTogether
from ui.threads.background import AskDesk
from ui.widgets.page_picture import qimage
from ui.words.documents import portrait_words
from workstation.at_counter.saying import Line, line
from workstation.at_counter.traveller import HELD, Stage
from workstation.screening.portrait_comparison import Looks
from workstation.screening.screening import Screened


class CounterShown(CounterPictures):
    take_button: QPushButton
    close_button: QPushButton
    retake_button: QPushButton
    no_photo_button: QPushButton
    without_button: QPushButton
    undo_button: QPushButton
    lane: DocumentLane

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._before: InFront | None = None
        """The traveller who was closed last, or the answer before another picture."""
        self._together = TravellingTogether()

    def _show_beside(self, screened: Screened) -> None:
        """Portrait and traveller side by side: with the answer, after the officer has looked at the person."""
        front = self._front
        portrait = front.document.portrait if front.document is not None else None
        if portrait is not None and front.taken is not None and screened.sighting is not None:
            if portrait.face is not None:
                self.view.show_beside(portrait.image, portrait.face)
            compared = screened.portrait
            if screened.left_out is None:
                self.say_compared(
                    portrait_words(portrait, compared), look=compared is None or compared.looks is not Looks.ALIKE
                )

    def _show_front(self) -> None:
        """Picture and answer of who is in front, as they stood."""
        front = self._front
        if front.screened is not None:
            if front.taken is not None:
                self.view.show_taken(
                    qimage(front.taken[0]), (front.screened.sighting,) if front.screened.sighting else (), choosing=False
                )
            self.card.show_answer(front.screened)
            self._show_beside(front.screened)

    def _show(self) -> None:
        """Line, card, question and buttons as they are true now."""
        now, free = self._now, not self._now.busy
        said_now = line(now, self.moment())
        self._coach()
        self.ask_whose(asking=said_now is Line.WHOSE)
        self.lane.ask_whose(asking=said_now is Line.WHOSE)
        self._say_next(said_now)
        held = now.stage in HELD
        self.take_button.setEnabled(not held)
        self.retake_button.setEnabled(held and free and not now.gone and not now.question)
        self.close_button.setEnabled((held and free and not now.question) or now.again)
        self.no_photo_button.setEnabled(not held)
        self.without_button.setEnabled(self._front.document is None or bool(now.question))
        self.undo_button.setEnabled(self._before is not None and now.before is not None and not held)

    def _say_next(self, said_now: Line) -> None:
        now = self._now
        if now.stage is Stage.ANSWERED:
            self.card.show_searching_more(searching=now.busy)
            if now.busy:
                self.card.say_next(self.tr("The document is being searched …"))
            elif said_now in {Line.WHOSE, Line.UNREAD}:
                self.card.say_next(coaching.words(said_now, None, self._front))
            elif now.reading:
                self.card.say_next(self.tr("The document is still being read."))
            else:
                self.card.say_next()
        elif now.before is not None and self._before is not None and not now.again and now.stage not in HELD:
            self.card.say_next(self.tr("Closed. Ctrl+Z takes it back for ten seconds."))
        elif now.stage is Stage.CLOSED:
            self.card.say_next(coaching.words(said_now, None, self._front))
        else:
            self.card.say_next()

    def _say_group(self) -> None:
        count = self._together.count
        words = (
            self.tr("Group of {count}: the next traveller belongs to it. G ends it.")
            if count
            else self.tr("A group begins. G ends it.")
        )
        self.group.setText(words.format(count=count) if self._together.open else "")
