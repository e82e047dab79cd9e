"""dlib's landmarks as face_recognition_models brings them: the file's digest is checked before dlib reads a byte of it."""

import functools
import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from matching.faces.processor import check_processor
from matching.refusals import Refusal

LANDMARKS = "shape_predictor_68_face_landmarks.dat"
DIGESTS = {LANDMARKS: "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f"}
"""SHA-256 of the one file of face_recognition_models 0.3.0 that is used."""


class ModelRefused(Refusal):
    """A model file is missing or is not the one that was measured."""


def check_models(folder: Path) -> None:
    """Raise ModelRefused unless the model file in the folder has its digest."""
    for name, digest in DIGESTS.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelRefused("The model {name} cannot be read. Install the program again.", name=name) from error
        if found != digest:
            raise ModelRefused("The model {name} was changed. Install the program again.", name=name)


def model_folder() -> Path:
    """Where face_recognition_models keeps its files, found without importing it."""
    spec = importlib.util.find_spec("face_recognition_models")
    if spec is None or spec.origin is None:
        raise ModelRefused("The face models are not installed. Install the program again.")
    return Path(spec.origin).parent / "models"


@functools.cache
def landmark_predictor() -> Any:
    """Dlib's predictor of 68 landmarks: of a picture (h, w, 3) and a dlib rectangle. Takes half a second, once.

    face_recognition itself is not imported: it would load four models of 100 MB in all and use none of the others here.
    """
    check_models(model_folder())
    check_processor()
    import dlib  # noqa: PLC0415 - most of the program never looks for a face

    return dlib.shape_predictor(str(model_folder() / LANDMARKS))
