"""Whatever somebody with the key does to a closed post is found, by whom the table says, or named as what nobody can find."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.fakes import NumberedFaces
from tests.workstation.accountability.attacked_post import Made, made
from tests.workstation.accountability.attacks import ATTACKS, Finder
from tests.workstation.conftest import Clock
from workstation.accountability import audit_verifier, contents, log
from workstation.accountability.acts import Deed
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.log_signing import CHECKPOINTS
from workstation.post.post import Post, open_post


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patched:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patched.setattr("workstation.post.passwords._HASHER", quick)
        yield made(tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def copy(base: Made, tmp_path: Path) -> Made:
    """Everything as it was, in a place of its own; the second copy lies where the post says."""
    for name in ("post", "elsewhere-early"):
        shutil.copytree(base.folder.parent / name, tmp_path / name)
    kept = base.elsewhere.with_name("elsewhere-kept")
    if not kept.exists():
        shutil.copytree(base.elsewhere, kept)
    shutil.copytree(kept, base.elsewhere, dirs_exist_ok=True)
    return Made(tmp_path / "post", base.early, base.other, base.elsewhere, base.key)


def exported_is_faulty(post: Post, copy: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    export = tmp_path / "export.jsonl"
    post.export_audit(export, whole=True)
    code = audit_verifier.main([str(export), "--key", copy.key])
    capsys.readouterr()
    return code == 1


def finders_of(copy: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> set[Finder]:
    try:
        post = open_post(copy.folder)
    except OperatorError:
        return {Finder.REFUSED}
    found = set()
    try:
        if post.faults:
            found.add(Finder.OPENING)
        if exported_is_faulty(post, copy, tmp_path, capsys):
            found.add(Finder.VERIFIER)
        desk = Desk(post, NumberedFaces(), Clock())
        with post.store.reading() as session:
            entries = log.entries(session, limit=3)
        if any(entry.act == Deed.IN_FORCE_CHANGED for entry in entries):
            found.add(Finder.ENTRY)
        assert bool(desk.status().faults) == (Finder.OPENING in found)
        assert not desk.people.first_start()
    finally:
        post.close()
    return found


@pytest.mark.parametrize("name", ATTACKS)
def test_that_an_attack_is_found_by_those_of_the_table(
    name: str, copy: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attack = ATTACKS[name]
    attack.how(copy.folder, copy)
    found = finders_of(copy, tmp_path, capsys)
    told = attack.finders - {Finder.NOBODY, Finder.COPY}
    assert found >= told if Finder.NOBODY not in attack.finders else not found, found
    if Finder.COPY in attack.finders:
        shutil.rmtree(copy.elsewhere)
        assert not finders_of(copy, tmp_path, capsys), "without the copy nobody would know"
        copy.elsewhere.mkdir()


def test_that_an_untouched_post_is_found_sound(copy: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finders_of(copy, tmp_path, capsys) == set()


def test_that_at_least_sixty_attacks_are_tried_and_only_the_named_ones_are_not_found() -> None:
    missed = [name for name, attack in ATTACKS.items() if Finder.NOBODY in attack.finders]
    assert len(ATTACKS) - len(missed) >= 58
    assert missed == ["folder and second copy put back in time", "entry forged behind the last signature"]


def test_that_a_refusal_names_the_last_signed_state(copy: Made) -> None:
    entries = (
        json.loads(json.dumps((copy.folder / CHECKPOINTS).read_text(encoding="utf-8"))).split("\n=====\n")[-2].split("\n")[1]
    )
    (copy.folder / "store.db").write_bytes(b"")
    with pytest.raises(OperatorError, match=f"last signed state is {entries} entries"):
        open_post(copy.folder)


def test_that_the_guards_of_the_store_are_those_that_the_check_expects(copy: Made) -> None:
    post = open_post(copy.folder)
    with post.store.snapshot() as session:
        guarded = {
            table for (table,) in contents.raw_rows(session, "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        }
    post.close()
    assert guarded == contents.APPEND_ONLY
