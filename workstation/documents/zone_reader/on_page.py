"""Where the lines of a zone stand on the upright page, when they are known in the picture that was given."""

import numpy as np
from numpy.typing import NDArray

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.zone_reader.reading import PageRead, Quad, ZoneReading


def lines_on(read: PageRead) -> tuple[Quad, ...]:
    """The lines in pixels of `read.page`; none where no zone was read or the page was not found in the picture."""
    if read.reading is None or read.page is None or read.page_corners is None:
        return ()
    return on_page(read.reading, read.page, read.page_corners)


def on_page(reading: ZoneReading, page: Image, corners: Quad) -> tuple[Quad, ...]:
    """The lines in pixels of `page`, whose corners lie there in the picture that was given."""
    height, width = page.shape[:2]
    upright = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    flat = np.asarray(cv2.getPerspectiveTransform(np.array(corners, dtype=np.float32), upright), dtype=np.float64)
    return tuple(_moved(quad, flat) for quad in reading.quads)


def _moved(quad: Quad, flat: NDArray[np.float64]) -> Quad:
    first, second, third, fourth = cv2.perspectiveTransform(np.array([quad], dtype=np.float32), flat)[0].tolist()
    return (first[0], first[1]), (second[0], second[1]), (third[0], third[1]), (fourth[0], fourth[1])
