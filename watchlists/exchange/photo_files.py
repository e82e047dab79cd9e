"""Photographs beside a table: read only from below its folder, whatever the table asks for.

No absolute path, no `..`, no link that leads out, no device, no pipe, nothing that is not an ordinary file.
"""

import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from watchlists.records.records import RecordRefused

MOST_BYTES = 50 * 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def read_photo(folder: Path, name: str) -> bytes:
    """The file's bytes. RecordRefused when it lies elsewhere, is missing, is no ordinary file, or is too large."""
    path = below(folder, name)
    try:
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be"
        raise RecordRefused("{file} cannot be read: {why}.", "photos", file=name, why=why) from error
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode):
            raise RecordRefused("{file} is not an ordinary file. Only photographs are read.", "photos", file=name)
        if known.st_size > MOST_BYTES:
            raise _too_large(name)
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RecordRefused("{file} cannot be read: {why}.", "photos", file=name, why=error.strerror) from error
    finally:
        os.close(handle)
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> RecordRefused:
    return RecordRefused("{file} is larger than {most} MB. Save it smaller.", "photos", file=name, most=MOST_BYTES >> 20)


def below(folder: Path, name: str) -> Path:
    """The real path of a file below the folder. Links inside are followed as long as they stay inside."""
    asked = PurePosixPath(name.replace("\\", "/"))
    if asked.is_absolute() or PureWindowsPath(name).drive or ".." in asked.parts or not asked.parts:
        raise RecordRefused("{file} does not lie below the folder of the table. Copy it there.", "photos", file=name)
    home = folder.resolve()
    try:
        real = (home / asked).resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not there"
        raise RecordRefused("{file} cannot be read: {why}.", "photos", file=name, why=why) from error
    if not real.is_relative_to(home):
        raise RecordRefused("{file} does not lie below the folder of the table. Copy it there.", "photos", file=name)
    return real
