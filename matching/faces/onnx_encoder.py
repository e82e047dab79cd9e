"""A face network that the operator brings: an ArcFace-type ONNX file, 112 x 112 aligned picture in, template out.

The file decides the unit: its digest is part of the encoder's, so that templates of two files are never compared. Pictures are
turned by five points to the places that such networks are trained with (Deng et al., ArcFace, CVPR 2019).
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.faces.encoding import LOOKS, Encoder, Template
from matching.faces.finding import Face
from matching.faces.images import Image
from matching.faces.onnx_runtime import NotANetwork, OnnxNetwork
from matching.faces.opencv import cv2
from matching.refusals import Refusal

SIDE = 112
PLACES = np.array(
    [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)], dtype=np.float32
)
"""Where both eyes, the tip of the nose and both corners of the mouth lie in the aligned picture, in pixels."""
_MEAN, _SPREAD = 127.5, 127.5
DIMENSIONS = (128, 256, 512)


class NetworkRefused(Refusal):
    """The file cannot be used as a face network."""


class OnnxEncoder:
    """Loads the file once. The template is of length 1, so that Euclidean distance orders as the cosine does."""

    def __init__(self, path: Path, digest: str | None = None) -> None:
        """NetworkRefused when the file cannot be read, is not the one with `digest`, or gives no template."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NetworkRefused("The face network {path} cannot be read: {why}.", path=path, why=error.strerror) from error
        found = hashlib.sha256(data).hexdigest()
        if digest is not None and found != digest:
            raise NetworkRefused("The face network {path} is not the file that was registered.", path=path)
        try:
            self._net = OnnxNetwork(data)
            grey = np.full((1, SIDE, SIDE, 3), 128, dtype=np.uint8)
            dimension = self._run(grey).shape[1]
        except (NotANetwork, IndexError) as error:
            raise NetworkRefused(
                "{path} is not an ONNX face network for {side} x {side} pictures.", path=path, side=SIDE
            ) from error
        if dimension not in DIMENSIONS:
            raise NetworkRefused(
                "{path} gives {dimension} numbers for a face, not 128, 256 or 512.", path=path, dimension=dimension
            )
        self.digest = found
        """SHA-256 of the file."""
        parts = {"network": found, "aligned": "five points of 68, similarity", "mirrored": True}
        unit = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
        self.unit = Encoder(f"onnx-{found[:12]}", unit, dimension)

    def encode(self, image: Image, face: Face, *, looks: int = LOOKS) -> Template:
        """The template of the face, with its mirror image when `looks` allows more than one."""
        chip = aligned(image, face)
        chips = np.stack([chip, chip[:, ::-1]][: max(1, min(looks, 2))])
        mean = self._run(chips).mean(axis=0)
        length = float(np.linalg.norm(mean))
        if not length > 0:
            raise NetworkRefused("The face network gave no template. Use another one.")
        return Template((mean / length).astype(np.float32), self.unit.digest)

    def _run(self, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 112, 112, 3) RGB -> (n, d), each of length 1. One by one: many such files fix the batch at 1."""
        rows = []
        for chip in chips:
            blob = ((chip.astype(np.float32) - _MEAN) / _SPREAD).transpose(2, 0, 1)[None]
            row = np.asarray(self._net.run(np.ascontiguousarray(blob)), dtype=np.float32).reshape(-1)
            rows.append(row / max(float(np.linalg.norm(row)), 1e-12))
        return np.stack(rows)


def aligned(image: Image, face: Face) -> Image:
    """The face turned, scaled and moved so that its five points lie on PLACES, (112, 112, 3)."""
    points = face.landmarks
    five = np.array(
        [points[36:42].mean(axis=0), points[42:48].mean(axis=0), points[30], points[48], points[54]], dtype=np.float32
    )
    turn, _ = cv2.estimateAffinePartial2D(five, PLACES, method=cv2.LMEDS)
    if turn is None:
        raise NetworkRefused("The face could not be turned upright. Take the picture again.")
    return np.asarray(cv2.warpAffine(image, turn, (SIDE, SIDE), flags=cv2.INTER_LINEAR), dtype=np.uint8)
