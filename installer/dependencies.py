"""Installs one hashed lock into this interpreter's environment, and does nothing when it is there already.

    .venv/bin/python installer/dependencies.py requirements/run.txt

setuptools goes in first: face_recognition_models comes as source, and is built with the locked setuptools and not with
whatever a build environment would fetch.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FIRST = ("setuptools", "pybind11", "numpy")


def main(lock: Path) -> None:
    home = Path(sys.prefix)
    stamp = home / f"installed-{lock.stem}"
    text = lock.read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    with (home / "installing.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two `make` at once take turns
        if stamp.exists() and stamp.read_text() == digest:
            return
        print(f"Installing what {lock} names; this takes a minute or two once.", file=sys.stderr)
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as first:
            first.write("\n".join(entry for entry in entries(text) if re.split("[= ]", entry)[0] in FIRST))
            first.flush()
            install(Path(first.name))
        install(lock)
        stamp.write_text(digest)


def entries(text: str) -> list[str]:
    """The requirements of a lock, each with its hashes."""
    return [entry.rstrip() for entry in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE) if not entry.startswith("#")]


def install(requirements: Path) -> None:
    options = ["--require-hashes", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    bar = [] if sys.stderr.isatty() else ["--progress-bar", "off"]
    command = [sys.executable, "-m", "pip", "install", *options, *bar, "-r", str(requirements)]
    done = subprocess.run(command, check=False, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})  # noqa: S603 - our own pip
    if done.returncode:
        sys.exit("The installation stopped. Check the network and the disk, then run the same command again; it goes on.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
