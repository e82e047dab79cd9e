"""A file of signed checkpoints outside the store: notes with a line of equals signs after each.

A power cut can leave the last note torn: it then is the beginning of a note that the store holds, followed by nothing but
zeros. Anything else that is no note was put there by somebody.
"""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BETWEEN = "\n=====\n"


@dataclass(frozen=True, slots=True)
class KeptNotes:
    """What the file holds: `notes` whole ones in their order, and how many bytes of a torn one follow them."""

    notes: tuple[str, ...]
    torn: int = 0
    missing: bool = False
    """There is no such file."""


def read(path: Path, inside: Sequence[str] = ()) -> KeptNotes:
    """The notes of the file; `inside` are those of the store, by which a torn one is told. OSError when it cannot be read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return KeptNotes((), missing=True)
    *whole, rest = raw.split(BETWEEN.encode())
    notes = [part.decode("utf-8", "backslashreplace") for part in whole if part.strip()]
    if not rest.strip():
        return KeptNotes(tuple(notes))
    if is_torn(rest, notes, inside):
        return KeptNotes(tuple(notes), torn=len(rest))
    return KeptNotes((*notes, rest.decode("utf-8", "backslashreplace")))


def is_torn(rest: bytes, notes: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether this is the beginning of the note that the store holds next."""
    written = rest.rstrip(b"\0")
    known = set(notes)
    later = (note for note in inside[-2:] if note not in known)
    return not written or any(f"{note}{BETWEEN}".encode().startswith(written) for note in later)


def mend(path: Path, found: KeptNotes) -> None:
    """Take a torn note away, so that the next one begins on a line of its own."""
    if found.torn:
        with path.open("r+b") as file:
            file.truncate(file.seek(0, os.SEEK_END) - found.torn)
            os.fsync(file.fileno())


def add(path: Path, notes: Sequence[str]) -> None:
    """Write the notes behind the others, and let them reach the disk. OSError when that is not possible."""
    new = not path.exists()
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(opened, "ab") as file:
        file.write("".join(f"{note}{BETWEEN}" for note in notes).encode())
        file.flush()
        os.fsync(file.fileno())
    if new and os.name == "posix":
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
