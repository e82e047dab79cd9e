"""How fast a search is, against the exact searches that others use, on the same rows in the same run.

    python benchmarks/search.py [--rows 1000000] [--dim 128] [--json] [--templates FILE.npy] [--peers faiss,panorama,...]
    python benchmarks/search.py --sweep [--most 10000000] [--plot FILE.png]
    python benchmarks/search.py --memory --rows 1000000

Rows are drawn from a Gaussian mixture fitted to real dlib templates (benchmarks/mixture.npz: parameters only), or are given.
Half of the probes lie near a row, half are strangers. With --dim 512 the same rows are turned into 512 dimensions, with a
hundredth of their energy added as noise on all of them. Times are milliseconds: for each probe the best of several runs, then
the median over probes; all searches use the same number of threads. Peers must answer as float64 does, or the run fails.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import PEERS, THRESHOLD, K, Searches, Vectors, peer
from matching.search import index_file
from matching.search.engine import engine, side_by_side, threads
from matching.search.gallery import Gallery
from matching.search.loops import BLOCKS_READ, EXACT, RUNS_READ
from matching.search.rows import EVERY_LIST
from matching.search.segments import Probe

PROBES = 16
REPEATS = 5
BATCHES = (16, 256)


def mixture() -> dict[str, NDArray[Any]]:
    with np.load(Path(__file__).with_name("mixture.npz")) as file:
        return dict(file)


def drawn(count: int, dim: int, seed: int) -> Vectors:
    """Rows of the mixture, in `dim` dimensions."""
    fitted, random = mixture(), np.random.default_rng(seed)
    which = random.choice(len(fitted["weights"]), count, p=fitted["weights"] / fitted["weights"].sum())
    rows = np.empty((count, 128), dtype=np.float32)
    for each in range(len(fitted["weights"])):
        place = np.flatnonzero(which == each)
        for part in np.array_split(place, max(1, len(place) // 200_000)):
            normal = random.standard_normal((len(part), 128), dtype=np.float32)
            rows[part] = normal @ fitted["factors"][each].T + fitted["means"][each]
    if dim == rows.shape[1]:
        return rows
    turn = np.linalg.qr(np.random.default_rng(7).normal(size=(dim, 128)))[0].astype(np.float32)
    noise = np.float32(0.1 * rows.std() * np.sqrt(128 / dim))
    return rows @ turn.T + random.standard_normal((count, dim), dtype=np.float32) * noise


def probes_for(rows: Vectors, dim: int, count: int = PROBES) -> Vectors:
    random = np.random.default_rng(2)
    strangers = drawn(count, dim, seed=3)
    near = rows[random.integers(0, len(rows), count // 2)]
    strangers[: count // 2] = near + random.normal(scale=0.3 / np.sqrt(dim), size=near.shape)
    return strangers


def milliseconds(act: Callable[[Vectors], object], probes: Vectors, repeats: int = REPEATS) -> float:
    """The median over probes of the best of several runs."""
    best = []
    for probe in probes:
        runs = []
        for _ in range(repeats):
            start = time.perf_counter()
            act(probe)
            runs.append(time.perf_counter() - start)
        best.append(min(runs))
    return 1000 * statistics.median(best)


def once(act: Callable[[], object], repeats: int = 2) -> float:
    runs = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        runs.append(time.perf_counter() - start)
    return 1000 * min(runs)


def read_bandwidth(megabytes: int = 512) -> float:
    """Gigabytes per second that the threads together read from memory that no cache holds."""
    import numba  # noqa: PLC0415 - only here

    @numba.njit(nogil=True)
    def folded(words: NDArray[np.int64]) -> np.int64:
        total = np.int64(0)
        for place in range(words.size):
            total ^= words[place]
        return total

    parts = np.array_split(np.ones(megabytes * 125_000, dtype=np.int64), threads())
    folded(parts[0][:10])
    tasks = [partial(folded, part) for part in parts]
    spent = once(lambda: [each.result() for each in side_by_side(tasks)], 5)
    return megabytes / spent


def head_scan(gallery: Gallery, probes: Vectors) -> dict[str, float]:
    """Bytes of lids and heads that a search reads in a second, where hardly a row survives them."""
    segment, loops = gallery.segments[0], engine.loops
    if segment.codes is None or loops is None:
        return {}
    codes = segment.codes
    block = codes.head[0].nbytes + codes.head_norms[0].nbytes + codes.slack[0].nbytes + 12
    rates = []
    edges = [segment.units * place // threads() for place in range(threads() + 1)]
    for vector in probes:
        probe = Probe(vector).ready(segment)
        kths = np.full(threads(), np.inf, dtype=np.float32)
        tasks = [
            partial(segment.scan, loops, probe, EVERY_LIST, 0.3, 0, piece, kths, slot)
            for slot, piece in enumerate(pairwise(edges))
        ]
        best, read = float("inf"), 0.0
        for _ in range(REPEATS):
            start = time.perf_counter()
            found = [each.result() for each in side_by_side(tasks)]
            best = min(best, time.perf_counter() - start)
            blocks = sum(int(each.account[BLOCKS_READ]) for each in found)
            read = float(blocks * block + segment.units * (codes.lows[0].nbytes * 2 + 160))
        rates.append(read / best / 1e9)
    return {"gigabytes_per_second": statistics.median(rates)}


def ours(gallery: Gallery) -> Searches:
    return {
        "ten nearest": lambda probe: gallery.nearest(probe[None], K),
        "within": lambda probe: gallery.within(probe, THRESHOLD),
        "batch": lambda probes: gallery.nearest(probes, K),
    }


def truth(rows: Vectors, probe: Vectors) -> NDArray[np.int64]:
    """The ten nearest in float64."""
    away = np.concatenate(
        [np.linalg.norm(rows[at : at + 100_000].astype(np.float64) - probe, axis=1) for at in range(0, len(rows), 100_000)]
    )
    first = np.argpartition(away, K)[: 2 * K]
    return first[np.lexsort((first, away[first].astype(np.float32)))][:K]


def measured(searches: Searches, probes: Vectors, many: Vectors) -> dict[str, float]:
    times: dict[str, float] = {
        name: milliseconds(searches[name], probes) for name in ("ten nearest", "within") if name in searches
    }
    if "batch" in searches:
        for count in BATCHES:
            times[f"batch of {count}"] = once(partial(searches["batch"], many[:count]))
    return times


def compare(rows: Vectors, dim: int, peers: list[str]) -> dict[str, Any]:
    probes, many = probes_for(rows, dim), probes_for(rows, dim, max(BATCHES))
    start = time.perf_counter()
    gallery = Gallery.build(np.arange(len(rows)), rows)
    build = time.perf_counter() - start
    own = ours(gallery)
    true = [truth(rows, probe) for probe in probes[::4]]
    for probe, ids in zip(probes[::4], true, strict=True):
        if own["ten nearest"](probe)[1][0].tolist() != ids.tolist():
            raise SystemExit("our answer is not the one of float64")
    result: dict[str, Any] = {"build s": build, "times ms": {"ours": measured(own, probes, many)}, "ratios": {}}
    result["read"] = {
        name: work(gallery, probes, *asked) for name, asked in (("within", (THRESHOLD, 0)), ("ten nearest", (-1, K)))
    }
    if gallery.segments[0].codes is not None:
        result["parts of 16 axes"] = dict(zip(("head", "trunk"), gallery.segments[0].codes.parts, strict=True))
        bandwidth = read_bandwidth()
        result["head scan"] = {**head_scan(gallery, probes), "memory gigabytes_per_second": bandwidth}
    result["changes ms"] = changes(gallery, rows)
    for each in peers:
        for title, searches in peer(each, rows):
            again = measured(own, probes, many)
            times = measured(searches, probes, many)
            result["times ms"][title] = times
            result["ratios"][title] = {act: times[act] / again[act] for act in times if act in again}
            if "approximate" in searches:
                found = [set(searches["ten nearest"](probe).tolist()) for probe in probes[::4]]
                result["recall of hnswlib"] = statistics.mean(
                    len(a & set(b.tolist())) / K for a, b in zip(found, true, strict=True)
                )
    return result


def work(gallery: Gallery, probes: Vectors, radius: float, k: int) -> dict[str, float]:
    """What one search reads, on average over the probes."""
    segment, loops = gallery.segments[0], engine.loops
    if segment.codes is None or loops is None:
        return {}
    kths = [np.full(1, np.inf, dtype=np.float32) for _ in probes]
    accounts = [
        segment.scan(loops, Probe(probe), EVERY_LIST, radius, k, (0, segment.units), kth, 0).account
        for probe, kth in zip(probes, kths, strict=True)
    ]
    mean = np.mean(accounts, axis=0)
    return {"blocks": float(mean[BLOCKS_READ]), "parts of runs": float(mean[RUNS_READ]), "rows in full": float(mean[EXACT])}


def changes(gallery: Gallery, rows: Vectors) -> dict[str, float]:
    """Until an added or removed entry takes part in, or is gone from, a search."""
    first = len(rows)
    new = (rows[:100] + np.float32(0.001)).astype(np.float32)

    def add() -> None:
        gallery.with_added(np.arange(first, first + 1), new[:1]).within(new[0], 0.01)

    def remove() -> None:
        gallery.without([5]).within(rows[5], 0.01)

    def both() -> None:
        gallery.with_added(np.arange(first, first + 100), new).without(np.arange(100)).within(new[0], 0.01)

    return {"add one and search": once(add, 5), "remove one and search": once(remove, 5), "add and remove 100": once(both, 3)}


def sweep(most: int, plot: Path | None) -> list[dict[str, Any]]:
    """The times of ours, numpy and faiss from a thousand rows on."""
    points: list[dict[str, Any]] = []
    rows = drawn(most, 128, seed=1)
    count = 1000
    while count <= most:
        part = rows[:count]
        probes = probes_for(part, 128, 8)
        searches = {"ours": ours(Gallery.build(np.arange(count), part))}
        if count <= 1_000_000:
            searches |= {"numpy": next(peer("numpy", part))[1], "faiss IndexFlatL2": next(peer("faiss", part))[1]}
        for title, each in searches.items():
            points += [
                {"rows": count, "search": title, "act": act, "ms": milliseconds(each[act], probes)}
                for act in ("ten nearest", "within")
            ]
        count *= 10
    if plot is not None:
        draw(points, plot)
    return points


def draw(points: list[dict[str, Any]], path: Path) -> None:
    import matplotlib as mpl  # noqa: PLC0415 - only here

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - after the backend is chosen

    figure, axes = plt.subplots(figsize=(8, 5))
    for title, colour in (("ours", "#0b6e75"), ("numpy", "#8a8a8a"), ("faiss IndexFlatL2", "#b4690e")):
        for act, style in (("ten nearest", "o-"), ("within", "s--")):
            line = [(each["rows"], each["ms"]) for each in points if each["search"] == title and each["act"] == act]
            if line:
                axes.loglog(*zip(*line, strict=True), style, color=colour, label=f"{title}, {act}")
    axes.set_xlabel("rows of 128 dimensions")
    axes.set_ylabel("milliseconds for one probe")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def memory(rows: int) -> dict[str, float]:
    """Megabytes that a process holds for a gallery: built in memory, and opened from a file with mapped rows."""
    with tempfile.TemporaryDirectory() as folder:
        said: dict[str, float] = {}
        for mode in ("built", "mapped"):
            command = [sys.executable, __file__, "--child", mode, "--rows", str(rows), "--folder", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this file
            said |= json.loads(done.stdout)
    return said


def child(mode: str, rows: int, folder: Path) -> dict[str, float]:
    engine.wait()
    path = folder / "index.amaan"
    before = _held()
    if mode == "built":
        data = folder / "rows.npy"
        np.save(data, drawn(rows, 128, seed=1))
        before = _held()
        gallery = Gallery.build(np.arange(rows), np.load(data, mmap_mode="r"))
        index_file.save(path, gallery, "benchmark", lambda head: head[:8])
        data.unlink()
    else:
        start = time.perf_counter()
        gallery = index_file.load(path, "", "benchmark", lambda head, seal: head[:8] == seal, mapped=True)
        opened = time.perf_counter() - start
    for probe in drawn(8, 128, seed=3):
        gallery.search(probe, THRESHOLD)
    held = {f"{mode} MB": _held() - before}
    return held if mode == "built" else held | {"opened s": opened}


def _held() -> float:
    """Anonymous megabytes of this process: what cannot be given back to the disk."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1000
    return float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--templates", type=Path, help="float32 rows (n, dim) to use instead of drawn ones")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(child(asked.child, asked.rows, asked.folder)))
        return
    if not engine.wait():
        raise SystemExit(f"the fast search cannot be measured: {engine.state}")
    machine = {"machine": platform.processor() or platform.machine(), "cores": os.cpu_count(), "threads": threads()}
    if asked.sweep:
        result: dict[str, Any] = machine | {"points": sweep(asked.most, asked.plot)}
    elif asked.memory:
        result = machine | {"rows": asked.rows, "memory": memory(asked.rows)}
    else:
        rows = np.load(asked.templates).astype(np.float32) if asked.templates else drawn(asked.rows, asked.dim, seed=1)
        peers = [each for each in asked.peers.split(",") if each]
        result = machine | {"rows": len(rows), "dim": rows.shape[1]} | compare(rows, rows.shape[1], peers)
    print(json.dumps(result, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
