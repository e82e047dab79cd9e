"""What the distances of one encoder are read against: its cohort, and the calibration that was measured with it."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from matching.rates import cohort
from matching.rates.calibration import Calibration, CalibrationRefused
from matching.rates.cohort import Cohort

CALIBRATION = "calibration.json"
"""Names its cohort by digest, so that replacing this one file takes over both at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    cohort: Cohort
    calibration: Calibration

    def __post_init__(self) -> None:
        """CalibrationRefused when the calibration was measured with another encoder or another cohort."""
        if (self.calibration.encoder, self.calibration.cohort) != (self.cohort.encoder, self.cohort.digest):
            raise CalibrationRefused(
                "The calibration was made with another encoder or cohort. Make it again with: amaan calibrate"
            )

    @classmethod
    def load(cls, folder: Path, encoder: str) -> Self:
        """From the two files that `amaan calibrate` writes. CohortRefused or CalibrationRefused says what is wrong."""
        calibration = Calibration.load(folder / CALIBRATION)
        return cls(cohort.load(folder / cohort_name(calibration.cohort), encoder), calibration)

    @property
    def digest(self) -> str:
        """Numbers are comparable when this is the same: it covers the encoder and the cohort."""
        return self.cohort.digest


def cohort_name(digest: str) -> str:
    return f"cohort-{digest[:16]}.npz"


@functools.cache
def shipped(encoder: str) -> Scale:
    """The one that comes with the program, made from the development half of LFW."""
    return Scale.load(Path(__file__).parent, encoder)
