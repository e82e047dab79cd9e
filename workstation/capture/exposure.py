"""Exposure for the face and not for the window behind it: measured on the face, steered in small steps, at rest in between.

Nothing is done while the face lies well within the sensor's range, whatever the darkness of the skin. The band of rest is far
wider than a step, and a step is waited for before the next: so the exposure never swings. A camera whose driver does not obey
is given back to its own automatic.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.faces.finding import Face
from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.sentences import Sentence

DIM, BRIGHT = 90.0, 238.0
"""Grey level of the face's lightest parts between which nothing is done: a factor of 2.6, and a step is one of 1.1."""
BURNT = 0.08
"""Share of the face at the sensor's end from which less light is better."""
STEP = 2 ** (1 / 3)
"""A third of a stop more light; about 1.11 in grey levels, which follow light to the power 1/2.2."""
MOST_STEPS = 9
"""Three stops to either side of where the automatic left it."""
SETTLE_SECONDS = 0.6
"""A camera shows a new exposure some frames later."""
ABSENT_SECONDS = 3.0
"""Without a face for so long the camera's automatic takes over again."""
LONGEST = 500.0
"""1/20 s in V4L2's units of 100 us: longer, and faces blur. More light then comes from the gain."""
_MANUAL, _AUTOMATIC = 1.0, 3.0
"""V4L2_EXPOSURE_MANUAL and V4L2_EXPOSURE_APERTURE_PRIORITY."""
_GAIN_STEP, _MOST_GAIN = 12.0, 128.0
_WINDOW = 225.0

AGAINST_THE_LIGHT = Sentence("Against the light. Let the traveller turn away from the window, or close the blind.")


@dataclass(frozen=True, slots=True)
class FaceLight:
    """Grey levels, 0 to 255."""

    light: float
    """95th percentile of the face: its lightest parts, which every skin has."""
    burnt: float
    """Share of the face at 250 and above."""
    behind: float
    """90th percentile of what is around the face."""

    @property
    def against_the_light(self) -> bool:
        return self.light < DIM and self.behind >= _WINDOW


@dataclass(frozen=True, slots=True)
class Steering:
    """Where the exposure stands: steps from the automatic's own, and when that was last changed or a face last seen."""

    steps: int = 0
    changed: float = float("-inf")
    seen: float = float("-inf")


def face_light(image: Image, face: Face) -> FaceLight | None:
    """The light on a face and around it; None when the face is smaller than 16 pixels or outside the picture."""
    height, width = image.shape[:2]
    box = face.box
    left, top, right, bottom = max(box.left, 0), max(box.top, 0), min(box.right, width), min(box.bottom, height)
    if right - left < 16 or bottom - top < 16:
        return None
    inset_x, inset_y = (right - left) // 6, (bottom - top) // 6
    inner = image[top + inset_y : bottom - inset_y, left + inset_x : right - inset_x]
    step = max(1, inner.shape[1] // 64)
    skin = _grey(inner[::step, ::step])
    step = max(1, width // 160)
    around = _grey(image[::step, ::step]).copy()
    outside = np.ones(around.shape, dtype=np.bool_)
    outside[top // step : bottom // step + 1, left // step : right // step + 1] = False
    behind = around[outside]
    return FaceLight(
        light=float(np.percentile(skin, 95)),
        burnt=float((skin >= 250).mean()),
        behind=float(np.percentile(behind, 90)) if behind.size else 0.0,
    )


def steer(light: FaceLight | None, steering: Steering, now: float) -> Steering:
    """One step lighter, one darker, none, or back to the automatic (no steps) when nobody has been there for a while."""
    if light is None:
        return Steering(0, now, steering.seen) if steering.steps and now - steering.seen >= ABSENT_SECONDS else steering
    steering = replace(steering, seen=now)
    if now - steering.changed < SETTLE_SECONDS:
        return steering
    if light.burnt > BURNT or light.light > BRIGHT:
        wanted = steering.steps - 1
    elif light.light < DIM:
        wanted = steering.steps + 1
    else:
        return steering
    wanted = min(max(wanted, -MOST_STEPS), MOST_STEPS)
    return steering if wanted == steering.steps else Steering(wanted, now, now)


class Exposure:
    """Steers one camera. Called by the thread that reads it, since a capture belongs to one thread.

    Only V4L2 is steered, whose units are known: exposure in 100 us, gain from 0 up.
    """

    def __init__(self, capture: Any) -> None:
        self._capture = capture
        self._steering = Steering()
        self._own: tuple[float, float] | None = None
        """Exposure and gain as the automatic left them, while they are ours."""
        self.obeys = _backend(capture) == "V4L2"
        """Whether the driver lets us; once it did not, it is left alone."""

    def act(self, light: FaceLight | None, now: float) -> None:
        """One look at the face's light, at this moment in monotonic seconds; None: no face."""
        if not self.obeys:
            return
        wanted = steer(light, self._steering, now)
        if wanted.steps != self._steering.steps:
            if wanted.steps == 0:
                self.release()
            elif not self._apply(wanted.steps):
                self.obeys = False
                self.release()
        self._steering = wanted

    def release(self) -> None:
        """Give the camera back to its own automatic."""
        if self._own is not None:
            _, gain = self._own
            self._own = None
            self._capture.set(cv2.CAP_PROP_GAIN, gain)
            self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _AUTOMATIC)

    def _apply(self, steps: int) -> bool:
        """Whether the driver did what it was told: a driver may accept a value and keep its own."""
        if self._own is None:
            own = self._capture.get(cv2.CAP_PROP_EXPOSURE), self._capture.get(cv2.CAP_PROP_GAIN)
            if own[0] <= 0 or not self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _MANUAL):
                return False
            self._own = own
        exposure, gain = settings_for(*self._own, steps)
        if not self._set(cv2.CAP_PROP_EXPOSURE, exposure):
            return False
        # Without a gain there is still the exposure.
        return gain == self._own[1] or self._set(cv2.CAP_PROP_GAIN, gain) or exposure != self._own[0]

    def _set(self, name: int, value: float) -> bool:
        if not self._capture.set(name, value):
            return False
        return bool(abs(self._capture.get(name) - value) <= max(2.0, 0.1 * value))


def settings_for(exposure: float, gain: float, steps: int) -> tuple[float, float]:
    """Exposure (100 us) and gain so many steps from the automatic's own: longer up to LONGEST, then more gain."""
    wanted = max(1.0, round(exposure * STEP**steps))
    longest = max(exposure, LONGEST)
    if wanted <= longest:
        return wanted, gain
    missing = round(float(np.log2(wanted / longest)) * 3)
    return round(longest), max(gain, min(gain + _GAIN_STEP * missing, _MOST_GAIN))


def _backend(capture: Any) -> str:
    try:
        return str(capture.getBackendName())
    except cv2.error:
        return ""  # a capture that was closed, or one without a back end


def _grey(part: Image) -> Image:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY), dtype=np.uint8)
