"""Templates: a vector of a face, and the digest of the frozen unit of detector, landmarks and network that made it."""

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces import network
from matching.faces.finding import Box, Face
from matching.faces.images import Image
from matching.faces.models import DIGESTS, check_models, face_recognition_api, model_folder
from matching.refusals import Refusal

DIMENSION = 128
LOOKS = 4
"""Looks of the network at one face: each a cut of its own, chosen by the bench (DECISIONS 13)."""
_CUTS = ((5, 0.20, False), (68, 0.25, True), (5, 0.30, True), (68, 0.25, False))
"""Landmarks that turn the face upright, room around it in parts of its size, and whether it is mirrored."""
SAME = 0.6
"""Distance within which two templates may be of one person: the limit that dlib's network was trained to."""
_NETWORK = "dlib_face_recognition_resnet_model_v1.dat"
_ALIKE = 1e-4
"""How far the network may lie from dlib's own answer, in template distance."""


class EncoderWrong(Refusal):
    """The network gives another answer than dlib itself: its templates must not be compared with anything."""


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
    """The unit that `encode` is: HOG detector with one doubling, landmarks, ResNet, the mean over LOOKS cuts."""
    parts = {
        "detector": "dlib frontal HOG, doubled once",
        "five landmarks": DIGESTS["shape_predictor_5_face_landmarks.dat"],
        "landmarks": DIGESTS["shape_predictor_68_face_landmarks.dat"],
        "network": DIGESTS[_NETWORK],
        "cuts": _CUTS,
    }
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return Encoder("dlib-hog-resnet-v2", digest, DIMENSION)


def encode(image: Image, face: Face, *, looks: int = LOOKS) -> Template:
    """The template of the face in the picture: the mean over so many looks, about 15 ms each on one core.

    Fewer looks are for several frames of one face: their mean is as good as one frame with all looks.
    """
    if not 1 <= looks <= LOOKS:
        raise ValueError(f"{looks} looks at a face; it takes 1 to {LOOKS}")
    vectors = _network()(_chips(image, face.box, looks))
    mean: NDArray[np.float32] = np.einsum("ij->j", vectors) / np.float32(looks)
    return Template(mean, unit().digest)


def fused(templates: Sequence[Template]) -> Template:
    """One template of several pictures of the same face: their mean. ValueError when their encoders differ."""
    encoders = {each.encoder for each in templates}
    if len(encoders) != 1:
        raise ValueError(f"templates of {len(encoders)} encoders have no mean")
    mean: NDArray[np.float32] = np.einsum("ij->j", np.stack([each.vector for each in templates])) / np.float32(len(templates))
    return Template(mean, encoders.pop())


def check_network() -> None:
    """Hold one answer against dlib's own. EncoderWrong when they differ: numpy or the machine cannot be relied upon."""
    dlib = face_recognition_api().dlib
    ramp = np.add.outer(np.arange(network.SIDE), np.arange(network.SIDE))
    chip = np.stack([ramp % 251, ramp * 3 % 241, ramp * 7 % 239], axis=2).astype(np.uint8)
    theirs = np.array(dlib.face_recognition_model_v1(str(model_folder() / _NETWORK)).compute_face_descriptor(chip))
    away = float(np.linalg.norm(_network()(chip[None])[0] - theirs))
    if not away <= _ALIKE:
        raise EncoderWrong(
            "The face network gives another answer than dlib does (distance {away}). Install the program again.",
            away=f"{away:.2g}",
        )


@functools.cache
def _network() -> network.Network:
    check_models(model_folder())
    return network.load(model_folder() / _NETWORK)


def _chips(image: Image, box: Box, looks: int) -> NDArray[np.uint8]:
    """The face cut and turned upright by its landmarks, (looks, 150, 150, 3)."""
    api = face_recognition_api()
    rectangle = api.dlib.rectangle(box.left, box.top, box.right, box.bottom)
    predictors = {5: api.pose_predictor_5_point, 68: api.pose_predictor_68_point}
    cuts = _CUTS[:looks]
    points = {count: predictors[count](image, rectangle) for count in {each[0] for each in cuts}}
    chips = []
    for count, padding, mirrored in cuts:
        chip = api.dlib.get_face_chip(image, points[count], size=network.SIDE, padding=padding)
        chips.append(chip[:, ::-1] if mirrored else chip)
    return np.stack(chips)
