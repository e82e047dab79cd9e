"""Memory that two processes share for one picture. It has no name and does not lie in /dev/shm, which may be small or missing.

All of it is claimed when it is made: a machine that has none left refuses in a sentence, and nobody is killed in mid-picture.
"""

import fcntl
import mmap
import os
from multiprocessing import reduction
from multiprocessing.connection import Connection

import numpy as np

from matching.faces.images import Image
from workstation.errors import OperatorError

Shape = tuple[int, int, int]


class Lent:
    """The parent's side."""

    def __init__(self, size: int) -> None:
        """OperatorError when the machine has not so many bytes left."""
        self.size = size
        self._file = os.memfd_create("picture", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.posix_fallocate(self._file, 0, size)
            # Neither side can shrink it under the other's feet.
            fcntl.fcntl(self._file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
            self._memory = mmap.mmap(self._file, size)
        except OSError as error:
            os.close(self._file)
            raise OperatorError(
                "There is not enough memory for a picture of {megabytes} MB ({why}). Close other programs, and try again.",
                megabytes=round(size / 1e6),
                why=error.strerror,
            ) from error

    def put(self, image: Image) -> None:
        np.ndarray(image.shape, dtype=np.uint8, buffer=self._memory)[:] = image

    def erase(self, size: int) -> None:
        """Of the picture that lies there: nobody's face stays in memory once it was looked at."""
        np.ndarray((size,), dtype=np.uint8, buffer=self._memory)[:] = 0

    def hand_over(self, pipe: Connection, process: int) -> None:
        """To the process at the other end of the pipe, which waits for it with `Borrowed`."""
        reduction.send_handle(pipe, self._file, process)

    def close(self) -> None:
        self._memory.close()
        os.close(self._file)


class Borrowed:
    """The child's side."""

    def __init__(self, pipe: Connection) -> None:
        file = reduction.recv_handle(pipe)
        try:
            self._memory = mmap.mmap(file, os.fstat(file).st_size)
        finally:
            os.close(file)

    def image(self, shape: Shape) -> Image:
        """The picture that lies there now; the next one lies in the same memory."""
        return np.ndarray(shape, dtype=np.uint8, buffer=self._memory)
