"""How often strangers look as close as a distance, how often the same person does not, and the threshold within a budget.

Distances here are normalised ones (`matching.rates.cohort`). Every rate of strangers follows the group of people, as the data
declares them, whose faces lie closest: a mean over groups would stop many travellers of one of them. Where fewer than CARRIED
pairs lie, the rate is read from a fitted tail (`matching.rates.tail`) and said to be. FMR and FNMR as in ISO/IEC 19795-1.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.rates import curves, tail
from matching.rates.curves import GRID, Curve, listed
from matching.rates.pairs import Floats, Pairs, Rate
from matching.rates.tail import CARRIED
from matching.refusals import Refusal

GRADES = {"A": 70, "B": 55, "C": 40, "D": 0}
"""Photo grades and the quality from which each begins (`matching.faces.quality`)."""
ANY = "any"
EVERYBODY = "everybody"
"""The group of all people, where none is declared."""
LEAST_PEOPLE = 200
"""People from whose pictures a calibration is made."""
LEAST_MATED = 10
"""People seen twice from whom a share of missed people is told, with its band."""
_LEAST_GRADE = 30
_ABOUT = 0.02
"""Distances this far apart are told as one."""


class CalibrationRefused(Refusal):
    """A calibration cannot be made of what was given, cannot be read, or cannot carry what is asked of it."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The normalised distance below which a candidate is raised, and what it costs."""

    distance: float
    false_alerts: Rate
    """Expected false alerts per traveller for the number of entries that it was made for."""
    within_budget: bool
    """False when no distance is small enough: the list is too long for what may be told."""
    extrapolated: bool = False
    """The rate was fitted and not counted: no ten pairs of strangers lie so near."""
    group: str = EVERYBODY
    """The group of the data whose faces lie closest at this distance: the budget rests on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """People as the data declares them, compared among themselves."""

    name: str
    people: int
    within: Floats
    """How many pairs of strangers lie within each distance of GRID; several photographs of two people count as one pair."""
    fmr: Curve
    """Counted where the pairs are many, fitted where they are few."""
    mated_people: int
    fnmr: Curve | None
    """None: fewer than LEAST_MATED people were seen twice."""

    @property
    def pairs(self) -> int:
        return self.people * (self.people - 1) // 2

    @property
    def has_tail(self) -> bool:
        """Whether its people are enough for a tail to be fitted: thresholds follow it however few of its pairs lie so near."""
        return bool(tail.MARK * self.pairs >= tail.LEAST)

    @property
    def counts(self) -> NDArray[np.bool_]:
        """At each distance of GRID whether thresholds follow this group: its pairs were counted there, or it has a tail."""
        counted: NDArray[np.bool_] = (self.within >= CARRIED) | self.has_tail
        return counted


@dataclass(frozen=True, eq=False)
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
    groups: tuple[Group, ...]
    fnmr: Mapping[str, Curve]
    """By grade of the worse photograph, and ANY; every group weighs the same. Grades with too few people are absent."""
    mated_people: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Self:
        """CalibrationRefused when the file cannot be read or is not a calibration of this version."""
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            current = isinstance(table, dict) and "groups" in table and table.get("grid") == GRID.tolist()
            if current:
                names = ("encoder", "cohort", "data", "people", "photos", "failures", "mated_people")
                known = {name: table[name] for name in names}
                fnmr = {grade: Curve.of(each) for grade, each in table["fnmr"].items()}
                found = cls(groups=tuple(_group(each) for each in table["groups"]), fnmr=fnmr, **known)
                current = ANY in fnmr and any(each.has_tail for each in found.groups)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CalibrationRefused("The calibration {file} cannot be read. Make it again.", file=path.name) from error
        if not current:
            raise CalibrationRefused("{file} is not a calibration of this version. Make it again.", file=path.name)
        return found

    def save(self, path: Path) -> None:
        table = {
            "encoder": self.encoder,
            "cohort": self.cohort,
            "data": self.data,
            "people": self.people,
            "photos": self.photos,
            "failures": self.failures,
            "mated_people": dict(self.mated_people),
            "grid": GRID.tolist(),
            "groups": [
                {
                    "name": each.name,
                    "people": each.people,
                    "mated_people": each.mated_people,
                    "within": listed(each.within),
                    "fmr": each.fmr.as_table(),
                    "fnmr": each.fnmr.as_table() if each.fnmr is not None else None,
                }
                for each in self.groups
            ],
            "fnmr": {grade: each.as_table() for grade, each in self.fnmr.items()},
        }
        path.write_text(json.dumps(table) + "\n", encoding="utf-8")

    @property
    def pairs(self) -> int:
        """Pairs of people, whatever their groups."""
        return self.people * (self.people - 1) // 2

    @functools.cached_property
    def closest(self) -> tuple[Group, ...]:
        """At each distance of GRID the group whose strangers lie so near most often, among those that count there."""
        values = np.array([np.where(each.counts, each.fmr.value, -1.0) for each in self.groups])
        return tuple(self.groups[each] for each in values.argmax(axis=0))

    @functools.cached_property
    def fmr(self) -> Curve:
        """Of the closest group at each distance; strictly rising."""
        parts = []
        for end in ("value", "low", "high"):
            along = np.array([getattr(each.fmr, end)[place] for place, each in enumerate(self.closest)])
            parts.append(np.maximum.accumulate(along) * (1 + np.arange(len(GRID)) * 1e-9))
        value, low, high = parts
        return Curve(value, np.minimum(low, value), np.maximum(high, value))

    def closest_at(self, distance: float) -> Group:
        return self.closest[int(np.clip(np.searchsorted(GRID, distance), 0, len(GRID) - 1))]

    @functools.cached_property
    def carried(self) -> float:
        """The smallest distance at which the closest group's pairs were counted, not fitted."""
        enough = [bool(each.within[place] >= CARRIED) for place, each in enumerate(self.closest)]
        return float(GRID[enough.index(True)])

    @property
    def smallest(self) -> float:
        """The smallest distance for which any number is told: nearer, strangers are rarer than the tail may say."""
        told = np.flatnonzero(self.fmr.value > 2 * tail.RAREST)
        return float(GRID[told[0]])

    def levels(self) -> Floats:
        """The distances of GRID at which pairs were counted, ascending."""
        levels: Floats = GRID[self.carried <= GRID]
        return levels

    def false_alerts(self, distance: float, entries: int, factor: float = 1.0) -> Rate:
        """Expected false alerts per traveller against so many entries: 1 - (1 - factor * FMR)^entries.

        `factor`: how many times more often than in the calibration strangers look this close at the post.
        """
        place = max(distance, self.smallest)
        ends = (self.fmr.value, self.fmr.low, self.fmr.high)
        rates = (factor * float(np.exp(np.interp(place, GRID, np.log(np.maximum(each, tail.RAREST))))) for each in ends)
        return Rate(*(float(-np.expm1(max(entries, 0) * np.log1p(-min(each, 1 - 1e-12)))) for each in rates))

    def operating_point(self, entries: int, budget: float, factor: float = 1.0) -> OperatingPoint:
        """The largest distance whose expected false alerts stay within `budget` per traveller against so many entries.

        When even the smallest distance that is told costs too much, it is given and `within_budget` is False.
        """
        if not 0 < budget < 1:
            raise ValueError(f"a budget of {budget} false alerts per traveller")
        affordable = -np.expm1(np.log1p(-budget) / max(entries, 1)) / factor
        first = int(np.flatnonzero(self.smallest == GRID)[0])
        rates = self.fmr.value[first:]
        within = bool(rates[0] <= affordable)
        distance = self.smallest if not within else float(np.interp(np.log(affordable), np.log(rates), GRID[first:]))
        return OperatingPoint(
            distance,
            self.false_alerts(distance, entries, factor),
            within,
            extrapolated=distance < self.carried,
            group=self.closest_at(distance).name,
        )

    def missed(self, distance: float, grade: str = ANY) -> Rate | None:
        """Share of listed people who would not be found at this threshold, when a photo of this grade is compared with one.

        None where too few people of that grade were measured.
        """
        curve = self.fnmr.get(grade)
        return curve.at(distance) if curve is not None else None

    def likelihood_ratio(self, distance: float, entries: int) -> Rate:
        """How many times more often the person's own picture lies about here than the nearest of `entries` strangers'.

        Nearer than pairs were counted, "about here" is everything nearer than that.
        """
        mated = self.fnmr[ANY]
        if distance < self.carried:
            strangers = self.false_alerts(self.carried, entries)
            found = 1 - mated.at(self.carried).value
            return Rate(*(max(found, 1e-6) / max(each, 1e-12) for each in (strangers.value, strangers.high, strangers.low)))
        low, high = max(distance - _ABOUT, self.carried), distance + _ABOUT
        share = mated.at(low).value - mated.at(high).value
        near, far = self.false_alerts(low, entries), self.false_alerts(high, entries)
        between = (far.value - near.value, far.high - near.high, far.low - near.low)
        value, lowest, highest = (max(share, 1e-6) / max(each, 1e-12) for each in between)
        return Rate(value, min(lowest, value), max(highest, value))


def make(
    encoder: str,
    cohort: str,
    data: str,
    pairs: Pairs,
    grades: Sequence[str],
    failures: int,
    groups: Sequence[str] = (),
    seed: int = 0,
) -> Calibration:
    """The calibration from all pairs of photographs, scored with normalised distances and kept to the end of GRID at least.

    `grades`: of each photograph. `groups`: of each person, as declared; without, all are one group. CalibrationRefused when
    the people are too few to say anything.
    """
    if pairs.people < LEAST_PEOPLE:
        raise CalibrationRefused(
            "{people} people are too few for a calibration; it takes {least}.", people=pairs.people, least=LEAST_PEOPLE
        )
    declared = np.asarray(groups or [EVERYBODY] * pairs.people)
    same = pairs.mated
    whose, scores = pairs.one[same], pairs.score[same].astype(np.float64)
    found = tuple(_measured(name, pairs, declared == name, seed) for name in sorted(set(declared.tolist())))
    if not any(each.has_tail and each.within[-1] >= CARRIED for each in found):
        raise CalibrationRefused("No two strangers look alike in this data; it cannot carry a threshold. Add more people.")
    # Every person counts once, and every group as much as another.
    seen = np.unique(whose)
    sizes = {name: int(np.count_nonzero(declared[seen] == name)) for name in set(declared[seen].tolist())}
    share = pairs.weight[same] * np.array([1 / sizes[declared[each]] for each in whose])
    worse = np.array(["ABCD".index(each) for each in grades])
    worse_of = worse[pairs.photos[same]].max(axis=1, initial=0)
    fnmr, mated_people = {}, {}
    for name in (ANY, *GRADES):
        chosen = np.ones(len(whose), dtype=bool) if name == ANY else worse_of == "ABCD".index(name)
        count = len(np.unique(whose[chosen]))
        if count >= _LEAST_GRADE:
            mated_people[name] = count
            fnmr[name] = curves.missed(whose[chosen], scores[chosen], share[chosen], pairs.people, seed)
    if ANY not in fnmr:
        raise CalibrationRefused("Too few people have two photographs; it takes {least}.", least=_LEAST_GRADE)
    photos = len(grades) + failures
    return Calibration(encoder, cohort, data, pairs.people, photos, failures, found, fnmr, mated_people)


def grade(quality: float) -> str:
    """The grade of a photograph of this quality, 0 to 100."""
    return next(name for name, least in GRADES.items() if quality >= least)


def _measured(name: str, pairs: Pairs, inside: NDArray[np.bool_], seed: int) -> Group:
    within, fmr = curves.strangers(pairs, inside, seed)
    same = pairs.mated & inside[pairs.one]
    whose = pairs.one[same]
    mated = len(np.unique(whose))
    scores = pairs.score[same].astype(np.float64)
    fnmr = curves.missed(whose, scores, pairs.weight[same], pairs.people, seed) if mated >= LEAST_MATED else None
    return Group(name, int(np.count_nonzero(inside)), within, fmr, mated, fnmr)


def _group(table: Mapping[str, Any]) -> Group:
    within = np.array(table["within"], dtype=np.float64)
    if within.shape != GRID.shape:
        raise ValueError("counts over other distances")
    fnmr = Curve.of(table["fnmr"]) if table["fnmr"] is not None else None
    return Group(str(table["name"]), int(table["people"]), within, Curve.of(table["fmr"]), int(table["mated_people"]), fnmr)
