"""From a page that lies still to the document of the traveller in front: by the document camera, typed, swiped, or none.

Whose a page is, `workstation.at_counter` says; here are the documents themselves, the signs of the panel, and the camera's news.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, SignalInstance

from ui.counter.document_panel import DocumentPanel, Sign
from ui.threads.background import Refused
from ui.threads.document_watch import DocumentPreview, DocumentWatch
from ui.words.plain import Templated, said
from workstation.at_counter.happenings import (
    DocumentGiven,
    PageLies,
    PageLifted,
    PageMoves,
    PageRead,
    PageUnread,
    WithoutDocument,
)
from workstation.documents.travel_document import TravelDocument
from workstation.documents.watching.laid_page import PageState
from workstation.today import today

_SIGNS = {
    PageState.EMPTY: Sign.LAY,
    PageState.MOVING: Sign.HOLD,
    PageState.STILL: Sign.HOLD,
    PageState.READING: Sign.READING,
    PageState.READ_MAY_LIFT: Sign.LIFT,
    PageState.UNREADABLE: Sign.UNREAD,
}

_LIES = {PageState.STILL, PageState.READING}


class DocumentLane(QObject):
    happened = Signal(object)
    """What the desk, or the officer's hand, did with a page: a `Happening`."""
    taken = Signal(object)
    """The `TravelDocument` of the traveller in front, once more because more of it is known."""
    remarked = Signal(str)
    """Words about one page of the scanner; the scanner itself goes on."""

    def __init__(self, panel: DocumentPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moment: Callable[[], float] = time.monotonic
        """Seconds of a clock that never goes back."""
        self._panel = panel
        self._watch: DocumentWatch | None = None
        self._state = PageState.EMPTY
        self._without = False
        self._asking = False
        self._stopped = ""
        """What happened to the source, while no frame comes."""
        self._number = 0
        self._lying = (0, 0)
        """The page that lies there: its number here, and the watch's."""
        self._read_pages: dict[int, TravelDocument] = {}
        self.document: TravelDocument | None = None
        self.unread: TravelDocument | None = None
        """A page whose lines could not be read: it and its portrait are of use beside typed lines."""
        self.waiting: TravelDocument | None = None
        """Another document than this traveller's, which was read meanwhile."""
        self.former: TravelDocument | None = None
        """Of the traveller who was closed last."""

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

    # What the officer's hand gives

    def use(self, document: TravelDocument, *, swiped: bool = False) -> None:
        """The officer's word: this is the document of the traveller in front. A reader's swipe says less."""
        number = self._keep(document)
        same = swiped and self.document is not None and _same(document, self.document)
        self.happened.emit(DocumentGiven(self.moment(), number, swiped, same))

    def without(self) -> None:
        """The traveller has none: nothing more is asked. What is laid down all the same counts."""
        self._without = True
        self.happened.emit(WithoutDocument(self.moment()))
        self._say()

    # What is to be done about it

    def show_used(self, number: int) -> None:
        """This page is the document of the traveller in front."""
        document = self._read_pages.get(number)
        if document is None:
            return
        if self.waiting is document:
            self.waiting = None
        if self.document is not None and self.document.zone is None and document.portrait is None:
            document = replace(document, portrait=self.document.portrait)
        self._show(document)

    def keep_for_next(self, number: int) -> None:
        self.waiting = self._read_pages.get(number, self.waiting)
        if self.document is self.waiting:
            self.document = None
            self._panel.clear()
        self._say()

    def drop(self, number: int) -> None:
        gone = self._read_pages.pop(number, None)
        if gone is not None and self.waiting is gone:
            self.waiting = None
        if gone is not None and self.document is gone:
            self.document = None
            self._panel.clear()
        self._say()

    def join(self) -> None:
        """The other side of this traveller's card may bear the portrait."""
        mine, other = self.document, self.unread
        if mine is not None and other is not None and mine.portrait is None and other.portrait is not None:
            self._more(replace(mine, portrait=other.portrait))

    def ask_whose(self, *, asking: bool) -> None:
        self._asking = asking
        self._say()

    def forget_page(self) -> None:
        """What lies there, or is still read of it, belongs to nobody any more."""
        if self._watch is not None:
            self._watch.forget()

    def next_traveller(self) -> None:
        self.former = self.document or self.former
        self.document = self.unread = None
        self._read_pages = {number: each for number, each in self._read_pages.items() if each is self.waiting}
        self._without = self._asking = False
        self._panel.clear()
        self._say()

    def reopen(self, document: TravelDocument | None) -> None:
        """The traveller who was closed last is in front again, with this document."""
        self.former = None
        self.document = None
        self._panel.clear()
        if document is not None:
            self._show(document)
        self._say()

    def forget(self) -> None:
        """The officer has left: nothing waits."""
        self.waiting = self.former = None
        self._read_pages.clear()
        self.next_traveller()
        self.former = None
        self.forget_page()

    # What the camera or the scanner tells

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
        before, self._state, self._stopped = self._state, preview.state, ""
        if self.document is None:
            self._panel.show_live(preview.picture if preview.state is not PageState.EMPTY else None)
        self._tell_page(before, preview)
        self._say(said(preview.sentence) if preview.sentence is not None else "")

    def _tell_page(self, before: PageState, preview: DocumentPreview) -> None:
        now, state = self.moment(), preview.state
        if state in _LIES:
            number, theirs = self._lying
            if before not in _LIES or (preview.page and preview.page != theirs):
                number = self._next_number()
            self._lying = (number, preview.page)
            self.happened.emit(PageLies(now, number))
        elif state is not before and state is PageState.MOVING:
            self.happened.emit(PageMoves(now))
        elif state is not before and state is PageState.EMPTY:
            self.happened.emit(PageLifted(now))
        elif state is not before and state is PageState.UNREADABLE:
            self.happened.emit(PageUnread(now, self._lying[0]))

    def _read(self, document: TravelDocument) -> None:
        number = self._number_of(document)
        self._read_pages[number] = document
        mine = self.document
        same = mine is not None and _same(document, mine)
        former = self.former is not None and _same(document, self.former)
        self.happened.emit(PageRead(self.moment(), number, same, former))
        if same and mine is not None and mine.portrait is None and document.portrait is not None:
            self._more(replace(mine, portrait=document.portrait))

    def _number_of(self, document: TravelDocument) -> int:
        """The number of the page that this was read of; another one than that which lies there now, when that is newer."""
        number, theirs = self._lying
        page = self._watch.page_of(document) if self._watch is not None else 0
        return number if number and (not page or page == theirs) else self._next_number()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _keep(self, document: TravelDocument) -> int:
        number = self._next_number()
        self._read_pages[number] = document
        return number

    def _print(self, whole: TravelDocument) -> None:
        """The print of a page that was read before. Only what contradicts is told anew: nobody is searched twice for nothing."""
        mine = self.document
        if self.waiting is not None and _same(self.waiting, whole):
            waits = replace(self.waiting, printed=whole.printed, remarks=whole.remarks)
            self._read_pages = {number: waits if each is self.waiting else each for number, each in self._read_pages.items()}
            self.waiting = waits
        if mine is None or not _same(mine, whole):
            return
        remarks = {str(each): each for each in (*mine.remarks, *whole.remarks)}
        new = replace(mine, printed=whole.printed, remarks=tuple(remarks.values()))
        if len(new.remarks) > len(mine.remarks):
            self._more(new)
        else:
            self._read_pages = {number: new if each is mine else each for number, each in self._read_pages.items()}
            self.document = new
            self._panel.show_document(new, today())

    def _unread(self, document: TravelDocument) -> None:
        """The other side of a card may bear the portrait; a page that cannot be read is kept beside typed lines."""
        self.unread = document
        self.happened.emit(PageUnread(self.moment(), self._lying[0], portrait=document.portrait is not None))

    def _remarked(self, words: Templated) -> None:
        self.remarked.emit(said(words))

    def _lost(self, refusal: Refused) -> None:
        self._state, self._stopped = PageState.EMPTY, said(refusal)
        self.happened.emit(PageLifted(self.moment()))
        self._say()

    def _show(self, document: TravelDocument) -> None:
        self.document, self.unread, self._without = document, None, False
        self._panel.show_document(document, today())
        self._say()

    def _more(self, document: TravelDocument) -> None:
        """The same document, of which more is known: it is searched once more."""
        before = self.document
        self._read_pages = {number: document if each is before else each for number, each in self._read_pages.items()}
        self._show(document)
        self.taken.emit(document)

    def _say(self, why: str = "") -> None:
        """The sign that is true now: of the page that lies there, or of the document when none does."""
        # What else lies there than the document that was read is told when it turns out to be another one.
        shown = {PageState.READ_MAY_LIFT} if self.document is not None else set(_SIGNS) - {PageState.EMPTY}
        lies = self._watch is not None and self._state in shown
        if self._stopped:
            self._panel.show_sign(Sign.LOST, self._stopped)
        elif self._asking:
            self._panel.show_sign(Sign.WHOSE)
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
