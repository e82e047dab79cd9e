"""Templates: a vector of a face, and the digest of the frozen unit of detector, landmarks and network that made it."""

import functools
import hashlib
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.faces import Face
from matching.images import Image
from matching.models import DIGESTS, face_recognition_api

DIMENSION = 128


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
    """The unit that `encode` is: HOG detector with one doubling, five landmarks, ResNet, one crop."""
    parts = {
        "detector": "dlib frontal HOG, doubled once",
        "landmarks": DIGESTS["shape_predictor_5_face_landmarks.dat"],
        "network": DIGESTS["dlib_face_recognition_resnet_model_v1.dat"],
        "jitters": 1,
    }
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return Encoder("dlib-hog-5point-resnet-v1", digest, DIMENSION)


def encode(image: Image, face: Face) -> Template:
    """The template of the face in the picture. Takes about a tenth of a second and holds the interpreter's lock."""
    box = face.box
    location = [(box.top, box.right, box.bottom, box.left)]
    (vector,) = face_recognition_api().face_encodings(image, location, num_jitters=1, model="small")
    return Template(np.asarray(vector, dtype=np.float32), unit().digest)
