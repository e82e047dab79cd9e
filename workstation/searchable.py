"""All active lists as searches see them. Whatever cannot be searched is counted, with the reason."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matching.canaries import CANARY, PEOPLE, canaries, canary_ids, lost_canaries
from matching.encoding import Encoder, Template
from matching.gallery import Gallery, Search
from matching.live import Change, LiveGallery
from matching.rows import Rows
from watchlists import finding
from watchlists.finding import Entry

OTHER_ENCODER = "made by another encoder"
NO_TEMPLATE = "portrait without a template"
DAMAGED = "template damaged in the store"
OVERDUE = "review of the record overdue"
GRACE = timedelta(days=30)
"""How long after its review date a record still raises candidates."""
_LIST_BITS = 62


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two records whose portraits look alike: perhaps one person twice, perhaps kin, perhaps chance."""

    record_id: int
    other_id: int
    distance: float


class Searchable:
    """Belongs to the thread of its Desk; only the merging of its gallery happens elsewhere."""

    def __init__(
        self,
        gallery: Gallery,
        left_out: Mapping[tuple[str, int], tuple[int, str]],
        list_versions: Mapping[int, int],
        encoder: Encoder,
        today: date,
    ) -> None:
        self.live = LiveGallery(gallery)
        self.list_versions = list_versions
        self.today = today
        self.fault = ""
        """Why no search over these lists can be relied upon, when that is so."""
        self._encoder = encoder
        self._left_out = dict(left_out)
        """(record id, reason) of each template or portrait that is not searched."""

    @property
    def entries(self) -> int:
        """Templates of people that a search compares."""
        return len(self.live.gallery) - len(self.list_versions)

    @property
    def excluded(self) -> dict[str, int]:
        """Templates and portraits that should have been searched and cannot be, by reason."""
        return dict(Counter(reason for _, reason in self._left_out.values()))

    def search(self, template: Template, distance: float) -> Search:
        """Every entry within the distance. ValueError when the template was made by another encoder: a bug of the caller."""
        gallery = self.live.gallery
        if template.encoder != gallery.encoder:
            raise ValueError(f"a template of {template.encoder} cannot be compared with {gallery.encoder}")
        return gallery.search(template.vector, distance, lists=PEOPLE)

    def update(self, session: Session, record_ids: Iterable[int]) -> None:
        """Take over what the store now says of these records and of the lists; the next search knows it."""
        records = set(record_ids)
        entries, left_out = _sorted_out(finding.entries(session, records), self._encoder, self.today)
        left_out |= _bare(session, records)
        list_versions = finding.list_versions(session)
        new_lists = sorted(set(list_versions) - set(self.list_versions))
        gallery = self.live.gallery
        known = finding.templates_of(session, records)
        gone = np.array(sorted(set(known) & set(gallery.among(known).tolist())), dtype=np.int64)
        self.live.change(Change(gone, *_with_canaries(entries, new_lists, self._encoder.dimension)))
        kept = {key: value for key, value in self._left_out.items() if value[0] not in records}
        self._left_out = kept | left_out
        self.list_versions = list_versions

    def begin_day(self, session: Session, today: date) -> None:
        """Leave out the records whose review has become overdue, and take in those whose has not."""
        turning = finding.reviewed_between(session, *sorted((self.today - GRACE, today - GRACE)))
        self.today = today
        self.update(session, turning)

    def look_alikes(self, session: Session, distance: float) -> tuple[LookAlike, ...]:
        """Every pair of records with a pair of portraits within the distance, by their nearest pair, nearest first."""
        first, second, away = self.live.gallery.duplicates(distance)
        owners = finding.belongings(session, np.unique(np.concatenate([first, second])).tolist())
        nearest: dict[tuple[int, int], float] = {}
        for one, other, each in zip(first.tolist(), second.tolist(), away.tolist(), strict=True):
            if one in owners and other in owners and owners[one].record_id != owners[other].record_id:
                low, high = sorted((owners[one].record_id, owners[other].record_id))
                nearest.setdefault((low, high), each)
        return tuple(LookAlike(low, high, each) for (low, high), each in nearest.items())

    def lost_canaries(self) -> tuple[int, ...]:
        """Lists whose canary no longer comes back first."""
        return lost_canaries(self.live.gallery, sorted(self.list_versions))


def load(session: Session, encoder: Encoder, today: date, progress: Callable[[int], None] = lambda _: None) -> Searchable:
    """Every active template of this encoder, its digest checked; `progress` hears how many were read."""

    def counted() -> Iterable[Entry]:
        for count, entry in enumerate(finding.entries(session), start=1):
            if count % 1000 == 0:
                progress(count)
            yield entry

    entries, left_out = _sorted_out(counted(), encoder, today)
    list_versions = finding.list_versions(session)
    ids, vectors, offsets, lists = _with_canaries(entries, sorted(list_versions), encoder.dimension)
    gallery = Gallery.build(ids, vectors, encoder.digest, offsets, lists)
    return Searchable(gallery, left_out | _bare(session), list_versions, encoder, today)


def from_gallery(session: Session, gallery: Gallery, encoder: Encoder, today: date) -> Searchable:
    """The lists around a gallery that was kept in a file and whose content is that of the store: no template is read."""
    left_out = {}
    here = set(gallery.ids.tolist())
    for entry in finding.entries(session, with_vectors=False):
        if entry.entry_id not in here:
            left_out["template", entry.entry_id] = (entry.record_id, _why_not(entry, encoder, today) or DAMAGED)
    return Searchable(gallery, left_out | _bare(session), finding.list_versions(session), encoder, today)


def content(session: Session, encoder: Encoder, today: date) -> str:
    """SHA-256 over what a search should compare: the entries with their digests and lists, the lists, the encoder."""
    digest = hashlib.sha256(encoder.digest.encode())
    for each in sorted(finding.list_versions(session)):
        digest.update(b"list %d\n" % each)
    for entry in finding.entries(session, with_vectors=False):
        if not _why_not(entry, encoder, today):
            digest.update(f"{entry.entry_id} {entry.watchlist_id} {entry.digest}\n".encode())
    return digest.hexdigest()


def _sorted_out(
    found: Iterable[Entry], encoder: Encoder, today: date
) -> tuple[list[tuple[int, int, NDArray[np.float32]]], dict[tuple[str, int], tuple[int, str]]]:
    """(entry, list, vector) of each entry that can be searched, and why each other one cannot."""
    entries, left_out = [], {}
    for entry in found:
        reason = _why_not(entry, encoder, today)
        if not reason and hashlib.sha256(entry.vector).hexdigest() != entry.digest:
            reason = DAMAGED
        if not reason and len(entry.vector) != 4 * encoder.dimension:
            reason = DAMAGED
        if reason:
            left_out["template", entry.entry_id] = (entry.record_id, reason)
        else:
            entries.append((entry.entry_id, entry.watchlist_id, np.frombuffer(entry.vector, dtype="<f4")))
    return entries, left_out


def _why_not(entry: Entry, encoder: Encoder, today: date) -> str:
    if entry.encoder != encoder.digest:
        return OTHER_ENCODER
    if entry.review_date < (today - GRACE).isoformat():
        return OVERDUE
    return ""


def _bare(session: Session, record_ids: Iterable[int] | None = None) -> dict[tuple[str, int], tuple[int, str]]:
    bare = finding.portraits_without_template(session, record_ids)
    return {("portrait", portrait): (record, NO_TEMPLATE) for portrait, record in bare}


def _with_canaries(entries: list[tuple[int, int, NDArray[np.float32]]], lists: list[int], dimension: int) -> Rows:
    """The rows of a gallery: these entries, and a canary for each of these lists."""
    ids = np.concatenate([np.array([each[0] for each in entries], dtype=np.int64), canary_ids(lists)])
    vectors = np.stack([each[2] for each in entries]) if entries else np.empty((0, dimension), dtype=np.float32)
    bits = [1 << (each[1] % _LIST_BITS) for each in entries] + [CANARY] * len(lists)
    vectors = np.concatenate([vectors.astype(np.float32), canaries(lists, dimension)])
    return ids, vectors, np.zeros(len(ids), dtype=np.float32), np.array(bits, dtype=np.uint64)
