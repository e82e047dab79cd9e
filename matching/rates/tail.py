"""How rare a closeness is that hardly any pair of strangers shows: the tail of their distances, fitted and read beyond.

Distances nearer than a mark follow a generalised Pareto distribution (Pickands 1975; Coles, An Introduction to Statistical
Modeling of Extreme Values, 2001, chapter 4): of the pairs within u, a share (1 + shape * y / size) ** (-1 / shape) lies nearer
than u - y. It is fitted by maximum likelihood to counts. The nearest pairs are counted together, wherever they lie: among
them are the label errors and the twins of the data, whose exact distances must not bend the fit.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CARRIED = 10.0
"""Pairs of strangers that must lie within a distance before their number is believed."""
MARK = 0.01
"""Share of the pairs within the mark: few enough to be a tail, enough to fit one."""
LEAST = 100.0
"""Pairs within the mark from which a tail is fitted at all: about 150 people."""
RAREST = 1e-9
"""No rate below this is told: fewer people than have ever been measured decide there."""
_SHAPES = np.linspace(-0.2, 0.2, 41)
"""Below -0.2 the tail would end within reach, and nobody would ever look closer; twins do."""
_USUAL, _SPREAD = -0.05, 0.08
"""What is believed of the shape before any pair is seen: close to an exponential tail. A few hundred pairs alone would often
say a shorter one, and so promise too much; tens of thousands overrule it."""
_STEPS = 60
_WIDEST, _NARROWEST = 0.3, 0.003


def rates(within: Floats, pairs: float, grid: Floats) -> Floats:
    """Share of the pairs within each distance of `grid`, strictly rising. `within`: pairs counted within each.

    Counted down to the mark, fitted below it. Counts as they are where too few pairs lie to fit a tail.
    """
    counted = within / pairs
    result = np.maximum(counted, RAREST)
    mark = int(np.searchsorted(counted, MARK, side="right")) - 1
    first = int(np.searchsorted(within, CARRIED, side="left"))
    if mark - first >= 3 and within[mark] >= LEAST / 2:
        away = grid[mark] - grid[: mark + 1]
        shape, size = _fit(within[first : mark + 1], away[first:])
        result[: mark + 1] = np.maximum(counted[mark] * _beyond(away, shape, size), RAREST)
    rising: Floats = np.maximum.accumulate(result)
    return rising * (1 + np.arange(len(grid)) * 1e-9)  # strictly, so that a rate has one distance


def _fit(within: Floats, away: Floats) -> tuple[float, float]:
    """Shape and size of the tail; `away` falls to 0 at the mark, the first count is of everything at least so far away."""
    counts = np.diff(within, prepend=0.0)
    shapes, low, high = _SHAPES, _NARROWEST, _WIDEST
    # A coarse look at everything, then a fine one around the best.
    for _ in range(2):
        sizes = np.geomspace(low, high, _STEPS)
        beyond = _beyond(away[None, None], shapes[:, None, None], sizes[None, :, None])
        shares = np.maximum(np.diff(beyond, axis=2, prepend=0.0), 1e-300)
        likelihood = (np.log(shares) * counts).sum(axis=2) - ((shapes - _USUAL) / _SPREAD)[:, None] ** 2 / 2
        row, column = np.unravel_index(int(np.argmax(likelihood)), likelihood.shape)
        shape, size = float(shapes[row]), float(sizes[column])
        shapes = np.clip(np.linspace(shape - 0.01, shape + 0.01, 11), _SHAPES[0], _SHAPES[-1])
        low, high = size * 0.9, size * 1.1
    return shape, size


def _beyond(away: Floats, shape: Floats | float, size: Floats | float) -> Floats:
    """Share of the tail that lies at least so far beyond the mark."""
    steady = np.where(np.abs(shape) < 1e-6, 1e-6, shape)
    inner = np.maximum(1 + steady * away / size, 0.0)
    with np.errstate(divide="ignore"):
        share: Floats = np.where(inner > 0, np.exp(-np.log(np.maximum(inner, 1e-300)) / steady), 0.0)
    return share
