"""Templates: a vector of a face, and the digest of the frozen unit of detector, landmarks and network that made it."""

import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces import sface, zoo
from matching.faces.alignment import SIDE, aligned
from matching.faces.finding import GLANCE_SIDE, THOROUGH_SIDE, Face
from matching.faces.images import Image
from matching.faces.models import DIGESTS, LANDMARKS
from matching.faces.yunet import SURE
from matching.refusals import Refusal

DIMENSION = sface.DIMENSION
LOOKS = ("detector's points", "detector's points, mirrored", "landmarks", "landmarks, mirrored")
"""What the network looks at: the face turned upright in two ways, each plain and mirrored (DECISIONS 39). Every template is
made of all of them, whatever it is for."""
SAME = 1.0
"""Distance within which two pictures may be taken for one person's without looking further: strangers of the group that looks
most alike lie nearer in 1 pair of 10,000, and 2 in 100 pairs of one person's press photographs lie farther (MODEL_CARD)."""
_KNOWN_ANSWER = (0.08714, 0.10538, -0.00515, 0.02024, -0.08958, -0.07062, -0.04849, -0.11833)
"""The first numbers of the network's answer to `_ramp`."""
_ALIKE = 1e-3
"""Processors round differently; a thousandth changes no distance that matters."""


class EncoderWrong(Refusal):
    """The network gives another answer than it did when it was measured: its templates must not be compared with anything."""


@dataclass(frozen=True, slots=True)
class Encoder:
    name: str
    digest: str
    """SHA-256 over the model files' digests and every parameter that changes a template, in hexadecimal."""
    dimension: int


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    vector: NDArray[np.float32]
    """(dimension,), Euclidean distance compares two of them."""
    encoder: str
    """Digest of the unit. Templates of different units are never compared."""


@functools.cache
def unit() -> Encoder:
    """The unit that `encode` is: YuNet, dlib's landmarks, SFace, the mean over LOOKS."""
    parts = {
        "detector": [zoo.DIGESTS[zoo.DETECTOR], SURE, GLANCE_SIDE, THOROUGH_SIDE],
        "landmarks": DIGESTS[LANDMARKS],
        "network": zoo.DIGESTS[zoo.NETWORK],
        "looks": LOOKS,
    }
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return Encoder("yunet-sface-v1", digest, DIMENSION)


def encode(image: Image, face: Face) -> Template:
    """The template of the face in the picture, of length 1: the mean over LOOKS, about 20 ms each on one core."""
    upright = [aligned(image, points.astype(np.float64)) for points in (face.points, face.five_landmarks)]
    chips = np.stack([look for each in upright for look in (each, each[:, ::-1])])
    return Template(mean(sface.network()(chips)), unit().digest)


def fused(templates: Sequence[Template]) -> Template:
    """One template of several pictures of the same face: their mean. ValueError when their encoders differ."""
    encoders = {each.encoder for each in templates}
    if len(encoders) != 1:
        raise ValueError(f"templates of {len(encoders)} encoders have no mean")
    return Template(mean(np.stack([each.vector for each in templates])), encoders.pop())


def mean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of rows (n, d) one vector as long as they are on average: shorter, it would lie nearer to every stranger."""
    middle = vectors.mean(axis=0, dtype=np.float64)
    length = np.linalg.norm(vectors.astype(np.float64), axis=1).mean()
    result: NDArray[np.float32] = (middle * (length / max(float(np.linalg.norm(middle)), 1e-12))).astype(np.float32)
    return result


def check_network(network: Callable[[NDArray[np.uint8]], NDArray[np.float32]] | None = None) -> None:
    """Hold one answer against the one that was measured. EncoderWrong when they differ: this machine cannot be relied upon."""
    found = (network or sface.network())(_ramp()[None])[0][: len(_KNOWN_ANSWER)]
    away = float(np.abs(found - np.array(_KNOWN_ANSWER)).max())
    if not away <= _ALIKE:
        raise EncoderWrong(
            "The face network gives another answer than it should (off by {away}). Install the program again.",
            away=f"{away:.2g}",
        )


def _ramp() -> Image:
    ramp = np.add.outer(np.arange(SIDE), np.arange(SIDE))
    return np.stack([ramp % 251, ramp * 3 % 241, ramp * 7 % 239], axis=2).astype(np.uint8)
