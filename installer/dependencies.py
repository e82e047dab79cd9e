"""Installs one hashed lock, and the program itself as `amaan`, into this interpreter's environment; nothing when all is there.

    .venv/bin/python installer/dependencies.py requirements/run.txt
    .venv/bin/python installer/dependencies.py --finished run       0 when nothing is to be done; only reads
    .venv/bin/python installer/dependencies.py --sound              0 when the environment can be built upon; only reads

setuptools goes in first: face_recognition_models comes as source, and is built with the locked setuptools and not with
whatever a build environment would fetch.
"""

import csv
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

FIRST = ("setuptools", "pybind11", "numpy")
ROOT = Path(__file__).resolve().parents[1]
HOME = Path(sys.prefix)
UNFINISHED = HOME / "unfinished"
"""Stands there while something is being installed: an environment in which it was left is not relied upon."""
AROUND_US = ("pyproject.toml",)
"""What decides how the program itself is installed."""


def main(lock: Path) -> None:
    if finished(lock):
        return
    with (HOME / "installing.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two `make` at once take turns
        if finished(lock):
            return
        print(f"Installing what {lock} names; this takes a minute or two once.", file=sys.stderr)
        UNFINISHED.touch()
        text = lock.read_text(encoding="utf-8")
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as first:
            first.write("\n".join(entry for entry in entries(text) if re.split("[= ]", entry)[0] in FIRST))
            first.flush()
            install("--require-hashes", "-r", first.name)
        install("--require-hashes", "-r", str(lock))
        install("--editable", str(ROOT))
        stamp(lock).write_text(digest(lock), encoding="utf-8")
        UNFINISHED.unlink()


def finished(lock: Path) -> bool:
    """Whether this lock was installed whole and nothing of it was lost since."""
    try:
        return stamp(lock).read_text(encoding="utf-8") == digest(lock) and sound()
    except OSError:
        return False


def sound() -> bool:
    """Whether the environment can be built upon: made here, never interrupted, with pip, and nothing missing."""
    try:
        told = (HOME / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    made_at = re.search(r"^command = .* -m venv (.*)$", told, re.MULTILINE)
    if made_at is not None and made_at[1] != str(HOME):
        return False  # moved or copied: its programs still name the old place
    names = {each.name.lower() for each in distributions(path=[str(_packages())])}
    return not UNFINISHED.exists() and "pip" in names and next(missing(), None) is None


def missing() -> Iterator[Path]:
    """Files that a package brought and that are gone; a package whose list of files is gone counts as one."""
    for folder in sorted(_packages().glob("*.dist-info")):
        try:
            rows = list(csv.reader((folder / "RECORD").read_text(encoding="utf-8").splitlines()))
        except OSError:
            yield folder / "RECORD"
            continue
        for row in rows:
            if row and not row[0].endswith(".pyc") and not os.path.lexists(_packages() / row[0]):
                yield _packages() / row[0]


def _packages() -> Path:
    return HOME / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def stamp(lock: Path) -> Path:
    return HOME / f"installed-{lock.stem}"


def digest(lock: Path) -> str:
    """Of everything that decides what is installed and where from: an environment of another place is not this one's."""
    parts = [lock.read_bytes(), *((ROOT / name).read_bytes() for name in AROUND_US), os.fsencode(ROOT)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def entries(text: str) -> list[str]:
    """The requirements of a lock, each with its hashes."""
    return [entry.rstrip() for entry in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE) if not entry.startswith("#")]


def install(*what: str) -> None:
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    bar = [] if sys.stderr.isatty() else ["--progress-bar", "off"]
    command = [sys.executable, "-m", "pip", "install", *options, *bar, *what]
    done = subprocess.run(command, check=False, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})  # noqa: S603 - our own pip
    if done.returncode:
        UNFINISHED.unlink()  # pip says so when it gives up, and leaves nothing half installed
        sys.exit("The installation stopped. Check the network and the disk, then run the same command again; it goes on.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--finished", name]:
            sys.exit(not finished(Path("requirements", f"{name}.txt")))
        case ["--sound"]:
            sys.exit(not sound())
        case [name]:
            main(Path(name))
        case _:
            sys.exit(__doc__)
