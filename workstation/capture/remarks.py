"""What the officer should know of how the pictures came about. Each is a note with what to do, and never a verdict.

The officer at the desk, who sees the traveller, is the liveness check. Nothing here opens or closes a gate, and an unattended
post is refused: a screening needs somebody signed in, and the watches of both cameras look at nothing without one.
"""

import re
from collections import deque
from pathlib import Path

from matching.faces.finding import Box
from matching.faces.images import Image
from workstation.capture.presentation import GRID, frame_around, grid_strength
from workstation.capture.replayed import Replayed
from workstation.sentences import Sentence

DEVICES = Path("/sys/class/video4linux")
EVERY_SECONDS = 0.4
"""A face is looked at for a grid or a frame this often."""
_LOOKS, _ENOUGH = 6, 3
"""Of the last so many looks, so many must show it: one regular shirt in passing is none."""

PROGRAM = "The pictures come from “{name}”, which is a program and no camera. Ask the supervisor to check the source."
REPEATED = Sentence("The camera gave the same picture again, to the last point. Look at the traveller, and check the camera.")
LOOPS = Sentence("The camera's pictures come round again like a recording. Look at the traveller, and check the camera.")
GRID_SEEN = Sentence("A fine grid lies over the face, as of a screen. See that the traveller stands before the camera.")
FRAME_SEEN = Sentence("The face is within a frame, as of a photograph or a screen. See that the traveller stands there.")

_PROGRAMS = re.compile(
    r"loopback|dummy video|virtual|\bobs\b|droidcam|manycam|iriun|epoccam|ivcam|xsplit|snap camera|camtwist|vcam|akvcam"
    r"|\bcamo\b|\bndi\b|nvidia broadcast|webcamoid",
    re.IGNORECASE,
)


def device_note(source: str, devices: Path = DEVICES) -> Sentence | None:
    """Whether camera:N or /dev/videoN is a program: by its name, and by a driver without hardware behind it.

    None where the system does not say, and for streams, whose address the post chose itself.
    """
    match = re.fullmatch(r"(?:camera:|/dev/video)(\d+)", source.strip())
    if match is None:
        return None
    device = devices / f"video{int(match[1])}"
    try:
        name = (device / "name").read_text(encoding="utf-8", errors="replace").strip()[:80]
        virtual = "/devices/virtual/" in str(device.resolve())
    except OSError:
        return None
    if virtual or _PROGRAMS.search(name):
        return Sentence(PROGRAM, {"name": name or device.name})
    return None


class CaptureNotes:
    """Of one live camera. A folder, a video or the training camera repeats itself by nature and is not looked at."""

    def __init__(self, source: str, devices: Path = DEVICES) -> None:
        self._device = device_note(source, devices)
        self._replayed = Replayed()
        self._grids: deque[bool] = deque(maxlen=_LOOKS)
        self._frames: deque[bool] = deque(maxlen=_LOOKS)
        self._looked = float("-inf")

    def see(self, image: Image, box: Box | None, taken: float) -> None:
        """The next frame, with the box of the largest face in it, at its moment in monotonic seconds."""
        self._replayed.see(image, taken)
        if box is None or taken - self._looked < EVERY_SECONDS:
            return
        self._looked = taken
        strength = grid_strength(image, box)
        if strength is not None:
            self._grids.append(strength >= GRID)
        self._frames.append(frame_around(image, box) is not None)

    def forget(self) -> None:
        """The traveller has left; what the frames of the camera repeat is still remembered."""
        self._grids.clear()
        self._frames.clear()

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What there is to say now, the source first."""
        said = [self._device] if self._device is not None else []
        if self._replayed.loops:
            said.append(LOOPS)
        elif self._replayed.repeats:
            said.append(REPEATED)
        if sum(self._grids) >= _ENOUGH:
            said.append(GRID_SEEN)
        elif sum(self._frames) >= _ENOUGH:
            said.append(FRAME_SEEN)
        return tuple(said)
