"""A page photographed: tilted, turned, cut off, badly lit, shaken, compressed, held on a screen. The truth goes along.

Order as in life: the light falls on the page, the lens blurs, the sensor adds noise, the file is compressed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image, decode, jpeg
from matching.faces.opencv import cv2
from workstation.training_post.drawn.desk_top import desk_top
from workstation.training_post.drawn.documents import Corners, Page
from workstation.training_post.drawn.head import Field

_CAMERA_MM = 380.0
"""From the lens to the middle of the page."""


@dataclass(frozen=True, slots=True)
class Glare:
    """A lamp in the lamination; places are parts of the page from its top left corner."""

    x: float
    y: float
    strength: float
    """1 burns the paper out, 0.5 leaves print readable."""
    long: float = 0.35
    """Of the page's width."""
    narrow: float = 0.10
    angle: float = 20.0


@dataclass(frozen=True, slots=True)
class Shot:
    """Degrees, pixels of the picture, and shares from 0 to 1."""

    dpi: float = 300.0
    """Pixels of the picture to an inch of the page's middle."""
    tilt: float = 0.0
    """Away from the lens around the page's long axis; with `swing` up to 25."""
    swing: float = 0.0
    """The same around its short axis."""
    turn: float = 0.0
    """Clockwise, 0 upright."""
    margin: float = 0.15
    """Desk around the page, in parts of its size; below 0 the page is partly out of the picture."""
    shift_x: float = 0.0
    """Of the page's middle, in parts of the picture."""
    shift_y: float = 0.0
    size: tuple[int, int] | None = None
    """Width and height of the picture; None fits the page and its margin."""
    desk: int = 0
    """Seed of what the page lies on; -1 is a scanner's white lid."""
    light: float = 1.0
    shadow: float = 0.0
    glare: Glare | None = None
    curl: float = 0.0
    """How high the page arches between its spine and its edge, in millimetres."""
    defocus: float = 0.0
    """Standard deviation of the blur."""
    motion: float = 0.0
    """Length of the shake."""
    motion_angle: float = 0.0
    screen: bool = False
    """The page is shown on a screen whose dots beat with the sensor's."""
    infrared: bool = False
    """Grey, and coloured inks gone pale."""
    grey: bool = False
    noise: float = 0.0
    """Standard deviation, grey levels."""
    jpeg_quality: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Photograph:
    image: Image
    corners: Corners
    """Of the page in the picture, from its own top left corner, clockwise as a reader sees it; may lie outside."""
    lines: tuple[str, ...]
    line_corners: tuple[Corners, ...]
    portrait_corners: Corners | None
    others: tuple["Photograph", ...] = ()
    """Further pages in the same picture; their `image` is the same."""


def photograph(page: Page, shot: Shot, seed: int = 0, beside: Sequence[tuple[Page, Shot]] = ()) -> Photograph:
    """The page as the shot sees it. Of the pages `beside` only dpi, tilt, swing, turn, shift and glare of their shots count."""
    size = shot.size or _fitting(page, shot)
    random = np.random.default_rng([seed, 37])
    scene = desk_top(size[0], size[1], shot.desk, shot.dpi)
    placed = [_laid(scene, each, its) for each, its in ((page, shot), *beside)]
    if shot.shadow:
        scene *= _shadow(size, shot.shadow, random)
    if shot.light != 1.0:
        scene *= np.float32(shot.light)
    image = _developed(scene, shot, random)
    first, *rest = (_truth(image, each, matrix) for (each, _), matrix in zip(((page, shot), *beside), placed, strict=True))
    return replace(first, others=tuple(rest))


def scanned(page: Page, dpi: float = 300.0, turn: float = 0.0, seed: int = 0) -> Photograph:
    """The page on a flatbed under its white lid."""
    return photograph(page, Shot(dpi=dpi, turn=turn, margin=0.06, desk=-1, defocus=0.4, noise=1.5, jpeg_quality=90), seed)


def shot(seed: int, level: int) -> Shot:
    """A shot as hard as its level: 0 a scanner or a steady document camera, 1 a calm hand, 2 a hurried one, 3 all at once.

    Level 3 goes to the ends of what readers are asked to bear: 25 degrees, 150 dpi, JPEG 40.
    """
    random = np.random.default_rng([seed, 38, level])

    def up_to(most: float) -> float:
        return float(random.uniform(-most, most))

    if level == 0:
        return Shot(
            dpi=float(random.uniform(200, 400)), turn=up_to(2), margin=0.08, desk=-1 if random.random() < 0.5 else seed,
            defocus=float(random.uniform(0.3, 0.7)), noise=1.5, jpeg_quality=92,
        )  # fmt: skip # one shot
    angle = (0.0, 8.0, 16.0, 25.0)[level]
    turns = (0.0, 0.0, 0.0, 90.0, 180.0, 270.0)
    dpi = float(random.uniform(*((0, 0), (220, 360), (180, 350), (150, 400))[level]))
    sharp = dpi / 300
    lamp = Glare(
        x=float(random.uniform(0.1, 0.9)),
        y=float(random.uniform(0.1, 1.0)),
        strength=float(random.uniform(0.2, (0.3, 0.45, 0.6)[level - 1])),
        long=float(random.uniform(0.1, 0.4)),
        narrow=float(random.uniform(0.04, 0.15)),
        angle=up_to(90),
    )
    turn = turns[int(random.integers(6))] + up_to((0, 5, 12, 25)[level])
    if level == 3 and random.random() < 0.2:
        turn = float(random.uniform(0, 360))
    return Shot(
        dpi=dpi,
        tilt=up_to(angle),
        swing=up_to(angle),
        turn=turn % 360,
        margin=float(random.uniform(0.03, 0.5)),
        desk=seed,
        light=float(random.uniform(0.75, 1.05)),
        shadow=float(random.uniform(0, 0.5)) if random.random() < 0.5 else 0.0,
        glare=lamp if random.random() < 0.2 + 0.15 * level else None,
        curl=float(random.uniform(0, 1.5 * level)) if random.random() < 0.4 else 0.0,
        defocus=sharp * float(random.uniform(0.4, (0.9, 1.3, 1.7)[level - 1])),
        motion=sharp * float(random.uniform(1, (2, 4, 6)[level - 1])) if random.random() < 0.25 * level else 0.0,
        motion_angle=up_to(180),
        screen=level == 3 and bool(random.random() < 0.08),
        infrared=bool(random.random() < 0.05),
        grey=bool(random.random() < 0.08),
        noise=float(random.uniform(1, (4, 7, 11)[level - 1])),
        jpeg_quality=int(random.integers((75, 55, 40)[level - 1], 95)),
    )


def _fitting(page: Page, shot: Shot) -> tuple[int, int]:
    """A picture around the page's corners and the margin."""
    corners = _seen(page, shot, (0, 0))(_box(page))
    wide, high = corners.max(axis=0) - corners.min(axis=0)
    return max(64, round(float(wide) * (1 + shot.margin))), max(64, round(float(high) * (1 + shot.margin)))


class _Seen:
    """Pixels of the page to pixels of the picture."""

    def __init__(self, matrix: NDArray[np.float64]) -> None:
        self.matrix = matrix

    def __call__(self, points: Corners) -> Corners:
        straight = points.astype(np.float64).reshape(-1, 1, 2)
        return np.asarray(cv2.perspectiveTransform(straight, self.matrix).reshape(-1, 2), dtype=np.float32)


def _seen(page: Page, shot: Shot, size: tuple[int, int]) -> _Seen:
    """A pinhole camera that looks straight at a page turned, then tilted, around its middle."""
    high, wide = page.image.shape[:2]
    millimetre = 25.4 / page.dpi
    turn, tilt, swing = (np.radians(each) for each in (shot.turn, shot.tilt, shot.swing))
    turned = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    tilted = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    swung = np.array([[np.cos(swing), 0, np.sin(swing)], [0, 1, 0], [-np.sin(swing), 0, np.cos(swing)]])
    axes = (turned @ tilted @ swung)[:, :2]
    in_mm = np.array([[millimetre, 0, -wide / 2 * millimetre], [0, millimetre, -high / 2 * millimetre], [0, 0, 1.0]])
    place = np.column_stack([axes, [0.0, 0.0, _CAMERA_MM]])
    focal = shot.dpi / 25.4 * _CAMERA_MM
    middle_x, middle_y = size[0] * (0.5 + shot.shift_x), size[1] * (0.5 + shot.shift_y)
    lens = np.array([[focal, 0, middle_x], [0, focal, middle_y], [0, 0, 1.0]])
    return _Seen(lens @ place @ in_mm)


def _box(page: Page) -> Corners:
    high, wide = page.image.shape[:2]
    return np.array([(0, 0), (wide, 0), (wide, high), (0, high)], dtype=np.float32)


def _laid(scene: Field, page: Page, shot: Shot) -> _Seen:
    """The page drawn into the scene, with its edge's shadow; how it is seen."""
    high, wide = scene.shape[:2]
    seen = _seen(page, shot, (wide, high))
    print_ = page.image.astype(np.float32)
    if shot.glare is not None:
        _shine(print_, shot.glare)
    if shot.dpi < page.dpi * 0.7:
        print_ = np.asarray(cv2.GaussianBlur(print_, (0, 0), 0.35 * page.dpi / shot.dpi), dtype=np.float32)
    flags = cv2.INTER_LINEAR
    if shot.curl:
        print_ = _arched(print_, shot.curl, page.dpi)
    layer = cv2.warpPerspective(print_, seen.matrix, (wide, high), flags=flags)
    cover = cv2.warpPerspective(np.ones(print_.shape[:2], dtype=np.float32), seen.matrix, (wide, high), flags=flags)[..., None]
    edge = cv2.GaussianBlur(cover, (0, 0), max(1.0, shot.dpi / 60))[..., None]
    if shot.desk >= 0:
        scene *= 1 - 0.45 * edge
    else:
        scene *= 1 - 0.12 * edge
    scene *= 1 - cover
    scene += layer * cover
    return seen


def _arched(print_: Field, height_mm: float, dpi: float) -> Field:
    """Rows shifted a little as on a page that does not lie flat; at most a quarter of the height is seen as a shift."""
    high, wide = print_.shape[:2]
    across = np.linspace(0, np.pi, wide, dtype=np.float32)
    shift = np.sin(across) * np.float32(height_mm * 0.25 * dpi / 25.4)
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    return np.asarray(
        cv2.remap(print_, x, y + shift[None, :], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32
    )


def _shine(print_: Field, glare: Glare) -> None:
    high, wide = print_.shape[:2]
    x = (np.arange(wide, dtype=np.float32)[None, :] / wide - np.float32(glare.x)) * wide
    y = (np.arange(high, dtype=np.float32)[:, None] / high - np.float32(glare.y)) * high
    angle = np.float32(np.radians(glare.angle))
    along = (x * np.cos(angle) + y * np.sin(angle)) / np.float32(glare.long * wide)
    away = (y * np.cos(angle) - x * np.sin(angle)) / np.float32(glare.narrow * wide)
    lamp = np.exp(-(along**2) - away**2)[..., None] * np.float32(255 * glare.strength)
    print_ += lamp


def _shadow(size: tuple[int, int], depth: float, random: np.random.Generator) -> Field:
    """The soft edge of a hand or a head between lamp and page."""
    wide, high = size
    angle = np.float32(random.uniform(0, 2 * np.pi))
    x = np.linspace(-1, 1, wide, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, high, dtype=np.float32)[:, None]
    away = x * np.cos(angle) + y * np.sin(angle) + np.float32(random.uniform(-0.5, 0.5))
    return np.asarray(1 - np.float32(depth) / (1 + np.exp(-away * np.float32(random.uniform(4, 20)))), dtype=np.float32)[
        ..., None
    ]


def _developed(scene: Field, shot: Shot, random: np.random.Generator) -> Image:
    if shot.screen:
        scene = _on_screen(scene, random)
    if shot.defocus:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), shot.defocus), dtype=np.float32)
    if shot.motion >= 1:
        scene = np.asarray(cv2.filter2D(scene, -1, _shake(shot.motion, shot.motion_angle)), dtype=np.float32)
    if shot.infrared:
        # Coloured inks pass infrared light; only soot-black ones, as the zone's are, stay (9303-3, 4.4).
        scene = np.repeat(scene.max(axis=2, keepdims=True) * np.float32(0.9) + np.float32(14), 3, axis=2)
    elif shot.grey:
        scene = np.repeat((scene @ np.array([0.3, 0.59, 0.11], dtype=np.float32))[..., None], 3, axis=2)
    if shot.noise:
        grain = random.standard_normal(scene.shape[:2], dtype=np.float32)[..., None] * np.float32(shot.noise)
        scene = scene + grain
        if not (shot.grey or shot.infrared):
            scene += random.standard_normal(scene.shape, dtype=np.float32) * np.float32(shot.noise * 0.4)
    image: Image = np.clip(scene, 0, 255).astype(np.uint8)
    return image if shot.jpeg_quality is None else decode(jpeg(image, shot.jpeg_quality))


def _on_screen(scene: Field, random: np.random.Generator) -> Field:
    """A display's coloured stripes and rows, nearly as fine as the sensor's points: they beat as moire."""
    high, wide = scene.shape[:2]
    pitch, lean = np.float32(random.uniform(2.1, 3.4)), np.float32(random.uniform(-0.05, 0.05))
    x = np.arange(wide, dtype=np.float32)[None, :] + np.arange(high, dtype=np.float32)[:, None] * lean
    y = np.arange(high, dtype=np.float32)[:, None] - np.arange(wide, dtype=np.float32)[None, :] * lean
    rows = 1 - np.float32(0.14) * (1 + np.cos(2 * np.pi * y / pitch))
    stripes = [1 - np.float32(0.16) * (1 + np.cos(2 * np.pi * (x / pitch - third / 3))) for third in range(3)]
    cool = np.array([0.98, 1.04, 1.12], dtype=np.float32)
    return np.asarray(scene * np.stack(stripes, axis=2) * rows[..., None] * cool * np.float32(1.25), dtype=np.float32)


def _shake(length: float, angle: float) -> Field:
    side = int(np.ceil(length)) | 1
    kernel = np.zeros((side + 2, side + 2), dtype=np.float32)
    middle = (side + 1) / 2
    step = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * length / 2
    ends = [tuple(round(each * 16) for each in (middle + sign * step[0], middle + sign * step[1])) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _truth(image: Image, page: Page, seen: _Seen) -> Photograph:
    return Photograph(
        image,
        seen(_box(page)),
        page.lines,
        tuple(seen(each) for each in page.line_corners),
        None if page.portrait_corners is None else seen(page.portrait_corners),
    )
