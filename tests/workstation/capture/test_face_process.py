"""The face processes: real ones, killed for real."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from workstation.capture import face_process, processes
from workstation.capture.face_process import FaceProcess, FaceProcessDied
from workstation.capture.processes import Work
from workstation.errors import OperatorError
from workstation.training_post.cast import RECORD_SEEDS
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person

IMAGE = frame([(person(RECORD_SEEDS[0]), View())])


@pytest.fixture(scope="module")
def process() -> Iterator[FaceProcess]:
    started = FaceProcess()
    started.start()
    yield started
    started.close()


def test_that_a_picture_is_looked_at_and_encoded_elsewhere(process: FaceProcess) -> None:
    (sighting,) = process.look(IMAGE)
    template = process.encode(IMAGE, sighting.face)
    assert template.encoder == process.encoder.digest
    assert template.vector.shape == (128,)
    assert sighting.face.landmarks.shape == (68, 2)


def test_that_a_killed_process_fails_its_call_and_the_next_one_works(process: FaceProcess) -> None:
    process.look(IMAGE)
    before = process.restarts
    assert process._looking._process is not None
    os.kill(process._looking._process.pid or 0, signal.SIGKILL)
    with pytest.raises(FaceProcessDied, match="once more"):
        process.look(IMAGE)
    assert len(process.look(IMAGE)) == 1
    assert process.restarts == before + 1


def test_that_a_glance_never_waits_for_a_starting_process(process: FaceProcess) -> None:
    start = time.monotonic()
    process.glance(IMAGE)
    assert time.monotonic() - start < 1.0
    until = time.monotonic() + 30
    while (found := process.glance(IMAGE)) is None and time.monotonic() < until:
        time.sleep(0.02)
    assert found is not None
    assert len(found) == 1


ORPHANING = """
import os, signal
from workstation.capture.face_process import FaceProcess
if __name__ == "__main__":
    process = FaceProcess()
    process.start()
    print(process._looking._process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_that_the_child_leaves_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphaning.py"
    script.write_text(ORPHANING)
    home = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(home)}
    )
    child = int(done.stdout)
    until = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
        assert time.monotonic() < until, "the child is still there"
        time.sleep(0.1)


def test_that_a_process_that_must_not_be_used_says_why() -> None:
    child = processes.Child("looking", Work(face_process.warm_up, face_process.answer, FaceProcessDied))
    ours, theirs = processes._CONTEXT.Pipe()
    child._pipe = ours
    theirs.send(("The face network gives another answer than dlib does (distance {away}).", {"away": "0.1"}))
    with pytest.raises(OperatorError, match=r"another answer than dlib does \(distance 0.1\)"):
        child._wait_ready(1)
    theirs.close()
    ours.close()


def test_that_no_picture_stays_in_shared_memory_once_it_was_looked_at(process: FaceProcess) -> None:
    marked = IMAGE.copy()
    marked[-1, :40] = mark = np.frombuffer(os.urandom(120), dtype=np.uint8).reshape(40, 3)
    process.look(marked)
    lent = [int(link.name) for link in Path("/proc/self/fd").iterdir() if "memfd:picture" in _target(link)]
    assert lent
    assert not [file for file in lent if mark.tobytes() in os.pread(file, os.fstat(file).st_size, 0)]


def _target(link: Path) -> str:
    """Of an open file; one that is closed by now has none."""
    try:
        return str(link.readlink())
    except OSError:
        return ""
