"""The searches that ours is measured against, each as its documentation says that it is fastest."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.search.engine import threads

Vectors = NDArray[np.float32]
Searches = dict[str, Callable[[Vectors], Any]]
PEERS = ("faiss", "panorama", "usearch", "numpy", "hnswlib")
THRESHOLD = 0.42
K = 10


def peer(name: str, rows: Vectors) -> Iterator[tuple[str, Searches]]:
    """The searches of a peer over the rows; several when it has a setting that matters."""
    if name == "numpy":
        squares = np.einsum("ij,ij->i", rows, rows)

        def nearest(probe: Vectors) -> NDArray[np.int64]:
            away = squares - 2 * (rows @ probe)
            first = np.argpartition(away, K)[:K]
            return first[np.argsort(away[first])]

        yield (
            "numpy",
            {
                "ten nearest": nearest,
                "within": lambda probe: np.flatnonzero(squares - 2 * (rows @ probe) + probe @ probe <= THRESHOLD**2),
            },
        )
    elif name == "usearch":
        from usearch.index import MetricKind, search  # type: ignore[attr-defined, unused-ignore] # as its documentation says # noqa: PLC0415 - a peer

        def exact(probes: Vectors) -> Any:
            return search(rows, np.atleast_2d(probes), K, MetricKind.L2sq, exact=True, threads=threads())

        yield "usearch", {"ten nearest": exact, "batch": exact}
    elif name == "hnswlib":
        import hnswlib  # noqa: PLC0415 - a peer

        graph = hnswlib.Index("l2", rows.shape[1])
        graph.init_index(len(rows), ef_construction=100, M=16)
        graph.set_num_threads(threads())
        graph.add_items(rows)
        graph.set_ef(100)
        yield "hnswlib", {"ten nearest": lambda probe: graph.knn_query(probe[None], K)[0][0], "approximate": graph.knn_query}
    else:
        yield from _faiss(name, rows)


def _faiss(name: str, rows: Vectors) -> Iterator[tuple[str, Searches]]:
    import faiss  # noqa: PLC0415 - a peer

    faiss.omp_set_num_threads(threads())
    dim = rows.shape[1]
    for levels in (0,) if name == "faiss" else (4, 8, 16):
        title = "faiss IndexFlatL2"
        index: Any = faiss.IndexFlatL2(dim)
        if levels:
            title = f"faiss IndexFlatL2Panorama, {levels} levels"
            index = faiss.IndexPreTransform(faiss.PCAMatrix(dim, dim), faiss.IndexFlatL2Panorama(dim, levels, 512))
            index.train(rows[:: max(1, len(rows) // 100_000)])
        index.add(rows)
        searches: Searches = {"ten nearest": partial(_faiss_nearest, index), "batch": partial(_faiss_batch, index)}
        if not levels:
            searches["within"] = partial(_faiss_within, index)
        yield title, searches
        del index, searches


def _faiss_nearest(index: Any, probe: Vectors) -> Any:
    return index.search(probe[None], K)[1][0]


def _faiss_batch(index: Any, probes: Vectors) -> Any:
    return index.search(probes, K)


def _faiss_within(index: Any, probe: Vectors) -> Any:
    return index.range_search(probe[None], THRESHOLD**2)
