"""Whether the face in view looks like one that was seen moments ago: told from one look each, open where that does not decide.

It says only whether somebody else stands there now. It is no search and no comparison with a document.
"""

from enum import StrEnum

ALIKE_WITHIN, UNLIKE_BEYOND = 0.30, 0.45
"""Distance of two templates of one look each. Of one person, seconds apart, they lie within 0.3 but for turned heads."""


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
