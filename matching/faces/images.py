"""Pictures from files: decoded here and nowhere else, refused by a sentence before anything large is unpacked."""

import io
import struct
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFile, ImageOps, UnidentifiedImageError

from matching.faces.opencv import MAX_PIXELS, cv2
from matching.refusals import Refusal

MAX_BYTES = 50 * 1024 * 1024
MIN_SIDE = 16
MAX_SHAPE = 20
"""Longest side over shortest, above which nothing is a picture of a person."""

Image = NDArray[np.uint8]
"""RGB, uint8, shape (height, width, 3), C-contiguous."""

_FORMATS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)


class ImageRefused(Refusal):
    """The file is not a picture that can be used; the sentence says why and what to do."""


def decode(data: bytes) -> Image:
    """The picture in `data` (JPEG, PNG, JPEG 2000, WebP, TIFF or BMP), upright by its EXIF orientation.

    16-bit and grey pictures are scaled to 8-bit RGB, CMYK is converted, transparency is laid over white. Raises ImageRefused
    for anything else, for a file that is cut off, and by the declared size before a pixel is unpacked.
    """
    if len(data) > MAX_BYTES:
        raise ImageRefused(
            "The file has {size} MB; {most} MB at most are read. Save the picture smaller.",
            size=len(data) // 2**20,
            most=MAX_BYTES // 2**20,
        )
    form = _format_of(data)
    # face_recognition switches this on for the whole process on import; half a photograph must never pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about sizes and odd metadata; the sizes are checked below
            with Pillow.open(io.BytesIO(data), formats=[form]) as picture:
                _check_size(*picture.size)
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                pixels = _rgb(upright)
    except ImageRefused:
        raise
    except UnidentifiedImageError as error:
        raise ImageRefused("The file is not a picture that can be read. Choose a JPEG or PNG file.") from error
    except Pillow.DecompressionBombError as error:
        raise ImageRefused("The picture unpacks to more than {most} million points.", most=MAX_PIXELS // 10**6) from error
    except (OSError, SyntaxError, ValueError, IndexError, EOFError, TypeError, AttributeError, KeyError, struct.error) as error:
        # Pillow's decoders raise each of these for damaged data, the last four where it turns a picture with damaged EXIF.
        raise ImageRefused("The picture is damaged or cut off. Copy the file again from where it came from.") from error
    return pixels


def png(image: Image) -> bytes:
    """The picture as PNG, every pixel kept."""
    return _encoded(image, ".png", [cv2.IMWRITE_PNG_COMPRESSION, 1])


def jpeg(image: Image, quality: int = 92) -> bytes:
    return _encoded(image, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality])


def _encoded(image: Image, suffix: str, options: list[int]) -> bytes:
    done, encoded = cv2.imencode(suffix, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    if not done:
        raise ValueError(f"an image of shape {image.shape} cannot be written as {suffix}")
    return encoded.tobytes()


def _format_of(data: bytes) -> str:
    """The format by the first bytes, whatever the file is called."""
    for magic, form in _FORMATS:
        if data.startswith(magic):
            return form
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    raise ImageRefused("The file is not a picture that can be read. Choose a JPEG or PNG file.")


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageRefused(
            "The picture has {width} x {height} points; {most} million at most are read. Save it smaller.",
            width=width,
            height=height,
            most=MAX_PIXELS // 10**6,
        )
    short, long = sorted((width, height))
    if short < MIN_SIDE or long > MAX_SHAPE * short:
        raise ImageRefused(
            "A picture of {width} x {height} points cannot show a face. Choose another one.", width=width, height=height
        )


def _rgb(picture: Pillow.Image) -> Image:
    if picture.mode.startswith(("I", "F")):
        deep = np.asarray(picture).astype(np.float64)
        # 16-bit grey is scaled by its full range, so that its brightness stays what it was.
        grey = np.clip(deep / (65535 if deep.max(initial=0) > 255 else 255) * 255, 0, 255).astype(np.uint8)
        return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        page = Pillow.new("RGBA", layered.size, (255, 255, 255, 255))
        picture = Pillow.alpha_composite(page, layered)
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8))
