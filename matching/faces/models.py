"""dlib's models as face_recognition brings them: each file's digest is checked before dlib reads a byte of it."""

import functools
import hashlib
import importlib.util
import warnings
from pathlib import Path
from types import ModuleType

from PIL import ImageFile

from matching.faces.dlib_models import DlibModels
from matching.faces.processor import check_processor
from matching.refusals import Refusal

DIGESTS = {
    "dlib_face_recognition_resnet_model_v1.dat": "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    "mmod_human_face_detector.dat": "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
    "shape_predictor_5_face_landmarks.dat": "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    "shape_predictor_68_face_landmarks.dat": "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f",
}
"""SHA-256 of the files of face_recognition_models 0.3.0, all of which face_recognition loads on import."""


class ModelRefused(Refusal):
    """A model file is missing or is not the one that was measured."""


def check_models(folder: Path) -> None:
    """Raise ModelRefused unless every model file in the folder has its digest."""
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
def face_recognition_api() -> ModuleType | DlibModels:
    """face_recognition with its models loaded, once, or what stands in for it. Takes about a second."""
    check_models(model_folder())
    check_processor()
    # Where pkg_resources is missing, its import would end the whole program.
    if all(importlib.util.find_spec(name) for name in ("face_recognition", "pkg_resources")):
        return _face_recognition()
    return DlibModels(model_folder())


def _face_recognition() -> ModuleType:
    """Its import sets Pillow's LOAD_TRUNCATED_IMAGES for the whole process, with which half a photograph would decode: it is
    set back at once. It also imports pkg_resources, whose deprecation is accepted (DECISIONS 2).
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
        from face_recognition import api  # noqa: PLC0415 - loads 100 MB that most of the program never needs
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return api  # type: ignore[no-any-return] # face_recognition has no types
