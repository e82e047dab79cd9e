"""The live face beside the portrait on the document: one-to-one, with numbers of its own, apart from the search of the lists.

The answer says how many strangers look this close to this portrait and how many people lie this far from their own. It is a
reading that helps a person to look, never a verdict; where something was not measured, it says so and claims less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np

from matching import rates
from matching.faces.encoding import Template
from matching.faces.quality import Quality
from matching.rates.calibration import Calibration, CalibrationRefused
from matching.rates.cohort import CohortRefused
from matching.rates.pairs import Rate
from matching.rates.scale import Scale
from workstation.alerts.closeness import CHILD, OLD_YEARS, months_between
from workstation.documents.mrz.mrz import Zone
from workstation.documents.portrait import FOREHEAD, SEVERAL
from workstation.documents.travel_document import DocumentPortrait
from workstation.operating_point import scales
from workstation.sentences import Sentence

PORTRAITS = "portraits.json"
"""A calibration of printed portraits, beside the calibration whose cohort it shares."""
ALIKE_ONE_IN = 1000.0
"""One stranger in so many looks this close: from here on the faces are called alike."""
DIFFERENT_OWN = 0.01
"""Share of people who lie this far from their own portrait, and"""
DIFFERENT_STRANGERS = 0.03
"""share of strangers who look closer than this: from there on the faces are called different. Both, since in between lie as
many own portraits as strangers."""
VALID_YEARS = 10
"""For which a document is valid at most, as a rule; the zone has no date of issue."""
_WIDER = 3.0
"""How much wider the band is told for each thing that the calibration did not measure. A convention, as in closeness."""


class Looks(StrEnum):
    """What the numbers say to the officer, who has looked first."""

    ALIKE = "looks alike"
    LOOK_YOURSELF = "look yourself"
    DIFFERENT = "looks different"


class Doubt(StrEnum):
    """Why the numbers are less certain than their band says."""

    CHILD = "child"
    CHILDS_PORTRAIT = "portrait of a child"
    OLD = "old portrait"
    UNDATED = "undated portrait"
    LOW_QUALITY = "low quality"
    COVERED = "covered forehead"
    SEVERAL = "several portraits"


DOUBTS = {
    Doubt.CHILD: "The traveller is a child. A child's face changes within months; the numbers were measured on adults.",
    Doubt.CHILDS_PORTRAIT: "The portrait may show the traveller as a child. The numbers were measured on adults.",
    Doubt.OLD: "The portrait may be more than {years} years old.",
    Doubt.UNDATED: "The date of the portrait is not known.",
    Doubt.LOW_QUALITY: "One of the two pictures is of low quality.",
    Doubt.COVERED: "Hair or a head covering lies over the forehead in one of the pictures.",
    Doubt.SEVERAL: "The page shows several portraits; the largest was compared.",
}
"""In English, for ui to translate."""
_NOT_MEASURED = frozenset({Doubt.CHILD, Doubt.CHILDS_PORTRAIT, Doubt.OLD, Doubt.LOW_QUALITY, Doubt.SEVERAL})
"""Doubts that make the band wider and keep the faces from being called different."""

WORDS = {
    Looks.ALIKE: "The face looks like the portrait.",
    Looks.LOOK_YOURSELF: "The numbers do not decide. Look yourself.",
    Looks.DIFFERENT: "The face looks unlike the portrait. Look again, and ask the second line.",
}
ONE_IN = "1 in {count} strangers looks this close to this portrait ({low} to {high})."
RARER = "Fewer than 1 in {count} strangers looks this close to this portrait; the measurement carries no smaller number."
OWN = "Of 100 people, {share} lie this far from their own portrait ({low} to {high})."
MEASURED = "Measured on {people} {data}."
TOO_POOR = "The portrait is too poor to compare. Look yourself."


@dataclass(frozen=True, slots=True)
class PortraitComparison:
    distance: float
    """Normalised by the cohort of `scale`; smaller is closer."""
    one_in: Rate
    """One of so many strangers looks this close to this portrait; low is the less rare end."""
    at_least: bool
    """The data carries no smaller number: it is rarer than one in `one_in`."""
    own_this_far: Rate
    """Share of people whose own printed portrait lies this far from them, or farther."""
    doubts: tuple[Doubt, ...]
    looks: Looks
    scale: str
    """Digest of encoder and cohort."""
    people: int
    data: str


def compare(live: Template, portrait: Template, scale: Scale, doubts: Sequence[Doubt] = ()) -> PortraitComparison:
    """`scale` holds a calibration of portraits (`scale_at`). ValueError when a template is of another encoder."""
    if {live.encoder, portrait.encoder} != {scale.cohort.encoder}:
        raise ValueError("templates of another encoder than the calibration of portraits")
    vectors = np.stack([live.vector, portrait.vector])
    normaliser = float(scale.cohort.normaliser(vectors).mean())
    distance = float(np.linalg.norm(vectors[0].astype(np.float64) - vectors[1])) - normaliser
    return read(distance, scale.calibration, scale.digest, doubts)


def read(distance: float, calibration: Calibration, digest: str, doubts: Sequence[Doubt] = ()) -> PortraitComparison:
    """The numbers for a normalised distance, and what they say."""
    unmeasured = [each for each in doubts if each in _NOT_MEASURED]
    wider = _WIDER ** len(unmeasured)
    rate = calibration.false_alerts(distance, 1)
    one_in = Rate(*(1 / min(1.0, max(each, 1e-12)) for each in (rate.value, rate.high * wider, rate.low / wider)))
    own = calibration.missed(distance)
    if own is None:
        raise CalibrationRefused("The calibration of portraits does not say how far people lie from their own. Make it again.")
    own = Rate(own.value, max(own.low / wider, 0.0), min(own.high * wider, 1.0))
    looks = Looks.LOOK_YOURSELF
    if one_in.value >= ALIKE_ONE_IN and one_in.low >= ALIKE_ONE_IN / _WIDER:
        looks = Looks.ALIKE
    elif own.value <= DIFFERENT_OWN and rate.value >= DIFFERENT_STRANGERS and not unmeasured:
        looks = Looks.DIFFERENT
    return PortraitComparison(
        distance=distance,
        one_in=one_in,
        at_least=distance < calibration.smallest,
        own_this_far=own,
        doubts=tuple(doubts),
        looks=looks,
        scale=digest,
        people=calibration.people,
        data=calibration.data,
    )


def doubts(
    portrait: DocumentPortrait, live: Quality | None, zone: Zone | None, today: date, issued: date | None = None
) -> tuple[Doubt, ...]:
    """What of this comparison the calibration does not cover, as far as the document tells."""
    found = []
    born = _year(zone.born.text) if zone is not None else None
    expires = _year(zone.expires.text) if zone is not None else None
    oldest = issued.year if issued is not None else (expires - VALID_YEARS if expires is not None else None)
    if born is not None and today.year - born <= CHILD:
        found.append(Doubt.CHILD)
    elif born is not None and oldest is not None and oldest - born < CHILD:
        found.append(Doubt.CHILDS_PORTRAIT)
    if issued is not None:
        if months_between(issued.isoformat(), today) >= 12 * OLD_YEARS:
            found.append(Doubt.OLD)
    elif oldest is None or today.year - oldest > OLD_YEARS:
        # Expired, or without a date of expiry: nobody knows when the portrait was taken.
        found.append(Doubt.UNDATED if oldest is None else Doubt.OLD)
    scores = [each.score for each in (portrait.quality, live) if each is not None]
    if scores and min(scores) < _LOW:
        found.append(Doubt.LOW_QUALITY)
    if FOREHEAD in portrait.remarks:
        found.append(Doubt.COVERED)
    if any(each.template == SEVERAL for each in portrait.remarks):
        found.append(Doubt.SEVERAL)
    return tuple(found)


_LOW = 25
"""Quality below which a picture is called low here: printing alone takes a good portrait down to 40."""


def sentences(comparison: PortraitComparison) -> tuple[Sentence, ...]:
    """What the comparison says, most important first; the numbers are rounded to two figures."""
    one_in, own = comparison.one_in, comparison.own_this_far
    said = [Sentence(WORDS[comparison.looks])]
    if comparison.at_least:
        said.append(Sentence(RARER, {"count": _two_figures(one_in.value)}))
    else:
        low, high = _two_figures(one_in.low), _two_figures(one_in.high)
        said.append(Sentence(ONE_IN, {"count": _two_figures(one_in.value), "low": low, "high": high}))
    if comparison.looks is not Looks.ALIKE:
        share, least, most = (f"{100 * each:.2g}" for each in (own.value, own.low, own.high))
        said.append(Sentence(OWN, {"share": share, "low": least, "high": most}))
    said += [Sentence(DOUBTS[each], {"years": OLD_YEARS}) for each in comparison.doubts]
    said.append(Sentence(MEASURED, {"people": comparison.people, "data": comparison.data}))
    return tuple(said)


def scale_at(folder: Path, encoder: str) -> Scale | None:
    """The post's own calibration of portraits, or the one that ships; None when neither was made with this encoder."""
    own = folder / scales.FOLDER
    for place in (own, Path(rates.__file__).parent):
        try:
            return load(place, encoder)
        except (CalibrationRefused, CohortRefused):
            # A post that was calibrated again has another cohort: portraits are then read against the shipped pair.
            continue
    return None


def load(folder: Path, encoder: str) -> Scale:
    """Cohort and calibration of portraits in `folder`. CohortRefused or CalibrationRefused says what is wrong."""
    return Scale(Scale.load(folder, encoder).cohort, Calibration.load(folder / PORTRAITS))


def _year(text: str) -> int | None:
    return int(text[:4]) if text else None


def _two_figures(value: float) -> int:
    count = round(value)
    return round(count, -max(0, len(str(count)) - 2))
