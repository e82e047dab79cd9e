"""Frames of a document camera for tests: a desk, pages of print on it, a hand, the sensor's noise, and light that changes."""

import functools

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2

WIDTH, HEIGHT = 640, 480
FPS = 25


def desk(*, mat: int = 70, grain: float = 0.0) -> NDArray[np.float32]:
    """A bare desk; `grain` draws wood on it."""
    scene = np.full((HEIGHT, WIDTH), mat, dtype=np.float32)
    if grain:
        across = np.sin(np.linspace(0, 60, HEIGHT, dtype=np.float32))[:, None]
        scene += grain * across
    return scene


def page(number: int, wide: int = 300, high: int = 210) -> NDArray[np.float32]:
    """A white page with lines of print of its own."""
    random = np.random.default_rng(number)
    sheet = np.full((high, wide), 215, dtype=np.float32)
    for line in range(20, high - 14, 16):
        for at in range(12, wide - 14, 9):
            if random.random() < 0.8:
                sheet[line : line + 9, at : at + int(random.integers(2, 7))] = random.integers(20, 90)
    return sheet


def laid(scene: NDArray[np.float32], sheet: NDArray[np.float32], x: float = 170, y: float = 130) -> NDArray[np.float32]:
    move = np.array([[1, 0, x], [0, 1, y]], dtype=np.float32)
    ink = cv2.warpAffine(sheet, move, (WIDTH, HEIGHT))
    cover = cv2.warpAffine(np.ones_like(sheet), move, (WIDTH, HEIGHT))
    return np.asarray(scene * (1 - cover) + ink * cover, dtype=np.float32)


def hand(scene: NDArray[np.float32], x: int, y: int = 300) -> NDArray[np.float32]:
    drawn = scene.copy()
    cv2.ellipse(drawn, (x, y), (80, 50), 30, 0, 360, 165, -1)
    return drawn


@functools.lru_cache(maxsize=16)
def _noise(turn: int) -> NDArray[np.float32]:
    return np.random.default_rng(turn).normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)


def frame(scene: NDArray[np.float32], moment: int, *, noise: float = 3.0, light: float = 1.0, blur: float = 0.0) -> Image:
    seen = cv2.GaussianBlur(scene, (0, 0), blur) if blur else scene
    shaken = seen * light + noise * _noise(moment % 16)
    return np.ascontiguousarray(np.repeat(np.clip(shaken, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2))
