"""One step of the traveller at the counter: what happened, what is so now, and what is to be done about it."""

from collections.abc import Callable, Mapping
from typing import Any

from workstation.at_counter import happenings, officer, papers, presence
from workstation.at_counter.happenings import Happening
from workstation.at_counter.traveller import AtCounter, Stepped

_STEPS: Mapping[type[Any], Callable[[AtCounter, Any], Stepped]] = {
    happenings.Seen: presence.seen,
    happenings.CameraLost: presence.lost,
    happenings.PageMoves: papers.moves,
    happenings.PageLies: papers.lies,
    happenings.PageRead: papers.read,
    happenings.PageUnread: papers.unread,
    happenings.PageLifted: papers.lifted,
    happenings.DocumentGiven: papers.given,
    happenings.DocumentGrew: papers.grew,
    happenings.WithoutDocument: papers.without,
    happenings.Space: officer.space,
    happenings.PictureGiven: officer.picture,
    happenings.NoPicture: officer.no_picture,
    happenings.Choosing: officer.choosing,
    happenings.Chosen: officer.chosen,
    happenings.Answered: officer.answered,
    happenings.Refused: officer.refused,
    happenings.Enter: officer.enter,
    happenings.Retake: officer.retake,
    happenings.Yes: officer.yes,
    happenings.No: officer.no,
    happenings.Undo: officer.undo,
    happenings.Recalled: officer.recalled,
    happenings.DeskLeft: officer.desk_left,
}


def step(now: AtCounter, happening: Happening) -> Stepped:
    """The state after it, and what to do, in its order. Everything that can happen can happen in every state."""
    return _STEPS[type(happening)](now, happening)
