"""The surface of a head: how far each place of its front lies ahead, and what is painted there.

A place is (x, y) in head units on a square canvas of 4 by 4, the middle of the face at its centre.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces.opencv import cv2
from workstation.training_post.drawn.people import Colour, Person

CANVAS = 512
UNIT = CANVAS / 4
Field = NDArray[np.float32]

_AXIS = (np.arange(CANVAS, dtype=np.float32) + 0.5) / UNIT - 2
X, Y = np.meshgrid(_AXIS, _AXIS)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Depth (h, w) in head units, paint (h, w, 3) RGB, and where there is head at all (h, w) from 0 to 1."""

    depth: Field
    paint: Field
    cover: Field


@functools.lru_cache(maxsize=12)
def head(who: Person, smile: float, eyes_closed: bool) -> Head:  # noqa: FBT001 - a key of the cache
    skull = _skull(who)
    depth = _depth(who, skull)
    paint = _paint(who, depth, smile, closed=eyes_closed)
    cover = np.asarray(cv2.GaussianBlur(_inside(who).astype(np.float32), (0, 0), 1.2), dtype=np.float32)
    return Head(depth, paint, cover)


def outline(who: Person, y: Field) -> Field:
    """Half the width of the face at each height: temples, cheeks, jaw, chin."""
    down = np.clip(y / who.chin, -1.3, 1.0)
    jaw = who.width * (1 - (1 - who.jaw) * np.clip((down - 0.1) / 0.9, 0, 1) ** 1.6)
    chin = np.sqrt(np.clip(1 - np.clip((down - 0.55) / 0.45, 0, 1) ** 2.4, 0, 1))
    top = np.sqrt(np.clip(1 - np.clip((-y - 0.35) / 0.92, 0, 1) ** 2.2, 0, 1))
    return np.asarray(jaw * chin * top * (1 + who.cheek * np.exp(-(((y - 0.15) / 0.3) ** 2))), dtype=np.float32)


def _inside(who: Person) -> NDArray[np.bool_]:
    """Face, ears and whatever hair or cloth is drawn with the head."""
    face = np.abs(X) < outline(who, Y)
    ears = (((np.abs(X) - who.width * 0.99) / 0.12) ** 2 + ((Y - who.eye_high - 0.18) / 0.24) ** 2) < 1
    return np.asarray(face | ears | (_top(who) > 0))


def _top(who: Person) -> Field:
    """Above zero where hair or a covering is drawn around the face."""
    crown = 1.12 if who.hair == "curly" and not who.covering else 1.04
    wide = who.width * (1.10 if who.covering in {"scarf", "shawl", "turban"} else crown)
    round_head = 1 - (X / wide) ** 2 - ((Y + 0.22) / (1.28 if who.covering == "turban" else 1.16)) ** 2
    if who.covering in {"scarf", "shawl"}:
        around = 1 - (X / (who.width * 1.24)) ** 2 - ((Y - 0.10) / 1.46) ** 2
        return np.asarray(np.maximum(round_head, around))
    long_hair = who.hair == "long" and not who.covering
    if long_hair:
        fall = 1 - (np.abs(X) / (who.width * (1.16 + 0.05 * Y))) ** 4 - ((Y - 0.12) / 1.22) ** 6
        return np.asarray(np.maximum(round_head, fall))
    return np.asarray(round_head)


def _hair_mask(who: Person) -> NDArray[np.bool_]:
    """Where hair or a covering hides the skin."""
    line = {"receding": -0.92, "fringe": -0.48, "curly": -0.66, "short": -0.74}.get(who.hair, -0.68)
    part = 0.10 * X if who.hair == "side" else 0.06 * np.cos(X * 4)
    if who.covering == "turban":
        line, part = -0.58, -0.22 * np.cos(X * 1.7) + 0.22
    elif who.covering in {"cap", "taqiyah"}:
        line, part = -0.66, 0.05 * X**2
    if who.covering in {"scarf", "shawl"}:
        opening = (X / (who.width * 0.90)) ** 2 + ((Y - 0.14) / (0.5 * (who.chin + 0.80))) ** 2
        return np.asarray((opening > 1) & (_top(who) > 0))
    above = (Y < line + part) & (_top(who) > 0)
    sides = (np.abs(X) > outline(who, Y) * 0.93) & (Y < who.eye_high + 0.05) & (_top(who) > 0)
    long_hair = who.hair == "long" and not who.covering
    curtain = (np.abs(X) > outline(who, Y) * 0.90) & (_top(who) > 0) if long_hair else np.zeros_like(above)
    return np.asarray(above | sides | curtain)


def _skull(who: Person) -> Field:
    half = np.maximum(outline(who, Y), 0.5 * who.width)
    bowl = np.sqrt(np.clip(1 - (X / (half * 1.02)) ** 2, 0, 1))
    rise = np.sqrt(np.clip(1 - ((Y + 0.05) / 1.35) ** 2, 0, 1))
    return np.asarray(0.85 * bowl**0.8 * rise, dtype=np.float32)


def _bump(x: float, y: float, wide: float, high: float) -> Field:
    return np.asarray(np.exp(-(((X - x) / wide) ** 2) - ((Y - y) / high) ** 2), dtype=np.float32)


def _depth(who: Person, skull: Field) -> Field:
    tip = who.eye_high + who.nose_long
    depth = skull.copy()
    along = np.clip((Y - who.eye_high) / who.nose_long, 0, 1)
    bridge = np.exp(-((X / (who.nose_wide * (0.42 + 0.4 * along))) ** 2)) * along * (Y < tip + 0.02)
    depth += cv2.GaussianBlur(who.nose_deep * bridge.astype(np.float32), (0, 0), 5)
    for side in (-1, 1):
        depth += 0.10 * who.nose_deep / 0.25 * _bump(side * who.nose_wide * 0.72, tip - 0.02, 0.07, 0.07)
        depth -= 0.10 * _bump(side * who.eye_apart, who.eye_high, 0.21, 0.13)
        depth += 0.05 * _bump(side * who.eye_apart, who.eye_high - who.brow_high, 0.26, 0.09)
        depth += (0.06 + 0.3 * who.cheek) * _bump(side * (who.eye_apart + 0.12), who.eye_high + 0.36, 0.22, 0.20)
        depth -= 0.05 * who.age * _bump(side * (who.mouth_wide + 0.03), tip + 0.08, 0.05, 0.16)
    depth += 0.07 * _bump(0, tip + who.mouth_low, who.mouth_wide * 0.9, 0.11)
    depth += 0.09 * _bump(0, who.chin - 0.12, 0.20, 0.13)
    if who.covering in {"scarf", "shawl"}:
        cloth = 0.8 * np.sqrt(np.clip(1 - (X / (1.3 * who.width)) ** 2 - ((Y - 0.1) / 1.55) ** 2, 0, 1))
        depth = np.where(_hair_mask(who), cloth, depth).astype(np.float32)
    raised = np.where(_hair_mask(who), 0.14 + 0.10 * np.clip(_top(who), 0, 1), 0).astype(np.float32)
    if who.hair == "curly" and not who.covering:
        raised += np.where(_hair_mask(who), 0.03 * np.sin(X * 34) * np.sin(Y * 31), 0).astype(np.float32)
    if who.covering == "turban":
        raised += np.where(_hair_mask(who), 0.035 * np.sin((Y + 0.55 * np.abs(X)) * 26), 0).astype(np.float32)
    if who.covering in {"scarf", "shawl"}:
        raised += np.where(_hair_mask(who), 0.02 * np.sin(np.hypot(X, Y) * 22), 0).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(depth + raised, (0, 0), 2.5), dtype=np.float32)


def _paint(who: Person, depth: Field, smile: float, *, closed: bool) -> Field:
    skin = np.array(who.skin, dtype=np.float32)
    paint = np.broadcast_to(skin, (CANVAS, CANVAS, 3)).copy()
    tip = who.eye_high + who.nose_long
    for side in (-1, 1):
        blush = 0.10 * _bump(side * (who.eye_apart + 0.10), who.eye_high + 0.38, 0.20, 0.16)
        paint += blush[..., None] * np.array([30, -20, -20], dtype=np.float32)
        paint *= 1 - 0.20 * _bump(side * who.eye_apart, who.eye_high, 0.24, 0.14)[..., None]
        _eye(paint, who, side, closed=closed)
        _brow(paint, who, side)
        _ellipse(paint, side * who.nose_wide * 0.45, tip + 0.035, 0.042, 0.022, tuple(skin * 0.38))
    _beard(paint, who)
    _mouth(paint, who, tip + who.mouth_low, smile)
    if who.age > 0.55:
        _lines(paint, who, tip)
    mask = cv2.GaussianBlur(_hair_mask(who).astype(np.float32), (0, 0), 1.6)[..., None]
    colour = np.array(who.covering_colour if who.covering else who.hair_colour, dtype=np.float32)
    strands = 1 + (0.0 if who.covering else 0.07) * np.sin(X * 47 + 13 * Y + 3 * np.sin(Y * 9))[..., None]
    if who.covering == "taqiyah":
        colour = np.array([232, 228, 220], dtype=np.float32)
    paint = paint * (1 - mask) + colour * strands.astype(np.float32) * mask
    if who.glasses:
        _glasses(paint, who)
    del depth
    return np.asarray(np.clip(paint, 0, 255), dtype=np.float32)


def _eye(paint: Field, who: Person, side: int, *, closed: bool) -> None:
    x, y, size = side * who.eye_apart, who.eye_high, who.eye_size
    half = size * who.eye_open * (0.08 if closed else 1.0)
    turn = np.linspace(0, np.pi, 24)
    slope = side * who.eye_tilt * np.cos(turn) * size * side
    upper = np.stack([x - size * np.cos(turn), y - half * np.sin(turn) ** 0.9 - slope], axis=1)
    lower = np.stack([x + size * np.cos(turn), y + 0.62 * half * np.sin(turn) ** 0.9 + slope], axis=1)
    shape = np.concatenate([upper, lower])
    layer = paint.copy()
    _polygon(layer, shape, (236, 232, 228))
    _ellipse(layer, x, y - 0.06 * half, size * 0.47, size * 0.47, who.iris)
    _ellipse(layer, x, y - 0.06 * half, size * 0.22, size * 0.22, (14, 12, 12))
    _ellipse(layer, x + size * 0.13, y - size * 0.18, size * 0.08, size * 0.08, (250, 250, 250))
    mask = np.zeros((CANVAS, CANVAS), dtype=np.float32)
    cv2.fillPoly(mask, [_points(shape)], 1.0, cv2.LINE_AA, 4)
    paint[:] = paint * (1 - mask[..., None]) + layer * mask[..., None]
    dark = tuple(np.array(who.skin) * 0.22)
    _line(paint, upper, dark, 0.026)
    _line(paint, lower, tuple(np.array(who.skin) * 0.60), 0.010)
    _line(paint, upper + [0, -0.05], tuple(np.array(who.skin) * 0.66), 0.012)


def _brow(paint: Field, who: Person, side: int) -> None:
    along = np.linspace(0, 1, 16)
    x = side * (who.eye_apart - 0.19 + 0.42 * along)
    arch = -0.07 * np.sin(np.pi * along**0.8)
    y = who.eye_high - who.brow_high + arch + who.brow_tilt * (0.5 - along) * 0.4
    colour = tuple(0.75 * np.array(who.hair_colour) + 0.25 * np.array(who.skin) * 0.5)
    top = np.stack([x, y - who.brow_thick * 0.5 * (1 - 0.7 * along)], axis=1)
    bottom = np.stack([x, y + who.brow_thick * 0.5 * (1 - 0.7 * along)], axis=1)
    _polygon(paint, np.concatenate([top, bottom[::-1]]), colour)


def _mouth(paint: Field, who: Person, y: float, smile: float) -> None:
    along = np.linspace(-1, 1, 25)
    half = who.mouth_wide * (1 + 0.15 * smile)
    x = along * half
    line = y - (0.025 + 0.10 * smile) * along**2 + 0.012 * np.cos(along * np.pi * 2)
    body = 1 - np.abs(along) ** 2.2
    bow = 1 - 0.28 * np.exp(-((along / 0.16) ** 2))
    upper = np.stack([x, line - who.lip_thick * 0.85 * body * bow], axis=1)
    lower = np.stack([x, line + who.lip_thick * 1.05 * body], axis=1)
    middle = np.stack([x, line], axis=1)
    skin = np.array(who.skin)
    red = skin * (1 - who.lip_red * 0.5) * [1.0, 0.80, 0.80] + np.array([150, 50, 56]) * who.lip_red * 0.5
    _polygon(paint, np.concatenate([upper, middle[::-1]]), tuple(red * 0.84))
    _polygon(paint, np.concatenate([middle, lower[::-1]]), tuple(red))
    _line(paint, middle, tuple(skin * 0.26), 0.018)


def _beard(paint: Field, who: Person) -> None:
    if not who.beard:
        return
    tip = who.eye_high + who.nose_long
    mouth = tip + who.mouth_low
    lip = np.exp(-((X / (who.mouth_wide * 1.15)) ** 6)) * np.exp(-(((Y - (tip + mouth) / 2 - 0.03) / 0.075) ** 4))
    chin = np.exp(-((X / 0.30) ** 4)) * (Y > mouth + 0.07)
    edge = np.clip((np.abs(X) / np.maximum(outline(who, Y), 0.05) - 0.62) / 0.2, 0, 1) * (Y > who.eye_high + 0.25)
    jaw = np.maximum((Y > mouth + 0.10) * 1.0, edge)
    where = {
        "stubble": 0.38 * np.maximum(lip, jaw),
        "moustache": 0.95 * lip,
        "full": 0.95 * np.maximum(lip, jaw),
        "goatee": 0.95 * np.maximum(lip * 0.8, chin),
    }[who.beard]
    mask = cv2.GaussianBlur(where.astype(np.float32), (0, 0), 5)[..., None]
    grain = (1 + 0.10 * np.sin(X * 90 + 4 * Y) * np.sin(Y * 70))[..., None].astype(np.float32)
    paint[:] = paint * (1 - mask) + np.array(who.hair_colour, dtype=np.float32) * grain * mask


def _lines(paint: Field, who: Person, tip: float) -> None:
    """Folds beside nose and mouth, and on the forehead."""
    depth = 0.82 - 0.25 * (who.age - 0.55)
    shade = tuple(np.array(who.skin) * depth)
    along = np.linspace(0, 1, 10)
    for side in (-1, 1):
        fold = np.stack([side * (who.nose_wide + 0.02 + 0.14 * along), tip - 0.02 + 0.28 * along], axis=1)
        _line(paint, fold, shade, 0.016)
        bag = np.stack(
            [side * (who.eye_apart - 0.14 + 0.28 * along), who.eye_high + 0.17 + 0.04 * np.sin(np.pi * along)], axis=1
        )
        _line(paint, bag, shade, 0.013)
    for row in range(2):
        wave = np.linspace(-0.4, 0.4, 16)
        _line(paint, np.stack([wave, who.eye_high - 0.40 - 0.10 * row + 0.02 * np.cos(wave * 6)], axis=1), shade, 0.012)


def _glasses(paint: Field, who: Person) -> None:
    frame: Colour = (42, 40, 44)
    for side in (-1, 1):
        turn = np.linspace(0, 2 * np.pi, 40)
        ring = np.stack([side * who.eye_apart + 0.25 * np.cos(turn), who.eye_high + 0.01 + 0.20 * np.sin(turn)], axis=1)
        _line(paint, ring, frame, 0.022)
        arm = np.array([[side * (who.eye_apart + 0.25), who.eye_high - 0.03], [side * who.width, who.eye_high - 0.05]])
        _line(paint, arm, frame, 0.022)
    bridge = np.array([[-who.eye_apart + 0.25, who.eye_high], [who.eye_apart - 0.25, who.eye_high]])
    _line(paint, bridge, frame, 0.020)


def _points(places: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.asarray(np.round((places + 2) * UNIT * 16), dtype=np.int32)


def _polygon(paint: Field, places: NDArray[np.float64], colour: tuple[float, ...]) -> None:
    cv2.fillPoly(paint, [_points(places)], tuple(float(each) for each in colour), cv2.LINE_AA, 4)


def _line(paint: Field, places: NDArray[np.float64], colour: tuple[float, ...], thick: float) -> None:
    wide = max(1, round(thick * UNIT))
    cv2.polylines(paint, [_points(places)], False, tuple(float(each) for each in colour), wide, cv2.LINE_AA, 4)


def _ellipse(paint: Field, x: float, y: float, wide: float, high: float, colour: tuple[float, ...]) -> None:
    turn = np.linspace(0, 2 * np.pi, 32)
    _polygon(paint, np.stack([x + wide * np.cos(turn), y + high * np.sin(turn)], axis=1), colour)
