"""onnxruntime, imported here first and kept silent: every module of ours runs its networks through this one.

From 1.29 on its import writes a lasting identifier of the device below the home folder and calls its maker every few seconds,
whatever its own switch says. Only this variable in the environment before the import stops that; child processes inherit it.
"""

import os

import numpy as np
from numpy.typing import NDArray

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

_ERRORS_ONLY = 3


class NotANetwork(Exception):
    """The bytes are no network that onnxruntime runs, or it does not take this input."""


class OnnxNetwork:
    """A network over pictures: (n, 3, h, w) float32 in, its first output out."""

    def __init__(self, data: bytes, threads: int = 1) -> None:
        """NotANetwork when the bytes are none, or one that takes more than a picture."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # Pages come in every size: patterns of memory kept for each would fill it.
        options.enable_mem_pattern = False
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's exceptions have no ancestor but this
            raise NotANetwork(str(error)) from error
        inputs = self._session.get_inputs()
        if len(inputs) != 1:
            raise NotANetwork(f"{len(inputs)} inputs instead of one")
        self._name = inputs[0].name

    @property
    def metadata(self) -> dict[str, str]:
        """What the network's maker wrote into the file."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(self, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
        """NotANetwork when it does not take pictures of this shape."""
        try:
            answer: NDArray[np.float32] = self._session.run(None, {self._name: pictures})[0]
        except Exception as error:  # as above
            raise NotANetwork(str(error)) from error
        return answer
