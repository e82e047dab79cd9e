"""The log finds what was done to it, inside and out; the stand-alone verifier finds the same without our code."""

import ast
import hashlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.factory import NOW
from workstation.accountability import log, signed_notes
from workstation.accountability.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash
from workstation.post.keys import PostKeys
from workstation.post.post import CHECKPOINTS, Post

VERIFIER = Path(__file__).parents[3] / "workstation" / "accountability" / "audit_verifier.py"


def write(post: Post, count: int = 9, minutes: int = 0) -> None:
    with post.store.writing() as session:
        for number in range(count):
            log.append(
                session,
                NOW + timedelta(minutes=minutes, seconds=number),
                "a",
                f"act{number}",
                "x",
                {"n": number},
                training=True,
            )


def damage(post: Post, *statements: str) -> None:
    """As an insider with the key would: past the triggers."""
    with post.store.writing() as session:
        for trigger in ("audit_entries_update", "audit_entries_delete", "audit_checkpoints_delete"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def verified(post: Post, tmp_path: Path, *more: str) -> tuple[int, str]:
    """Exit code and words of the stand-alone verifier on an export."""
    export = tmp_path / "export.jsonl"
    post.export_audit(export)
    arguments = [sys.executable, "-I", str(VERIFIER), str(export), "--key", post.facts.public_key, *more]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


MOVE = "UPDATE audit_entries SET number = -1 WHERE number = 3; UPDATE audit_entries SET number = 3 WHERE number = 4; UPDATE audit_entries SET number = 4 WHERE number = -1"
DAMAGES = {
    "changed": ["UPDATE audit_entries SET body = replace(body, 'act4', 'act5') WHERE number = 4"],
    "deleted": ["DELETE FROM audit_entries WHERE number = 4"],
    "inserted": [
        "UPDATE audit_entries SET number = 9 WHERE number = 8",
        "INSERT INTO audit_entries SELECT 8, commitment, salt, body FROM audit_entries WHERE number = 2",
    ],
    "moved": MOVE.split("; "),
    "cut off": ["DELETE FROM audit_entries WHERE number > 5"],
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_that_damage_is_found_by_the_program_and_by_the_verifier(post: Post, tmp_path: Path, kind: str) -> None:
    write(post)
    post.checkpoint(NOW)
    assert post.verify_audit().ok
    assert verified(post, tmp_path)[0] == 0
    damage(post, *DAMAGES[kind])
    assert not post.verify_audit().ok
    code, said = verified(post, tmp_path)
    assert code == 1, said


def test_that_an_entry_rewritten_with_its_commitment_is_still_found(post: Post, tmp_path: Path) -> None:
    write(post)
    post.checkpoint(NOW)
    body = '{"act":"nothing","actor":"a","at":"2026-11-23T08:00:04.000+00:00","details":{},"subject":"x","training":true}'
    commitment = hashlib.sha256(bytes(16) + body.encode()).hexdigest()
    damage(
        post,
        f"UPDATE audit_entries SET body = '{body}', salt = x'{bytes(16).hex()}', commitment = x'{commitment}' WHERE number = 4",
    )
    faults = [str(fault) for fault in post.verify_audit().faults]
    assert any("first 9 entries are not those that were signed" in fault for fault in faults)
    assert verified(post, tmp_path)[0] == 1


def test_that_a_store_put_back_in_time_is_found_by_the_checkpoint_outside(post: Post, tmp_path: Path) -> None:
    write(post)
    post.checkpoint(NOW)
    damage(post, "DELETE FROM audit_entries WHERE number > 2", "DELETE FROM audit_checkpoints", "DELETE FROM audit_frontier")
    assert any("cut off" in str(fault) for fault in post.verify_audit().faults)
    assert verified(post, tmp_path, "--checkpoint", str(post.folder / CHECKPOINTS))[0] == 1


def test_that_a_checkpoint_of_another_post_or_key_is_not_trusted(post: Post) -> None:
    write(post)
    post.checkpoint(NOW)
    kept = post.folder / CHECKPOINTS
    kept.write_text(kept.read_text(encoding="utf-8").replace(post.facts.id, "0" * 32), encoding="utf-8")
    assert any("belongs to" in str(fault) for fault in post.verify_audit().faults)
    note = signed_notes.signed(signed_notes.checkpoint_at(post.origin, 9, bytes(32), NOW), PostKeys.made().signing_key)
    kept.write_text(note, encoding="utf-8")
    assert any("another key" in str(fault) for fault in post.verify_audit().faults)


def test_that_a_clock_set_back_is_an_entry_and_no_fault(post: Post, tmp_path: Path) -> None:
    write(post)
    write(post, count=2, minutes=-60)
    with post.store.reading() as session:
        assert [entry.act for entry in log.entries(session, limit=3)] == ["act1", "act0", log.CLOCK_SET_BACK]
    assert post.verify_audit().ok
    assert verified(post, tmp_path)[0] == 0


def test_that_the_store_refuses_to_change_or_delete_an_entry(post: Post) -> None:
    write(post)
    for statement in ("UPDATE audit_entries SET body = 'x'", "DELETE FROM audit_entries"):
        with post.store.reading() as session, pytest.raises(IntegrityError, match="append-only"):
            session.execute(text(statement))
    assert post.verify_audit().ok


def test_that_entries_are_found_by_their_words(post: Post) -> None:
    write(post)
    with post.store.reading() as session:
        assert [entry.number for entry in log.entries(session, text="act7")] == [7]
        assert [entry.number for entry in log.entries(session, limit=2, offset=1)] == [7, 6]


def test_that_the_verifier_imports_nothing_of_ours() -> None:
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    modules = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules - set(sys.stdlib_module_names) == {"cryptography"}


def test_that_the_verifier_refuses_what_is_not_a_log(tmp_path: Path) -> None:
    for content in ("", "not json", '{"kind": "other", "version": 1}'):
        export = tmp_path / "x.jsonl"
        export.write_text(content, encoding="utf-8")
        done = subprocess.run([sys.executable, "-I", str(VERIFIER), str(export)], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "cannot be read" in done.stderr or "not an audit log" in done.stderr


LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_that_the_roots_are_the_published_ones_of_certificate_transparency() -> None:
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        frontier.append(leaf)
        assert frontier.root().hex() == root


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_that_the_frontier_gives_the_root_of_the_definition(leaves: list[bytes]) -> None:
    def tree(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return leaf_hash(part[0])
        cut = 1
        while cut * 2 < len(part):
            cut *= 2
        return node_hash(tree(part[:cut]), tree(part[cut:]))

    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert frontier.root() == (tree(leaves) if leaves else EMPTY_ROOT)
