"""Places that a test makes for a program of its own: a mount namespace, in which a file of the system may be another one."""

import shutil
import subprocess

import pytest


def may_mount() -> list[str]:
    """The beginning of a command that runs where mounts are its own. Skips, with the reason, where that may not be."""
    for command in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if shutil.which("unshare") is None:
            break
        tried = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(tried, capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("a mount namespace may not be made here")
