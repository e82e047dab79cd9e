"""A face that was seen, as the store keeps it: box, eyes and quality in JSON, without a pixel."""

from collections.abc import Mapping
from dataclasses import asdict

from matching.faces.finding import Face
from matching.faces.quality import Quality

Eyes = tuple[tuple[float, float], tuple[float, float]]
"""Centres of the eye on the left and on the right of the picture, x and y in pixels."""


def described(face: Face, quality: Quality) -> dict[str, object]:
    """Box, eye centres (means of landmarks 36-41 and 42-47 of the 68-point scheme) and quality."""
    return {
        "box": [face.box.left, face.box.top, face.box.right, face.box.bottom],
        "eyes": described_eyes(face),
        "quality": {
            "score": quality.score,
            "good": quality.good,
            "fix": quality.fix.value if quality.fix else None,
            "measures": [asdict(measure) for measure in quality.measures],
        },
    }


def described_eyes(face: Face) -> list[list[float]]:
    """Eye centres as JSON: x and y in pixels, the eye on the left of the picture first."""
    left, right = face.landmarks[36:42].mean(axis=0), face.landmarks[42:48].mean(axis=0)
    return [[round(float(x), 1), round(float(y), 1)] for x, y in (left, right)]


def eyes_of(face: Mapping[str, object]) -> Eyes:
    """The eye centres of what `described` gave."""
    eyes = face["eyes"]
    if not isinstance(eyes, list):
        raise TypeError(f"not the eyes of a face: {eyes!r}")
    (left_x, left_y), (right_x, right_y) = eyes
    return (float(left_x), float(left_y)), (float(right_x), float(right_y))
