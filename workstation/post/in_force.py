"""What decides at a post beside its store: facts, sealed keys, calibrations, a second network, certificates. As digests."""

import hashlib
from pathlib import Path

NAMES = (
    "post.json",
    "post.key",
    "calibration",
    "second-network.onnx",
    "second-calibration",
    "certificates",
)
"""Files and folders of a post that count."""
_Stamp = tuple[int, int, int, int]


class InForce:
    """Digests of what lies in a post's folder; a file that the machine says is the same is not read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, tuple[_Stamp, str]] = {}

    def digests(self) -> dict[str, str]:
        """SHA-256 by name: of a file, or over names and digests of all files of a folder. What is not there is left out."""
        found = {}
        for name in NAMES:
            path = self._folder / name
            if path.is_dir():
                files = sorted(each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
                lines = "".join(f"{each.relative_to(path).as_posix()} {self._digest(each)}\n" for each in files)
                found[name] = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
            elif path.is_file():
                found[name] = self._digest(path)
        return found

    def _digest(self, path: Path) -> str:
        """Of one file; a change of it changes its time of change, which no plain program can set."""
        try:
            about = path.stat()
            stamp = (about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
            known = self._known.get(path)
            if known is not None and known[0] == stamp:
                return known[1]
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"unreadable:{error.errno}"
        self._known[path] = (stamp, digest)
        return digest
