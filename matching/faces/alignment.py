"""A face turned upright: scaled, turned and moved until its five points lie where face networks are trained to have them."""

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2

SIDE = 112
"""Height and width of an aligned picture, in pixels."""
PLACES = np.array(
    [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)], dtype=np.float64
)
"""Where both eyes, the tip of the nose and both corners of the mouth lie in it (Deng et al., ArcFace, CVPR 2019)."""


def similarity(points: NDArray[np.floating], places: NDArray[np.floating] = PLACES) -> NDArray[np.float64]:
    """The turn, scale and shift, (2, 3), that takes `points` (n, 2) nearest to `places`, by least squares (Umeyama 1991).

    ValueError when all points lie in one place.
    """
    middle, target = points.mean(axis=0), places.mean(axis=0)
    away, wanted = points - middle, places - target
    spread = float((away * away).sum())
    if not spread > 0:
        raise ValueError("points in one place have no direction")
    along = float((away * wanted).sum()) / spread
    across = float((away[:, 0] * wanted[:, 1] - away[:, 1] * wanted[:, 0]).sum()) / spread
    turn = np.array([[along, -across], [across, along]])
    return np.column_stack([turn, target - turn @ middle])


def aligned(image: Image, points: NDArray[np.floating]) -> Image:
    """The face whose five points these are, (SIDE, SIDE, 3); black beyond the picture."""
    return np.asarray(cv2.warpAffine(image, similarity(points), (SIDE, SIDE), flags=cv2.INTER_LINEAR), dtype=np.uint8)
