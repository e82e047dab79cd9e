"""The one line at the counter that is true now: what to do, never what a machine waits for."""

from enum import StrEnum

from workstation.at_counter.traveller import HELD, AtCounter, Stage


class Line(StrEnum):
    FACE = "waiting for a face"
    ONE = "one person at a time"
    FIX = "what is to be fixed about the picture"
    HOLD = "hold still"
    NEXT = "next traveller, or Space"
    SKIPPED = "who stood here was not searched"
    SEARCHING = "the search runs"
    CHOOSE = "who of several is meant"
    AGAIN = "nothing was searched: another picture"
    STANDS = "the answer stands"
    BESIDE = "the answer is about the one who is marked"
    LEFT = "the traveller has left; Enter closes"
    ANOTHER = "somebody else stands there; Enter closes the traveller before"
    UNREAD = "the document is still being read; Enter again closes without it"
    UNSEARCHED = "nothing was searched; Enter again lets the traveller go"
    WHOSE = "is this document this traveller's"


SKIPPED_SHOWN_SECONDS = 5.0


def line(now: AtCounter, at: float) -> Line:
    if now.stage in HELD:
        return _beside_answer(now)
    if now.stage is Stage.CLOSED:
        return Line.NEXT
    if now.skipped is not None and at - now.skipped <= SKIPPED_SHOWN_SECONDS:
        return Line.SKIPPED
    if not now.there:
        return Line.FACE
    if now.several:
        return Line.ONE
    return Line.HOLD if now.stage is Stage.PRESENT else Line.FIX


def _beside_answer(now: AtCounter) -> Line:
    if now.question:
        return Line.WHOSE
    if now.pressed is not None:
        return Line.UNREAD if now.stage is Stage.ANSWERED else Line.UNSEARCHED
    if now.stage is Stage.TAKEN:
        return Line.CHOOSE if now.choosing else Line.SEARCHING if now.busy else Line.AGAIN
    if now.gone:
        return Line.ANOTHER if now.track != now.taken and now.there else Line.LEFT
    return Line.BESIDE if now.several else Line.STANDS
