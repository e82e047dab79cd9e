"""Which cameras are connected, what they are called, and the same camera again when it comes back under another number.

On Linux the kernel tells; elsewhere a camera is known by its number alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

DEVICES, DESCRIBED = Path("/dev"), Path("/sys/class/video4linux")
_NUMBERED = re.compile(r"camera:(\d+)|/dev/video(\d+)")
_NAMED = re.compile(r"/dev/v4l/by-(?:id|path)/.+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoundCamera:
    number: int
    name: str
    """As the camera calls itself; its number where it does not."""
    stable: str
    """The name under which the same camera is found whatever its number; empty where there is none."""

    @property
    def source(self) -> str:
        """What to write into the settings."""
        return self.stable or f"camera:{self.number}"


def found(devices: Path = DEVICES, described: Path = DESCRIBED) -> tuple[FoundCamera, ...]:
    """The cameras that are connected, by number; of a camera with several nodes the one that gives pictures."""
    cameras = []
    for node in sorted(devices.glob("video*"), key=lambda path: (len(path.name), path.name)):
        match = re.fullmatch(r"video(\d+)", node.name)
        told = described / node.name
        if match is None or _text(told / "index") not in {"", "0"}:
            continue
        number = int(match[1])
        cameras.append(FoundCamera(number, _text(told / "name") or f"camera {number}", _stable(node, devices)))
    return tuple(cameras)


def number_of(spec: str, devices: Path = DEVICES) -> int | None:
    """The number of the camera that is named: camera:0, /dev/video0, or a link to it below /dev/v4l. None: it is no camera's
    name. FileNotFoundError: it is, and nothing of that name is connected.
    """
    if match := _NUMBERED.fullmatch(spec.strip()):
        return int(match[1] or match[2])
    if not _NAMED.fullmatch(spec.strip()):
        return None
    node = (devices / spec.strip().removeprefix("/dev/")).resolve()
    match = re.fullmatch(r"video(\d+)", node.name)
    if match is None or not node.exists():
        raise FileNotFoundError(spec)
    return int(match[1])


class SameCamera:
    """Opens what a camera's number named at first, wherever it is connected now."""

    def __init__(self, spec: str, devices: Path = DEVICES, described: Path = DESCRIBED) -> None:
        self._spec, self._devices, self._described = spec.strip(), devices, described
        self._known: FoundCamera | None = None

    def open(self, open_it: Callable[[str], T]) -> T:
        """`open_it` of the name under which the camera is connected; what it raises is raised."""
        source = open_it(self._where())
        numbered = _NUMBERED.fullmatch(self._spec)
        if numbered and self._known is None:
            number = int(numbered[1] or numbered[2])
            self._known = next((each for each in self._found() if each.number == number), None)
        return source

    def _where(self) -> str:
        known = self._known
        if known is None:
            return self._spec
        cameras = self._found()
        again = next((each for each in cameras if known.stable and each.stable == known.stable), None)
        if again is None and not any(each.number == known.number for each in cameras):
            alike = [each for each in cameras if each.name == known.name]
            again = alike[0] if len(alike) == 1 else None
        return f"camera:{again.number}" if again is not None else self._spec

    def _found(self) -> tuple[FoundCamera, ...]:
        return found(self._devices, self._described)


def _stable(node: Path, devices: Path) -> str:
    links = devices / "v4l" / "by-id"
    try:
        names = sorted(link.name for link in links.iterdir() if link.resolve() == node.resolve())
    except OSError:
        return ""
    return f"/dev/v4l/by-id/{names[0]}" if names else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
