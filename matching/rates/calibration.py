"""How often strangers look as close as a distance, how often the same person does not, and the threshold within a budget.

Distances here are normalised ones (`matching.rates.cohort`). The curves were measured on pairs of pictures of known people;
they are never read beyond what those people carry: where fewer than CARRIED pairs of strangers lie, there is no number to give.
FMR and FNMR as in ISO/IEC 19795-1; intervals by bootstrap over people, since pairs that share a person are not independent.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.rates.pairs import Floats, Indices, Pairs, Rate
from matching.refusals import Refusal

CARRIED = 10.0
"""Pairs of strangers that must lie within a distance before it is used: below, the label errors of the data decide."""
GRADES = {"A": 70, "B": 55, "C": 40, "D": 0}
"""Photo grades and the quality from which each begins (`matching.faces.quality`)."""
ANY = "any"
LEAST_PEOPLE = 200
"""People from whose pictures a calibration is made."""
_LEAST_MATED = 30
"""People seen twice from whom a share of missed people is told."""
GRID = np.round(np.arange(-0.5, 0.2001, 0.005), 3)
"""Normalised distances at which the curves are kept."""
_RESAMPLES = 200
_BAND = (5.0, 95.0)
_ABOUT = 0.02
"""Distances this far apart are told as one."""
_TAIL_END = 0.02
"""FMR up to which the tail is fitted."""


class CalibrationRefused(Refusal):
    """A calibration cannot be made of what was given, cannot be read, or cannot carry what is asked of it."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The normalised distance below which a candidate is raised, and what it costs."""

    distance: float
    false_alerts: Rate
    """Expected false alerts per traveller for the number of entries that it was made for."""
    within_budget: bool
    """False when the calibration cannot carry a distance small enough: the list is too long for what was measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A share at each distance of GRID, and its band."""

    value: Floats
    low: Floats
    high: Floats

    def at(self, distance: float) -> Rate:
        value, low, high = (float(np.interp(distance, GRID, each)) for each in (self.value, self.low, self.high))
        return Rate(value, low, high)


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    encoder: str
    """Digest of the encoder unit."""
    cohort: str
    """Digest of the cohort."""
    data: str
    """What was measured, in words."""
    people: int
    photos: int
    failures: int
    """Photographs in which no face was found: the failure to acquire."""
    pairs: int
    """Pairs of people."""
    within: Floats
    """How many pairs of strangers lie within each distance of GRID; several photographs of two people count as one pair."""
    fmr: Curve
    """Fitted where the pairs are few, counted where they are many."""
    fnmr: Mapping[str, Curve]
    """By grade of the worse photograph, and ANY. Grades with too few people are absent."""
    mated_people: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Self:
        """CalibrationRefused when the file cannot be read or is not a calibration."""
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            curves = {
                name: Curve(*(np.array(table[name][part], dtype=np.float64) for part in ("value", "low", "high")))
                for name in ("fmr",)
            }
            fnmr = {
                grade: Curve(*(np.array(each[part], dtype=np.float64) for part in ("value", "low", "high")))
                for grade, each in table["fnmr"].items()
            }
            names = ("encoder", "cohort", "data", "people", "photos", "failures", "pairs", "mated_people")
            known = {name: table[name] for name in names}
            found = cls(within=np.array(table["within"], dtype=np.float64), fmr=curves["fmr"], fnmr=fnmr, **known)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CalibrationRefused("The calibration {file} cannot be read. Make it again.", file=path.name) from error
        curves_of = [found.fmr, *found.fnmr.values()]
        arrays = [found.within, *(part for each in curves_of for part in (each.value, each.low, each.high))]
        if table.get("grid") != GRID.tolist() or any(each.shape != GRID.shape for each in arrays) or ANY not in fnmr:
            raise CalibrationRefused("{file} is not a calibration of this version. Make it again.", file=path.name)
        return found

    def save(self, path: Path) -> None:
        def listed(values: Floats) -> list[float]:
            return [float(f"{value:.5g}") for value in values]

        def curve(each: Curve) -> dict[str, list[float]]:
            return {name: listed(values) for name, values in asdict(each).items()}

        table = {
            "encoder": self.encoder,
            "cohort": self.cohort,
            "data": self.data,
            "people": self.people,
            "photos": self.photos,
            "failures": self.failures,
            "pairs": self.pairs,
            "mated_people": dict(self.mated_people),
            "grid": GRID.tolist(),
            "within": listed(self.within),
            "fmr": curve(self.fmr),
            "fnmr": {grade: curve(each) for grade, each in self.fnmr.items()},
        }
        path.write_text(json.dumps(table) + "\n", encoding="utf-8")

    @property
    def smallest(self) -> float:
        """The smallest distance that the data carries."""
        return float(GRID[np.flatnonzero(self.within >= CARRIED)[0]])

    def levels(self) -> Floats:
        """The distances of GRID that the data carries, ascending."""
        levels: Floats = GRID[self.within >= CARRIED]
        return levels

    def false_alerts(self, distance: float, entries: int, factor: float = 1.0) -> Rate:
        """Expected false alerts per traveller against so many entries: 1 - (1 - factor * FMR)^entries.

        `factor`: how many times more often than in the calibration strangers look this close at the post.
        """
        place = max(distance, self.smallest)
        curves = (self.fmr.value, self.fmr.low, self.fmr.high)
        rates = (factor * float(np.exp(np.interp(place, GRID, np.log(np.maximum(each, 1e-12))))) for each in curves)
        return Rate(*(float(-np.expm1(max(entries, 0) * np.log1p(-min(each, 1 - 1e-12)))) for each in rates))

    def operating_point(self, entries: int, budget: float, factor: float = 1.0) -> OperatingPoint:
        """The largest distance whose expected false alerts stay within `budget` per traveller against so many entries.

        When even the smallest distance that the data carries costs too much, it is given and `within_budget` is False.
        """
        if not 0 < budget < 1:
            raise ValueError(f"a budget of {budget} false alerts per traveller")
        affordable = -np.expm1(np.log1p(-budget) / max(entries, 1)) / factor
        first = int(np.flatnonzero(self.within >= CARRIED)[0])
        rates = self.fmr.value[first:]
        within = bool(rates[0] <= affordable)
        distance = self.smallest if not within else float(np.interp(np.log(affordable), np.log(rates), GRID[first:]))
        return OperatingPoint(distance, self.false_alerts(distance, entries, factor), within)

    def missed(self, distance: float, grade: str = ANY) -> Rate | None:
        """Share of listed people who would not be found at this threshold, when a photo of this grade is compared with one.

        None where too few people of that grade were measured.
        """
        curve = self.fnmr.get(grade)
        return curve.at(distance) if curve is not None else None

    def likelihood_ratio(self, distance: float, entries: int) -> Rate:
        """How many times more often the person's own picture lies about here than the nearest of `entries` strangers'.

        Nearer than the data carries, "about here" is everything nearer than `smallest`.
        """
        mated = self.fnmr[ANY]
        if distance < self.smallest:
            strangers = self.false_alerts(self.smallest, entries)
            found = 1 - mated.at(self.smallest).value
            return Rate(*(max(found, 1e-6) / max(each, 1e-12) for each in (strangers.value, strangers.high, strangers.low)))
        low, high = max(distance - _ABOUT, self.smallest), distance + _ABOUT
        share = mated.at(low).value - mated.at(high).value
        near, far = self.false_alerts(low, entries), self.false_alerts(high, entries)
        between = (far.value - near.value, far.high - near.high, far.low - near.low)
        value, lowest, highest = (max(share, 1e-6) / max(each, 1e-12) for each in between)
        return Rate(value, min(lowest, value), max(highest, value))


def make(
    encoder: str, cohort: str, data: str, pairs: Pairs, grades: Sequence[str], failures: int, seed: int = 0
) -> Calibration:
    """The calibration from all pairs of photographs, scored with normalised distances and kept to the end of GRID at least.

    `grades`: of each photograph. CalibrationRefused when the people are too few to say anything.
    """
    if pairs.people < LEAST_PEOPLE:
        raise CalibrationRefused(
            "{people} people are too few for a calibration; it takes {least}.", people=pairs.people, least=LEAST_PEOPLE
        )
    same = pairs.mated
    places = np.searchsorted(GRID, pairs.score, side="left")
    random = np.random.default_rng(seed)
    everybody = np.full(pairs.people, 1 / pairs.people)
    draws = random.multinomial(pairs.people, everybody, size=_RESAMPLES).astype(np.float64)

    near = ~same & (places < len(GRID))
    strangers = (pairs.one[near], pairs.other[near], places[near], pairs.weight[near])
    within = _counted(*strangers, np.ones(pairs.people))
    if within[-1] < CARRIED:
        raise CalibrationRefused("No two strangers look alike in this data; it cannot carry a threshold. Add more people.")
    fitted = _fitted(within, pairs.strangers)
    resampled = np.array([_fitted(_counted(*strangers, draw), pairs.strangers) for draw in draws])
    low, high = np.percentile(resampled, _BAND, axis=0)
    fmr = Curve(fitted, np.minimum(low, fitted), np.maximum(high, fitted))

    worse = np.array(["ABCD".index(each) for each in grades])
    worse_of = worse[pairs.photos[same]].max(axis=1, initial=0)
    fnmr, mated_people = {}, {}
    for name in (ANY, *GRADES):
        chosen = np.ones(len(worse_of), dtype=bool) if name == ANY else worse_of == "ABCD".index(name)
        whose, where = pairs.one[same][chosen], places[same][chosen]
        count = len(np.unique(whose))
        if count >= _LEAST_MATED:
            mated_people[name] = count
            fnmr[name] = _missed_curve(whose, where, pairs.people, draws)
    if ANY not in fnmr:
        raise CalibrationRefused("Too few people have two photographs; it takes {least}.", least=_LEAST_MATED)
    return Calibration(
        encoder=encoder,
        cohort=cohort,
        data=data,
        people=pairs.people,
        photos=len(grades) + failures,
        failures=failures,
        pairs=round(pairs.strangers),
        within=within,
        fmr=fmr,
        fnmr=fnmr,
        mated_people=mated_people,
    )


def grade(quality: float) -> str:
    """The grade of a photograph of this quality, 0 to 100."""
    return next(name for name, least in GRADES.items() if quality >= least)


def _counted(one: Indices, other: Indices, places: NDArray[np.intp], share: Floats, weight: Floats) -> Floats:
    counts = np.bincount(places, weights=share * weight[one] * weight[other], minlength=len(GRID))
    return np.cumsum(counts[: len(GRID)])


def _fitted(within: Floats, pairs: float) -> Floats:
    """FMR at each distance: a cubic in its logarithm where few pairs lie, the count itself from there on; never falling."""
    rates = within / pairs
    known = within >= CARRIED
    fit = known & (rates <= _TAIL_END)
    result = np.maximum(rates, 1 / pairs)
    if np.count_nonzero(fit) >= 8:
        middle = GRID[fit].mean()
        cubic = np.polynomial.Polynomial.fit(GRID[fit] - middle, np.log(rates[fit]), 3, w=np.sqrt(within[fit]))
        first, last = np.flatnonzero(fit)[[0, -1]]
        result[first : last + 1] = np.exp(cubic(GRID[first : last + 1] - middle))
        result[:first] = np.minimum(result[:first], result[first])
    accumulated: Floats = np.maximum.accumulate(result)
    return accumulated + np.arange(len(GRID)) * 1e-12  # strictly rising, so that a rate has one distance


def _missed_curve(whose: Indices, where: NDArray[np.intp], people: int, draws: Floats) -> Curve:
    """FNMR at each distance; each person counts once, however many pairs of pictures there are."""
    pairs = np.bincount(whose, minlength=people)
    share = 1 / pairs[whose]

    def curve(weight: Floats) -> Floats:
        counts = np.bincount(where, weights=share * weight[whose], minlength=len(GRID) + 1)
        missed: Floats = 1 - np.cumsum(counts[: len(GRID)]) / max(float(counts.sum()), 1e-12)
        return missed

    value = curve(np.ones(people))
    low, high = np.percentile([curve(draw) for draw in draws], _BAND, axis=0)
    rule_of_three = 3 / np.count_nonzero(pairs)
    return Curve(np.clip(value, 0, 1), np.clip(low, 0, 1), np.clip(np.maximum(high, rule_of_three * (value == 0)), 0, 1))
