"""Travellers who say that they travel together: from one press of a key to the next, each who is closed belongs to the group."""

from dataclasses import dataclass


@dataclass(slots=True)
class TravellingTogether:
    open: bool = False
    count: int = 0
    """Travellers of the group who have been closed."""
    _last: int | None = None
    """The screening that was closed last, whoever it was of."""

    def turn(self, *, somebody: bool) -> None:
        """Begin a group, or end it. With nobody in front, it begins with the traveller who was closed last."""
        self.open = not self.open
        self.count = int(self.open and not somebody and self._last is not None)
        if self.open and somebody:
            self._last = None

    def close(self, screening_id: int) -> None:
        """A traveller is done."""
        self._last = screening_id
        self.count += self.open

    def reopen(self) -> None:
        """The traveller who was closed last is in front again."""
        self.count -= self.open

    @property
    def companion(self) -> int | None:
        """The screening with which the next traveller goes."""
        return self._last if self.open and self.count else None
