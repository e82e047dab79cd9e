"""What earlier versions left below the home folder, removed at the next start: the identifier that onnxruntime kept there.

It is the maker's identifier of this device, and the store of what was to be sent (matching/faces/onnx_runtime.py says more).
"""

import contextlib
from pathlib import Path

_FOLDER = Path("Microsoft", "DeveloperTools", ".onnxruntime")
_FILES = ("deviceid*", "onnxruntime.db*")


def remove_leftovers(cache: Path) -> tuple[Path, ...]:
    """What was removed below the person's cache folder. What cannot be removed stays; nothing else is touched."""
    folder = cache / _FOLDER
    removed = []
    if folder.is_symlink() or not folder.is_dir():
        return ()
    for path in sorted(each for pattern in _FILES for each in folder.glob(pattern)):
        with contextlib.suppress(OSError):
            path.unlink()
            removed.append(path)
    with contextlib.suppress(OSError):  # a folder in which something else lies stays
        for each in (folder, *folder.parents[:2]):
            each.rmdir()
    return tuple(removed)
