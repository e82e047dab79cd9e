"""A small net that tells the 37 characters of OCR-B apart, and a place without one; it sees one place of the pitch at a time.

A general recogniser takes the letter O for the digit 0, since they differ only in width and height: seen at a known pitch they
do not look alike. The weights come from workstation/fitting/glyphs.py and drawn lines alone.
"""

import functools
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import models
from workstation.documents.zone_reader.reading import ALPHABET

PITCH = 16
"""Pixels from character to character in a strip that is ready to be cut."""
CELL_HEIGHT, CELL_WIDTH = 24, 20
NOTHING = len(ALPHABET)
"""The class of a place without a character, of half a character and of one that stands on its head."""
CLASSES = NOTHING + 1
_AT_ONCE = 48
"""Cells that go through the net together: their patches fit a processor's cache, which halves the time."""
WEIGHTS = Path(__file__).with_name("glyphs.npz")
DIGEST = "3c8b618e474aa45fb4535031d6145918c8dc054d4ec5c79153117f530bc87531"

Strip = NDArray[np.float32]
Cells = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """Two convolutions with pooling by two, two full layers. Kernels are (height * width * channels, filters)."""

    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    second: NDArray[np.float32]
    second_bias: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]

    def log_probabilities(self, cells: Cells) -> NDArray[np.float32]:
        """(n, CLASSES) natural logarithms."""
        parts = [self._of_few(cells[first : first + _AT_ONCE]) for first in range(0, len(cells), _AT_ONCE)]
        return np.concatenate(parts)

    def _of_few(self, cells: Cells) -> NDArray[np.float32]:
        maps = pooled(np.maximum(patches(cells[..., None], 5) @ self.first + self.first_bias, 0))
        maps = pooled(np.maximum(patches(maps, 3) @ self.second + self.second_bias, 0))
        full = np.maximum(maps.reshape(len(cells), -1) @ self.hidden + self.hidden_bias, 0)
        scores = full @ self.last + self.last_bias
        top = scores.max(axis=1, keepdims=True)
        return np.asarray(scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True)), dtype=np.float32)


def patches(maps: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """(n, h, w, size * size * channels): what a kernel of that size sees at every place, zeros beyond the edge."""
    edge = size // 2
    padded = np.pad(maps, ((0, 0), (edge, edge), (edge, edge), (0, 0)))
    windows = sliding_window_view(padded, (size, size), axis=(1, 2))
    return np.ascontiguousarray(windows.transpose(0, 1, 2, 4, 5, 3)).reshape(*maps.shape[:3], -1)


def pooled(maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest of every two by two."""
    return np.maximum(np.maximum(maps[:, ::2, ::2], maps[:, 1::2, ::2]), np.maximum(maps[:, ::2, 1::2], maps[:, 1::2, 1::2]))


@functools.cache
def net() -> Net:
    """The shipped weights. OperatorError when the file is missing or is another one."""
    data = models.checked(WEIGHTS, DIGEST)
    with np.load(io.BytesIO(data)) as stored:
        return Net(**{name: stored[name].astype(np.float32) for name in Net.__dataclass_fields__})


def ready(grey: NDArray[np.uint8] | NDArray[np.float32], pitch: float) -> Strip:
    """A line of print with that pitch in pixels, brought to PITCH and to the same contrast everywhere."""
    scale = PITCH / pitch
    size = max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1)
    line = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR).astype(np.float32)
    window = (3 * PITCH + 1, CELL_HEIGHT + 1)
    mean = cv2.blur(line, window)
    spread = np.sqrt(np.maximum(cv2.blur(line * line, window) - mean * mean, 0))
    return np.asarray(np.clip((line - mean) / (spread + 4), -3, 3), dtype=np.float32)


def cut(strip: Strip, centres: NDArray[np.float64], zoom: tuple[float, float] = (1.0, 1.0)) -> Cells:
    """(n, CELL_HEIGHT, CELL_WIDTH) around (n, 2) centres (x, y) in pixels of a ready strip; its edge goes on beyond it.

    `zoom`: how much wider and higher than usual the letters are.
    """
    across = (np.arange(CELL_WIDTH, dtype=np.float32) - (CELL_WIDTH - 1) / 2) * zoom[0]
    down = (np.arange(CELL_HEIGHT, dtype=np.float32) - (CELL_HEIGHT - 1) / 2) * zoom[1]
    x = np.broadcast_to(centres[:, 0, None, None] + across, (len(centres), CELL_HEIGHT, CELL_WIDTH))
    y = np.broadcast_to(centres[:, 1, None, None] + down[:, None], x.shape)
    flat = (len(centres) * CELL_HEIGHT, CELL_WIDTH)
    seen = cv2.remap(
        strip,
        x.reshape(flat).astype(np.float32),
        y.reshape(flat).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(seen, dtype=np.float32).reshape(x.shape)
