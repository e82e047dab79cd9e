"""What holds for every test: no display, no home, no leaked thread, no unexpected log line. Knows no Qt."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile(
    "amaan", deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("amaan")
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the real home."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost a millisecond: every test makes five people and signs several in. test_access looks at the real ones."""
    monkeypatch.setattr("workstation.post.passwords._HASHER", _QUICK)


@pytest.fixture(autouse=True)
def no_leaked_thread() -> Iterator[None]:
    """A thread that a test started ends with it, but for those that a process keeps for all its searches."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 3
    while leaked := [
        thread for thread in threading.enumerate() if thread not in before and thread.is_alive() and "search" not in thread.name
    ]:
        if time.monotonic() > until:
            pytest.fail(f"threads left behind: {leaked}")
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    said = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    if said:
        pytest.fail(f"unexpected log lines: {[record.getMessage() for record in said]}")
