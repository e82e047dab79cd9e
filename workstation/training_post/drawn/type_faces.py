"""The type of printed documents, from Debian's packages: OCR-B for the zone, Noto for everything else."""

import functools
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

from workstation.errors import OperatorError

_OCR_B, _NOTO = Path("/usr/share/fonts/opentype/ocr-b"), Path("/usr/share/fonts/truetype/noto")
ADVANCE = 0.723
"""Width of every OCR-B letter in parts of the type size."""


@dataclass(frozen=True, slots=True)
class TypeFace:
    path: Path
    package: str
    """Of Debian, which brings it."""

    def of(self, pixels: float) -> ImageFont.FreeTypeFont:
        """In this size. OperatorError names the package when it is not installed."""
        return _opened(self, pixels)


OCR_B = TypeFace(_OCR_B / "OCRB.otf", "fonts-ocr-b")
OCR_B_SHARP = TypeFace(_OCR_B / "OCRBS.otf", "fonts-ocr-b")
"""The same letters with square ends, as some printers make them."""
TEXT = TypeFace(_NOTO / "NotoSans-Regular.ttf", "fonts-noto-core")
BOLD = TypeFace(_NOTO / "NotoSans-Bold.ttf", "fonts-noto-core")


@functools.lru_cache(maxsize=64)
def _opened(face: TypeFace, pixels: float) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(face.path, pixels)
    except OSError as error:
        raise OperatorError(
            "Training documents cannot be drawn: {file} is missing. Install the package {package}.",
            file=face.path,
            package=face.package,
        ) from error
