"""Reads the page in a picture: finds its zone, whichever way it lies, reads every place of it, and says why when it does not.

A zone that cannot be read with certainty is refused with the reason; nothing is guessed.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import numpy as np

from matching.faces.images import Image
from matching.faces.opencv import cv2
from workstation.documents.zone_reader import flattening, grammar, locating, on_page, pitch, printed, refusing, zones
from workstation.documents.zone_reader.columns import Grey
from workstation.documents.zone_reader.locating import Candidate, Line
from workstation.documents.zone_reader.reading import PageRead, PrintedText, ZoneReading
from workstation.documents.zone_reader.zones import FITS, FoundZone
from workstation.errors import OperatorError
from workstation.sentences import Sentence

_MOST_PIXELS = 16_000_000
_SIDES = (480, 800)
"""Longest side of the picture for the detector; the second only where the first showed print but no zone."""
_LIVE = 2_500_000
"""Pixels of a live frame at most: of one without print it is said at once that there is no page."""
_MUCH_PRINT = 30
"""Lines of print from which a picture shows more than a page."""
_TRIED = 3
"""Candidates that are looked at in one picture."""


def read(image: Image, today: date, *, texts: bool = False) -> PageRead:
    """Everything that can be read in the picture; `texts` asks for the print outside the zone too."""
    times = _Times()
    reduced, scale = _reduced(image)
    grey = np.asarray(cv2.cvtColor(reduced, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    pixels = reduced.shape[0] * reduced.shape[1]
    readings: list[tuple[ZoneReading, FoundZone]] = []
    refusals: list[Sentence] = []
    lines: list[Line] = []
    for side in _SIDES:
        with times.of("locating"):
            lines = locating.with_pieces(locating.lines(locating.print_map(reduced, side), reduced.shape))
            regular, irregular = pitch.ranked(grey, locating.candidates(lines))
        last = side == _SIDES[-1] or max(image.shape[:2]) < side * 1.3 or not (lines or pixels > _LIVE)
        # A zone that is blurred or half covered may have no rhythm: looked for last, and never among much other print.
        for candidates in (regular, irregular if last and len(lines) < _MUCH_PRINT else []):
            for zone in _found(reduced, grey, side, candidates, lines, times):
                with times.of("grammar"):
                    read_or_not = _decided(grey, zone, scale, today)
                if isinstance(read_or_not, ZoneReading):
                    readings.append((read_or_not, zone))
                else:
                    refusals.append(read_or_not)
            if readings:
                break
        if readings or last:
            break
    if not readings:
        why_not = refusals[0] if refusals else refusing.nothing_found(grey, lines)
        return PageRead(None, why_not, None, None, timings_ms=times.done())
    (reading, zone), *others = readings
    with times.of("page"):
        page, corners = flattening.flat(reduced, zone.lines, reading.zone.format)
    given = flattening.as_quad((np.array(corners) + 0.5) * scale - 0.5)
    prints: tuple[PrintedText, ...] = ()
    if texts:
        with times.of("texts"):
            prints = printed.on_page(page, on_page.on_page(reading, page, given))
    return PageRead(
        reading=reading,
        why_not=None,
        page=page,
        page_corners=given,
        others=tuple(each for each, _ in others),
        texts=prints,
        timings_ms=times.done(),
        scores=zone.scores(scale),
        remarks=refusing.remarks(grey, zone),
    )


def warm_up() -> None:
    """Load every model and use it once: the first picture takes half a second longer than every later one."""
    grey = np.full((320, 480, 3), 200, dtype=np.uint8)
    locating.print_map(grey, _SIDES[0])
    zones.warm_up()


class _Times:
    """What took how long, in milliseconds."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._spent: dict[str, float] = {}

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._spent[what] = self._spent.get(what, 0.0) + (time.perf_counter() - began) * 1000

    def done(self) -> dict[str, float]:
        return {**self._spent, "all": (time.perf_counter() - self._began) * 1000}


def _reduced(image: Image) -> tuple[Image, float]:
    """The picture, made smaller when it is larger than any page needs; how many of its pixels make one of the result."""
    pixels = image.shape[0] * image.shape[1]
    if pixels <= _MOST_PIXELS:
        return image, 1.0
    scale = (pixels / _MOST_PIXELS) ** 0.5
    size = (round(image.shape[1] / scale), round(image.shape[0] / scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def _found(
    image: Image, grey: Grey, side: int, candidates: Sequence[Candidate], lines: Sequence[Line], times: _Times
) -> list[FoundZone]:
    """The zones among the candidates, the largest first. `lines`: all print around, which tells which way up it stands."""
    found: list[FoundZone] = []
    for candidate in candidates[:_TRIED]:
        read = [zone for zone in found if zone.fit > FITS]
        if read and not _another(candidate, read):
            continue
        with times.of("locating"):
            near = _closer(image, grey, candidate, side)
        with times.of("recognising"):
            zone = zones.attempt(image, grey, near, lines)
        if zone is not None and zone.fit > zones.PERHAPS:
            found.append(zone)
    good = [zone for zone in found if zone.fit > FITS]
    return sorted(good or found, key=lambda zone: -zone.pitch)


def _closer(image: Image, grey: Grey, candidate: Candidate, side: int) -> Candidate:
    """The candidate as it is seen from nearby, unless what is seen there is less like a zone."""
    regular, irregular = pitch.ranked(grey, [*locating.closer(image, candidate, side), candidate])
    return (regular or irregular)[0]


def _decided(grey: Grey, zone: FoundZone, scale: float, today: date) -> ZoneReading | Sentence:
    """The reading, or why there is none."""
    refused = refusing.before_reading(grey, zone)
    if refused is not None:
        return refused
    try:
        return grammar.decide(zone.scores(scale), today, in_ocr_b=zones.in_ocr_b(zone))
    except OperatorError as refusal:
        return refusing.after_reading(grey, zone, refusal)


def _another(candidate: Candidate, read: Sequence[FoundZone]) -> bool:
    """Whether it may be the zone of a further document: about as long, as slender as zones are, and not one that is read."""
    length = max(line.length for line in candidate.lines)
    for zone in read:
        if length < 0.5 * zone.lines[0].line.length:
            return False
        for line in zone.lines:
            for other in candidate.lines:
                along = float((other.middle - line.line.origin) @ line.line.along)
                across = float((other.middle - line.line.at(np.array([along]))[0]) @ line.line.across)
                if line.line.start < along < line.line.end and abs(across) < line.pitch:
                    return False
    return bool(8 < length / candidate.spacing < 24)
