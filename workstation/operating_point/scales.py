"""Which calibration a post uses: its own, made with `amaan calibrate --post`, or the one that comes with the program."""

from pathlib import Path

from matching.rates.scale import Scale
from workstation.capture.face_reader import Faces

FOLDER = "calibration"


def at(folder: Path, faces: Faces) -> Scale:
    """CalibrationRefused or CohortRefused when the post has one of its own that cannot be used: nothing is used instead."""
    own = folder / FOLDER
    return Scale.load(own, faces.encoder.digest) if own.is_dir() else faces.scale
