"""The live camera of the training post: the travellers come one after the other, with a moment of nobody in between."""

import itertools
import time
from collections.abc import Callable, Iterator

from matching.faces.images import Image
from workstation.capture.camera import Frame
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.script import TRAVELLERS, Traveller, traveller_frames

SOURCE = "training:travellers"
FRAMES_A_SECOND = 25
_EMPTY_FRAMES = 12
STAYING = 6
"""How often a traveller's last look is played again, so that the officer has the time that a real one would give."""


class Stage:
    """Who stands at the counter of the training post: the camera says it, the document on the desk follows."""

    def __init__(self) -> None:
        self.traveller: Traveller | None = None
        self.pages_read = 0

    def page_was_read(self) -> None:
        """The sign at the counter says that the page may be lifted."""
        self.pages_read += 1


class TravellersSource:
    """Plays from traveller `first` on, round and round."""

    def __init__(
        self,
        first: int = 1,
        wait: Callable[[float], None] = time.sleep,
        stage: Stage | None = None,
        staying: int = STAYING,
    ) -> None:
        self.name = "training camera"
        self.traveller: Traveller = TRAVELLERS[first - 1]
        self._stage = stage or Stage()
        self._wait = wait
        self._staying = staying
        self._images = self._play(first - 1)
        self._number = 0
        self._due = 0.0

    def read(self) -> Frame:
        image = next(self._images)
        now = time.monotonic()
        self._due = max(self._due + 1 / FRAMES_A_SECOND, now)
        if self._number:
            self._wait(self._due - now)
        self._number += 1
        return Frame(image, self._number, time.monotonic())

    def close(self) -> None:
        self._stage.traveller = None

    def _play(self, first: int) -> Iterator[Image]:
        for self.traveller in itertools.chain(TRAVELLERS[first:], itertools.cycle(TRAVELLERS)):
            self._stage.traveller = None
            for moment in range(_EMPTY_FRAMES):
                yield frame((), moment=moment)
            self._stage.traveller = self.traveller
            yield from traveller_frames(self.traveller)
            last = self.traveller.looks[-1].frames
            staying = list(traveller_frames(self.traveller))[-last:]
            for _ in range(self._staying):
                yield from staying
