"""What a second at opening finds, however long the log: who may do what, what counts, and whether the store was put back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.workstation.accountability.attacked_post import Made, made, sql
from workstation.accountability import quick_check
from workstation.post.post import open_post


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("workstation.post.passwords._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield made(tmp_path_factory.mktemp("quick"))


def found(base: Made, folder: Path, *statements: str) -> str:
    """What the quick check says after these statements."""
    shutil.copytree(base.folder, folder)
    if statements:
        sql(*statements)(folder, base)
    post = open_post(folder)
    with post.store.snapshot() as session:
        faults = quick_check.quick(session, post.trust())
    post.close()
    return " ".join(str(fault) for fault in faults)


def test_that_a_sound_post_passes(base: Made, tmp_path: Path) -> None:
    assert found(base, tmp_path / "p") == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE people SET role = 'administrator' WHERE login = 'officer'", "Person 1 is not what"),
        ("DELETE FROM people WHERE login = 'leaver'", "Person 6 is gone"),
        ("INSERT INTO settings (name, value) VALUES ('alert_most', '20')", "Setting alert_most stands in the store"),
        ("UPDATE watchlists SET purpose = 'REFER' WHERE id = 1", "List 1 is not what"),
        ("UPDATE budget_decisions SET by = 'supervisor'", "Budget decision 1 is not what"),
        ("UPDATE thresholds SET why = 'x' WHERE id = 2", "Threshold 2 is not what"),
        ("DELETE FROM screenings WHERE id = 5", "Screening 5 was signed for, but the store ends before it"),
        ("DELETE FROM audit_frontier WHERE height = 0", "do not add up"),
        ("UPDATE audit_checkpoints SET note = replace(note, 'people=', 'people=1')", "cannot be trusted"),
    ],
)
def test_that_what_decides_is_compared(base: Made, tmp_path: Path, statement: str, said: str) -> None:
    assert said in found(base, tmp_path / "p", statement)
