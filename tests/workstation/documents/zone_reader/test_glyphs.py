"""The glyph net: against a slow twin, its training's gradient, and on letters it has not seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workstation.documents.zone_reader import glyphs
from workstation.documents.zone_reader.glyphs import CELL_HEIGHT, CELL_WIDTH, CLASSES, NOTHING, Net
from workstation.fitting import drawing_cells
from workstation.fitting import glyphs as fit_glyphs


def slow(net: Net, cell: NDArray[np.float32]) -> NDArray[np.float64]:
    """The net by its definition, one product at a time."""

    def convolved(
        maps: NDArray[np.float64], kernel: NDArray[np.float32], bias: NDArray[np.float32], size: int
    ) -> NDArray[np.float64]:
        height, width, channels = maps.shape
        filters = kernel.reshape(size, size, channels, -1)
        out = np.zeros((height, width, filters.shape[-1]))
        for row in range(height):
            for column in range(width):
                total = bias.astype(np.float64)
                for a in range(size):
                    for b in range(size):
                        y, x = row + a - size // 2, column + b - size // 2
                        if 0 <= y < height and 0 <= x < width:
                            total = total + maps[y, x] @ filters[a, b]
                out[row, column] = np.maximum(total, 0)
        return np.asarray(out.reshape(height // 2, 2, width // 2, 2, -1).max(axis=(1, 3)))

    maps = convolved(cell[..., None].astype(np.float64), net.first, net.first_bias, 5)
    maps = convolved(maps, net.second, net.second_bias, 3)
    scores = np.maximum(maps.ravel() @ net.hidden + net.hidden_bias, 0) @ net.last + net.last_bias
    return np.asarray(scores - np.log(np.exp(scores).sum()))


def test_that_the_net_is_what_its_definition_says() -> None:
    net, cells = glyphs.net(), np.random.default_rng(1).normal(0, 1, (3, CELL_HEIGHT, CELL_WIDTH)).astype(np.float32)
    wanted = np.stack([slow(net, cell) for cell in cells])
    np.testing.assert_allclose(net.log_probabilities(cells), wanted, atol=1e-3)


def test_that_the_gradient_is_the_slope_of_the_loss() -> None:
    rng = np.random.default_rng(2)
    cells = rng.normal(0, 1, (4, CELL_HEIGHT, CELL_WIDTH)).astype(np.float32)
    labels = rng.integers(0, CLASSES, 4)
    fine: Any = cells.astype(np.float64)
    weights: dict[str, Any] = {name: each.astype(np.float64) for name, each in fit_glyphs.start(3).items()}
    _, found = fit_glyphs.gradients(weights, fine, labels)
    for name, place in (("first", (7, 2)), ("second", (20, 5)), ("hidden", (100, 9)), ("last", (3, 4)), ("first_bias", (1,))):
        step = {}
        for sign in (-1, 1):
            moved = {each: value.copy() for each, value in weights.items()}
            moved[name][place] += sign * 1e-5
            step[sign] = fit_glyphs.gradients(moved, fine, labels)[0]
        np.testing.assert_allclose(found[name][place], (step[1] - step[-1]) / 2e-5, rtol=1e-3, atol=1e-7)


def test_that_it_reads_letters_it_has_not_seen_and_knows_empty_places() -> None:
    cells, labels = drawing_cells.cells(40, seed=77)
    right = glyphs.net().log_probabilities(cells).argmax(axis=1) == labels
    assert right[labels != NOTHING].mean() > 0.95
    assert right[labels == NOTHING].mean() > 0.95


def test_that_drawn_cells_come_from_the_seed_alone() -> None:
    first, second = drawing_cells.cells(2, seed=5), drawing_cells.cells(2, seed=5)
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])
