"""The most probable reading under check digits: an exact dynamic programme over residues modulo 10.

A state is (whether a check digit was broken, residue of the field, residue of the composite). A broken check digit is not
impossible, it costs what a wrong print is rare: so a wrong print stays where no doubtful character explains it better.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workstation.documents.mrz.check_digits import FILLER, value
from workstation.documents.zone_reader.places import DIGITS, Layout, Place

WRONG_IN_PRINT = math.log(1e-2)
"""What a check digit costs that does not agree."""
COMPOSITE_TOO = math.log(0.3)
"""What the composite costs then: a field that was tampered with mostly breaks it too."""
NO_SUCH_DAY = math.log(1e-2)
"""What a month outside 01 to 12 or a day outside 01 to 31 costs."""
_NEVER = -1e4
_WEIGHTS = (7, 3, 1)
_PAIRS = {"date of birth", "date of expiry"}
_TURNED = np.array([[(row + by) % 10 for row in range(10)] for by in range(10)])
_RESIDUES = np.arange(10)

Options = Mapping[Place, Mapping[str, float]]
"""For each place the characters that may stand there, with what each counts (natural logarithm)."""
_States = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Choice:
    text: str
    score: float
    field: int
    """What it adds to the residue of the field; for a check digit the residue that it agrees with, -1 for none."""
    composite: int


@dataclass(frozen=True, slots=True)
class _Step:
    places: tuple[Place, ...]
    choices: tuple[_Choice, ...]
    closes: str = ""
    """`field` or `composite` where the character is a check digit."""
    costs: tuple[float, float] = (0.0, 0.0)
    """Of a check digit that does not agree, and of one after another has not agreed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    score: float
    taken: Mapping[Place, str]
    best_with: Mapping[tuple[Place, str], float]
    """The score of the best reading in which this character stands at this place."""


def explain(layout: Layout, options: Options, *, strictly: bool = False) -> Explanation:
    """The best reading of the places that check digits cover, and how much worse each alternative is.

    `strictly` sets every reading aside that breaks more check digits than the best one.
    """
    steps = _steps(layout, options, (_NEVER, _NEVER) if strictly else (WRONG_IN_PRINT, COMPOSITE_TOO))
    behind = [np.zeros((2, 10, 10))]
    for step in reversed(steps):
        behind.append(np.max([_before(step, choice, behind[-1]) for choice in step.choices], axis=0))
    behind.reverse()
    taken: dict[Place, str] = {}
    state = (0, 0, 0)
    for step, after in zip(steps, behind[1:], strict=True):
        choice = max(step.choices, key=lambda each: _before(step, each, after)[state])
        taken.update(zip(step.places, choice.text, strict=True))
        state = _next(step, choice, state)
    return Explanation(float(behind[0][0, 0, 0]), taken, _best_with(steps, behind))


def _best_with(steps: Sequence[_Step], behind: Sequence[_States]) -> dict[tuple[Place, str], float]:
    found: dict[tuple[Place, str], float] = {}
    ahead = np.full((2, 10, 10), -np.inf)
    ahead[0, 0, 0] = 0.0
    for step, after in zip(steps, behind[1:], strict=True):
        passed = np.full((2, 10, 10), -np.inf)
        for choice in step.choices:
            best = float(np.max(ahead + _before(step, choice, after)))
            for place, character in zip(step.places, choice.text, strict=True):
                found[place, character] = max(found.get((place, character), -math.inf), best)
            np.maximum(passed, _after(step, choice, ahead), out=passed)
        ahead = passed
    return found


def _before(step: _Step, choice: _Choice, after: _States) -> _States:
    """What the states before the step are worth when this choice is taken."""
    if step.closes == "composite":
        cost = np.zeros((2, 10, 10))
        cost[0, :, _RESIDUES != choice.field] = step.costs[0]
        cost[1, :, _RESIDUES != choice.field] = step.costs[1]
        return cost + choice.score
    turned = after[:, :, _TURNED[choice.composite]]
    if step.closes == "field":
        worth = np.empty((2, 10, 10))
        worth[:] = turned[1, 0] + step.costs[0]
        if choice.field >= 0:
            worth[:, choice.field] = turned[:, 0]
        return worth + choice.score
    return turned[:, _TURNED[choice.field]] + choice.score


def _after(step: _Step, choice: _Choice, ahead: _States) -> _States:
    """The states that this choice leads to."""
    if step.closes == "composite":
        return ahead
    turned = ahead[:, :, _TURNED[-choice.composite % 10]] + choice.score
    if step.closes == "field":
        passed = np.full((2, 10, 10), -np.inf)
        if choice.field >= 0:
            passed[:, 0] = turned[:, choice.field]
        broken = turned[:, _RESIDUES != choice.field].max(axis=(0, 1)) + step.costs[0]
        passed[1, 0] = np.maximum(passed[1, 0], broken)
        return passed
    return turned[:, _TURNED[-choice.field % 10]]


def _next(step: _Step, choice: _Choice, state: tuple[int, int, int]) -> tuple[int, int, int]:
    broken, field, composite = state
    if step.closes == "composite":
        return state
    if step.closes == "field":
        return int(broken or choice.field != field), 0, (composite + choice.composite) % 10
    return broken, (field + choice.field) % 10, (composite + choice.composite) % 10


def _steps(layout: Layout, options: Options, costs: tuple[float, float]) -> list[_Step]:
    """Field by field, each with its check digit at its end; then what only the composite covers; then the composite."""
    whole = layout.composite
    weight = {place: _WEIGHTS[n % 3] for n, place in enumerate(whole.covers)} if whole else {}

    def allowed(place: Place) -> list[tuple[str, float]]:
        only = layout.only.get(place)
        return [(each, score) for each, score in options[place].items() if only is None or each in only]

    def step(places: tuple[Place, ...], first: int | None, name: str = "") -> _Step:
        choices = []
        for picked in itertools.product(*map(allowed, places)):
            text = "".join(each for each, _ in picked)
            values = [value(each) for each in text]
            own = sum(each * _WEIGHTS[(first + n) % 3] for n, each in enumerate(values)) if first is not None else 0
            together = sum(each * weight.get(place, 0) for each, place in zip(values, places, strict=True))
            score = sum(each for _, each in picked) + (_cost(text, first) if name in _PAIRS else 0.0)
            choices.append(_Choice(text, score, own % 10, together % 10))
        return _Step(places, tuple(choices))

    def closing(place: Place, closes: str, *, empty: bool) -> _Step:
        return _Step(
            (place,),
            tuple(
                _Choice(each, score, _agrees_with(each, empty=empty), value(each) * weight.get(place, 0) % 10)
                for each, score in allowed(place)
            ),
            closes,
            costs,
        )

    steps: list[_Step] = []
    done: set[Place] = set()
    for check in layout.checks:
        width = 2 if check.name in _PAIRS else 1
        steps += [step(check.covers[n : n + width], n, check.name) for n in range(0, len(check.covers), width)]
        steps.append(closing(check.digit, "field", empty=check.empty_counts))
        done |= {*check.covers, check.digit}
    if whole:
        steps += [step((place,), None) for place in whole.covers if place not in done]
        steps.append(closing(whole.digit, "composite", empty=False))
    return _joined(steps)


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    """Neighbouring places without an alternative as one step: most places of most documents are."""
    joined: list[_Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and not last.closes and not step.closes and len(last.choices) == len(step.choices) == 1:
            one, two = last.choices[0], step.choices[0]
            both = _Choice(
                one.text + two.text, one.score + two.score, (one.field + two.field) % 10, (one.composite + two.composite) % 10
            )
            joined[-1] = _Step(last.places + step.places, (both,))
        else:
            joined.append(step)
    return joined


def _agrees_with(character: str, *, empty: bool) -> int:
    if character in DIGITS:
        return int(character)
    return 0 if empty and character == FILLER else -1


def _cost(part: str, first: int | None) -> float:
    """Of two characters of a date: the year at 0 costs nothing, then month and day."""
    if not first or part == FILLER * 2:
        return 0.0
    return 0.0 if part.isdecimal() and 1 <= int(part) <= (12 if first == 2 else 31) else NO_SUCH_DAY
