"""Where a head points, from its landmarks: a generic head turned until its points lie over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces.opencv import cv2

# A generic adult head in millimetres: x to the right of the picture, y down, z away from the camera. Proportions after the
# mean shape used for head pose from sparse landmarks (nose tip, chin, outer eye corners, mouth corners).
_LANDMARKS = (30, 8, 36, 45, 48, 54)
_HEAD = np.array(
    [
        (0.0, 0.0, 0.0),
        (0.0, 63.6, 12.5),
        (-43.3, -32.7, 26.0),
        (43.3, -32.7, 26.0),
        (-28.9, 28.9, 24.1),
        (28.9, 28.9, 24.1),
    ],
    dtype=np.float64,
)


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees; None when the points lie so that no head fits them."""

    yaw: float | None
    """Positive: turned to the right of the picture."""
    pitch: float | None
    """Positive: looking up."""
    roll: float | None
    """Positive: the head leans clockwise in the picture."""


def pose(landmarks: NDArray[np.float32], width: int, height: int) -> Pose:
    """Pose from the 68 landmarks of a picture of this size, for a camera as long as the picture is wide (60 degrees)."""
    camera = np.array([[width, 0, width / 2], [0, width, height / 2], [0, 0, 1]], dtype=np.float64)
    points = landmarks[list(_LANDMARKS)].astype(np.float64)
    start = np.array([[0.0], [0.0], [600.0]])
    found, turn, _ = cv2.solvePnP(
        _HEAD, points, camera, None, np.zeros((3, 1)), start, useExtrinsicGuess=True, flags=cv2.SOLVEPNP_ITERATIVE
    )
    if not found or not np.isfinite(turn).all():
        return Pose(None, None, None)
    rotation, _ = cv2.Rodrigues(turn)
    # The direction of the face (-z of the head) and of its right side, in the camera's axes.
    ahead = rotation @ np.array([0.0, 0.0, -1.0])
    side = rotation @ np.array([1.0, 0.0, 0.0])
    yaw = np.degrees(np.arctan2(ahead[0], -ahead[2]))
    pitch = np.degrees(np.arcsin(np.clip(-ahead[1], -1, 1)))
    roll = np.degrees(np.arctan2(side[1], side[0]))
    return Pose(float(yaw), float(pitch), float(roll))
