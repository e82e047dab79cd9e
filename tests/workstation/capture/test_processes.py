"""A process that cannot run on this machine says why; pictures pass although there is no /dev/shm."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matching.faces.images import Image
from tests.outside.places import may_mount
from workstation.capture.child_deaths import why_it_cannot_run
from workstation.capture.processes import Child, Work
from workstation.capture.shared_picture import Lent
from workstation.errors import OperatorError

ROOT = Path(__file__).parents[3]
SMALL, LARGE = (np.full((high, high, 3), high % 256, dtype=np.uint8) for high in (64, 1700))


class Died(OperatorError):
    def __init__(self) -> None:
        super().__init__("It stopped. Once more.")


def nothing() -> None:
    """Ready at once."""


def killed_at_start() -> None:
    os.kill(os.getpid(), signal.SIGILL)


def summed(task: str, image: Image, given: object) -> object:
    del given
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return image.shape, int(image.sum(dtype=np.int64))


def test_that_pictures_of_growing_size_arrive_whole() -> None:
    child = Child("summing", Work(nothing, summed, Died))
    try:
        for picture in (SMALL, LARGE, SMALL):
            assert child.ask("sum", picture) == (picture.shape, picture.sum(dtype=np.int64))
        with pytest.raises(Died):
            child.ask("die", SMALL)
        assert child.ask("sum", LARGE) == (LARGE.shape, LARGE.sum(dtype=np.int64))
    finally:
        child.close()


def test_that_a_process_that_cannot_start_says_why_and_never_asks_for_another_picture() -> None:
    child = Child("starting", Work(killed_at_start, summed, Died))
    try:
        for _ in range(2):
            with pytest.raises(OperatorError, match="lacks instructions"):
                child.ask("sum", SMALL)
    finally:
        child.close()


def test_that_a_process_that_dies_each_time_says_why_at_the_third() -> None:
    child = Child("summing", Work(nothing, summed, Died))
    try:
        for _ in range(2):
            with pytest.raises(Died):
                child.ask("die", SMALL)
        with pytest.raises(OperatorError, match="want of memory"):
            child.ask("die", SMALL)
        assert child.ask("sum", SMALL)
    finally:
        child.close()


@pytest.mark.parametrize(
    ("code", "told"),
    [(None, "too busy"), (-signal.SIGILL, "AVX"), (-signal.SIGKILL, "memory"), (-signal.SIGBUS, "memory"), (1, "ended with 1")],
)
def test_that_every_death_has_its_sentence(code: int | None, told: str) -> None:
    assert told in str(why_it_cannot_run("looking", code))


def test_that_a_picture_larger_than_the_memory_is_refused_in_a_sentence() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OperatorError, match="not enough memory"):
            Lent(1 << 20)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("there", ["umount -l /dev/shm", "mount -t tmpfs -o size=64k tmpfs /dev/shm"])
def test_that_a_machine_without_shared_memory_reads_faces(there: str, tmp_path: Path) -> None:
    script = tmp_path / "sums.py"
    script.write_text(
        "import numpy as np\nfrom tests.workstation.capture.test_processes import LARGE, Child, Died, Work, nothing, summed\n"
        "if __name__ == '__main__':\n"
        "    child = Child('summing', Work(nothing, summed, Died))\n"
        "    print(child.ask('sum', LARGE)[0][0])\n    child.close()\n"
    )
    command = [*may_mount(), "sh", "-c", f'{there}; exec "$0" "$1"', sys.executable, str(script)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1700\n"), done.stderr
