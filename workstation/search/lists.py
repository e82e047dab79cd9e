"""All active lists as searches see them. Whatever cannot be searched is counted, with the reason."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matching.faces import encoding
from matching.faces.encoding import SAME, Encoder, Template
from matching.rates.scale import Scale
from matching.search.canaries import CANARY, PEOPLE, canaries, canary_ids, lost_canaries
from matching.search.gallery import Gallery, Search
from matching.search.live import Change, LiveGallery
from matching.search.rows import Rows
from watchlists.records import reading
from watchlists.records.purposes import Purpose
from watchlists.records.reading import Belonging, Entry
from watchlists.records.records import GRACE, OVERDUE

OTHER_ENCODER = "made by another encoder"
OTHER_COHORT = "normaliser of another cohort"
NO_TEMPLATE = "portrait without a template"
DAMAGED = "template damaged in the store"
_BITS = {purpose: 1 << place for place, purpose in enumerate(Purpose)}
"""The bit of each purpose among the lists of an entry."""

_JOINT = 1 << 61
"""Added to a record's id it is the id of the row in which its portraits are searched together."""


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What a search compares: a portrait, or several of one record together."""

    entry_id: int
    purpose: Purpose
    vector: NDArray[np.float32]
    normaliser: float


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two records whose portraits look alike: perhaps one person twice, perhaps kin, perhaps chance."""

    record_id: int
    other_id: int
    distance: float
    """Normalised."""


class Searchable:
    """Distances that come out of here are normalised: d - (mu_probe + mu_entry) / 2.

    Belongs to the thread of its Desk; only the merging of its gallery happens elsewhere.
    """

    def __init__(
        self,
        gallery: Gallery,
        left_out: Mapping[tuple[str, int], tuple[int, str]],
        list_versions: Mapping[int, int],
        encoder: Encoder,
        scale: Scale,
        today: date,
    ) -> None:
        self.live = LiveGallery(gallery)
        self.list_versions = list_versions
        self.today = today
        self.fault = ""
        """Why no search over these lists can be relied upon, when that is so."""
        self._encoder = encoder
        self._scale = scale
        self._left_out = dict(left_out)
        """(record id, reason) of each template or portrait that is not searched."""

    @property
    def entries(self) -> int:
        """Rows of people that a search compares: portraits of one record that look alike are one row, their mean."""
        return len(self.live.gallery) - len(self.list_versions)

    def entries_for(self, purpose: Purpose) -> int:
        """Rows of people on lists of this purpose."""
        return self.live.gallery.count(_BITS[purpose])

    @property
    def excluded(self) -> dict[str, int]:
        """Templates and portraits that should have been searched and cannot be, by reason."""
        return dict(Counter(reason for _, reason in self._left_out.values()))

    @property
    def faults(self) -> tuple[str, ...]:
        """Why a search over these lists is not complete: what is wrong with all of them, and templates that are damaged."""
        damaged = DAMAGED in {reason for _, reason in self._left_out.values()}
        return (*((self.fault,) if self.fault else ()), *((DAMAGED,) if damaged else ()))

    def search(self, template: Template, distance: float) -> Search:
        """Every entry within the distance. ValueError when the template was made by another encoder: a bug of the caller."""
        gallery = self.live.gallery
        if template.encoder != gallery.encoder:
            raise ValueError(f"a template of {template.encoder} cannot be compared with {gallery.encoder}")
        half = float(self._scale.cohort.normaliser(template.vector[None])[0]) / 2
        found = gallery.search(template.vector, distance + half, lists=PEOPLE)
        nearest = tuple(round(each - half, 6) for each in found.nearest)
        return replace(found, distances=found.distances - np.float32(half), nearest=nearest, threshold=distance)

    def nearest(self, template: Template, k: int, purpose: Purpose) -> list[tuple[int, float]]:
        """The k nearest rows of lists of this purpose, each with its distance. GalleryRefused when the search is incomplete."""
        half = float(self._scale.cohort.normaliser(template.vector[None])[0]) / 2
        away, ids = self.live.gallery.nearest(template.vector[None], k, _BITS[purpose])
        return [(entry, each - half) for entry, each in zip(ids[0].tolist(), away[0].tolist(), strict=True) if entry >= 0]

    def distance(self, template: Template, vector: NDArray[np.float32]) -> float:
        """Normalised, between a template and a photograph's of the same encoder, near or far."""
        both = np.array([template.vector, vector], dtype=np.float32)
        return float(np.linalg.norm(both[0] - both[1]) - self._scale.cohort.normaliser(both).sum() / 2)

    def update(self, session: Session, record_ids: Iterable[int]) -> None:
        """Take over what the store now says of these records and of the lists; the next search knows it."""
        records = set(record_ids)
        entries, left_out = _sorted_out(session, reading.entries(session, records), self._encoder, self._scale, self.today)
        left_out |= _bare(session, records)
        list_versions = reading.list_versions(session)
        new_lists = sorted(set(list_versions) - set(self.list_versions))
        gallery = self.live.gallery
        known = [*reading.templates_of(session, records), *(_JOINT + each for each in records)]
        gone = np.array(sorted(set(known) & set(gallery.among(known).tolist())), dtype=np.int64)
        self.live.change(Change(gone, *_with_canaries(entries, new_lists, self._encoder.dimension)))
        kept = {key: value for key, value in self._left_out.items() if value[0] not in records}
        self._left_out = kept | left_out
        self.list_versions = list_versions

    def begin_day(self, session: Session, today: date) -> None:
        """Leave out the records whose review has become overdue, and take in those whose has not."""
        turning = reading.reviewed_between(session, *sorted((self.today - GRACE, today - GRACE)))
        self.today = today
        self.update(session, turning)

    def look_alikes(self, session: Session, distance: float) -> tuple[LookAlike, ...]:
        """Every pair of records with a pair of portraits within the distance, by their nearest pair, nearest first."""
        first, second, away = self.live.gallery.duplicates(distance)
        owners = belongings(session, np.unique(np.concatenate([first, second])).tolist())
        nearest: dict[tuple[int, int], float] = {}
        for one, other, each in zip(first.tolist(), second.tolist(), away.tolist(), strict=True):
            if one in owners and other in owners and owners[one].record_id != owners[other].record_id:
                low, high = sorted((owners[one].record_id, owners[other].record_id))
                nearest.setdefault((low, high), each)
        return tuple(LookAlike(low, high, each) for (low, high), each in nearest.items())

    def lost_canaries(self) -> tuple[int, ...]:
        """Lists whose canary no longer comes back first."""
        return lost_canaries(self.live.gallery, sorted(self.list_versions))


def load(
    session: Session, encoder: Encoder, scale: Scale, today: date, progress: Callable[[int], None] = lambda _: None
) -> Searchable:
    """Every active template of this encoder, its digest checked; `progress` hears how many were read."""

    def counted() -> Iterable[Entry]:
        for count, entry in enumerate(reading.entries(session), start=1):
            if count % 1000 == 0:
                progress(count)
            yield entry

    entries, left_out = _sorted_out(session, counted(), encoder, scale, today)
    list_versions = reading.list_versions(session)
    ids, vectors, offsets, lists = _with_canaries(entries, sorted(list_versions), encoder.dimension)
    gallery = Gallery.build(ids, vectors, encoder.digest, offsets, lists)
    return Searchable(gallery, left_out | _bare(session), list_versions, encoder, scale, today)


def from_gallery(session: Session, gallery: Gallery, encoder: Encoder, scale: Scale, today: date) -> Searchable:
    """The lists around a gallery that was kept in a file and whose content is that of the store: no template is read."""
    left_out = {}
    here = set(gallery.ids.tolist())
    for entry in reading.entries(session, with_vectors=False):
        reason = _why_not(entry, encoder, scale, today)
        if reason or (entry.entry_id not in here and _JOINT + entry.record_id not in here):
            left_out["template", entry.entry_id] = (entry.record_id, reason or DAMAGED)
    return Searchable(gallery, left_out | _bare(session), reading.list_versions(session), encoder, scale, today)


def content(session: Session, encoder: Encoder, scale: Scale, today: date) -> str:
    """SHA-256 over what a search should compare: entries with their digests, normalisers and lists, encoder and cohort."""
    digest = hashlib.sha256(scale.digest.encode())
    for each in sorted(reading.list_versions(session)):
        digest.update(b"list %d\n" % each)
    for entry in reading.entries(session, with_vectors=False):
        if not _why_not(entry, encoder, scale, today):
            digest.update(f"{entry.entry_id} {entry.watchlist_id} {entry.digest} {entry.normaliser!r}\n".encode())
    return digest.hexdigest()


def _sorted_out(
    session: Session, found: Iterable[Entry], encoder: Encoder, scale: Scale, today: date
) -> tuple[list[_Row], dict[tuple[str, int], tuple[int, str]]]:
    """The rows of all that can be searched, and why each other entry cannot."""
    good: dict[int, list[Entry]] = {}
    left_out = {}
    for entry in found:
        reason = _why_not(entry, encoder, scale, today)
        if not reason and hashlib.sha256(entry.vector).hexdigest() != entry.digest:
            reason = DAMAGED
        if not reason and len(entry.vector) != 4 * encoder.dimension:
            reason = DAMAGED
        if reason:
            left_out["template", entry.entry_id] = (entry.record_id, reason)
        else:
            good.setdefault(entry.record_id, []).append(entry)
    apart = {record for record, reason in left_out.values() if reason == DAMAGED}
    return _rows(good, apart, scale, reading.purposes(session)), left_out


def _rows(good: Mapping[int, list[Entry]], apart: set[int], scale: Scale, purposes: Mapping[int, Purpose]) -> list[_Row]:
    """One row for each record whose portraits look alike, their mean; one for each portrait where they do not.

    The mean of two portraits misses far fewer people than the nearer of the two (DECISIONS 13). It would hide a portrait
    that looks otherwise, a child's beside an adult's, so that such ones stay apart. So do those of the records `apart`, of
    which a template is damaged: in a joint row it would no longer be missed.
    """
    rows: list[_Row] = []
    joint: list[tuple[int, Purpose, NDArray[np.float32]]] = []
    for record, entries in good.items():
        purpose = purposes[entries[0].watchlist_id]
        vectors = np.array([np.frombuffer(each.vector, dtype="<f4") for each in entries])
        mean = encoding.mean(vectors)
        alike = len(entries) > 1 and record not in apart
        if alike and np.linalg.norm(vectors - mean, axis=1).max() <= SAME / 2:
            joint.append((_JOINT + record, purpose, mean))
        else:
            rows.extend(
                _Row(each.entry_id, purpose, vector, each.normaliser) for each, vector in zip(entries, vectors, strict=True)
            )
    if joint:
        normalisers = scale.cohort.normaliser(np.array([vector for _, _, vector in joint])).tolist()
        rows.extend(_Row(*each, normaliser) for each, normaliser in zip(joint, normalisers, strict=True))
    return rows


def _why_not(entry: Entry, encoder: Encoder, scale: Scale, today: date) -> str:
    if entry.encoder != encoder.digest:
        return OTHER_ENCODER
    if entry.cohort != scale.digest:
        return OTHER_COHORT
    if entry.review_date < (today - GRACE).isoformat():
        return OVERDUE
    return ""


def _bare(session: Session, record_ids: Iterable[int] | None = None) -> dict[tuple[str, int], tuple[int, str]]:
    bare = reading.portraits_without_template(session, record_ids)
    return {("portrait", portrait): (record, NO_TEMPLATE) for portrait, record in bare}


def _with_canaries(rows: list[_Row], lists: list[int], dimension: int) -> Rows:
    """The rows of a gallery: these, and a canary for each of these lists."""
    ids = np.concatenate([np.array([each.entry_id for each in rows], dtype=np.int64), canary_ids(lists)])
    vectors = np.array([each.vector for each in rows], dtype=np.float32).reshape(-1, dimension)
    bits = [_BITS[each.purpose] for each in rows] + [CANARY] * len(lists)
    offsets = [each.normaliser / 2 for each in rows] + [0.0] * len(lists)
    vectors = np.concatenate([vectors, canaries(lists, dimension)])
    return ids, vectors, np.array(offsets, dtype=np.float32), np.array(bits, dtype=np.uint64)


def belongings(session: Session, entry_ids: Sequence[int]) -> dict[int, Belonging]:
    """What each row belongs to: `finding.belongings`, and for portraits searched together their record."""
    joint = {each: each - _JOINT for each in entry_ids if each >= _JOINT}
    owners = reading.belongings(session, [each for each in entry_ids if each < _JOINT])
    owners |= reading.belongings_of(session, joint)
    return owners


def nearest_portrait(session: Session, record_id: int, template: Template) -> tuple[int, NDArray[np.float32]] | None:
    """The portrait of the record that lies nearest to the template, to be shown beside the traveller, and its own template.

    None when the record has no photograph that can be compared.
    """
    vectors = {
        portrait: np.frombuffer(vector, dtype="<f4")
        for portrait, vector in reading.vectors_of(session, record_id, template.encoder).items()
        if len(vector) == template.vector.nbytes
    }
    away = {portrait: float(np.linalg.norm(vector - template.vector)) for portrait, vector in vectors.items()}
    if not away:
        return None
    nearest = min(away, key=lambda portrait: away[portrait])
    return nearest, vectors[nearest]
