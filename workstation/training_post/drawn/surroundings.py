"""A page among other print: photocopied into a letter, lying on a printed sheet, on a screenshot, beside another page.

What a zone's reader meets in offices: the page is one thing of many in the picture, and most print in it is no zone.
"""

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.training_post.drawn.documents import Page
from workstation.training_post.drawn.type_faces import TEXT, TypeFace

_A4 = (210.0, 297.0)
_WORDS = (
    *("the", "of", "to", "in", "and", "a", "that", "is", "was", "for", "with", "on", "by", "as", "at", "from", "which", "this"),
    *("be", "are", "it", "or", "an", "have", "not", "has", "were", "but", "their", "application", "residence", "permit"),
    *("applicant", "shall", "office", "dated", "reference", "number", "according", "enclosed", "copy", "certified", "true"),
    *("original", "submitted", "within", "days", "section", "paragraph", "ministry", "interior", "department", "sincerely"),
)


def paragraph(seed: int, lines: int, letters: int) -> list[str]:
    """So many lines of a letter, each about so many letters long; the last of a paragraph is shorter."""
    random = np.random.default_rng([seed, 71])
    made = []
    for number in range(lines):
        long = letters if (number + 1) % 5 else letters // 2
        line = ""
        while len(line) < long:
            word = _WORDS[int(random.integers(len(_WORDS)))]
            line += (" " if line else "") + (word.capitalize() if random.random() < 0.1 else word)
        made.append(line)
    return made


def written(sheet: Image, lines: list[str], left: float, top: float, size: float, step: float, face: TypeFace = TEXT) -> Image:
    """The lines in ink on a copy of the sheet; places and sizes in pixels."""
    picture = Pillow.fromarray(sheet)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        draw.text((left, top + row * step), line, font=face.of(size), fill=(35, 35, 38))
    return np.array(picture, dtype=np.uint8)


def in_a_letter(page: Page, seed: int, *, above: int, below: int, dpi: float = 300.0) -> Image:
    """An A4 photocopy: lines of 11 pt print, the page in the middle of the sheet, lines again."""
    millimetre = dpi / 25.4
    sheet = np.full((round(_A4[1] * millimetre), round(_A4[0] * millimetre), 3), 250, dtype=np.uint8)
    size, step = 11 / 72 * dpi, 15 / 72 * dpi
    print_ = _resized(page, dpi)
    top = round(sheet.shape[0] * 0.5 - print_.shape[0] / 2)
    left = round((sheet.shape[1] - print_.shape[1]) / 2)
    sheet[top : top + print_.shape[0], left : left + print_.shape[1]] = print_
    fits = int((top - 12 * millimetre) / step)
    above, below = min(above, fits), min(below, fits)
    margin = 25 * millimetre
    sheet = written(sheet, paragraph(seed, above, 82), margin, top - above * step - 4 * millimetre, size, step)
    return written(sheet, paragraph(seed + 1, below, 82), margin, top + print_.shape[0] + 5 * millimetre, size, step)


def on_a_printed_sheet(page: Page, seed: int, *, dpi: float = 200.0, close: bool = True) -> Image:
    """Photographed lying on a sheet of print, which shows around it on all sides."""
    print_ = _resized(page, dpi)
    share = 1.5 if close else 2.6
    height, width = round(print_.shape[0] * share), round(print_.shape[1] * share)
    sheet = np.full((height, width, 3), 236, dtype=np.uint8)
    size, step = 11 / 72 * dpi, 15 / 72 * dpi
    sheet = written(sheet, paragraph(seed, int(height / step), int(width / size * 2)), 4, 4, size, step)
    top, left = (height - print_.shape[0]) // 2, (width - print_.shape[1]) // 2
    sheet[top : top + print_.shape[0], left : left + print_.shape[1]] = print_
    turn = float(np.random.default_rng([seed, 72]).uniform(-6, 6))
    middle = (width / 2, height / 2)
    turned = cv2.warpAffine(sheet, cv2.getRotationMatrix2D(middle, turn, 1.0), (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.GaussianBlur(turned, (0, 0), 0.7), dtype=np.uint8)


def on_a_screenshot(page: Page, seed: int, *, wide: int = 900, gap: bool = True, text_beside: bool = False) -> Image:
    """A telephone's screenshot of 1080x1920: a picture of the page so many pixels wide, lines of a message around it."""
    screen = np.full((1920, 1080, 3), 255, dtype=np.uint8)
    print_ = np.asarray(
        cv2.resize(page.image, (wide, round(page.image.shape[0] * wide / page.image.shape[1])), interpolation=cv2.INTER_AREA),
        dtype=np.uint8,
    )
    top, left = 620, 0 if text_beside else (1080 - wide) // 2
    screen[top : top + print_.shape[0], left : left + wide] = print_
    away = 60 if gap else 4
    screen = written(screen, paragraph(seed, 12, 46), 40, top - away - 12 * 44, 34, 44)
    screen = written(screen, paragraph(seed + 1, 14, 46), 40, top + print_.shape[0] + away, 34, 44)
    if text_beside and wide < 900:
        beside = paragraph(seed + 2, print_.shape[0] // 44, (1080 - wide - 40) // 17)
        screen = written(screen, beside, wide + 12, top, 30, 44)
    return screen


def print_alone(seed: int, dpi: float = 200.0) -> Image:
    """An A4 sheet of print without any page."""
    millimetre = dpi / 25.4
    sheet = np.full((round(_A4[1] * millimetre), round(_A4[0] * millimetre), 3), 250, dtype=np.uint8)
    size, step = 11 / 72 * dpi, 15 / 72 * dpi
    count = int((_A4[1] - 40) * millimetre / step)
    return written(sheet, paragraph(seed, count, 82), 25 * millimetre, 20 * millimetre, size, step)


def two_pages(first: Page, second: Page, *, dpi: float = 200.0, above: bool = False) -> Image:
    """Two documents side by side, or one above the other, on a white lid."""
    one, other = (_resized(each, dpi) for each in (first, second))
    gap = round(8 / 25.4 * dpi)
    if above:
        size = (one.shape[0] + other.shape[0] + 3 * gap, max(one.shape[1], other.shape[1]) + 2 * gap)
        places = ((gap, gap), (2 * gap + one.shape[0], gap))
    else:
        size = (max(one.shape[0], other.shape[0]) + 2 * gap, one.shape[1] + other.shape[1] + 3 * gap)
        places = ((gap, gap), (gap, 2 * gap + one.shape[1]))
    lid = np.full((*size, 3), 245, dtype=np.uint8)
    for print_, (top, left) in zip((one, other), places, strict=True):
        lid[top : top + print_.shape[0], left : left + print_.shape[1]] = print_
    return lid


def in_another_face(page_lines: tuple[str, ...], face: TypeFace, *, dpi: float = 300.0, spacing: float = 2.5) -> Image:
    """A bare sheet with the lines at the zone's fixed pitch in another type face."""
    pitch = 2.54 / 25.4 * dpi
    height, width = round(pitch * 30), round(pitch * (len(page_lines[0]) + 6))
    picture = Pillow.fromarray(np.full((height, width, 3), 246, dtype=np.uint8))
    draw = ImageDraw.Draw(picture)
    font = face.of(pitch / 0.62)
    for row, line in enumerate(page_lines):
        for column, letter in enumerate(line):
            place = (pitch * (3 + column + 0.5), pitch * (20 + spacing * row))
            draw.text(place, letter, font=font, fill=(30, 30, 34), anchor="ms")
    return np.array(picture, dtype=np.uint8)


def _resized(page: Page, dpi: float) -> Image:
    scale = dpi / page.dpi
    if scale == 1:
        return page.image
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(page.image, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)


def copied(picture: Image, seed: int, *, quality_noise: float = 3.0) -> Image:
    """As a copier gives it: grey, a little soft, with noise."""
    random = np.random.default_rng([seed, 73])
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 0.6), dtype=np.float32)
    noisy = grey + random.normal(0, quality_noise, grey.shape).astype(np.float32)
    one = np.asarray(np.clip(noisy, 0, 255), dtype=np.uint8)
    return np.repeat(one[..., None], 3, axis=2)
