"""The files of a chip by name, and the folder that gives them. A contactless reader plugs in at the same place: `Files`.

Whoever exports a chip names the files in one of a dozen ways; case, dots, dashes and underscores do not count.
"""

import re
from pathlib import Path
from typing import Protocol

from workstation.errors import OperatorError

FILES = ("COM", "SOD", *(f"DG{number}" for number in range(1, 17)))
LARGEST = 2 * 2**20
"""Chips hold a quarter of this. JPEG 2000 of more bytes could keep the decoder busy for a second."""
LARGEST_SOD = 256 * 1024
_MOST_FILES = 200
_SUFFIXES = frozenset({"", ".bin", ".dat", ".der", ".raw", ".tlv", ".ef"})
_NUMBERED = {"011E": "COM", "011D": "SOD", **{f"01{number:02X}": f"DG{number}" for number in range(1, 17)}}
"""File identifiers of Doc 9303-10, by which some readers name what they export."""


class Files(Protocol):
    """Whoever gives the files of a chip by name: a folder, and one day a contactless reader after BAC or PACE."""

    def file(self, name: str) -> bytes | None:
        """The file of this name of FILES, padded or not; None where there is none. OperatorError where it cannot be read."""


class Folder:
    """Files that a reader exported. OperatorError where there is no folder, or none of the files in it."""

    def __init__(self, path: Path) -> None:
        self._paths = _found(path)

    def file(self, name: str) -> bytes | None:
        path = self._paths.get(name)
        if path is None:
            return None
        most = LARGEST_SOD if name == "SOD" else LARGEST
        try:
            with path.open("rb") as opened:
                data = opened.read(most + 1)
        except OSError as error:
            raise OperatorError(
                "The file {file} cannot be read. Copy it again from where it came from.", file=path.name
            ) from error
        if len(data) > most:
            raise OperatorError(
                "The file {file} has more than {most} kB, which no chip holds. Look whether it is the right file.",
                file=path.name, most=most // 1024,
            )  # fmt: skip # one sentence
        return data


def name_of(file: str) -> str:
    """What of FILES a file of this name is: EF.DG1, dg1.bin, DG01, DataGroup1.bin, 0101.bin. Empty for others."""
    stem, dot, suffix = file.rpartition(".")
    if dot and f".{suffix.lower()}" in _SUFFIXES:
        file = stem
    bare = re.sub(r"[\s._-]", "", file).upper().removeprefix("EF").replace("DATAGROUP", "DG")
    bare = re.sub(r"^DG0(?=\d)", "DG", bare)
    return bare if bare in FILES else _NUMBERED.get(bare, "")


def _found(folder: Path) -> dict[str, Path]:
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise OperatorError("There is no folder {folder} that can be read.", folder=str(folder)) from error
    if len(inside) > _MOST_FILES:
        raise OperatorError(
            "The folder {folder} holds {count} files. Choose the folder of one chip.", folder=str(folder), count=len(inside)
        )
    paths: dict[str, Path] = {}
    for path in inside:
        name = name_of(path.name)
        if name and name in paths:
            raise OperatorError(
                "The files {first} and {second} are both {name}. Keep the files of one chip in one folder.",
                first=paths[name].name, second=path.name, name=f"EF.{name}",
            )  # fmt: skip # one sentence
        if name:
            paths[name] = path
    if not paths:
        raise OperatorError(
            "The folder {folder} holds no files of a chip. They are called EF.DG1, DG2.bin, SOD.bin or the like.",
            folder=str(folder),
        )
    return paths
