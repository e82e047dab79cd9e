"""The snapshot of all active lists that screenings search. Whatever it leaves out it counts, with the reason."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matching.encoding import Encoder, Template
from matching.gallery import Gallery, Search
from watchlists import finding

OTHER_ENCODER = "made by another encoder"
NO_TEMPLATE = "portrait without a template"
DAMAGED = "template damaged in the store"


@dataclass(frozen=True, slots=True, eq=False)
class Searchable:
    """A gallery and, row by row in ascending entry id, what each entry belongs to."""

    gallery: Gallery
    entry_ids: NDArray[np.int64]
    record_ids: NDArray[np.int64]
    portrait_ids: NDArray[np.int64]
    watchlist_ids: NDArray[np.int64]
    excluded: Mapping[str, int]
    """Entries that should have been searched and cannot be, by reason."""
    list_versions: Mapping[int, int]

    def search(self, template: Template, distance: float) -> Search:
        """Every entry within the distance. ValueError when the template was made by another encoder: a bug of the caller."""
        if template.encoder != self.gallery.encoder:
            raise ValueError(f"a template of {template.encoder} cannot be compared with {self.gallery.encoder}")
        return self.gallery.search(template.vector, distance)

    def nearest_of_each_record(self, found: Search) -> list[tuple[int, float]]:
        """(row, distance) of the nearest entry of each record found, nearest record first."""
        rows = np.searchsorted(self.entry_ids, found.ids)
        _, first = np.unique(self.record_ids[rows], return_index=True)
        return [(int(rows[place]), float(found.distances[place])) for place in np.sort(first)]


def load(session: Session, encoder: Encoder, progress: Callable[[int], None] = lambda _: None) -> Searchable:
    """Every active template of this encoder, its digest checked; `progress` hears how many were read."""
    excluded: Counter[str] = Counter()
    vectors: list[NDArray[np.float32]] = []
    belongings: list[tuple[int, int, int, int]] = []
    for count, entry in enumerate(finding.entries(session), start=1):
        if count % 1000 == 0:
            progress(count)
        if entry.encoder != encoder.digest:
            excluded[OTHER_ENCODER] += 1
        elif hashlib.sha256(entry.vector).hexdigest() != entry.digest or len(entry.vector) != 4 * encoder.dimension:
            excluded[DAMAGED] += 1
        else:
            vectors.append(np.frombuffer(entry.vector, dtype="<f4"))
            belongings.append((entry.entry_id, entry.record_id, entry.portrait_id, entry.watchlist_id))
    bare = finding.portraits_without_template(session)
    if bare:
        excluded[NO_TEMPLATE] = bare
    columns = np.array(belongings, dtype=np.int64).reshape(len(belongings), 4)
    rows = np.stack(vectors) if vectors else np.empty((0, encoder.dimension), dtype=np.float32)
    return Searchable(
        gallery=Gallery.build(columns[:, 0].copy(), rows, encoder=encoder.digest),
        entry_ids=columns[:, 0].copy(),
        record_ids=columns[:, 1].copy(),
        portrait_ids=columns[:, 2].copy(),
        watchlist_ids=columns[:, 3].copy(),
        excluded=MappingProxyType(dict(excluded)),
        list_versions=finding.list_versions(session),
    )
