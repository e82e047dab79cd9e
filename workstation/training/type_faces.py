"""The type of printed documents, from Debian's packages: OCR-B for the zone, Noto for everything else."""

import functools
from pathlib import Path

from PIL import ImageFont

from workstation.errors import OperatorError

OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
OCR_B_SHARP = OCR_B.with_name("OCRBS.otf")
"""The same letters with square ends, as some printers make them."""
TEXT = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")
BOLD = TEXT.with_name("NotoSans-Bold.ttf")
_PACKAGES = {OCR_B: "fonts-ocr-b", OCR_B_SHARP: "fonts-ocr-b", TEXT: "fonts-noto-core", BOLD: "fonts-noto-core"}
ADVANCE = 0.723
"""Width of every OCR-B letter in parts of the type size."""


@functools.lru_cache(maxsize=64)
def type_face(path: Path, pixels: float) -> ImageFont.FreeTypeFont:
    """OperatorError names the package of a type face that is not installed."""
    try:
        return ImageFont.truetype(path, pixels)
    except OSError as error:
        raise OperatorError(
            "Training documents cannot be drawn: {file} is missing. Install the package {package}.",
            file=path,
            package=_PACKAGES[path],
        ) from error
