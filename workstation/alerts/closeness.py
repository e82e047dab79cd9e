"""What one distance means, in numbers that a person can use: how many strangers look this close, and what is not known."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from matching.rates.calibration import Calibration, grade
from matching.rates.pairs import Rate
from watchlists.records.records import Particulars

LISTED_ONE_IN = 10_000
"""Travellers among whom one is taken to be listed, until a post's own confirmed leads say otherwise."""
CHILD = 18
OLD_YEARS = 10
CAREFUL_MONTHS, WEAK_MONTHS = 6, 36
"""Age of a child's portrait from which a warning is shown, and from which a comparison has little power."""
_WIDER = 3.0
"""How much wider the band is told for each thing that the calibration did not measure. A convention, not a measurement."""


class Doubt(StrEnum):
    """Why the numbers are less certain than their band says."""

    CHILD = "child"
    OLD_PHOTO = "old photo"
    LOW_QUALITY = "low quality"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second network says of the same two pictures."""

    network: str
    one_in: Rate
    at_least: bool


@dataclass(frozen=True, slots=True)
class Closeness:
    one_in: Rate
    """One of so many strangers looks this close to somebody on the lists searched; low is the less rare end."""
    at_least: bool
    """The data carries no smaller number: it is rarer than one in `one_in`."""
    entries: int
    alerts_per_person: Rate
    """Of so many alerts like this one, one is expected to be of the person."""
    doubts: tuple[Doubt, ...]
    months: int | None
    """Between the portrait and today, when its date is known."""
    scale: str
    """Digest of encoder and cohort."""
    second: Opinion | None = None

    def text(self) -> str:
        return json.dumps(asdict(self))


def read(text: str) -> Closeness | None:
    """What `Closeness.text` gave; None for an alert of a version that froze no numbers."""
    if not text:
        return None
    parts = json.loads(text)
    second = parts.get("second")
    return Closeness(
        one_in=Rate(**parts["one_in"]),
        at_least=parts["at_least"],
        entries=parts["entries"],
        alerts_per_person=Rate(**parts["alerts_per_person"]),
        doubts=tuple(Doubt(each) for each in parts["doubts"]),
        months=parts["months"],
        scale=parts["scale"],
        second=Opinion(second["network"], Rate(**second["one_in"]), second["at_least"]) if second else None,
    )


def of(
    calibration: Calibration,
    scale: str,
    distance: float,
    entries: int,
    factor: float,
    listed_share: float,
    doubts: tuple[Doubt, ...],
    months: int | None,
) -> Closeness:
    """The numbers for a distance at which a candidate was found among so many entries."""
    rate = calibration.false_alerts(distance, entries, factor)
    ratio = calibration.likelihood_ratio(distance, entries)
    wider = _WIDER ** len(doubts)
    strangers = Rate(*(1 / min(1.0, max(each, 1e-12)) for each in (rate.value, rate.high * wider, rate.low / wider)))
    prior = listed_share / (1 - listed_share)
    alerts = Rate(*(1 + factor / max(prior * each, 1e-9) for each in (ratio.value, ratio.high * wider, ratio.low / wider)))
    return Closeness(strangers, distance < calibration.smallest, entries, alerts, doubts, months, scale)


def doubts(
    particulars: Particulars,
    face: Mapping[str, object],
    taken_on: str,
    age: int | None,
    probe: Mapping[str, object],
    today: date,
) -> tuple[tuple[Doubt, ...], int | None]:
    """What of this comparison the calibration does not cover, and the months between the portrait and today."""
    months = months_between(taken_on, today) if taken_on else None
    born = particulars.birth_date
    years = [age] if age is not None else []
    if born:
        years.append(today.year - int(born[:4]) - 1)
        if taken_on:
            years.append(int(taken_on[:4]) - int(born[:4]))
    found = []
    if years and min(years) < CHILD:
        found.append(Doubt.CHILD)
    if months is not None and months >= 12 * OLD_YEARS:
        found.append(Doubt.OLD_PHOTO)
    if min(_quality(face), _quality(probe)) < 40:
        found.append(Doubt.LOW_QUALITY)
    return tuple(found), months


def time_warning(months: int | None) -> str:
    """What the age of a child's photograph means, in English; empty while it means little."""
    if months is None:
        return "the date of the photograph is not known"
    if months >= WEAK_MONTHS:
        return "low power: a child's face is rarely found again after three years"
    return "a child's face changes within months: look with care" if months >= CAREFUL_MONTHS else ""


def months_between(taken_on: str, today: date) -> int:
    """Whole months from a date that may be known in part, counted from the middle of what is not known."""
    year, month = int(taken_on[:4]), int(taken_on[5:7]) if len(taken_on) > 4 else 6
    return max(0, (today.year - year) * 12 + today.month - month)


def _quality(face: Mapping[str, object]) -> int:
    quality = face.get("quality")
    score = quality.get("score") if isinstance(quality, dict) else None
    return int(score) if score is not None else 100


def portrait_grade(face: Mapping[str, object]) -> str:
    """The grade of the photograph whose face `sighting.described` described."""
    return grade(_quality(face))
