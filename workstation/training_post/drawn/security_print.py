"""The security print of a page: pale tints and fine waving lines (guilloches), drawn from a seed."""

import functools

import numpy as np

from workstation.training_post.drawn.head import Field

_PAPERS = ((244, 240, 230), (238, 243, 246), (243, 236, 238), (236, 243, 234), (246, 244, 240))
_INKS = ((120, 150, 190), (190, 140, 130), (130, 170, 140), (170, 150, 190), (190, 170, 110), (110, 160, 165))


def paper(width: int, height: int, dpi: float, seed: int) -> Field:
    """The empty page, (height, width, 3), grey levels 0 to 255."""
    return _drawn(width, height, dpi, seed).copy()


@functools.lru_cache(maxsize=4)
def _drawn(width: int, height: int, dpi: float, seed: int) -> Field:
    random = np.random.default_rng([seed, 36])
    x = (np.arange(width, dtype=np.float32) * np.float32(25.4 / dpi))[None, :]
    y = (np.arange(height, dtype=np.float32) * np.float32(25.4 / dpi))[:, None]
    base = np.array(_PAPERS[int(random.integers(len(_PAPERS)))], dtype=np.float32)
    fade = (0.5 + 0.5 * np.sin(x / np.float32(random.uniform(20, 60)) + y / np.float32(random.uniform(20, 60))))[..., None]
    tint = np.array(_INKS[int(random.integers(len(_INKS)))], dtype=np.float32)
    share = np.float32(0.1) * fade
    light: Field = np.asarray(base * (1 - share) + tint * share, dtype=np.float32)
    for _ in range(int(random.integers(2, 4))):
        ink = np.array(_INKS[int(random.integers(len(_INKS)))], dtype=np.float32)
        _wave(light, x, y, ink, random)
    return np.ascontiguousarray(light, dtype=np.float32)


def _wave(light: Field, x: Field, y: Field, ink: Field, random: np.random.Generator) -> None:
    """A family of lines 0.15 to 0.25 mm wide that wave together."""
    period = np.float32(random.uniform(0.9, 2.2))
    swing, length = np.float32(random.uniform(1.0, 5.0)), np.float32(random.uniform(9, 40))
    phase, lean = np.float32(random.uniform(0, 6)), np.float32(random.uniform(-0.4, 0.4))
    place = y + lean * x + swing * np.sin(x / length * 6 + phase) * np.cos(y / np.float32(random.uniform(25, 70)))
    away = np.abs(np.mod(place / period, 1) - np.float32(0.5)) * period
    width = np.float32(random.uniform(0.07, 0.13))
    cover = np.clip((width - away) / np.float32(0.06) + np.float32(0.5), 0, 1)[..., None] * np.float32(
        random.uniform(0.25, 0.6)
    )
    light += (ink - light) * cover
