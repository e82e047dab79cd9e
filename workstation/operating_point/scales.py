"""Which calibration a post uses: its own, made with `amaan calibrate --post`, or the one that comes with the program."""

import json
from pathlib import Path

from matching.rates.scale import CALIBRATION, Scale
from workstation.capture.face_reader import Faces

FOLDER = "calibration"


def at(folder: Path, faces: Faces) -> Scale:
    """CalibrationRefused or CohortRefused when the post has one of its own that cannot be read: nothing is used instead.

    One of an earlier encoder is left aside: its distances mean nothing to this one, and the post must open. The page of the
    budgets says which data counts.
    """
    own = folder / FOLDER
    return Scale.load(own, faces.encoder.digest) if of_today(own, faces.encoder.digest) else faces.scale


def of_today(folder: Path, encoder: str) -> bool:
    """Whether a calibration lies there, and not one of an earlier encoder. One that cannot be read counts as today's."""
    try:
        made_for = json.loads((folder / CALIBRATION).read_text(encoding="utf-8")).get("encoder", encoder)
    except (OSError, ValueError, AttributeError):
        return folder.is_dir()
    return bool(made_for == encoder)
