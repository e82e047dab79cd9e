"""Travellers who were closed and may still be looked at: the last one whole, earlier ones without any picture."""

from collections import deque
from dataclasses import replace

from ui.counter.in_front import InFront

MOST = 10


class ClosedBefore:
    def __init__(self) -> None:
        self._kept: deque[InFront] = deque(maxlen=MOST)

    def keep(self, front: InFront) -> None:
        """The answer stays; picture, document and portrait go."""
        self._kept.append(replace(front, taken=None, others=(), faces=(), chosen=None, document=None, no_photo=None))

    def forget(self) -> None:
        self._kept.clear()

    @property
    def screenings(self) -> frozenset[int]:
        return frozenset(each.earlier for each in self._kept if each.earlier is not None)

    def of(self, screening_id: int) -> InFront | None:
        return next((each for each in self._kept if each.earlier == screening_id), None)
