"""How much a line of print looks like a zone's before a letter of it is read: characters at one pitch, 30, 36 or 44 of them.

A zone is set at a fixed pitch (9303-3, 4.3), so that its ink comes and goes at one frequency along the whole line; the print
of letters and forms has none. Seen in four windows, so that perspective, which changes the pitch along the line, costs little.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.faces.opencv import cv2
from workstation.documents.zone_reader import locating
from workstation.documents.zone_reader.columns import Grey
from workstation.documents.zone_reader.locating import Candidate, Line

COUNTS = (30, 36, 44)
_WIDTH = 720
"""Samples along a line: 16 to a character of the longest one."""
_ROWS = 12
_WINDOWS = 4
_LOWEST, _HIGHEST = 3, 40
"""Cycles of a window between which the ink of print lies; strokes within a letter are faster."""


REGULAR = 0.33
"""From this on lines are looked at first. Drawn zones, photographed and scanned, all lay above 0.4, running print below 0.15;
a few long words alone reach 0.45, but their lines are short for their distance."""
_OF_THREE = 1.15
"""How much more a further line counts: two of a card's three lines are a candidate too."""
_SHORTEST, _LONGEST = 8.0, 28.0
"""Length of a zone's lines in distances from line to line: 12 to 18 by 9303, more where the lines stand close or the page is
seen aslant."""


def ranked(grey: Grey, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates with a zone's rhythm, the most regular first, and those without it in their order; one in a place."""
    known: dict[int, NDArray[np.float64]] = {}
    told = []
    for candidate in candidates:
        for line in candidate.lines:
            if id(line) not in known:
                known[id(line)] = shares(grey, line)
        long = max(line.length for line in candidate.lines) / candidate.spacing
        rhythm = float(np.mean([known[id(line)] for line in candidate.lines], axis=0).max())
        told.append((rhythm if _SHORTEST < long < _LONGEST else 0.0, candidate))
    regular = sorted((each for each in told if each[0] > REGULAR), key=lambda each: -each[0] * _OF_THREE ** len(each[1].lines))
    others = [candidate for rhythm, candidate in told if rhythm <= REGULAR]
    return locating.distinct([candidate for _, candidate in regular]), locating.distinct(others)


def shares(grey: Grey, line: Line) -> NDArray[np.float64]:
    """(3,) from 0 to 1: share of the line's rhythm that is of one pitch, by how many characters of it the line holds.

    About 0.6 for a line of a zone and below 0.15 for one of a letter.
    """
    power = _spectra(grey, line)
    return np.array([_share(power, count) for count in COUNTS])


def _spectra(grey: Grey, line: Line) -> NDArray[np.float64]:
    """(windows, frequencies): power of the ink along the line."""
    ways = np.linspace(line.start, line.end, _WIDTH)
    middle = line.at(ways)
    slope = np.polyval(np.polyder(line.bend), ways)
    normal = line.across[None] - slope[:, None] * line.along[None]
    down = np.linspace(-0.4, 0.4, _ROWS) * line.thickness
    grid = (middle[None] + down[:, None, None] * normal[None]).astype(np.float32)
    seen = cv2.remap(grey, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    ink = seen.astype(np.float64).mean(axis=0)
    ink -= cv2.GaussianBlur(ink[None], (0, 0), _WIDTH / 30, borderType=cv2.BORDER_REPLICATE)[0]
    wide = _WIDTH // _WINDOWS
    windows = ink.reshape(_WINDOWS, wide) * np.hanning(wide)
    power: NDArray[np.float64] = np.abs(np.fft.rfft(windows, n=4 * wide)) ** 2
    return power


def _share(power: NDArray[np.float64], count: int) -> float:
    """Share of each window's power near its strongest frequency of about so many characters to the line; their mean."""
    cycles = np.arange(power.shape[1]) / 4
    expected = count / _WINDOWS
    near = (cycles > expected * 0.84) & (cycles < expected * 1.19)
    all_print = (cycles > _LOWEST) & (cycles < _HIGHEST)
    shares = []
    for row in power:
        peak = cycles[near][row[near].argmax()]
        shares.append(row[np.abs(cycles - peak) <= 1.0].sum() / max(row[all_print].sum(), 1e-9))
    return float(np.mean(shares))
