"""Where a picture must lie so that its eyes come to given places. A turn, one scale and a shift: a face is never bent or mirrored."""

from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]
Eyes = tuple[Point, Point]
"""Centres of the eye on the left and on the right of the picture, x and y in pixels."""

EYES_APART = 0.29
"""Distance of the eyes as a share of the pane's shorter side: the head with its hair fits, and so do the ears."""
EYE_LINE = 0.43
"""Height of the line through the eyes as a share of the pane's height, from the top."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """x' = a x - b y + dx, y' = b x + a y + dy, in pixels of a picture whose y runs downwards."""

    a: float
    b: float
    dx: float
    dy: float

    def at(self, point: Point) -> Point:
        x, y = point
        return self.a * x - self.b * y + self.dx, self.b * x + self.a * y + self.dy

    @property
    def scale(self) -> float:
        return hypot(self.a, self.b)

    def then(self, after: "Similarity") -> "Similarity":
        """This one first, `after` on its result."""
        dx, dy = after.at((self.dx, self.dy))
        return Similarity(after.a * self.a - after.b * self.b, after.a * self.b + after.b * self.a, dx, dy)


def between(eyes: Eyes, places: Eyes) -> Similarity:
    """The one similarity that takes both eyes to their places (two points fix its four numbers).

    ValueError when the two eyes are one point: then no scale can be told.
    """
    (left_x, left_y), (right_x, right_y) = eyes
    (to_x, to_y), (to_right_x, to_right_y) = places
    x, y = right_x - left_x, right_y - left_y
    square = x * x + y * y
    if not square > 0:
        raise ValueError(f"eyes at one point: {eyes}")
    u, v = to_right_x - to_x, to_right_y - to_y
    a, b = (x * u + y * v) / square, (x * v - y * u) / square
    return Similarity(a, b, to_x - (a * left_x - b * left_y), to_y - (b * left_x + a * left_y))


def places(width: float, height: float) -> Eyes:
    """Where the eyes belong in a pane of this size, from its upper left corner: level, and in its middle."""
    half = EYES_APART * min(width, height) / 2
    return (width / 2 - half, EYE_LINE * height), (width / 2 + half, EYE_LINE * height)


def looked_at(zoom: float, pan: Point, centre: Point) -> Similarity:
    """What the wheel and the hand do to both pictures alike: zoom about the pane's eye point, then shift by `pan` pixels."""
    x, y = centre
    return Similarity(zoom, 0.0, x - zoom * x + pan[0], y - zoom * y + pan[1])
