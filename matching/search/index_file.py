"""A gallery in a file: read back in a moment, its float32 rows mapped. Only a whole, sealed, current file is used.

A line of JSON names what follows and where: encoder, dimension, content, digest, and for each array its type, shape, place and
SHA-256. The post seals that line. The file holds templates in the clear: whoever keeps one keeps the disk encrypted.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.refusals import Refusal
from matching.search.codes import Codes
from matching.search.gallery import Gallery
from matching.search.segments import Segment

FORMAT = "amaan index 1"
_ALIGN = 4096
_ROWS = ("ids", "vectors", "offsets", "lists", "row_sums", "by_id")
_CODES = tuple(field.name for field in fields(Codes) if field.name not in {"fold", "frame"})
_CHUNK = 1 << 24


class IndexRefused(Refusal):
    """A file that must not be searched: the sentence says why. The lists are read from the store instead."""


def fits(gallery: Gallery) -> bool:
    """Whether it is one coded segment from which nothing was removed; smaller galleries need no file."""
    return len(gallery.segments) == 1 and not gallery.untidy and gallery.segments[0].codes is not None


def save(path: Path, gallery: Gallery, content: str, seal: Callable[[bytes], bytes]) -> None:
    """Write the gallery, which must be one untouched coded segment, in one piece or not at all.

    `content` names what the store held; `seal` signs the head. ValueError for another gallery, OSError when the disk refuses.
    """
    codes = gallery.segments[0].codes if fits(gallery) else None
    if codes is None:
        raise ValueError("only a gallery of one coded segment is kept in a file")
    segment = gallery.segments[0]
    arrays = {name: getattr(segment, name) for name in _ROWS} | {name: getattr(codes, name) for name in _CODES}
    described, place = {}, 0
    for name, array in arrays.items():
        place = -(-place // _ALIGN) * _ALIGN
        described[name] = {
            "type": array.dtype.str,
            "shape": array.shape,
            "place": place,
            "sha256": hashlib.sha256(np.ascontiguousarray(array).data).hexdigest(),
        }
        place += array.nbytes
    head = json.dumps(
        {
            "format": FORMAT,
            "encoder": gallery.encoder,
            "dimension": gallery.dimension,
            "content": content,
            "digest": gallery.digest,
            "buckets": {str(bucket): digest.hex() for bucket, digest in gallery.buckets.items()},
            "fold": codes.fold,
            "frame": codes.frame,
            "length": place,
            "arrays": described,
        }
    ).encode()
    beside = path.with_suffix(".part")
    with open(beside, "wb", opener=_private) as file:
        file.write(head + b"\n" + seal(head).hex().encode() + b"\n")
        start = -(-file.tell() // _ALIGN) * _ALIGN
        for name, array in arrays.items():
            file.seek(start + described[name]["place"])
            np.ascontiguousarray(array).tofile(file)
        file.truncate(start + place)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load(
    path: Path, encoder: str, content: str, unsealed: Callable[[bytes, bytes], bool], *, mapped: bool,
    progress: Callable[[float], None] = lambda _: None,
) -> Gallery:  # fmt: skip # one group of arguments a line
    """The gallery of the file, every byte of it checked. With `mapped` the float32 rows stay on disk.

    Raises IndexRefused for a file that is not whole, not sealed by this post, or not of this encoder and this content.
    """
    try:
        with path.open("rb") as file:
            head, seal = file.readline().rstrip(b"\n"), file.readline().strip()
            start = -(-file.tell() // _ALIGN) * _ALIGN
        sealed = unsealed(head, bytes.fromhex(seal.decode("ascii")))
    except (OSError, ValueError) as error:
        raise IndexRefused("The index file {path} cannot be read: {why}.", path=path.name, why=error) from error
    if not sealed:
        raise IndexRefused("The index file {path} was not written by this post.", path=path.name)
    told = json.loads(head)
    if told["format"] != FORMAT:
        raise IndexRefused("The index file {path} is of another version of the program.", path=path.name)
    if told["encoder"] != encoder:
        raise IndexRefused("The index file {path} was made for another encoder.", path=path.name)
    if told["content"] != content:
        raise IndexRefused("The index file {path} is not of the lists as they are now.", path=path.name)
    if path.stat().st_size != start + told["length"]:
        raise IndexRefused("The index file {path} was cut off.", path=path.name)
    arrays = {}
    done = 0
    for name, each in told["arrays"].items():
        array = _array(path, start, each, mapped=mapped and name == "vectors")
        if _digest(array) != each["sha256"]:
            raise IndexRefused("The part {part} of the index file {path} is damaged.", part=name, path=path.name)
        arrays[name] = array
        done += array.nbytes
        progress(done / max(told["length"], 1))
    codes = Codes(**{name: arrays[name] for name in _CODES}, fold=told["fold"], frame=told["frame"])
    live = np.ones(len(arrays["ids"]), dtype=bool)
    ids, vectors, offsets, lists, sums, by_id = (arrays[name] for name in _ROWS)
    segment = Segment(ids, vectors, offsets, lists, sums, by_id, live, codes)
    buckets = {int(bucket): bytes.fromhex(digest) for bucket, digest in told["buckets"].items()}
    return Gallery((segment,), told["dimension"], encoder, buckets, told["digest"], len(ids))


def _array(path: Path, start: int, each: Mapping[str, Any], *, mapped: bool) -> NDArray[Any]:
    shape, kind, place = tuple(each["shape"]), np.dtype(each["type"]), start + each["place"]
    if mapped and all(shape):
        return np.asarray(np.memmap(path, dtype=kind, mode="r", offset=place, shape=shape))
    with path.open("rb") as file:
        file.seek(place)
        return np.fromfile(file, dtype=kind, count=int(np.prod(shape, dtype=np.int64))).reshape(shape)


def _digest(array: NDArray[Any]) -> str:
    digest = hashlib.sha256()
    flat = array.reshape(-1).view(np.uint8)
    for at in range(0, len(flat), _CHUNK):
        digest.update(flat[at : at + _CHUNK].data)
    return digest.hexdigest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
