"""Documents that nobody issued: what is printed on them, and the page drawn in the sizes of ICAO Doc 9303.

A page knows the truth about itself: its lines as printed, where each stands, and where the portrait is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.mrz.mrz import MRV_A, MRV_B, TD1, TD2, TD3, Format
from workstation.training_post.drawn import layout
from workstation.training_post.drawn.drawing import portrait
from workstation.training_post.drawn.head import Field
from workstation.training_post.drawn.holders import Holder, Particulars, holder, particulars
from workstation.training_post.drawn.people import View, person
from workstation.training_post.drawn.portrait_print import Printer, ghost, printed
from workstation.training_post.drawn.security_print import paper
from workstation.training_post.drawn.type_faces import ADVANCE, BOLD, OCR_B, OCR_B_SHARP, TEXT
from workstation.training_post.drawn.zone_lines import zone_lines

PITCH_MM = 2.54
"""From one letter of the zone to the next (9303-3, 4.3)."""
Corners = NDArray[np.float32]
"""(4, 2) x and y in pixels: top left, top right, bottom right, bottom left as a reader sees the page."""
_FINE = 2
"""Print is drawn so many times finer than the page, so that letters stand between pixels too."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the document was made; lengths in millimetres."""

    background: int = 0
    """Seed of the security print."""
    zone_background: bool = True
    """The security print goes on under the zone."""
    spacing_mm: float = 6.35
    """Between the zone's lines."""
    left_mm: float | None = None
    """Of the zone's first letter; None is where 9303 puts it."""
    ink: tuple[int, int, int] = (28, 26, 30)
    sharp: bool = False
    slant_degrees: float = 0.0
    """The zone was printed a little askew."""
    printer: Printer = Printer.DYE
    ghost: bool = False
    stamp: bool = False
    """A stamp lies over the corner of the portrait."""
    dates: str = "12 AUG 1974"
    """How dates are written: one of layout.DATES."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """A letter of the zone that was printed otherwise after the check digits were computed."""

    line: int
    column: int
    letter: str


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    holder: Holder
    says: Particulars
    style: Style = field(default_factory=Style)
    view: View = field(default_factory=View)
    """How the portrait was taken."""
    photo: Image | None = field(default=None, compare=False, repr=False)
    """A photograph in place of the drawn person."""
    sticker: int | None = None
    """Seed of another person on a label stuck to the page."""
    misprint: Misprint | None = None

    @property
    def form(self) -> Format:
        return self.says.form

    @property
    def lines(self) -> tuple[str, ...]:
        """As they are printed, a misprint included."""
        lines = zone_lines(self.holder, self.says)
        wrong = self.misprint
        if wrong is None:
            return lines
        altered = lines[wrong.line][: wrong.column] + wrong.letter + lines[wrong.line][wrong.column + 1 :]
        return (*lines[: wrong.line], altered, *lines[wrong.line + 1 :])

    def portrait_photo(self) -> Image:
        if self.photo is not None:
            return self.photo
        return portrait(person(self.holder.seed), self.view, size=480, moment=self.holder.seed)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    image: Image
    dpi: float
    lines: tuple[str, ...]
    """Empty on a side without a zone."""
    line_corners: tuple[Corners, ...]
    portrait_corners: Corners | None


def document(seed: int, form: Format, *, misprinted: bool = False) -> PrintedDocument:
    """A document of this form, the same for a seed for ever; `misprinted` spoils one letter that a check digit covers."""
    random = np.random.default_rng([seed, 34, len(form.name), form.length])
    whose = holder(seed)
    style = Style(
        background=int(random.integers(1 << 16)),
        zone_background=bool(random.random() < 0.6),
        spacing_mm=float(random.choice([6.35, 6.35, 5.5, 4.8, 4.2]))
        if form is TD1
        else float(random.choice([6.35, 6.35, 5.3])),
        left_mm=layout.SHEETS[form.name].zone_left + float(random.uniform(-1, 1)),
        ink=tuple(int(each) for each in random.integers(12, 75, 3)),  # type: ignore[arg-type] # three of them
        sharp=bool(random.random() < 0.3),
        slant_degrees=float(random.normal(0, 0.25)),
        printer=list(Printer)[int(random.integers(4))],
        ghost=bool(random.random() < 0.35),
        stamp=bool(random.random() < 0.25),
        dates=layout.DATES[int(random.integers(len(layout.DATES)))],
    )
    view = View(yaw=float(random.uniform(-4, 4)), pitch=float(random.uniform(-3, 3)), light_from=float(random.uniform(-20, 20)))
    made = PrintedDocument(whose, particulars(seed, form, whose), style, view)
    return misprint(made, seed) if misprinted else made


def misprint(right: PrintedDocument, seed: int) -> PrintedDocument:
    """The document with one digit of its number, dates or check digits replaced, so that a check digit no longer agrees."""
    random = np.random.default_rng([seed, 35])
    line, columns = {
        TD1.name: (1, (*range(7), *range(8, 15), 29)),
        TD2.name: (1, (*range(10), *range(13, 20), *range(21, 28), 35)),
        TD3.name: (1, (*range(10), *range(13, 20), *range(21, 28), 43)),
        MRV_A.name: (1, (*range(10), *range(13, 20), *range(21, 28))),
        MRV_B.name: (1, (*range(10), *range(13, 20), *range(21, 28))),
    }[right.form.name]
    printed_line = right.lines[line]
    digits = [each for each in columns if printed_line[each].isdigit()]
    column = digits[int(random.integers(len(digits)))]
    other = (int(printed_line[column]) + int(random.integers(1, 10))) % 10
    return replace(right, misprint=Misprint(line, column, str(other)))


def page(of: PrintedDocument, dpi: float = 300.0, *, front: bool = False) -> Page:
    """The page with the zone; `front` is the other side of a TD1 card, with the portrait and no zone."""
    sheet = layout.SHEETS[of.form.name]
    has_zone = not (front and of.form is TD1)
    has_portrait = front or of.form is not TD1
    size = (round(sheet.width / 25.4 * dpi), round(sheet.height / 25.4 * dpi))
    light = paper(size[0], size[1], dpi, of.style.background)
    millimetre = dpi / 25.4
    zone_top = sheet.height - sheet.zone_height
    if has_zone and not of.style.zone_background:
        light[round(zone_top * millimetre) :] = np.array((238, 236, 230), dtype=np.float32)
    portrait_corners = _lay_portrait(light, of, sheet, millimetre, dpi) if has_portrait else None
    texts = layout.printed_texts(of.holder, of.says, of.style.dates, has_portrait=has_portrait, has_zone=has_zone)
    _print_layer(light, (26, 28, 44), lambda draw, unit: _write(draw, texts, unit), millimetre)
    line_corners: tuple[Corners, ...] = ()
    if has_zone:
        line_corners = _print_zone(light, of, sheet, millimetre)
    image = np.asarray(np.clip(light, 0, 255), dtype=np.uint8)
    return Page(image, dpi, of.lines if has_zone else (), line_corners, portrait_corners)


def _print_layer(
    light: Field, ink: tuple[int, int, int], drawn: Callable[[ImageDraw.ImageDraw, float], None], millimetre: float
) -> None:
    """Ink where `drawn` draws: it gets a canvas finer than the page and that canvas's pixels to a millimetre."""
    high, wide = light.shape[:2]
    canvas = Pillow.new("L", (wide * _FINE, high * _FINE), 0)
    drawn(ImageDraw.Draw(canvas), millimetre * _FINE)
    cover = cv2.resize(np.asarray(canvas), (wide, high), interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    light *= 1 - cover * (1 - np.array(ink, dtype=np.float32) / 255)


def _write(draw: ImageDraw.ImageDraw, texts: tuple[layout.Text, ...], unit: float) -> None:
    for each in texts:
        face = (BOLD if each.bold else TEXT).of(each.size * unit)
        draw.text((each.x * unit, each.y * unit), each.text, font=face, fill=round(255 * each.strength), anchor="ls")


def _print_zone(light: Field, of: PrintedDocument, sheet: layout.Sheet, millimetre: float) -> tuple[Corners, ...]:
    """The zone's lines, letter by letter on their pitch; the corners of each line's ink."""
    style, lines = of.style, of.lines
    left = sheet.zone_left if style.left_mm is None else style.left_mm
    middle = sheet.height - sheet.zone_height / 2
    tallest = PITCH_MM
    first = middle + tallest / 2 - style.spacing_mm * (len(lines) - 1) / 2
    lean = np.tan(np.radians(style.slant_degrees))
    size = PITCH_MM / ADVANCE

    def drawn(draw: ImageDraw.ImageDraw, unit: float) -> None:
        face = (OCR_B_SHARP if style.sharp else OCR_B).of(size * unit)
        for number, line in enumerate(lines):
            for place, letter in enumerate(line):
                x = left + place * PITCH_MM
                y = first + number * style.spacing_mm + lean * (x - left)
                draw.text((x * unit, y * unit), letter, font=face, fill=255, anchor="ls")

    _print_layer(light, style.ink, drawn, millimetre)
    corners = []
    for number, line in enumerate(lines):
        right, foot = left + len(line) * PITCH_MM, first + number * style.spacing_mm
        drop = lean * (right - left)
        box = [(left, foot - tallest), (right, foot - tallest + drop), (right, foot + drop), (left, foot)]
        corners.append(np.array(box, dtype=np.float32) * np.float32(millimetre))
    return tuple(corners)


def _lay_portrait(light: Field, of: PrintedDocument, sheet: layout.Sheet, millimetre: float, dpi: float) -> Corners:
    photo = of.portrait_photo()
    x, y, wide, high = sheet.portrait
    picture = printed(photo, wide, high, dpi, of.style.printer, of.style.background)
    corners = _pasted(light, picture.astype(np.float32), x, y, millimetre)
    if of.style.ghost:
        gx, gy, ghost_wide, ghost_high = sheet.ghost
        small = printed(photo, ghost_wide, ghost_high, dpi, Printer.DYE)
        left, top = round(gx * millimetre), round(gy * millimetre)
        light[top : top + small.shape[0], left : left + small.shape[1]] *= ghost(small, (70, 90, 140))
    if of.sticker is not None:
        _stick(light, of.sticker, sheet, millimetre, dpi)
    if of.style.stamp:
        _stamp(light, x + wide, y + high, millimetre)
    return corners


def _pasted(light: Field, picture: Field, x: float, y: float, millimetre: float) -> Corners:
    left, top = round(x * millimetre), round(y * millimetre)
    high, wide = picture.shape[:2]
    light[top : top + high, left : left + wide] = picture
    box = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    return np.array(box, dtype=np.float32)


def _stick(light: Field, seed: int, sheet: layout.Sheet, millimetre: float, dpi: float) -> None:
    """A paper label with somebody else's small portrait, in the corner where documents are stuck over."""
    x, y, wide, high = sheet.sticker
    left, top = round(x * millimetre), round(y * millimetre)
    light[top : top + round(high * millimetre), left : left + round(wide * millimetre)] = (236, 226, 204)
    picture = printed(portrait(person(seed), size=240, moment=seed), high * 0.62, high * 0.8, dpi, Printer.DITHER, seed)
    _pasted(light, picture.astype(np.float32), x + 1, y + high * 0.1, millimetre)


def _stamp(light: Field, x: float, y: float, millimetre: float) -> None:
    def drawn(draw: ImageDraw.ImageDraw, unit: float) -> None:
        for radius, width in ((8.5, 0.5), (6.0, 0.3)):
            box = [(x - radius) * unit, (y - 2 - radius) * unit, (x + radius) * unit, (y - 2 + radius) * unit]
            draw.ellipse(box, outline=150, width=max(1, round(width * unit)))
        draw.text((x * unit, (y - 2) * unit), "UTOPIA", font=BOLD.of(2.6 * unit), fill=150, anchor="mm")

    _print_layer(light, (52, 60, 150), drawn, millimetre)
