"""What this machine has for a window: a display that answers, and memory enough. What is missing is said, not run into."""

import ctypes
import ctypes.util
import os
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")
TERMINAL_GIGABYTES, WINDOW_GIGABYTES = 1.5, 2.2
"""What all processes take together at most: measured 1.3 with the travellers in a terminal, 2.0 with the windows."""


def display_answers() -> bool:
    """Whether a window could be shown: a variable that names a display is not enough, somebody must listen there."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY") and _wayland_answers()) or bool(os.environ.get("DISPLAY") and _x_answers())


def _x_answers() -> bool:
    return _opens("libX11.so.6", "XOpenDisplay", "XCloseDisplay")


def _wayland_answers() -> bool:
    return _opens("libwayland-client.so.0", "wl_display_connect", "wl_display_disconnect")


def _opens(library: str, opening: str, closing: str) -> bool:
    """Asked of the library itself, which knows the addresses, the sockets and who may look."""
    try:
        known = ctypes.CDLL(library)
    except OSError:
        return False  # Qt would not find it either
    opened = getattr(known, opening)
    opened.restype, opened.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    display = opened(None)
    if not display:
        return False
    closed = getattr(known, closing)
    closed.argtypes = [ctypes.c_void_p]
    closed(display)
    return True


def gigabytes_left(meminfo: Path = MEMINFO, cgroup: Path = CGROUP) -> float | None:
    """What may still be taken on this machine, or in the container that this is; None where nobody tells."""
    left = []
    try:
        lines = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines() if ":" in line)
        left.append((int(lines["MemAvailable"].split()[0]) + int(lines["SwapFree"].split()[0])) * 1024)
    except (OSError, KeyError, ValueError):
        pass
    try:
        most, used = ((cgroup / name).read_text(encoding="ascii").strip() for name in ("memory.max", "memory.current"))
        left.append(int(most) - int(used))
    except (OSError, ValueError):
        pass
    return min(left) / 1e9 if left else None


def memory_warning(needed: float, left: float | None) -> str | None:
    """A sentence when there is too little."""
    if left is None or left >= needed:
        return None
    return (
        f"This computer has {left:.1f} GB of memory left, and this takes about {needed:.1f}: the system may end it midway. "
        "Close other programs, or use a computer with 4 GB or more."
    )
