"""The photographs of a delivery, read in processes on all cores: found, weighed and encoded, without anybody waiting.

What was read is handed out in steps, so that its caller can keep it, show how far it is, and stop at any time. A photograph
that ends its process is tried once more by itself and then refused; the others go on.
"""

import hashlib
import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from matching.faces.finding import Face
from watchlists.exchange.incoming import IncomingPhoto
from watchlists.exchange.photo_files import below, read_photo
from watchlists.records.records import RecordRefused
from workstation.capture.face_process import FaceProcess
from workstation.capture.face_reader import Faces
from workstation.capture.faces_here import FacesHere
from workstation.capture.processes import kill, pool
from workstation.capture.sightings import described
from workstation.errors import OperatorError
from workstation.search.enrolment import check_photo, raw

MOST_STARTS = 3
"""Times in a row that the workers may end before they take a photograph."""
PATIENCE = 120.0

Refusal = tuple[str, dict[str, object]]
"""Template and values of a sentence."""


@dataclass(frozen=True, slots=True)
class Read:
    """A photograph of which is known whether it can be searched."""

    digest: str
    """SHA-256 of the file; empty when the file could not be read."""
    face: str = ""
    """Box and quality, as JSON."""
    vector: bytes = b""
    """Raw little-endian float32; empty when it is refused, or when the store has the photograph already."""
    refusal: Refusal | None = None


class Reading:
    """One delivery's photographs on their way. Belongs to one thread; nothing is started before the first step."""

    def __init__(
        self,
        faces: Faces,
        folder: Path,
        photos: Iterable[IncomingPhoto],
        known: frozenset[str],
        processes: int | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """`known`: digests of photographs that need not be read again. `patience`: seconds without any answer."""
        self.results: dict[str, Read] = {}
        """By the name of the photograph."""
        named = {each.name: each for each in photos}
        self.total = len(named)
        self._waiting = deque(each for each in named.values() if self._is_there(folder, each))
        self._begin = (_maker(faces), folder, known)
        self._processes = processes or max(1, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None
        self._running: dict[Future[Read], IncomingPhoto] = {}
        self._suspect: deque[IncomingPhoto] = deque()
        self._failed_starts = 0
        self._answered = time.monotonic()
        self._patience = patience

    def _is_there(self, folder: Path, photo: IncomingPhoto) -> bool:
        """Whether a worker has anything to do; what lies elsewhere or nowhere is refused without one."""
        try:
            if not photo.data:
                below(folder, photo.name)
        except RecordRefused as refusal:
            self.results[photo.name] = Read("", refusal=(refusal.template, refusal.values))
            return False
        return True

    @property
    def done(self) -> int:
        return len(self.results)

    @property
    def finished(self) -> bool:
        return self.done == self.total

    def step(self, seconds: float) -> list[Read]:
        """What became known within so many seconds; returns at once when something is, or when all is done."""
        self._fill()
        if not self._running:
            return []
        ready, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        if not ready and time.monotonic() - self._answered > self._patience:
            return self._hung()
        found = []
        for future in ready:
            photo = self._running.pop(future)
            try:
                read = future.result()
            except BrokenProcessPool:
                found += self._broken(photo)
                break
            self.results[photo.name] = read
            self._answered, self._failed_starts = time.monotonic(), 0
            found.append(read)
        self._fill()
        if self.finished:
            self.stop()
        return found

    def stop(self) -> None:
        """End the processes. What was not read yet is read by another Reading."""
        if self._pool is not None:
            self._waiting.extendleft(self._running.values())
            self._running.clear()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _fill(self) -> None:
        """Few more tasks than workers are under way, so that a stop waits for little and a death takes little along."""
        if self._pool is None and (self._waiting or self._suspect):
            self._pool = pool(_begin_worker, self._begin, self._processes)
            self._answered = time.monotonic()
        if self._pool is None:
            return
        # One at a time while it is not known which of several ended a process.
        most = 1 if self._suspect else 2 * self._processes
        queue = self._suspect or self._waiting
        try:
            while queue and len(self._running) < most:
                photo = queue[0]
                self._running[self._pool.submit(_read, photo.name, photo.data)] = photo
                queue.popleft()
        except BrokenProcessPool as error:
            self._drop()
            self._failed_starts += 1
            if self._failed_starts > MOST_STARTS:
                raise OperatorError(
                    "The reader of photographs does not start. Run `amaan faces` on one of them to see why."
                ) from error

    def _hung(self) -> list[Read]:
        """A photograph that is read for ever is as bad as one that ends its process."""
        if self._pool is not None:
            kill(self._pool)
        photo = self._running.pop(next(iter(self._running)))
        return self._broken(photo)

    def _broken(self, photo: IncomingPhoto) -> list[Read]:
        """A worker died. Alone at it, the photograph is to blame; of several each is tried alone."""
        alone = not self._running
        others = [*self._running.values()]
        self._running.clear()
        self._drop()
        if not alone:
            self._suspect.extend([photo, *others])
            return []
        read = Read("", refusal=("{file} ends the reader of photographs. Leave it out, or save it anew.", {"file": photo.name}))
        self.results[photo.name] = read
        return [read]

    def _drop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _maker(faces: Faces) -> Callable[[], Faces]:
    """What finds and encodes as these do in another process."""
    return FacesHere if isinstance(faces, FaceProcess) else type(faces)


_worker: list[tuple[Faces, Path, frozenset[str]]] = []
"""In a worker: what it was started with."""


def _begin_worker(make: Callable[[], Faces], folder: Path, known: frozenset[str]) -> None:
    _worker[:] = [(make(), folder, known)]


def _read(name: str, data: bytes) -> Read:
    """In a worker: one photograph of a file, or one that lay in the delivery itself."""
    faces, folder, known = _worker[0]
    try:
        image = data or read_photo(folder, name)
    except RecordRefused as refusal:
        return Read("", refusal=(refusal.template, refusal.values))
    digest = hashlib.sha256(image).hexdigest()
    if digest in known:
        return Read(digest)
    checked = check_photo(faces, image)
    if not checked.ok or checked.image is None or checked.sighting is None:
        why = str(checked.remark or "It cannot be used.")
        return Read(digest, refusal=("{file}: {why}", {"file": name, "why": why}))
    face: Face = checked.sighting.face
    vector = raw(faces.encode(checked.image, face))
    return Read(digest, json.dumps(described(face, checked.sighting.quality)), vector)
