"""Whether the face in view looks like one that was seen moments ago: told from one frame each, open where that does not decide.

It says only whether somebody else stands there now. It is no search and no comparison with a document.
"""

from enum import StrEnum

ALIKE_WITHIN, UNLIKE_BEYOND = 0.5, 0.65
"""Distance of two templates, each of one frame. Frames of one drawn person lay within 0.28 and strangers beyond 0.67 (42
pictures of 14 people); photographed strangers lie farther apart: of the group that looks most alike 1 pair in 10,000 lies
within 1.0."""


class Likeness(StrEnum):
    ALIKE = "looks like that face"
    OPEN = "cannot be told"
    UNLIKE = "looks unlike that face"


def likeness(distance: float, *, good: bool) -> Likeness:
    """`good`: nothing is to be fixed about the face in view; a turned or blurred one is never called unlike."""
    if distance <= ALIKE_WITHIN:
        return Likeness.ALIKE
    return Likeness.UNLIKE if good and distance >= UNLIKE_BEYOND else Likeness.OPEN


def together(each: tuple[Likeness, ...]) -> Likeness:
    """Of several faces in view: whether one of them is that face."""
    if Likeness.ALIKE in each:
        return Likeness.ALIKE
    return Likeness.UNLIKE if each and all(one is Likeness.UNLIKE for one in each) else Likeness.OPEN
