"""What a page on the desk makes of the traveller at the counter: laid, read, lifted, and whose it is."""

from dataclasses import replace

from workstation.at_counter.happenings import (
    Deed,
    Do,
    DocumentGiven,
    DocumentGrew,
    PageLies,
    PageLifted,
    PageMoves,
    PageRead,
    PageUnread,
    WithoutDocument,
)
from workstation.at_counter.traveller import HELD, AtCounter, Page, Stage, Stepped


def moves(now: AtCounter, happening: PageMoves) -> Stepped:
    return (now if now.mover is not None else replace(now, mover=now.owner(happening.at))), ()


def lies(now: AtCounter, happening: PageLies) -> Stepped:
    if now.lying is not None and now.lying.number == happening.page:
        return now, ()
    owner = now.owner(happening.at)
    if now.left or (now.mover is not None and now.mover != owner):
        owner = 0  # it began to move before somebody, and lies still before somebody else
    page = Page(happening.page, owner, happening.at, late=now.stage in HELD and owner == now.taken, lies=True)
    return replace(_lifted(now), lying=page), ()


def lifted(now: AtCounter, happening: PageLifted) -> Stepped:
    del happening
    return replace(_lifted(now), left=False), ()


def unread(now: AtCounter, happening: PageUnread) -> Stepped:
    lying, page = now.lying, now.page
    if lying is None or lying.number != happening.page:
        return now, ()
    joins = happening.portrait and page is not None and lying.track and lying.track == page.track
    return replace(now, lying=replace(lying, failed=True)), (Deed(Do.JOIN),) if joins else ()


def read(now: AtCounter, happening: PageRead) -> Stepped:
    page = now.lying
    if page is None or page.number != happening.page:
        page = Page(happening.page)  # nobody saw it being laid down
    else:
        now = replace(now, lying=None)
    if happening.same or happening.page in {each.number for each in (now.page, now.other) if each is not None}:
        return now, ()
    return _placed(now, replace(page, former=happening.former))


def given(now: AtCounter, happening: DocumentGiven) -> Stepped:
    if happening.same:
        return now, ()
    held = now.stage in HELD
    if not happening.swiped:
        page = Page(happening.page, now.taken if held else _expected(now), word=True)
        return _used(replace(now, without=False), page)
    if now.stage is Stage.CLOSED:
        # Swiped after the one before was closed: nobody but the next one can be meant.
        return _placed(now, Page(happening.page, now.track + 1, word=True))
    # A reader says nothing of whom it was meant for, once the one in front has left.
    owner = 0 if now.gone else now.owner(happening.at)
    return _placed(now, Page(happening.page, owner, happening.at, late=held and owner == now.taken))


def grew(now: AtCounter, happening: DocumentGrew) -> Stepped:
    del happening
    if now.stage not in HELD or now.page is None or now.question:
        return now, ()
    if now.busy:
        return replace(now, grown=True), ()
    return (replace(now, busy=True), (Deed(Do.SEARCH),)) if now.stage is Stage.ANSWERED else (now, ())


def without(now: AtCounter, happening: WithoutDocument) -> Stepped:
    del happening
    return replace(now, without=True), ()


def _lifted(now: AtCounter) -> AtCounter:
    """Nothing that lay there lies there any more; what is still read of it may be told later."""

    def up(page: Page | None) -> Page | None:
        return replace(page, lies=False) if page is not None else None

    return replace(now, lying=up(now.lying), page=up(now.page), other=up(now.other), mover=None)


def _expected(now: AtCounter) -> int:
    """Who will be taken next, as far as anybody knows."""
    return now.track + 1 if now.stage in {Stage.LEFT, Stage.CLOSED} else now.track


def _placed(now: AtCounter, page: Page) -> Stepped:
    """This traveller's, or kept for the next one. The better known of two pages goes before the other."""
    mine = now.page
    if now.stage in HELD:
        page = replace(page, after=True)
        whom, may = now.taken, page.track == now.taken or (page.track == 0 and not now.gone)
    else:
        whom, may = _expected(now), True
    if may and (mine is None or (_known(page, whom) > _known(mine, whom))):
        kept = mine if mine is not None and now.other is None and _known(mine, whom) else None
        dropped = () if mine is None or kept is not None else (Deed(Do.DROP, mine.number),)
        then, acts = _used(replace(now, page=None, other=kept or now.other), page)
        return then, (*dropped, *acts)
    older = () if now.other is None else (Deed(Do.DROP, now.other.number),)
    return replace(now, other=page), (*older, Deed(Do.KEEP_FOR_NEXT, page.number))


def _known(page: Page, whom: int) -> int:
    """How well it is known that the page is of whoever this is."""
    if page.word:
        return 3
    if page.track == whom and not page.former:
        return 2
    return 0 if page.refused or page.former or page.track else 1


def _used(now: AtCounter, page: Page) -> Stepped:
    acts = [Deed(Do.DROP, now.page.number)] if now.page is not None and now.page.number != page.number else []
    acts.append(Deed(Do.USE, page.number))
    now = replace(now, page=page, question=0, pressed=None)
    if now.other is not None and now.other.number == page.number:
        now = replace(now, other=None)
    if now.stage is Stage.ANSWERED and not now.busy:
        return replace(now, busy=True), (*acts, Deed(Do.SEARCH))
    if now.stage not in HELD and now.certain:
        acts.append(Deed(Do.LOOK_UP, page.number))
    return now, tuple(acts)
