"""Fits the glyph net: `python -m workstation.fitting.glyphs OUT.npz` draws lines, learns from them, prints how it does.

Numpy alone, about ten minutes on one core. The same seed gives the same lines; the weights may differ in their last bits from
processor to processor, which is why they ship, with their digest.
"""

import argparse
import hashlib
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workstation.documents.zone_reader import glyphs
from workstation.documents.zone_reader.glyphs import CELL_HEIGHT, CELL_WIDTH, CLASSES, Net
from workstation.fitting import drawing_cells

FIRST, SECOND, HIDDEN = 12, 24, 96
_BATCH = 128
_RATE = 2e-3
_SOFT = 0.02
"""Share of a label that is spread over all classes, so that the net never becomes surer than it can know."""

Array = NDArray[np.float32]


def start(seed: int) -> dict[str, Array]:
    """Random weights (He et al. 2015)."""
    rng = np.random.default_rng(seed)
    after = (CELL_HEIGHT // 4) * (CELL_WIDTH // 4) * SECOND
    shapes = {"first": (25, FIRST), "second": (9 * FIRST, SECOND), "hidden": (after, HIDDEN), "last": (HIDDEN, CLASSES)}
    weights: dict[str, Array] = {}
    for name, shape in shapes.items():
        weights[name] = (rng.normal(0, 1, shape) * np.sqrt(2 / shape[0])).astype(np.float32)
        weights[f"{name}_bias"] = np.zeros(shape[1], dtype=np.float32)
    return weights


def gradients(weights: dict[str, Array], cells: Array, labels: NDArray[np.int64]) -> tuple[float, dict[str, Array]]:
    """Mean cross-entropy with soft labels, and its gradient by every weight."""
    count = len(cells)
    seen1 = glyphs.patches(cells[..., None], 5)
    map1 = np.maximum(seen1 @ weights["first"] + weights["first_bias"], 0)
    pool1 = glyphs.pooled(map1)
    seen2 = glyphs.patches(pool1, 3)
    map2 = np.maximum(seen2 @ weights["second"] + weights["second_bias"], 0)
    pool2 = glyphs.pooled(map2)
    flat = pool2.reshape(count, -1)
    full = np.maximum(flat @ weights["hidden"] + weights["hidden_bias"], 0)
    scores = full @ weights["last"] + weights["last_bias"]
    logs = scores - scores.max(axis=1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
    wanted = np.full_like(logs, _SOFT / CLASSES)
    wanted[np.arange(count), labels] += 1 - _SOFT
    loss = float(-(wanted * logs).sum() / count)
    back = (np.exp(logs) - wanted) / count
    found = {"last": full.T @ back, "last_bias": back.sum(axis=0)}
    back = (back @ weights["last"].T) * (full > 0)
    found |= {"hidden": flat.T @ back, "hidden_bias": back.sum(axis=0)}
    back_map = _unpooled((back @ weights["hidden"].T).reshape(pool2.shape), map2, pool2)
    found |= {
        "second": seen2.reshape(-1, seen2.shape[-1]).T @ back_map.reshape(-1, SECOND),
        "second_bias": back_map.sum(axis=(0, 1, 2)),
    }
    back_pool = _unpatched(back_map @ weights["second"].T, pool1.shape, 3)
    back_map = _unpooled(back_pool, map1, pool1)
    found |= {
        "first": seen1.reshape(-1, 25).T @ back_map.reshape(-1, FIRST),
        "first_bias": back_map.sum(axis=(0, 1, 2)),
    }
    return loss, found


def _unpooled(back: Array, maps: Array, pool: Array) -> Array:
    """Back through pooling and the rectifier before it: to where the largest stood."""
    wide = np.zeros_like(maps)
    for row in (0, 1):
        for column in (0, 1):
            here = maps[:, row::2, column::2]
            wide[:, row::2, column::2] = back * ((here == pool) & (here > 0))
    return wide


def _unpatched(back: Array, shape: tuple[int, ...], size: int) -> Array:
    edge = size // 2
    wide = np.zeros((shape[0], shape[1] + 2 * edge, shape[2] + 2 * edge, shape[3]), dtype=np.float32)
    parts = back.reshape(*shape[:3], size, size, shape[3])
    for row in range(size):
        for column in range(size):
            wide[:, row : row + shape[1], column : column + shape[2]] += parts[:, :, :, row, column]
    return wide[:, edge:-edge, edge:-edge]


def fit(cells: Array, labels: NDArray[np.int64], rounds: int, seed: int) -> dict[str, Array]:
    """Adam (Kingma and Ba 2015), its rate falling along half a cosine."""
    rng = np.random.default_rng(seed)
    weights = start(seed)
    mean = {name: np.zeros_like(each) for name, each in weights.items()}
    square = {name: np.zeros_like(each) for name, each in weights.items()}
    steps = rounds * (len(cells) // _BATCH)
    step = 0
    began = time.monotonic()
    for turn in range(rounds):
        order, losses = rng.permutation(len(cells)), []
        for first in range(0, len(cells) - _BATCH + 1, _BATCH):
            chosen = order[first : first + _BATCH]
            loss, found = gradients(weights, cells[chosen].astype(np.float32), labels[chosen])
            losses.append(loss)
            step += 1
            rate = _RATE * (0.5 + 0.5 * np.cos(np.pi * step / steps)) * min(step / 200, 1)
            for name, each in found.items():
                mean[name] += 0.1 * (each - mean[name])
                square[name] += 0.001 * (each * each - square[name])
                weights[name] -= rate * (mean[name] / (1 - 0.9**step)) / (np.sqrt(square[name] / (1 - 0.999**step)) + 1e-8)
        print(f"round {turn + 1}: loss {np.mean(losses):.4f} after {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - it is a program
    return weights


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("out", type=Path)
    given.add_argument("--lines", type=int, default=16_000)
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--seed", type=int, default=20261125)
    asked = given.parse_args()
    began = time.monotonic()
    cells, labels = drawing_cells.cells(asked.lines, asked.seed)
    print(f"{len(cells)} cells drawn in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - it is a program
    weights = fit(cells.astype(np.float16), labels, asked.rounds, asked.seed)
    stored: dict[str, Any] = {name: each.astype(np.float16) for name, each in weights.items()}
    np.savez_compressed(asked.out, **stored)
    cells, labels = drawing_cells.cells(600, asked.seed + 1)
    logs = Net(**{name: each.astype(np.float16).astype(np.float32) for name, each in weights.items()}).log_probabilities(cells)
    there = labels != glyphs.NOTHING
    right = logs.argmax(axis=1) == labels
    shares = right[there].mean(), right[~there].mean()
    print(f"judged on {len(cells)} other cells: right in {shares[0]:.4f} of characters, {shares[1]:.4f} of empty places")  # noqa: T201 - it is a program
    print(asked.out, hashlib.sha256(asked.out.read_bytes()).hexdigest())  # noqa: T201 - it is a program


if __name__ == "__main__":
    main()
