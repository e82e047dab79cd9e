"""A gallery that entries join and leave while it is searched. Searches take the snapshot of the moment and never wait."""

import threading
from dataclasses import dataclass

from matching.search.gallery import Gallery
from matching.search.rows import Ids, Lists, Vectors
from matching.search.segments import PLAIN_MOST

_UNTIDY = 0.05
"""Part of the rows that may lie outside the coded segment before it is built anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Entries that leave, and rows that join. An id may do both: the row is replaced."""

    gone: Ids
    ids: Ids
    vectors: Vectors
    offsets: Vectors | None = None
    lists: Lists | None = None

    def on(self, gallery: Gallery) -> Gallery:
        left = gallery.without(self.gone) if len(self.gone) else gallery
        return left.with_added(self.ids, self.vectors, self.offsets, self.lists) if len(self.ids) else left


class LiveGallery:
    """Safe to read and to change from any thread."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._changing = threading.Lock()
        self._since: list[Change] = []
        self._merging: threading.Thread | None = None

    @property
    def gallery(self) -> Gallery:
        """The snapshot of this moment; it never changes."""
        return self._gallery

    def change(self, change: Change) -> Gallery:
        """The snapshot with the change, which the next search takes. GalleryRefused leaves everything as it was."""
        with self._changing:
            self._gallery = change.on(self._gallery)
            if self._merging is not None:
                self._since.append(change)
            elif self._gallery.untidy > max(PLAIN_MOST, _UNTIDY * len(self._gallery)):
                self._merging = threading.Thread(target=self._merge, args=(self._gallery,), name="merge for the search")
                self._merging.start()
            return self._gallery

    def settle(self) -> None:
        """Wait until no merge is under way."""
        merging = self._merging
        if merging is not None:
            merging.join()

    def _merge(self, gallery: Gallery) -> None:
        """Build one segment of all, then repeat on it what changed meanwhile. If that fails, the snapshot stays as it is."""
        try:
            merged = gallery.merged()
            with self._changing:
                for change in self._since:
                    merged = change.on(merged)
                self._gallery = merged
        finally:
            with self._changing:
                self._since.clear()
                self._merging = None
