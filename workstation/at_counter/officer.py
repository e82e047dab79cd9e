"""What the officer does, and what the Desk answers: taking, closing, asking once, and taking a closing back."""

from dataclasses import replace

from workstation.at_counter.happenings import (
    Answered,
    Choosing,
    Chosen,
    Deed,
    DeskLeft,
    Do,
    Enter,
    No,
    NoPicture,
    PictureGiven,
    Recalled,
    Refused,
    Retake,
    Space,
    Undo,
    Yes,
)
from workstation.at_counter.presence import arm, take
from workstation.at_counter.traveller import (
    HELD,
    READ_SECONDS,
    UNDO_SECONDS,
    AtCounter,
    Before,
    Stage,
    Stepped,
)

SEEN_SECONDS = 0.5
"""A question stands for so long before a key answers it."""


def space(now: AtCounter, press: Space) -> Stepped:
    return (now, ()) if now.stage in HELD else take(now, press.at, track=_whom(now), what=Do.TAKE_NOW)


def picture(now: AtCounter, happening: PictureGiven) -> Stepped:
    if now.stage is Stage.ANSWERED or now.busy:
        return now, (Deed(Do.DECLINE_PICTURE),)
    return take(now, happening.at, track=_whom(now), what=Do.TAKE_GIVEN)


def no_picture(now: AtCounter, happening: NoPicture) -> Stepped:
    return (now, ()) if now.stage in HELD else take(now, happening.at, track=_whom(now), what=Do.SEARCH)


def choosing(now: AtCounter, happening: Choosing) -> Stepped:
    del happening
    return (replace(now, busy=False, choosing=True) if now.stage is Stage.TAKEN and now.busy else now), ()


def chosen(now: AtCounter, happening: Chosen) -> Stepped:
    del happening
    if not now.choosing:
        return now, ()
    return replace(now, busy=True, choosing=False, pressed=None), (Deed(Do.SEARCH),)


def answered(now: AtCounter, answer: Answered) -> Stepped:
    if now.stage not in HELD or not (now.busy or now.stage is Stage.TAKEN):
        return now, ()
    page, grown = now.page, now.grown
    now = replace(
        now, stage=Stage.ANSWERED, since=answer.at, busy=False, matters=answer.matters or answer.doubted, again=False,
        pressed=None, grown=False,
    )  # fmt: skip # the fields of one change
    if page is None or page.number != answer.page or (grown and not answer.doubted):
        return (now, ()) if page is None else (replace(now, busy=True), (Deed(Do.SEARCH),))
    if not answer.doubted:
        return now, ()
    if now.asked or (answer.unlike and page.after and not page.track):
        # Somebody else was there when it was laid down, and whoever comes next is asked about it.
        return _put_aside(now)
    return replace(now, question=page.number, asked=True, asked_at=answer.at), ()


def refused(now: AtCounter, happening: Refused) -> Stepped:
    """An answer that stood goes on standing."""
    del happening
    if now.again and now.stage is Stage.TAKEN:
        return replace(now, stage=Stage.ANSWERED, busy=False, again=False, matters=True), (Deed(Do.BACK),)
    return replace(now, busy=False, choosing=False), ()


def enter(now: AtCounter, press: Enter) -> Stepped:
    if now.again and not now.busy and now.stage not in HELD:
        return replace(now, stage=Stage.ANSWERED, since=press.at, again=False, matters=True), (Deed(Do.BACK),)
    if now.stage not in HELD or now.busy or now.question:
        return now, ()
    if now.matters and press.at - now.since < READ_SECONDS and not press.held:
        return now, ()
    if now.unread and (now.pressed is None or press.at - now.pressed < READ_SECONDS):
        return (replace(now, pressed=press.at) if now.pressed is None else now), ()
    return _closed(now, press.at)


def retake(now: AtCounter, press: Retake) -> Stepped:
    """Another picture of the same traveller, unless that one has left."""
    if now.stage not in HELD or now.busy or now.question or now.gone:
        return now, ()
    again = now.stage is Stage.ANSWERED
    stage = Stage.ARRIVING if now.there or again else Stage.LEFT
    then = replace(
        now, stage=stage, since=press.at, came=press.at, again=again, choosing=False, good=None, unlike=0, pressed=None
    )
    if stage is Stage.LEFT:
        # Whoever comes back is the one of whom a picture is to be taken.
        then = replace(then, track=now.track - 1)
    return then, (Deed(Do.AGAIN),)


def yes(now: AtCounter, press: Yes) -> Stepped:
    if not now.question or press.at - now.asked_at < SEEN_SECONDS or now.page is None:
        return now, ()
    return replace(now, page=replace(now.page, word=True), question=0, busy=True), (Deed(Do.SEARCH),)


def no(now: AtCounter, press: No) -> Stepped:
    if not now.question or press.at - now.asked_at < SEEN_SECONDS:
        return now, ()
    return _put_aside(replace(now, question=0, since=press.at))


def undo(now: AtCounter, press: Undo) -> Stepped:
    before = now.before
    if before is None or now.stage in HELD or now.again or press.at - before.at > UNDO_SECONDS:
        return now, ()
    page = replace(before.page, word=True) if before.page is not None else None
    waits = now.page if now.page is not None else now.other
    back = replace(
        now, stage=Stage.ANSWERED, since=press.at, taken=before.track, gone=now.track != before.track, page=page, other=waits,
        matters=True, before=None, asked=True, good=None, unlike=0, changed=False,
    )  # fmt: skip # the fields of one change
    return back, (Deed(Do.REOPEN), *((Deed(Do.KEEP_FOR_NEXT, waits.number),) if waits is not None else ()))


def recalled(now: AtCounter, wanted: Recalled) -> Stepped:
    """Not while somebody is being looked at: whose picture is held is closed first."""
    if now.stage in HELD or now.again:
        return now, ()
    waits = now.page if now.page is not None else now.other
    kept = (Deed(Do.KEEP_FOR_NEXT, waits.number),) if waits is not None else ()
    then = replace(
        now, since=wanted.at, track=now.track + 1, taken=now.track + 1, page=None, other=waits, before=None, asked=False,
        good=None, unlike=0, changed=False, back=None,
    )  # fmt: skip # the fields of one change
    if wanted.again:
        # Whoever stands there is that traveller, as the officer says.
        stage = Stage.ARRIVING if now.there else Stage.LEFT
        then = replace(then, stage=stage, came=wanted.at, track=then.track - (not now.there), gone=False)
        return then, (*kept, Deed(Do.REOPEN))
    return replace(then, stage=Stage.ANSWERED, gone=True, matters=True), (*kept, Deed(Do.REOPEN))


def desk_left(now: AtCounter, happening: DeskLeft) -> Stepped:
    """Nothing of anybody stays; who is seen next is another person, as far as anybody knows."""
    return AtCounter(since=happening.at, seen=now.seen, track=now.track + 1), ()


def _whom(now: AtCounter) -> int:
    return now.track + 1 if now.stage in {Stage.LEFT, Stage.CLOSED} else now.track


def _put_aside(now: AtCounter) -> Stepped:
    """The page is not this traveller's: the next one's perhaps, and of nobody here when it was the one's before."""
    page = now.page
    if page is None:
        return now, ()
    page = replace(page, refused=page.refused + 1, track=0, late=False, after=False)
    older = now.other
    if page.former or page.refused > 1 or (older is not None and not older.refused):
        return replace(now, page=None), (Deed(Do.DROP, page.number),)
    acts = () if older is None else (Deed(Do.DROP, older.number),)
    return replace(now, page=None, other=page), (*acts, Deed(Do.KEEP_FOR_NEXT, page.number))


def _closed(now: AtCounter, at: float) -> Stepped:
    acts = [Deed(Do.CLOSE)] if now.stage is Stage.ANSWERED else []
    before = Before(at, now.taken, now.page) if now.stage is Stage.ANSWERED else None
    waits = replace(now.other, late=False, after=False) if now.other is not None else None
    lying = now.lying
    if lying is not None and (lying.track == now.taken or lying.failed or now.pressed is not None):
        lying = None
    if lying is None:
        acts.append(Deed(Do.FORGET_PAGE))
    acts.append(Deed(Do.NEXT))
    on_desk = any(each is not None and each.lies for each in (now.lying, now.page)) or now.mover is not None
    then = replace(
        now, left=now.left or on_desk,
        since=at, page=waits, other=None, lying=lying, without=False, question=0, asked=False, pressed=None,
        matters=False, choosing=False, again=False, holder=0, doubt=0, skipped=None, before=before,
    )  # fmt: skip # the fields of one change
    if now.gone:
        then = arm(then, at, changed=now.track != now.taken)
    else:
        then = replace(then, stage=Stage.CLOSED, good=None, unlike=0, changed=False)
    if waits is not None:
        acts.append(Deed(Do.USE, waits.number))
        if then.certain:
            acts.append(Deed(Do.LOOK_UP, waits.number))
    return then, tuple(acts)
