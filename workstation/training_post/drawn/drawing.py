"""Photographs of drawn people: the head turned, lit and set on shoulders before a calm wall, then through a lens."""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.training_post.drawn.head import CANVAS, UNIT, Field, head
from workstation.training_post.drawn.people import Person, View

_WALLS = ((206, 210, 212), (196, 204, 198), (214, 208, 198), (186, 194, 206))


def portrait(who: Person, view: View | None = None, size: int = 320, moment: int = 0) -> Image:
    """An identity photograph, (size, size, 3). `moment` seeds noise and a little movement, so that two are never the same."""
    seen = view or View()
    return _through_lens(_scene([(who, seen)], size, size, size / 4.1, seen.background), seen, moment)


def frame(people: Sequence[tuple[Person, View]], width: int = 640, height: int = 480, moment: int = 0) -> Image:
    """What the counter's camera sees, (height, width, 3): nobody, one or more people."""
    seen = people[0][1] if people else View()
    return _through_lens(_scene(people, width, height, height / 4.4, seen.background), seen, moment)


def _scene(people: Sequence[tuple[Person, View]], width: int, height: int, unit: float, background: int) -> Field:
    scene = _wall(width, height, background % len(_WALLS)).copy()
    for who, view in reversed(people):
        _place(scene, who, view, unit * view.scale)
    return scene


@functools.lru_cache(maxsize=16)
def _wall(width: int, height: int, number: int) -> Field:
    down = np.linspace(1.04, 0.86, height, dtype=np.float32)[:, None, None]
    across = (1 - 0.06 * np.abs(np.linspace(-1, 1, width, dtype=np.float32)))[None, :, None]
    wall = np.array(_WALLS[number], dtype=np.float32) * down * across
    if number == 3:  # a window behind the traveller
        wall[: height // 2, width // 5 : width // 2] = (246, 248, 250)
    return np.asarray(np.broadcast_to(wall, (height, width, 3)), dtype=np.float32)


def _place(scene: Field, who: Person, view: View, unit: float) -> None:
    height, width = scene.shape[:2]
    x, y = width * (0.5 + view.shift_x), height * (0.47 + view.shift_y)
    _shoulders(scene, who, view, x, y, unit)
    colours, cover = _turned(who, view)
    angle = np.radians(view.roll)
    scale = unit / UNIT
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    middle = np.array([CANVAS / 2, CANVAS / 2])
    matrix = np.concatenate([turn, (np.array([x, y]) - turn @ middle)[:, None]], axis=1)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    if scale < 0.7:
        colours, cover = (
            np.asarray(cv2.GaussianBlur(part, (0, 0), 0.4 / scale), dtype=np.float32) for part in (colours, cover)
        )
    layer = cv2.warpAffine(colours, matrix, (width, height), flags=flags)
    mask = cv2.warpAffine(cover, matrix, (width, height), flags=flags)[..., None]
    scene[:] = scene * (1 - mask) + layer * mask


@functools.lru_cache(maxsize=12)
def _turned_cached(
    who: Person,
    yaw: float,
    pitch: float,
    light: float,
    side: float,
    smile: float,
    closed: bool,  # noqa: FBT001 - a key of the cache
) -> tuple[Field, Field]:
    front = head(who, smile, closed)
    lit = front.paint * _shading(front.depth, light, side)[..., None]
    sin_yaw, sin_pitch = np.sin(np.radians(yaw)), np.sin(np.radians(pitch))
    cos_yaw, cos_pitch = np.cos(np.radians(yaw)), np.cos(np.radians(pitch))
    grid = (np.arange(CANVAS, dtype=np.float32) - CANVAS / 2 + 0.5) / UNIT
    out_x, out_y = np.meshgrid(grid, grid)
    behind = np.float32(0.35)
    x, y = out_x.copy(), out_y.copy()
    for _ in range(8):
        # The place on the front that is seen here: x' = x cos + (z - z0) sin, solved by going round.
        depth = cv2.remap(front.depth, (x + 2) * UNIT - 0.5, (y + 2) * UNIT - 0.5, cv2.INTER_LINEAR) - behind
        x = 0.5 * x + 0.5 * (out_x - depth * np.float32(sin_yaw)) / np.float32(max(cos_yaw, 0.3))
        y = 0.5 * y + 0.5 * (out_y + depth * np.float32(sin_pitch)) / np.float32(max(cos_pitch, 0.3))
    map_x, map_y = (x + 2) * UNIT - 0.5, (y + 2) * UNIT - 0.5
    colours = cv2.remap(lit.astype(np.float32), map_x, map_y, cv2.INTER_LINEAR)
    cover = cv2.remap(front.cover, map_x, map_y, cv2.INTER_LINEAR)
    return np.asarray(colours, dtype=np.float32), np.asarray(cover, dtype=np.float32)


def _turned(who: Person, view: View) -> tuple[Field, Field]:
    """Colours and cover of the head, turned and lit; angles in steps of a degree, so that a still head is drawn once."""
    yaw, pitch = float(round(view.yaw)), float(round(view.pitch))
    return _turned_cached(who, yaw, pitch, view.light, view.light_from, view.smile, view.eyes_closed)


def _shading(depth: Field, light: float, side: float) -> Field:
    """Soft daylight from the upper front, turned to the side by so many degrees, on the surface's normals."""
    slope_x = cv2.Sobel(depth, cv2.CV_32F, 1, 0, ksize=3) / 8 * UNIT
    slope_y = cv2.Sobel(depth, cv2.CV_32F, 0, 1, ksize=3) / 8 * UNIT
    normal = np.stack([-slope_x, -slope_y, np.ones_like(depth)], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    angle = np.radians(side)
    source = np.array([np.sin(angle), -0.45, np.cos(angle)], dtype=np.float32)
    source /= np.linalg.norm(source)
    direct = np.clip(normal @ source, 0, None)
    ambient = 0.42 + 0.10 * -normal[..., 1]
    return np.asarray(light * (ambient + 0.66 * direct), dtype=np.float32)


def _shoulders(scene: Field, who: Person, view: View, x: float, y: float, unit: float) -> None:
    light = 0.55 + 0.35 * view.light
    cloth = tuple(float(each) * light for each in who.cloth)
    neck = tuple(float(each) * 0.62 * light for each in who.skin)
    scarf = who.covering in {"scarf", "shawl"}

    def at(places: list[tuple[float, float]]) -> NDArray[np.int32]:
        return np.asarray([[(x + px * unit) * 16, (y + py * unit) * 16] for px, py in places], dtype=np.int32)

    wide = 0.44 * who.width / 0.82
    throat = [(-wide, 0.7), (wide, 0.7), (wide * 1.15, 1.7), (-wide * 1.15, 1.7)]
    cv2.fillPoly(scene, [at(throat)], neck, cv2.LINE_AA, 4)
    curve = np.linspace(-1, 1, 40)
    top = [(1.95 * each, 1.42 + 0.55 * abs(each) ** 2.2) for each in curve]
    cv2.fillPoly(scene, [at([*top, (2.3, 4.5), (-2.3, 4.5)])], cloth, cv2.LINE_AA, 4)
    collar = [(-wide * 1.2, 1.38), (0, 1.86), (wide * 1.2, 1.38), (wide * 0.9, 1.30), (0, 1.66), (-wide * 0.9, 1.30)]
    cv2.fillPoly(scene, [at(collar)], tuple(each * 0.82 for each in cloth), cv2.LINE_AA, 4)
    if scarf:
        fold = tuple(float(each) * light * 0.9 for each in who.covering_colour)
        drape = [(-who.width * 1.12, 0.5), (who.width * 1.12, 0.5), (1.12, 1.75), (0.3, 2.15), (-1.12, 1.75)]
        cv2.fillPoly(scene, [at(drape)], fold, cv2.LINE_AA, 4)


def _through_lens(scene: Field, view: View, moment: int) -> Image:
    random = np.random.default_rng([moment, 7])
    moved = np.array([[1, 0, random.uniform(-0.5, 0.5)], [0, 1, random.uniform(-0.5, 0.5)]], dtype=np.float32)
    seen = cv2.warpAffine(scene, moved, (scene.shape[1], scene.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    if view.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), view.blur)
    grain = _grain(scene.shape[0], scene.shape[1])
    rolled = np.roll(grain, int(random.integers(1 << 16)))
    return np.asarray(np.clip(seen + rolled[..., None] * view.noise, 0, 255), dtype=np.uint8)


@functools.lru_cache(maxsize=8)
def _grain(height: int, width: int) -> Field:
    return np.random.default_rng(1).normal(size=(height, width)).astype(np.float32)
