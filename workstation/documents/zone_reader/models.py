"""The detector and the recogniser of lines of print: files of rapidocr's wheel, of which not a byte is used before its digest.

The package itself is never imported: at run time it may reach out to the network.
"""

import functools
import hashlib
import importlib.util
from pathlib import Path

from matching.faces.onnx_runtime import OnnxNetwork
from workstation.errors import OperatorError

DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
DIGESTS = {
    DETECTOR: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    RECOGNISER: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}
"""SHA-256 of the files in the wheel of rapidocr 3.9.2."""


class TextModel(OnnxNetwork):
    """One of the two; the recogniser's file names its characters."""

    @property
    def characters(self) -> tuple[str, ...]:
        """What the classes of a recogniser stand for, class 1 first: class 0 is the blank of CTC."""
        return tuple(self.metadata["character"].split("\n"))


def model_folder() -> Path:
    """Where rapidocr keeps its files, found without importing it."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise OperatorError("The models that read print are not installed. Install the program again.")
    return Path(spec.origin).parent / "models"


def checked(path: Path, digest: str) -> bytes:
    """The file's bytes. OperatorError when it cannot be read or is not the one that was measured."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OperatorError("The model {name} cannot be read. Install the program again.", name=path.name) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise OperatorError("The model {name} was changed. Install the program again.", name=path.name)
    return data


@functools.cache
def detector(threads: int = 1) -> TextModel:
    return TextModel(checked(model_folder() / DETECTOR, DIGESTS[DETECTOR]), threads)


@functools.cache
def recogniser(threads: int = 1) -> TextModel:
    return TextModel(checked(model_folder() / RECOGNISER, DIGESTS[RECOGNISER]), threads)
