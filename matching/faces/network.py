"""dlib's face recognition network (ResNet with 29 convolutions) run through numpy: the same numbers, several times faster.

dlib's own wheel multiplies matrices without a BLAS and holds the interpreter's lock meanwhile. The weights are read from
dlib's file; the layers are those of dlib's `dnn_face_recognition_ex.cpp`, with each affine layer folded into its convolution.
"""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.refusals import Refusal

SIDE = 150
"""Height and width of the picture of a face that the network takes, in pixels."""
_MEAN = np.array([122.782, 117.001, 104.298], dtype=np.float32)
_BLOCKS = (32, 32, 32, -64, 64, 64, 64, -128, 128, 128, -256, 256, 256, -256)
"""Channels of each residual block, negative where it halves height and width."""
_TENSOR = re.compile(rb"(con_4|affine_|fc_2)")

Floats = NDArray[np.float32]


class WeightsRefused(Refusal):
    """The file is not the network that this module runs."""


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    weights: Floats
    """(height * width * channels in, channels out): one matrix product per convolution."""
    bias: Floats
    side: int
    stride: int
    padding: int

    def __call__(self, maps: Floats) -> Floats:
        """(n, height, width, channels) -> the same, convolved."""
        if self.padding:
            room = (self.padding, self.padding)
            maps = np.pad(maps, ((0, 0), room, room, (0, 0)))
        n, high, wide, _ = maps.shape
        out_high, out_wide = (high - self.side) // self.stride + 1, (wide - self.side) // self.stride + 1
        windows = _windows(maps, self.side, self.stride)
        columns = np.concatenate(list(windows), axis=3).reshape(n * out_high * out_wide, -1)
        result: Floats = columns @ self.weights
        result += self.bias
        return result.reshape(n, out_high, out_wide, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    first: Convolution
    blocks: tuple[tuple[Convolution, Convolution], ...]
    last: Floats
    """(channels, 128)."""

    def __call__(self, chips: NDArray[np.uint8]) -> Floats:
        """Templates of aligned pictures of faces, (n, 150, 150, 3) RGB -> (n, 128)."""
        if chips.ndim != 4 or chips.shape[1:] != (SIDE, SIDE, 3):
            raise ValueError(f"chips have the shape {chips.shape}, not (n, {SIDE}, {SIDE}, 3)")
        maps = _relu(self.first((chips.astype(np.float32) - _MEAN) / np.float32(256)))
        maps = functools.reduce(np.maximum, _windows(maps, 3, 2))
        for one, other in self.blocks:
            inner = other(_relu(one(maps)))
            if one.stride == 2:
                maps = functools.reduce(np.add, _windows(maps, 2, 2)) / np.float32(4)
            maps = _relu(_added(inner, maps))
        pooled: Floats = maps.mean(axis=(1, 2), dtype=np.float32) @ self.last
        return pooled


def load(path: Path) -> Network:
    """Read the weights. WeightsRefused when the file holds anything but this network; its digest is checked elsewhere."""
    tensors = _tensors(path.read_bytes())
    first = _convolution(tensors, 3, 32, 7, 2)
    blocks, before = [], 32
    for channels in _BLOCKS:
        stride = 2 if channels < 0 else 1
        one = _convolution(tensors, before, abs(channels), 3, stride)
        blocks.append((one, _convolution(tensors, abs(channels), abs(channels), 3, 1)))
        before = abs(channels)
    last = _next(tensors, before * 128).reshape(before, 128)
    return Network(first, tuple(blocks), np.ascontiguousarray(last))


def _convolution(tensors: Iterator[Floats], before: int, after: int, side: int, stride: int) -> Convolution:
    count = before * side * side * after
    numbers = _next(tensors, count + after)
    gamma, beta = _next(tensors, 2 * after).reshape(2, after)
    filters = numbers[:count].reshape(after, before, side, side) * gamma[:, None, None, None]
    weights = np.ascontiguousarray(filters.transpose(2, 3, 1, 0).reshape(-1, after))
    return Convolution(weights, numbers[count:] * gamma + beta, side, stride, 0 if stride != 1 else side // 2)


def _next(tensors: Iterator[Floats], size: int) -> Floats:
    found = next(tensors, None)
    if found is None or found.size != size:
        raise WeightsRefused("The face recognition network is not the one this program knows. Install it again.")
    return found


def _tensors(data: bytes) -> Iterator[Floats]:
    """The learned numbers of each layer in the order of the file, which is from the picture to the template."""
    end = 0
    for name in _TENSOR.finditer(data):
        if name.start() < end:
            continue
        # A layer names its type, then writes a few sizes, then its tensor: version 2, four dimensions, little-endian floats.
        for start in range(name.end(), name.end() + 40):
            numbers = list(itertools.islice(_integers(data, start), 5))
            if len(numbers) == 5 and numbers[0][0] == 2:
                size = int(np.prod([value for value, _ in numbers[1:]]))
                end = numbers[-1][1] + 4 * size
                if size >= 64 and end <= len(data):
                    yield np.frombuffer(data, dtype="<f4", count=size, offset=numbers[-1][1]).astype(np.float32)
                    break


def _integers(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Dlib's packed integers from here on, each with where it ends: a byte says how many bytes follow, lowest first."""
    while at < len(data) and 1 <= data[at] <= 8:
        end = at + 1 + data[at]
        yield int.from_bytes(data[at + 1 : end], "little"), end
        at = end


def _windows(maps: Floats, side: int, stride: int) -> Iterator[Floats]:
    """What lies at each place of the window, for all windows: side * side views of (n, height, width, channels)."""
    high, wide = maps.shape[1] - side + 1, maps.shape[2] - side + 1
    for down in range(side):
        for right in range(side):
            yield maps[:, down : down + high : stride, right : right + wide : stride]


def _relu(maps: Floats) -> Floats:
    return np.maximum(maps, np.float32(0), out=maps)


def _added(one: Floats, other: Floats) -> Floats:
    """Sum of two stacks of maps; where one is smaller or has fewer channels, zeros stand in (dlib's add_prev)."""
    if one.shape == other.shape:
        one += other
        return one
    shape = tuple(max(pair) for pair in zip(one.shape, other.shape, strict=True))
    total = np.zeros(shape, dtype=np.float32)
    for each in (one, other):
        total[:, : each.shape[1], : each.shape[2], : each.shape[3]] += each
    return total
