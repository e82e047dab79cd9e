"""Drawn people: a seed makes a person, a view says how the person is seen. No photograph of anybody is involved."""

from dataclasses import dataclass

import numpy as np

Colour = tuple[float, float, float]

_SKINS: tuple[Colour, ...] = (
    (244, 214, 190),
    (232, 190, 160),
    (222, 175, 140),
    (205, 155, 118),
    (184, 132, 96),
    (160, 110, 78),
    (132, 88, 62),
    (104, 68, 48),
    (84, 56, 42),
)
_HAIRS: tuple[Colour, ...] = (
    (28, 24, 24),
    (46, 34, 28),
    (74, 50, 34),
    (108, 74, 44),
    (150, 110, 62),
    (172, 168, 164),
    (120, 118, 118),
)
_CLOTHS: tuple[Colour, ...] = (
    (70, 92, 120),
    (120, 74, 82),
    (86, 112, 96),
    (150, 136, 112),
    (92, 84, 118),
    (60, 68, 76),
    (168, 150, 140),
    (140, 98, 68),
    (58, 98, 108),
)
COVERINGS = ("", "", "", "scarf", "shawl", "turban", "cap", "taqiyah")
BEARDS = ("", "", "stubble", "moustache", "full", "goatee")
HAIRS = ("short", "side", "curly", "long", "bun", "receding", "fringe")


@dataclass(frozen=True, slots=True)
class Person:
    """Lengths are in head units: the face is about two of them high, its middle at the origin."""

    seed: int
    skin: Colour
    hair_colour: Colour
    iris: Colour
    cloth: Colour
    covering_colour: Colour
    covering: str
    hair: str
    beard: str
    glasses: bool
    age: float
    """0 a child, 1 old."""
    width: float
    jaw: float
    chin: float
    eye_apart: float
    eye_high: float
    eye_size: float
    eye_open: float
    eye_tilt: float
    brow_thick: float
    brow_high: float
    brow_tilt: float
    nose_long: float
    nose_wide: float
    nose_deep: float
    mouth_wide: float
    mouth_low: float
    lip_thick: float
    cheek: float
    lip_red: float


@dataclass(frozen=True, slots=True)
class View:
    """How the person is seen. Degrees; light 1 is good light, its side -90 to 90; blur and noise in pixels and grey levels."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    light: float = 1.0
    light_from: float = 15.0
    smile: float = 0.0
    eyes_closed: bool = False
    blur: float = 0.0
    noise: float = 1.5
    scale: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    background: int = 0


def _shaded(colour: Colour, by: float) -> Colour:
    red, green, blue = colour
    return red * by, green * by, blue * by


def person(seed: int) -> Person:
    """The person of this seed, the same for ever."""
    random = np.random.default_rng([seed, 20261123])

    def between(low: float, high: float) -> float:
        return float(random.uniform(low, high))

    def one_of(choices: tuple[Colour, ...]) -> Colour:
        return choices[int(random.integers(len(choices)))]

    skin = one_of(_SKINS)
    age = float(random.beta(0.9, 1.1))
    dark = sum(skin) < 420
    hair = one_of(_HAIRS[:3] if dark else _HAIRS[:5])
    if age > 0.75:
        hair = one_of(_HAIRS[5:])
    man = bool(random.random() < 0.5) and age > 0.25
    covering = COVERINGS[int(random.integers(len(COVERINGS)))]
    if man and covering in {"scarf", "shawl"}:
        covering = "turban"
    if not man and covering in {"turban", "taqiyah"}:
        covering = "scarf"
    child = max(0.0, 0.3 - age) / 0.3
    return Person(
        seed=seed,
        skin=_shaded(skin, between(0.94, 1.05)),
        hair_colour=hair,
        iris=one_of(((58, 38, 26), (72, 50, 30), (96, 74, 40), (70, 96, 70), (76, 104, 130))[: 3 if dark else 5]),
        cloth=one_of(_CLOTHS),
        covering_colour=one_of(_CLOTHS),
        covering=covering,
        hair=HAIRS[int(random.integers(len(HAIRS)))]
        if not man
        else ("short", "side", "curly", "receding")[int(random.integers(4))],
        beard=BEARDS[int(random.integers(len(BEARDS)))] if man else "",
        glasses=bool(random.random() < 0.16),
        age=age,
        width=between(0.66, 0.98) + 0.05 * child,
        jaw=between(0.42, 0.95),
        chin=between(0.90, 1.28) - 0.10 * child,
        eye_apart=between(0.27, 0.47),
        eye_high=between(-0.30, 0.0) + 0.08 * child,
        eye_size=between(0.125, 0.23) + 0.03 * child,
        eye_open=between(0.34, 0.76),
        eye_tilt=between(-0.24, 0.24),
        brow_thick=between(0.02, 0.12) * (1 - 0.4 * child),
        brow_high=between(0.15, 0.32),
        brow_tilt=between(-0.40, 0.40),
        nose_long=between(0.30, 0.60) - 0.08 * child,
        nose_wide=between(0.09, 0.25),
        nose_deep=between(0.10, 0.42),
        mouth_wide=between(0.18, 0.42),
        mouth_low=between(0.17, 0.33),
        lip_thick=between(0.03, 0.14),
        cheek=between(-0.08, 0.14) + 0.05 * child,
        lip_red=between(0.15, 0.7),
    )
