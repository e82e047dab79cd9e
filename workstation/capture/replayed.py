"""Whether a camera's frames came before: a sensor never gives the same picture twice to the last bit, a recording does.

Frames are kept as 16 bytes of a digest, for a minute. Nothing of a picture can be told from them.
"""

import hashlib
from collections import deque

import numpy as np

from matching.faces.images import Image

KEPT_SECONDS = 60.0
APART_SECONDS = 0.4
"""Frames closer in time may be one frame that a driver gave twice."""
REPEATS = 3
"""Frames that came before, within KEPT_SECONDS, until it is called a repetition."""
LOOP = 8
"""Frames in a row that follow each other as they did before, until it is called a loop."""
_THINNED = 3
"""Every third point each way: noise leaves none of a hundred thousand points as it was."""
_FLAT = 1.0
"""Standard deviation in grey levels: a covered or dark camera may well repeat itself."""


class Replayed:
    def __init__(self) -> None:
        self._seen: deque[tuple[float, bytes]] = deque()
        self._last: dict[bytes, float] = {}
        self._again: deque[float] = deque()
        self._lag = 0.0
        self._in_step = 0
        self.loops = False

    def see(self, image: Image, taken: float) -> None:
        """The next frame of the camera, with its moment in monotonic seconds."""
        while self._seen and taken - self._seen[0][0] > KEPT_SECONDS:
            moment, digest = self._seen.popleft()
            if self._last.get(digest) == moment:
                del self._last[digest]
        while self._again and taken - self._again[0] > KEPT_SECONDS:
            self._again.popleft()
        if float(image[::16, ::16, 1].std()) < _FLAT:
            return
        digest = hashlib.blake2b(np.ascontiguousarray(image[::_THINNED, ::_THINNED]).data, digest_size=16).digest()
        before = self._last.get(digest)
        self._last[digest] = taken
        self._seen.append((taken, digest))
        if before is not None and taken - before >= APART_SECONDS:
            self._again.append(taken)
            self._follow(taken - before)
        else:
            self._in_step, self.loops = 0, False

    @property
    def repeats(self) -> bool:
        """Whether frames came again within the last minute."""
        return len(self._again) >= REPEATS

    def _follow(self, lag: float) -> None:
        """A loop comes again after the same time, frame after frame."""
        same = abs(lag - self._lag) <= 0.1 * self._lag
        self._in_step = self._in_step + 1 if same else 1
        self._lag = lag
        self.loops = self._in_step >= LOOP
