"""What the frames of the camera make of the traveller at the counter: who stands there, who left, who took whose place."""

from dataclasses import replace

from workstation.at_counter.happenings import CameraLost, Deed, Do, Seen
from workstation.at_counter.likeness import Likeness
from workstation.at_counter.traveller import (
    ARMED,
    AWAY_SECONDS,
    HELD,
    LOOKS,
    READING_SECONDS,
    SKIPPED_SECONDS,
    STEADY_SECONDS,
    TOLD_SECONDS,
    AtCounter,
    Page,
    Stage,
    Stepped,
)

GAP_SECONDS = 2.0
"""Who was not taken yet and is out of the picture for so long has left."""


def seen(now: AtCounter, frame: Seen) -> Stepped:
    if not frame.faces:
        return nobody(now, frame.at), ()
    back = now.back
    if not now.there:
        back = frame.at
    now = replace(now, there=True, several=frame.faces > 1, seen=frame.at, back=back, unlike=_row(now.unlike, frame.likeness))
    if now.stage in HELD:
        return _beside_answer(now, frame), ()
    if now.stage is Stage.CLOSED:
        now = _after_closing(now, frame)
    elif now.stage is Stage.LEFT:
        now = replace(now, stage=Stage.ARRIVING, since=frame.at, came=frame.at, track=now.track + 1, back=None)
    elif now.again and _another(now, frame):
        gone = replace(now, stage=Stage.ANSWERED, since=frame.at, again=False, gone=True, track=now.track + 1, matters=True)
        return gone, (Deed(Do.BACK),)
    elif now.changed and frame.likeness is Likeness.ALIKE:
        # The one who was closed stands there alone again.
        now = replace(now, stage=Stage.CLOSED, since=frame.at, changed=False, good=None)
    return _arriving(now, frame) if now.stage in ARMED else (now, ())


def nobody(now: AtCounter, at: float) -> AtCounter:
    """An empty picture."""
    away = at - now.seen
    now = replace(now, there=False, several=False, good=None, back=None)
    if now.stage in {Stage.ARRIVING, Stage.PRESENT} and away >= (AWAY_SECONDS if now.again else GAP_SECONDS):
        if now.again:
            return now
        skipped = at if now.seen - now.came >= SKIPPED_SECONDS else None
        return replace(now, stage=Stage.LEFT, since=at, changed=False, skipped=skipped, unlike=0)
    if now.stage in HELD and away >= AWAY_SECONDS:
        return replace(now, gone=True)
    if now.stage is Stage.CLOSED and away >= AWAY_SECONDS:
        return arm(now, at, changed=False)
    return replace(now, stage=Stage.ARRIVING) if now.stage is Stage.PRESENT else now


def lost(now: AtCounter, happening: CameraLost) -> Stepped:
    """Nobody knows who stands there now: whoever is seen next is compared as somebody who came back."""
    stage = Stage.ARRIVING if now.stage is Stage.PRESENT else now.stage
    del happening
    return replace(now, stage=stage, there=False, several=False, good=None, back=None), ()


def arm(now: AtCounter, at: float, *, changed: bool) -> AtCounter:
    """From here on the next one is taken by himself: nobody is there, or somebody else."""
    return replace(
        now, stage=Stage.ARRIVING if now.there else Stage.LEFT, since=at, came=at, changed=changed, gone=False, again=False,
        unlike=0, good=None, back=None, doubt=0,
    )  # fmt: skip # the fields of one change


def _row(before: int, likeness: Likeness | None) -> int:
    """Frames in a row in which the face is unlike; a frame without a comparison breaks no row."""
    if likeness is None:
        return before
    return min(before + 1, LOOKS) if likeness is Likeness.UNLIKE else 0


def _another(now: AtCounter, frame: Seen) -> bool:
    """Somebody else stands there: unlike twice in a row, or unlike at once after an empty picture."""
    return now.unlike >= LOOKS or (now.back is not None and frame.likeness is Likeness.UNLIKE)


def _beside_answer(now: AtCounter, frame: Seen) -> AtCounter:
    if frame.likeness is Likeness.ALIKE:
        return replace(now, gone=False, track=now.taken, back=None, sure=frame.at)
    if _another(now, frame) or (now.gone and now.back is not None and frame.likeness is Likeness.OPEN):
        other = now.track if now.track != now.taken else now.track + 1
        came = frame.at if other != now.track else now.came
        return replace(_unsure(now), gone=True, track=other, back=None, came=came)
    return now


def _unsure(now: AtCounter) -> AtCounter:
    """Somebody else has stood there since some moment after `sure`: a page laid down since then may be of either."""

    def either(page: Page | None) -> Page | None:
        doubt = page is not None and page.at > now.sure and page.track == now.taken and not page.word
        return replace(page, track=0, late=False) if page is not None and doubt else page

    return replace(now, lying=either(now.lying))


def _after_closing(now: AtCounter, frame: Seen) -> AtCounter:
    if frame.likeness is Likeness.ALIKE:
        return replace(now, back=None)
    waited = now.back is not None and frame.at - now.back >= TOLD_SECONDS
    if _another(now, frame) or (now.back is not None and frame.likeness is Likeness.OPEN) or waited:
        return replace(arm(now, frame.at, changed=now.back is None), track=now.track + 1)
    return now


def _arriving(now: AtCounter, frame: Seen) -> Stepped:
    now, acts = _holder(now, frame)
    good = frame.faces == 1 and frame.good and not (now.again and now.unlike)
    since = (now.good if now.good is not None else frame.at) if good and frame.free else None
    now = replace(now, stage=Stage.PRESENT if good else Stage.ARRIVING, good=since, back=now.back if now.again else None)
    steady = frame.at - since if since is not None else 0.0
    if steady < STEADY_SECONDS or (now.reading and steady < READING_SECONDS):
        return now, acts
    taken, more = take(now, frame.at, track=now.track, what=Do.TAKE)
    return taken, (*acts, *more)


def _holder(now: AtCounter, frame: Seen) -> tuple[AtCounter, tuple[Deed, ...]]:
    """Whether whoever stands there laid the page down."""
    page = now.page or now.lying
    if page is None or page.word or now.several:
        return now, ()
    if now.holder != page.number:
        return (
            (replace(now, holder=page.number, doubt=0), (Deed(Do.REMEMBER_HOLDER),)) if page.track == now.track else (now, ())
        )
    doubt = _row(now.doubt, frame.holder)
    if frame.holder is Likeness.ALIKE and page.track != now.track and page.track:
        return owned(replace(now, doubt=0), page.number, now.track), ()
    if doubt >= LOOKS and page.track == now.track:
        stood = now.seen - now.came >= SKIPPED_SECONDS
        other = replace(now, track=now.track + 1, came=frame.at, doubt=0, good=None, changed=True)
        return replace(other, skipped=frame.at if stood else now.skipped), ()
    return replace(now, doubt=doubt), ()


def owned(now: AtCounter, number: int, track: int) -> AtCounter:
    """The page is of whoever this is."""

    def known(page: Page | None) -> Page | None:
        return replace(page, track=track) if page is not None and page.number == number else page

    return replace(now, page=known(now.page), lying=known(now.lying))


def take(now: AtCounter, at: float, *, track: int, what: Do) -> Stepped:
    """A picture is held of whoever this is, and searched."""
    page, other = now.page, now.other
    acts: tuple[Deed, ...] = ()
    if page is not None and other is not None and page.track != track and other.track == track and not page.word:
        # Whoever laid the first one down was never taken: the page of this one goes before it.
        acts = (Deed(Do.DROP, page.number), Deed(Do.USE, other.number))
        page, other = other, None
    held = replace(
        now, stage=Stage.TAKEN, since=at, sure=at, track=track, taken=track, busy=True, good=None, unlike=0, gone=False,
        back=None, skipped=None, page=page, other=other, pressed=None, before=None,
    )  # fmt: skip # the fields of one change
    return held, (*acts, Deed(what))
