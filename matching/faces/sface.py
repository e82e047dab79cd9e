"""SFace (Zhong et al., IEEE Transactions on Image Processing 2021) run by ONNX Runtime: 128 numbers for an aligned face.

The file keeps its weights in blocks of 8 bits and lists them among the graph's inputs, so that a runtime waits for them and
folds none. Both are put right in memory, after its digest: the picture is the only input, in batches, and weights are
unpacked once.
"""

import functools
import os

import numpy as np
import onnx
from numpy.typing import NDArray

from matching.faces import zoo
from matching.faces.alignment import SIDE
from matching.faces.onnx_runtime import OnnxNetwork

DIMENSION = 128
_THREADS = 2
"""More hardly help a network this small, and the preview wants its share."""

_SETTINGS = {
    # Else the runtime keeps the blocks of 8 bits and unpacks them for every picture: half as slow again.
    "session.disable_quant_qdq": "1",
    # Threads that wait in a loop for the next picture would take the preview's share of two cores.
    "session.intra_op.allow_spinning": "0",
}


class Network:
    def __init__(self, data: bytes, threads: int) -> None:
        graph = onnx.load_from_string(data)
        _name_inputs(graph.graph)
        self._net = OnnxNetwork(graph.SerializeToString(), threads, _SETTINGS)

    def __call__(self, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Aligned pictures (n, 112, 112, 3) RGB -> (n, 128), each scaled to length 1."""
        if chips.ndim != 4 or chips.shape[1:] != (SIDE, SIDE, 3):
            raise ValueError(f"chips have the shape {chips.shape}, not (n, {SIDE}, {SIDE}, 3)")
        pictures = np.ascontiguousarray(chips.transpose(0, 3, 1, 2), dtype=np.float32)
        rows: NDArray[np.float32] = self._net.run(pictures)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
        return unit


@functools.cache
def network() -> Network:
    """Loads the file once. ModelRefused when it is not the one that was measured."""
    return Network(zoo.checked(zoo.NETWORK), min(_THREADS, os.cpu_count() or 1))


def _name_inputs(graph: onnx.GraphProto) -> None:
    """Of all that the graph calls an input, only the picture is left; how many pictures is left open."""
    known = {each.name for each in graph.initializer} | {name for node in graph.node for name in node.output}
    used = {name for node in graph.node for name in node.input}
    pictures = [each for each in graph.input if each.name in used - known]
    del graph.input[:], graph.value_info[:]
    graph.input.extend(pictures)
    for each in (*graph.input, *graph.output):
        each.type.tensor_type.shape.dim[0].dim_param = "pictures"
