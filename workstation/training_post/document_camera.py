"""The document camera of the training post: a hand lays the document of the traveller at the counter down, and takes it away.

A card whose zone is on the back is laid down on both sides, the zone first.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.capture.camera import Frame
from workstation.documents.mrz.mrz import TD1
from workstation.training_post.document_stories import handed_over
from workstation.training_post.drawn.desk_top import desk_top
from workstation.training_post.drawn.documents import Page, PrintedDocument, page
from workstation.training_post.script import Traveller

DOCUMENTS = "training:documents"
FRAMES_A_SECOND = 8
WIDTH, HEIGHT = 1680, 1260
_DPI = 300.0
_COMING = 6
"""Frames in which the hand lays the document down, or takes it away."""
LYING = 20
"""Frames for which it lies still."""
_SKIN = (176, 132, 104)
_HEAVY = 1.2
"""Noise of the sensor, grey levels."""


class DocumentsSource:
    """Plays what the traveller `who` names hands over; the empty desk while nobody is there."""

    def __init__(
        self,
        who: Callable[[], Traveller | None],
        today: date,
        wait: Callable[[float], None] = time.sleep,
        read: Callable[[], int] | None = None,
    ) -> None:
        """`read` counts the pages that were read: a page lies until then, as the sign at the counter asks."""
        self.name = "training document camera"
        self._who = who
        self._today = today
        self._wait = wait
        self._read = read
        self._images = self._play()
        self._number = 0

    def read(self) -> Frame:
        if self._number:
            self._wait(1 / FRAMES_A_SECOND)
        image = next(self._images)
        self._number += 1
        return Frame(image, self._number, time.monotonic())

    def close(self) -> None:
        """Nothing is held."""

    def _play(self) -> Iterator[Image]:
        desk = np.asarray(desk_top(WIDTH, HEIGHT, 3, _DPI), dtype=np.uint8)
        seen: int | None = None
        while True:
            traveller = self._who()
            if traveller is None or traveller.number == seen:
                seen = None if traveller is None else seen
                yield _noisy(desk, self._number)
                continue
            seen = traveller.number
            document = handed_over(traveller, self._today).document
            if document is not None:
                yield from self._shown(desk, document, traveller)

    def _shown(self, desk: Image, document: PrintedDocument, traveller: Traveller) -> Iterator[Image]:
        """Laid down, lying, lifted; each side of a card in turn. It is lifted early when the traveller is gone."""
        sides = [page(document, _DPI)]
        if document.form is TD1:
            sides.append(page(document, _DPI, front=True))
        for side in sides:
            for step in range(_COMING):
                yield _noisy(_lying(desk, side, traveller, 1 - step / _COMING), self._number)
            still = _lying(desk, side, traveller, 0.0)
            before = self._read() if self._read is not None else 0
            for count in itertools.count():
                lain = count >= LYING and (self._read is None or self._read() > before)
                if lain or self._who() is not traveller:
                    break
                yield _noisy(still, self._number)
            for step in range(_COMING):
                yield _noisy(_lying(desk, side, traveller, (step + 1) / _COMING), self._number)


def _lying(desk: Image, side: Page, traveller: Traveller, away: float) -> Image:
    """The page on the desk, `away` from its place: 0 lies still, 1 just out of the picture, held by a hand."""
    high, wide = side.image.shape[:2]
    turn = np.radians((traveller.number * 7 % 9) - 4 + 14 * away)
    cos, sin = np.cos(turn), np.sin(turn)
    x = WIDTH / 2 + (traveller.number * 11 % 40 - 20) + 0.45 * WIDTH * away
    y = HEIGHT / 2 + (traveller.number * 5 % 30 - 15) + 1.15 * HEIGHT * away**1.5
    matrix = np.array([[cos, -sin, x - cos * wide / 2 + sin * high / 2], [sin, cos, y - sin * wide / 2 - cos * high / 2]])
    scene = desk.copy()
    around = np.asarray([[(0, 0), (wide, 0), (wide, high), (0, high)]], dtype=np.float64)
    corners = cv2.transform(around, matrix)[0]
    shade = np.zeros((HEIGHT // 4, WIDTH // 4), dtype=np.uint8)
    cv2.fillConvexPoly(shade, np.round(corners / 4 + 2 + 6 * away).astype(np.int32), 90)
    soft = cv2.resize(cv2.GaussianBlur(shade, (0, 0), 3), (WIDTH, HEIGHT))
    scene = np.asarray(cv2.subtract(scene, cv2.merge([soft, soft, soft])), dtype=np.uint8)
    cv2.warpAffine(side.image, matrix, (WIDTH, HEIGHT), dst=scene, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    if away:
        _hold(scene, corners[1] * 0.55 + corners[2] * 0.45)
        return np.asarray(cv2.blur(scene, (1, 1 + round(26 * away))), dtype=np.uint8)
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), 0.6), dtype=np.uint8)


def _hold(scene: Image, where: NDArray[np.float64]) -> None:
    """A thumb on the page's right edge, and the hand that it belongs to."""
    x, y = (round(float(each)) for each in where)
    cv2.ellipse(scene, (x + 330, y + 210), (330, 240), 25, 0, 360, _SKIN, -1, cv2.LINE_AA)
    cv2.line(scene, (x + 220, y + 40), (x - 40, y - 30), _SKIN, 96, cv2.LINE_AA)
    cv2.ellipse(scene, (x - 62, y - 36), (30, 24), 15, 0, 360, (206, 168, 146), -1, cv2.LINE_AA)


def _noisy(scene: Image, moment: int) -> Image:
    """As the sensor gives it: never the same twice."""
    random = np.random.default_rng([moment, 40])
    grain = _GRAIN[random.integers(64) :][:HEIGHT, :]
    lifted = cv2.add(scene, np.asarray(np.roll(grain, int(random.integers(WIDTH)), axis=1)[..., None].repeat(3, axis=2)))
    return np.asarray(cv2.subtract(lifted, np.full_like(scene, 3)), dtype=np.uint8)


_GRAIN = np.clip(np.random.default_rng(1).normal(3, _HEAVY, (HEIGHT + 64, WIDTH)), 0, 8).astype(np.uint8)
