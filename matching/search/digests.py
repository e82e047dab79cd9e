"""The digest of a gallery: the same for the same content, however it lies in segments, and quick to bring up to date."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from matching.search.rows import Ids, joined
from matching.search.segments import Segment

_BUCKET_BITS = 8
"""Ids that share all but these bits are digested together, so that a change digests little again."""


def buckets_of(ids: Ids) -> Ids:
    """The buckets in which these ids lie."""
    return np.unique(ids >> _BUCKET_BITS)


def digested(segments: Sequence[Segment], buckets: Ids) -> dict[int, bytes]:
    """SHA-256 over the live rows of each bucket by ascending id; empty bytes where none is left."""
    digests = {}
    for bucket in buckets.tolist():
        low, high = bucket << _BUCKET_BITS, (bucket + 1) << _BUCKET_BITS
        found = [(segment, segment.between(low, high)) for segment in segments]
        found = [(segment, rows) for segment, rows in found if len(rows)]
        if not found:
            digests[bucket] = b""
            continue
        parts = joined(*(each.rows(rows) for each, rows in found))
        order = np.argsort(parts[0])
        digest = hashlib.sha256()
        for part in parts:
            digest.update(np.ascontiguousarray(part[order]).data)
        digests[bucket] = digest.digest()
    return digests


def digest_of(encoder: str, dimension: int, buckets: Mapping[int, bytes]) -> str:
    whole = hashlib.sha256(encoder.encode() + b"\0" + np.int64(dimension).tobytes())
    for bucket in sorted(buckets):
        whole.update(np.int64(bucket).tobytes() + buckets[bucket])
    return whole.hexdigest()
