"""`amaan audit` as a person types it: receipts, codes, and what an altered post says with every command."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.workstation.accountability.attacked_post import Made, made, sql
from workstation.accountability import audit_verifier

HOME = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Made:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("workstation.post.passwords._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        return made(tmp_path_factory.mktemp("audited"))


def amaan(*arguments: str, code: int = 0) -> tuple[str, str]:
    command = [sys.executable, "-W", "ignore", "-m", "workstation", *arguments]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout, done.stderr


def test_that_a_receipt_is_printed_and_checked(post: Made) -> None:
    said, _ = amaan("audit", "receipt", "1", "--post", str(post.folder))
    assert "compared: 2" in said
    assert "This post signed it." in said
    _, refused = amaan("audit", "receipt", "99", "--post", str(post.folder), code=2)
    assert "There is no screening 99" in refused


def test_that_times_are_said_with_their_zone(post: Made) -> None:
    said, _ = amaan("audit", "show", "--post", str(post.folder), "--json")
    assert json.loads(said)["entries"][0]["at"].endswith("+00:00")
    code, _ = amaan("audit", "code", "--post", str(post.folder), "--json")
    shown, _ = amaan("audit", "receipt", "1", "--post", str(post.folder))
    assert re.search(r"Screening 1, 2026-11-23 \d\d:\d\d:\d\d [+-]\d{4}", shown)
    known = json.loads(code)
    verified, _ = amaan("audit", "verify", "--post", str(post.folder), "--code", known["code"], "--json")
    assert json.loads(verified)["code_covers"] == known["entries"]
    assert json.loads(verified)["ok"]


def test_that_an_export_goes_through_the_verifier_with_and_without_rows(post: Made, tmp_path: Path) -> None:
    for more in ((), ("--whole",)):
        amaan("audit", "export", str(tmp_path / "x.jsonl"), "--post", str(post.folder), *more)
        assert audit_verifier.main([str(tmp_path / "x.jsonl"), "--key", post.key]) == 0
    assert "surname" in (tmp_path / "x.jsonl").read_text(encoding="utf-8")


def test_that_every_command_says_that_the_post_was_altered(post: Made) -> None:
    sql("UPDATE screenings SET receipt = replace(receipt, '\"compared\": 2', '\"compared\": 3') WHERE id = 5")(
        post.folder, post
    )
    said, told = amaan("audit", "verify", "--post", str(post.folder), code=1)
    assert "Receipt 5 is not what entry" in said
    assert "Receipt 5 was not signed by this post as it stands." in said
    said, _ = amaan("audit", "receipt", "5", "--post", str(post.folder), code=1)
    assert "did not sign it" in said
    _, told = amaan("records", "list", "--post", str(post.folder), code=4)
    assert "This post was altered" in told
    assert "Nobody answers for it" in told
    amaan("audit", "answer-for", "--reason", "the auditor is called", "--post", str(post.folder), code=4)
    _, told = amaan("records", "list", "--post", str(post.folder), code=4)
    assert "supervisor answers for it" in told
