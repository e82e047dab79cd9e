"""From a page that lies still to the document of the traveller in front: by the document camera, typed, or none.

Each page is read once, and belongs to one traveller: another document, laid down before this traveller is closed, waits for
the next one or for the officer's word.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QDate, QObject, Signal, SignalInstance

from ui.counter.document_panel import DocumentPanel, Sign
from ui.threads.background import Refused
from ui.threads.document_watch import DocumentWatch
from ui.words.plain import Templated, said
from workstation.documents.travel_document import TravelDocument
from workstation.documents.watching.laid_page import PageState

_SIGNS = {
    PageState.EMPTY: Sign.LAY,
    PageState.MOVING: Sign.HOLD,
    PageState.STILL: Sign.HOLD,
    PageState.READING: Sign.READING,
    PageState.READ_MAY_LIFT: Sign.LIFT,
    PageState.UNREADABLE: Sign.UNREAD,
}


class DocumentLane(QObject):
    taken = Signal(object)
    """The `TravelDocument` of the traveller in front."""
    remarked = Signal(str)
    """Words about one page of the scanner; the scanner itself goes on."""

    def __init__(self, panel: DocumentPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._watch: DocumentWatch | None = None
        self._state = PageState.EMPTY
        self._without = False
        self._stopped = ""
        """What happened to the source, while no frame comes."""
        self.document: TravelDocument | None = None
        self.unread: TravelDocument | None = None
        """A page whose lines could not be read: it and its portrait are of use beside typed lines."""
        self.waiting: TravelDocument | None = None
        """Another document than this traveller's, which was read meanwhile."""

    @property
    def reading(self) -> bool:
        """Whether a page lies there and this traveller's document is about to be read."""
        lies = self._state in {PageState.MOVING, PageState.STILL, PageState.READING}
        return self.document is None and not self._without and lies

    def watch(self, watch: DocumentWatch | None) -> None:
        """Take pages from this source from now on; None: documents are typed."""
        if self._watch is not None:
            for signal, slot in self._ears(self._watch):
                signal.disconnect(slot)
        self._watch, self._state, self._stopped = watch, PageState.EMPTY, ""
        if watch is not None:
            for signal, slot in self._ears(watch):
                signal.connect(slot)
        self._say()

    def use(self, document: TravelDocument) -> None:
        """The officer's word: this is the document of the traveller in front."""
        self.waiting = None
        self._take(document)

    def without(self) -> None:
        """The traveller has none: nothing more is asked. What is laid down all the same counts."""
        self._without = True
        self._say()

    def next_traveller(self) -> None:
        waiting = self.waiting
        self.document = self.unread = self.waiting = None
        self._without = False
        self._panel.clear()
        if waiting is not None:
            self._take(waiting)
            return
        if self._watch is not None:
            self._watch.forget()
        self._say()

    def forget(self) -> None:
        """The officer has left: nothing waits."""
        self.waiting = None
        self.next_traveller()

    def _ears(self, watch: DocumentWatch) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        return (
            (watch.seen, self._seen),
            (watch.read_done, self._read),
            (watch.print_read, self._print),
            (watch.unread, self._unread),
            (watch.remarked, self._remarked),
            (watch.lost, self._lost),
        )

    def _seen(self) -> None:
        preview = self._watch.take() if self._watch is not None else None
        if preview is None:
            return
        self._state, self._stopped = preview.state, ""
        if self.document is None:
            self._panel.show_live(preview.picture if preview.state is not PageState.EMPTY else None)
        self._say(said(preview.sentence) if preview.sentence is not None else "")

    def _read(self, document: TravelDocument) -> None:
        mine = self.document
        if mine is None or mine.zone is None:
            self._take(document)
        elif _same(document, mine):
            if mine.portrait is None and document.portrait is not None:
                self._take(replace(mine, portrait=document.portrait))
        else:
            self.waiting = document
            self._say()

    def _print(self, whole: TravelDocument) -> None:
        """The print of a page that was read before. Only what contradicts is told anew: nobody is searched twice for nothing."""
        mine = self.document
        if self.waiting is not None and _same(self.waiting, whole):
            self.waiting = replace(self.waiting, printed=whole.printed, remarks=whole.remarks)
        if mine is None or not _same(mine, whole):
            return
        remarks = {str(each): each for each in (*mine.remarks, *whole.remarks)}
        new = replace(mine, printed=whole.printed, remarks=tuple(remarks.values()))
        if len(new.remarks) > len(mine.remarks):
            self._take(new)
        else:
            self.document = new
            self._panel.show_document(new, QDate.currentDate().toPython())  # type: ignore[arg-type] # the stubs say object

    def _unread(self, document: TravelDocument) -> None:
        """The other side of a card may bear the portrait; a page that cannot be read is kept beside typed lines."""
        mine = self.document
        if mine is None:
            self.unread = document
        elif mine.portrait is None and document.portrait is not None:
            self._take(replace(mine, portrait=document.portrait))

    def _remarked(self, words: Templated) -> None:
        self.remarked.emit(said(words))

    def _lost(self, refusal: Refused) -> None:
        self._state, self._stopped = PageState.EMPTY, said(refusal)
        self._say()

    def _take(self, document: TravelDocument) -> None:
        self.document, self.unread, self._without = document, None, False
        self._panel.show_document(document, QDate.currentDate().toPython())  # type: ignore[arg-type] # the stubs say object
        self._say()
        self.taken.emit(document)

    def _say(self, why: str = "") -> None:
        """The sign that is true now: of the page that lies there, or of the document when none does."""
        # What else lies there than the document that was read is told when it turns out to be another one.
        shown = {PageState.READ_MAY_LIFT} if self.document is not None else set(_SIGNS) - {PageState.EMPTY}
        lies = self._watch is not None and self._state in shown
        if self._stopped:
            self._panel.show_sign(Sign.LOST, self._stopped)
        elif self.waiting is not None:
            self._panel.show_sign(Sign.ANOTHER)
        elif lies:
            self._panel.show_sign(_SIGNS[self._state], why)
        elif self.document is not None:
            self._panel.show_sign(Sign.READ)
        elif self._without:
            self._panel.show_sign(Sign.WITHOUT)
        else:
            self._panel.show_sign(Sign.LAY if self._watch is not None else Sign.TYPED, why)


def _same(one: TravelDocument, other: TravelDocument) -> bool:
    return one.zone is not None and other.zone is not None and one.zone.lines == other.zone.lines
