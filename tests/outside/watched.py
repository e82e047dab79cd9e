"""Runs a program of ours where everything that it does outside itself is seen: a network of its own, an empty home, no CI."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_CALLS = "socket,connect,sendto,sendmsg,sendmmsg,bind"
_LOCAL = ("AF_UNIX", "AF_LOCAL")


@dataclass(frozen=True)
class Seen:
    code: int
    stdout: str
    stderr: str
    home: tuple[str, ...]
    """Every file and folder that stands in the home afterwards, from its top."""
    calls: tuple[str, ...]
    """System calls that reach beyond this machine's own sockets."""


def watched(arguments: Sequence[str], home: Path) -> Seen:
    """What the Python of these tests did with the arguments. Skips, with the reason, where it cannot be watched."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: nobody could see what is called")
    apart = ["unshare", "--net"] if _may("unshare", "--net", "true") else []
    if not apart and _may("unshare", "--map-root-user", "--net", "true"):
        apart = ["unshare", "--map-root-user", "--net"]
    if not apart:
        pytest.skip("a network namespace may not be made here, and a test never sends anything out")
    trace = home.with_name("calls")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "ORT_", "XDG_", "GITHUB_"))}
    environment |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    command = [*apart, strace, "-f", "-qq", "-e", f"trace={_CALLS}", "-o", str(trace), sys.executable, *arguments]
    done = subprocess.run(command, env=environment, cwd=home.parent, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr and done.returncode:
        pytest.skip("strace may not look at processes here")
    lines = trace.read_text(errors="replace").splitlines()
    beyond = [line for line in lines if re.search(r"AF_[A-Z0-9]+", line) and not any(local in line for local in _LOCAL)]
    return Seen(
        done.returncode, done.stdout, done.stderr, tuple(str(each.relative_to(home)) for each in home.rglob("*")), tuple(beyond)
    )


def _may(*command: str) -> bool:
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0
