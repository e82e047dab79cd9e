"""Measures how often two different people lie within a distance of each other and writes matching/calibration.json.

    python benchmarks/fit_calibration.py TEMPLATES.npz

TEMPLATES.npz: arrays `identity` (n,) and `template` (n, d) float32. One photograph of each person is used, so that
every pair is a pair of strangers. Only counts are written: no template and no name.
"""

import json
import sys
from pathlib import Path

import numpy as np

GRID = np.round(np.arange(0.20, 0.8001, 0.005), 3)


def main(path: Path) -> None:
    with np.load(path, allow_pickle=False) as data:
        _, first = np.unique(data["identity"], return_index=True)
        templates = data["template"][first].astype(np.float64)
    squares = np.einsum("ij,ij->i", templates, templates)
    squared = squares[:, None] + squares - 2 * templates @ templates.T
    distances = np.sqrt(np.maximum(squared[np.triu_indices(len(templates), 1)], 0))
    counts = np.searchsorted(np.sort(distances), GRID, side="right")
    target = Path(__file__).parents[1] / "matching" / "calibration.json"
    target.write_text(
        json.dumps(
            {
                "encoder": "dlib-hog-5point-resnet-v1",
                "data": "Labeled Faces in the Wild, development identities, first photograph of each",
                "people": len(templates),
                "pairs": len(distances),
                "distances": GRID.tolist(),
                "within": counts.tolist(),
            }
        )
        + "\n"
    )
    print(f"{len(templates)} people, {len(distances)} pairs of strangers -> {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
