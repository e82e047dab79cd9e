"""Photographs of known people, read in several processes: template and grade of each, kept so that a stop costs nothing."""

import base64
import contextlib
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.faces import encoding, finding, quality
from matching.faces.encoding import Encoder
from matching.faces.images import ImageRefused, decode
from matching.faces.onnx_encoder import OnnxEncoder
from matching.faces.opencv import cv2
from matching.rates.calibration import grade
from workstation.capture.processes import one_thread_each
from workstation.errors import OperatorError

KINDS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
NO_FACE = "no face was found"


@dataclass(frozen=True, slots=True)
class Photo:
    identity: str
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The photographs that gave a template, in the order asked for, and why the others did not."""

    encoder: Encoder
    photos: tuple[Photo, ...]
    vectors: NDArray[np.float32]
    """(n, d)."""
    grades: tuple[str, ...]
    failures: Mapping[Path, str]
    """Failure to acquire: each photograph without a template, and why."""

    @property
    def identities(self) -> tuple[str, ...]:
        return tuple(photo.identity for photo in self.photos)


def photos_in(folder: Path) -> tuple[Photo, ...]:
    """One folder per person, photographs in it. OperatorError when there is nothing of that kind."""
    if not folder.is_dir():
        raise OperatorError("There is no folder {folder}. Name one with a folder of photographs per person.", folder=folder)
    people = sorted(each for each in folder.iterdir() if each.is_dir())
    found = tuple(
        Photo(person.name, path) for person in people for path in sorted(person.iterdir()) if path.suffix.lower() in KINDS
    )
    if not found:
        raise OperatorError("{folder} holds no folders with photographs: one folder per person.", folder=folder)
    return found


def measure(
    photos: Iterable[Photo],
    cache: Path,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    network: Path | None = None,
    processes: int | None = None,
) -> Measured:
    """The template of the face nearest the middle of each photograph.

    Results are appended to a file in `cache` by the digest of the photograph as they come, so that a second start goes on.
    `network`: an ONNX network instead of dlib's. OperatorError when a photograph or the cache cannot be read.
    """
    wanted = tuple(photos)
    encoder = OnnxEncoder(network).unit if network is not None else encoding.unit()
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{encoder.digest[:24]}.jsonl"
    known = _read(kept)
    digests = [_digest(photo.path) for photo in wanted]
    todo = {digest: photo.path for digest, photo in zip(digests, wanted, strict=True) if digest not in known}
    done = len(wanted) - len(todo)
    progress(done, len(wanted))
    if todo:
        with kept.open("a", encoding="utf-8") as file, workers(processes, network) as pool:
            for digest, line in zip(todo, pool.map(_read_photo, todo.values(), chunksize=4), strict=True):
                known[digest] = line
                file.write(json.dumps({"image": digest, **line}) + "\n")
                done += 1
                progress(done, len(wanted))
    return _measured(encoder, wanted, [known[digest] for digest in digests])


@contextlib.contextmanager
def workers(processes: int | None = None, network: Path | None = None) -> Iterator[ProcessPoolExecutor]:
    """So many processes, as many as there are cores if not said, each with one thread."""
    context = multiprocessing.get_context("spawn")
    count = processes or max(1, os.cpu_count() or 1)
    with one_thread_each(), ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(network,)) as pool:
        yield pool


def _measured(encoder: Encoder, wanted: tuple[Photo, ...], lines: list[dict[str, object]]) -> Measured:
    photos, vectors, grades, failures = [], [], [], {}
    for photo, line in zip(wanted, lines, strict=True):
        if line["template"] is None:
            failures[photo.path] = str(line["why"])
            continue
        photos.append(photo)
        vectors.append(np.frombuffer(base64.b64decode(str(line["template"])), dtype="<f4"))
        grades.append(grade(float(str(line["quality"]))))
    found = np.array(vectors, dtype=np.float32).reshape(-1, encoder.dimension)
    return Measured(encoder, tuple(photos), found, tuple(grades), failures)


def _read(path: Path) -> dict[str, dict[str, object]]:
    """What an earlier start left; a last line that was cut off is read again."""
    known = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                told = json.loads(line)
                known[told.pop("image")] = told
            except (ValueError, KeyError, AttributeError):
                continue
    return known


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise OperatorError("{path} cannot be read: {why}.", path=path, why=error.strerror) from error


_network: list[OnnxEncoder] = []
"""In a worker: the network that it was started with, when it is not dlib's."""


def _begin(network: Path | None) -> None:
    cv2.setNumThreads(1)
    _network[:] = [OnnxEncoder(network)] if network is not None else []


def _read_photo(path: Path) -> dict[str, object]:
    """In a worker: template and quality of one photograph, or why there is none."""
    try:
        image = decode(path.read_bytes())
    except (OSError, ImageRefused) as error:
        return {"template": None, "why": str(error)}
    found = finding.find(image)
    if not found:
        return {"template": None, "why": NO_FACE}
    middle = image.shape[1] / 2, image.shape[0] / 2
    face = min(found, key=lambda each: abs(each.box.centre[0] - middle[0]) + abs(each.box.centre[1] - middle[1]))
    template = _network[0].encode(image, face) if _network else encoding.encode(image, face)
    vector = base64.b64encode(np.ascontiguousarray(template.vector, dtype="<f4").tobytes()).decode()
    return {"template": vector, "quality": quality.assess(image, face).score}
