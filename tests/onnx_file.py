"""A small ONNX face network written byte by byte, so that no test needs a network file or the onnx package.

It is a real one as far as a reader can tell: 1 x 3 x 112 x 112 in, average pooling, a convolution over what is left, `dimension` out.
"""

import struct

import numpy as np


def network(dimension: int = 128, seed: int = 1, side: int = 112) -> bytes:
    """The file's bytes (ONNX IR 8, opset 13)."""
    random = np.random.default_rng(seed)
    left = side // 8
    weights = random.normal(0, 0.05, (dimension, 3, left, left)).astype("<f4")
    nodes = [
        _node("AveragePool", ["in"], ["small"], {"kernel_shape": [8, 8], "strides": [8, 8]}),
        _node("Conv", ["small", "weights"], ["deep"], {"kernel_shape": [left, left]}),
        _node("Flatten", ["deep"], ["out"], {}),
    ]
    graph = b"".join(_message(1, node) for node in nodes) + _text(2, "face")
    graph += _message(
        5,
        b"".join(_number(1, size) for size in weights.shape)
        + _number(2, 1)
        + _text(8, "weights")
        + _bytes(9, weights.tobytes()),
    )
    graph += _message(11, _value("in", (1, 3, side, side))) + _message(12, _value("out", (1, dimension)))
    return _number(1, 8) + _message(7, graph) + _message(8, _number(2, 13))


def _node(kind: str, taken: list[str], given: list[str], attributes: dict[str, list[int]]) -> bytes:
    parts = b"".join(_text(1, name) for name in taken) + b"".join(_text(2, name) for name in given) + _text(4, kind)
    for name, values in attributes.items():
        parts += _message(5, _text(1, name) + b"".join(_number(8, value) for value in values) + _number(20, 7))
    return parts


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    sizes = b"".join(_message(1, _number(1, size)) for size in shape)
    return _text(1, name) + _message(2, _message(1, _number(1, 1) + _message(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _message(field: int, data: bytes) -> bytes:
    return _bytes(field, data)


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return struct.pack(f"{len(parts) + 1}B", *parts, value)
