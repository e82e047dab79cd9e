"""Pictures in which nobody can be found because of the camera: black, covered, green, white. Each with what to do."""

import numpy as np

from matching.faces.images import Image
from workstation.sentences import Sentence

BLACK = Sentence("The picture is black. Take the cover off the lens, or switch on the light.")
COVERED = Sentence("The lens is covered. Take the cover or the hand off it.")
GREEN = Sentence("The camera sends green, broken pictures. Unplug it and plug it in again; it will resume by itself.")
WHITE = Sentence("The picture is white. Turn the camera away from the light.")
_STEP = 16
"""Every sixteenth point of every sixteenth row is enough to tell."""
_DARKEST, _BRIGHTEST = 24, 250
"""Of 255: what even the brightest hundredth of a black picture does not reach, and all of a white one does."""
_EVEN, _SHADED = 6.0, 80.0
"""Spread and mean of a picture through a covered lens."""
_GREEN_SHARE = 0.25
"""A decoder that lost its data fills the rest of the picture with YCbCr 0, 0, 0, which is green (ITU-R BT.601)."""


def fault_of(image: Image) -> Sentence | None:
    """What is wrong with the picture as a whole, for a picture without a face; None: nothing that can be told."""
    sample = image[::_STEP, ::_STEP].reshape(-1, 3).astype(np.float32)
    red, green, blue = sample.T
    if np.mean((green > 60) & (red < 0.45 * green) & (blue < 0.45 * green)) > _GREEN_SHARE:
        return GREEN
    light = sample @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    low, high = np.percentile(light, (1, 99))
    if high < _DARKEST:
        return BLACK
    if low > _BRIGHTEST:
        return WHITE
    if light.std() < _EVEN and light.mean() < _SHADED:
        return COVERED
    return None
