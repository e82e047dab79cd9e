"""What documents lie on: wood, cloth, plastic, a mat with print on it, or the white lid of a scanner, drawn from a seed."""

import numpy as np

from matching.faces.opencv import cv2
from workstation.training_post.drawn.head import Field

_COLOURS = ((96, 74, 52), (60, 66, 74), (150, 152, 150), (40, 42, 46), (120, 96, 70), (74, 92, 84), (196, 192, 184))


def desk_top(width: int, height: int, seed: int, dpi: float) -> Field:
    """The empty desk, (height, width, 3), grey levels; -1 is a scanner's lid."""
    if seed < 0:
        return np.full((height, width, 3), 246, dtype=np.float32)
    random = np.random.default_rng([seed, 39])
    colour = np.array(_COLOURS[int(random.integers(len(_COLOURS)))], dtype=np.float32)
    kind = int(random.integers(3))
    if kind == 0:
        grain = _grain(width, height, (max(4, width // 3), max(4, round(height / dpi * 40))), random)
    elif kind == 1:
        grain = _grain(width, height, (max(4, width // 3), max(4, height // 3)), random)
    else:
        grain = _grain(width, height, (6, 5), random)
    desk = colour * (1 + 0.22 * grain[..., None])
    fall = np.linspace(random.uniform(0.85, 1.1), random.uniform(0.85, 1.1), width, dtype=np.float32)[None, :, None]
    return np.ascontiguousarray(desk * fall, dtype=np.float32)


def _grain(width: int, height: int, cells: tuple[int, int], random: np.random.Generator) -> Field:
    """Noise of so many cells across and down, stretched over the desk."""
    rough = random.standard_normal((cells[1], cells[0]), dtype=np.float32)
    return np.asarray(cv2.resize(rough, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
