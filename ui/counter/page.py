"""The counter: live picture, document, one answer. Nothing needs a key for a traveller without a lead but the one that closes.

Who stands there, whose paper lies there and what may be done is `workstation.at_counter`'s; the page tells it what happens, does
what it says, and shows it.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.counter.closed_before import ClosedBefore
from ui.counter.document_lane import DocumentLane
from ui.counter.in_front import InFront
from ui.counter.questions import close, disown, last, look_up, reopen, screen
from ui.counter.shown import CounterShown
from ui.counter.travelling_together import TravellingTogether
from ui.threads.background import AskDesk, Refused
from ui.widgets.other_pictures import OtherPictures
from ui.widgets.page_picture import qimage
from ui.words.plain import said
from workstation.at_counter import happenings
from workstation.at_counter.happenings import Deed, Do, Happening
from workstation.at_counter.known_faces import Known
from workstation.at_counter.step import step
from workstation.at_counter.traveller import HELD, UNDO_SECONDS, Fit, Stage
from workstation.desk.desk import Changed
from workstation.documents.mrz import mrz
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.errors import OperatorError
from workstation.screening.last_travellers import LastTraveller
from workstation.screening.screening import Answer, Screened
from workstation.today import today


class CounterPage(CounterShown):
    second_line = Signal()
    """The officer asks for the second line's page."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(True)
        self._closed = ClosedBefore()
        self._page_searched = 0
        self.lane = DocumentLane(self.document, self)
        self.lane.happened.connect(self.happens)
        self.lane.taken.connect(self._more_of_document)
        self.elsewhere = OtherPictures(self)
        self.elsewhere.given.connect(self.take_bytes)
        self.elsewhere.text.connect(self.typed_zone)
        self.elsewhere.refused.connect(self.file_refused)
        self.elsewhere.left.connect(self.tell)
        self.view.picked.connect(self._pick)
        self.entry.use.connect(self._document_typed)
        self.reasons.chosen.connect(self._no_photo)
        self.last.reopened.connect(partial(self._recall, again=False))
        self.last.again.connect(partial(self._recall, again=True))
        self.last.disowned.connect(self._disown)
        self._acts = self._all_acts()
        self._make_buttons()
        self.lay_out()
        self._show()

    # What happens, and what is to be done about it

    def happens(self, happening: Happening) -> None:
        """The one place where anything changes."""
        before = self._now
        self._now, acts = step(before, happening)
        for act in acts:
            self._acts[act.what](act)
        now = self._now
        if now.stage is Stage.LEFT and before.stage is not Stage.LEFT and self._watch is not None:
            self._watch.known.forget(Known.TRAVELLER)
        if acts or not isinstance(happening, happenings.Seen) or (before.stage, before.gone) != (now.stage, now.gone):
            self._show()

    def _all_acts(self) -> Mapping[Do, Callable[[Deed], object]]:
        return {
            Do.TAKE: lambda _: self._take_best(),
            Do.TAKE_NOW: lambda _: self._take_shown(),
            Do.TAKE_GIVEN: lambda _: self._take_given(),
            Do.SEARCH: lambda _: self.search(),
            Do.USE: self._use,
            Do.LOOK_UP: lambda _: self._look_up(),
            Do.KEEP_FOR_NEXT: self._keep_for_next,
            Do.JOIN: lambda _: self.lane.join(),
            Do.DROP: self._drop,
            Do.REMEMBER_HOLDER: lambda _: self._remember(Known.HOLDER, self._preview),
            Do.CLOSE: lambda _: self._close(),
            Do.NEXT: lambda _: self._next(),
            Do.AGAIN: lambda _: self._again(),
            Do.BACK: lambda _: self._back_to_answer(),
            Do.REOPEN: lambda _: self._reopen(),
            Do.FORGET_PAGE: lambda _: self.lane.forget_page(),
            Do.DECLINE_PICTURE: lambda _: self._decline_picture(),
        }

    @property
    def answered(self) -> Screened | None:
        """The answer on the card."""
        return self._front.screened

    @property
    def _busy(self) -> bool:
        return self._now.busy

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._together, self._before = TravellingTogether(), None
            self._closed.forget()
            self.happens(happenings.DeskLeft(self.moment()))
            self.lane.forget()
            self.lane.ask_whose(asking=False)
            self._let_go(InFront())

    def allow_second_line(self, *, allowed: bool) -> None:
        self.second_button.setVisible(allowed)

    # The document

    def typed_zone(self, text: str) -> None:
        """A zone that was swiped, pasted or typed as a whole: this traveller's document, as far as is known."""
        try:
            zone = mrz.parse(text, today())
        except OperatorError as refusal:
            self.tell(said(refusal))
        else:
            self.show_live()
            self.lane.use(TravelDocument(Origin.SWIPED, zone), swiped=True)

    def _use(self, act: Deed) -> None:
        self.lane.show_used(act.page)
        self._front.document = self.lane.document

    def _keep_for_next(self, act: Deed) -> None:
        self.lane.keep_for_next(act.page)
        self._front.document = self.lane.document

    def _drop(self, act: Deed) -> None:
        self.lane.drop(act.page)
        self._front.document = self.lane.document

    def _more_of_document(self, document: TravelDocument) -> None:
        """More is known of the document than when it was searched."""
        self._front.document = document
        self.happens(happenings.DocumentGrew(self.moment()))

    def _document_typed(self, document: TravelDocument) -> None:
        self.show_live()
        self.lane.use(document)

    def _look_up(self) -> None:
        if self._front.document is not None and self._front.document.zone is not None:
            self._desk.ask(partial(look_up, self._front.document), self._looked_up, self._not_looked_up)

    def _looked_up(self, found: object) -> None:
        """Names and numbers are searched while the face is still looked at."""

    def _not_looked_up(self, refusal: Refused) -> None:
        """The answer searches them again and says what is wrong."""
        self.tell(said(refusal))

    def _type_document(self) -> None:
        if self._front.document is not None:
            self.entry.show_document(self._front.document)
        self.show_entry()

    def _without_document(self) -> None:
        if self._now.question:
            self.happens(happenings.No(self.moment()))
        elif self._front.document is None:
            self.lane.without()

    # The answer

    def search(self) -> None:
        """Screen what is held of this traveller. An answer that is there stands until another one comes."""
        if self._front.screened is None:
            self.card.show_working()
        page = self._now.page
        self._page_searched = page.number if page is not None else 0
        companion = self._together.companion if self._front.earlier is None else None
        self._desk.ask(partial(screen, self._front, self._now.whose, companion), self._answered, self.refused)

    def _answered(self, found: tuple[InFront, Screened]) -> None:
        front, screened = found
        if front is not self._front:
            return
        front.screened, front.earlier, self._before = screened, screened.screening_id, None
        if front.taken is not None:
            shown = (screened.sighting,) if screened.sighting else ()
            self.view.show_taken(qimage(front.taken[0]), shown, choosing=False)
        self.card.show_answer(screened)
        self._show_beside(screened)
        plain = screened.answer is Answer.NO_LEAD and not screened.fault
        self.happens(
            happenings.Answered(
                self.moment(),
                not plain,
                self._page_searched,
                doubted=screened.left_out is not None,
                unlike=screened.left_out is Fit.UNLIKE,
            )
        )

    def refused(self, refusal: Refused) -> None:
        """Nothing was searched; an answer that stood before goes on standing."""
        if self._front.screened is not None or self._now.again:
            self.tell(said(refusal))
        else:
            self.card.show_refused(said(refusal))
        self.happens(happenings.Refused(self.moment()))

    # Ending

    def _enter(self) -> None:
        """Enter belongs to what is asked, where something is asked."""
        if self.asking:
            self.reasons.confirm()
        elif not self.typing and not self.looking_back:
            self.happens(happenings.Enter(self.moment()))

    def _close_clicked(self) -> None:
        self.happens(happenings.Enter(self.moment(), held=True))

    def _back(self) -> None:
        if self.typing or self.asking or self.looking_back:
            self.show_live()
        else:
            self._retake()

    def _retake(self) -> None:
        """Another picture of the same traveller; the document stays."""
        self.happens(happenings.Retake(self.moment()))

    def _close(self) -> None:
        screened = self._front.screened
        if screened is not None:
            self._together.close(screened.screening_id)
            self._desk.ask(partial(close, screened.screening_id))
            self._before = self._front
            self._closed.keep(self._front)
            QTimer.singleShot(round(UNDO_SECONDS * 1000) + 100, self, self._forget_before)

    def _next(self) -> None:
        self._let_go(InFront())
        self.entry.clear()
        self.lane.next_traveller()
        self.show_live()

    def _again(self) -> None:
        self._before = self._front
        self._let_go(self._front.again())

    def _back_to_answer(self) -> None:
        if self._before is not None:
            document = self._front.document
            self._front, self._before = self._before, None
            self._front.document = document
            self._show_front()

    def _undo(self) -> None:
        self.happens(happenings.Undo(self.moment()))

    def _reopen(self) -> None:
        """A traveller who was closed is in front again."""
        if self._before is None:
            return
        self._front, self._before = self._before, None
        self.lane.reopen(self._front.document)
        self._together.reopen()
        self.show_live()
        self._show_front()
        if self._front.screened is not None:
            self._desk.ask(partial(reopen, self._front.screened.screening_id))

    def _look_back(self) -> None:
        self._desk.ask(last, self._show_last)

    def _show_last(self, travellers: tuple[LastTraveller, ...]) -> None:
        self.last.may_reopen = self._closed.screenings
        self.last.show_travellers(travellers)
        self.show_last()

    def _recall(self, screening_id: int, *, again: bool) -> None:
        """An earlier traveller in front again; `again`: and a new picture is taken, in the place of that screening."""
        if self._now.stage in HELD:
            self.last.say(self.tr("Close the traveller in front first."))
            return
        self._before = InFront(earlier=screening_id) if again else self._closed.of(screening_id)
        self.happens(happenings.Recalled(self.moment(), again))

    def _disown(self, screening_id: int) -> None:
        self._desk.ask(partial(disown, screening_id), self._disowned, self._not_disowned)

    def _disowned(self, found: Screened | None) -> None:
        del found
        self._look_back()
        self.tell(
            self.tr(
                "It is in the log that the document was not that traveller's. A lead that was found stays with the second line."
            )
        )

    def _not_disowned(self, refusal: Refused) -> None:
        self.last.say(said(refusal))

    def _forget_before(self) -> None:
        """What could be taken back no longer can: nothing of that traveller stays."""
        if self._now.before is None or self.moment() - self._now.before.at >= UNDO_SECONDS:
            if not self._now.again:
                self._before = None
            self._show()

    def _let_go(self, front: InFront) -> None:
        """Back to the live picture."""
        self._front = front
        if self._watch is not None:
            self._watch.forget()
        self.tell("")
        self.say_compared("")
        self._say_group()
        self.card.show_waiting()
        self._show()

    # Within

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.elsewhere.drop(event)

    def _make_buttons(self) -> None:
        self.take_button = self.button(self.tr("Take   Space"), self._take_by_hand, "Space", primary=True)
        self.close_button = self.button(self.tr("Close   Enter"), self._close_clicked, "")
        self.retake_button = self.button(self.tr("Retake   R"), self._retake, "R")
        self.second_button = self.button(self.tr("Second line   S"), self.second_line.emit, "S")
        self.type_button = self.button(self.tr("Type document   D"), self._type_document, "D", below=True)
        self.without_button = self.button(self.tr("No document   N"), self._without_document, "N", below=True)
        self.no_photo_button = self.button(self.tr("No picture   P"), self.show_reasons, "P", below=True)
        self.button(self.tr("Group   G"), self._keep_together, "G", below=True)
        self.open_button = self.button(self.tr("Open   Ctrl+O"), self.elsewhere.choose, "Ctrl+O", below=True)
        self.last_button = self.button(self.tr("Last   L"), self._look_back, "L", below=True)
        self.undo_button = self.button(self.tr("Undo   Ctrl+Z"), self._undo, "Ctrl+Z", below=True)
        self.yes_button.clicked.connect(self._yes)
        self.no_button.clicked.connect(self._without_document)
        paste = QKeySequence.StandardKey.Paste
        for keys, act in (
            ("Return", self._enter), ("Enter", self._enter), ("Esc", self._back), ("Y", self._yes), (paste, self.elsewhere.paste),
        ):  # fmt: skip # keys and their acts
            QShortcut(QKeySequence(keys), self, act).setAutoRepeat(False)
        for number in range(9):
            QShortcut(QKeySequence(str(number + 1)), self, partial(self._pick, number))

    def _yes(self) -> None:
        self.happens(happenings.Yes(self.moment()))

    def _keep_together(self) -> None:
        """From now on, who is closed belongs together; once more, and the group ends."""
        self._together.turn(somebody=self._now.stage in HELD or self._front.document is not None)
        self._say_group()
