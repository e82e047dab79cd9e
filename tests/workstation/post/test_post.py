"""A post is made whole or not at all, opens once, and says in a sentence what is in the way."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.factory import NOW
from workstation.accountability import log
from workstation.errors import OperatorError
from workstation.post import keys, store
from workstation.post.keys import PostKeys
from workstation.post.post import FACTS, KEYS, STORE, Post, create_post, open_post
from workstation.schema import AuditRow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_post(tmp_path / "p", "Post", training=True, now=NOW).close()
    return tmp_path / "p"


def test_that_everything_in_it_belongs_to_its_owner_alone(folder: Path) -> None:
    open_post(folder).close()
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_that_the_store_is_unreadable_without_the_key(folder: Path) -> None:
    assert b"SQLite format" not in (folder / STORE).read_bytes()[:100]


def test_that_a_post_is_open_in_one_program_only(folder: Path) -> None:
    first = open_post(folder)
    with pytest.raises(OperatorError, match="open in another program"):
        open_post(folder)
    first.close()
    open_post(folder).close()


def test_that_a_folder_with_something_in_it_is_not_taken(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(OperatorError, match="there already"):
        create_post(folder, "Again", training=True, now=NOW)
    assert sorted(folder.iterdir()) == before


def test_that_a_post_that_cannot_be_sealed_is_not_half_made(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="at least 12"):
        create_post(tmp_path / "p", "Post", training=False, now=NOW, passphrase="short")
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "home"])


def test_that_no_post_is_a_sentence_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="amaan post create"):
        open_post(tmp_path / "none")


def cut(folder: Path) -> None:
    with (folder / STORE).open("r+b") as file:
        file.truncate(file.seek(0, os.SEEK_END) // 2)


def flip(folder: Path) -> None:
    with (folder / STORE).open("r+b") as file:
        file.seek(9000)
        byte = file.read(1)
        file.seek(9000)
        file.write(bytes([byte[0] ^ 1]))


def newer(folder: Path) -> None:
    post = open_post(folder)
    with post.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    post.close()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut, "damaged|cannot be read"),
        (flip, "damaged|cannot be read"),
        (newer, "newer version"),
        (lambda folder: (folder / STORE).unlink(), "missing"),
        (lambda folder: (folder / FACTS).write_text("{"), "facts"),
        (lambda folder: (folder / KEYS).write_text("{"), "key file"),
        (lambda folder: (folder / KEYS).write_text(keys.in_the_clear(PostKeys.made())), "cannot be read with this key|damaged"),
    ],
)
def test_that_harm_to_the_post_is_a_sentence(folder: Path, harm: object, said: str) -> None:
    assert callable(harm)
    harm(folder)
    with pytest.raises(OperatorError) as refused:
        open_post(folder)
    assert re.search(said, str(refused.value)), str(refused.value)


def test_that_a_refused_opening_leaves_the_post_free(folder: Path) -> None:
    kept = (folder / KEYS).read_text()
    (folder / KEYS).write_text("{")
    with pytest.raises(OperatorError):
        open_post(folder)
    (folder / KEYS).write_text(kept)
    open_post(folder).close()


def test_that_a_swapped_store_is_found_by_the_checkpoint_outside(folder: Path) -> None:
    post = open_post(folder)
    post.close()
    shutil.copy(folder / STORE, folder / "old")
    post = open_post(folder)
    with post.store.writing() as session:
        log.append(session, NOW, "a", "act", "x", {}, training=True)
    post.checkpoint(NOW)
    post.close()
    shutil.move(folder / "old", folder / STORE)
    again = open_post(folder)
    assert any("cut off" in str(fault) for fault in again.faults)
    again.close()


def test_that_a_passphrase_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    create_post(tmp_path / "p", "Real", training=False, now=NOW, passphrase="long enough words").close()
    assert "long" not in (tmp_path / "p" / KEYS).read_text()
    for wrong, said in ((None, "Enter its passphrase"), ("other words than those", "wrong")):
        with pytest.raises(OperatorError, match=said):
            open_post(tmp_path / "p", wrong)
    open_post(tmp_path / "p", "long enough words").close()


def test_that_a_migration_down_and_up_keeps_the_schema(folder: Path) -> None:
    post = open_post(folder)
    with post.store._engine.connect() as connection:
        before = store.tables(connection)
    store.upgrade(post.store, "base")
    store.upgrade(post.store)
    with post.store._engine.connect() as connection:
        assert store.tables(connection) == before
    post.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.factory import NOW
from workstation.accountability import log
from workstation.post.post import open_post
post = open_post(Path(sys.argv[1]))
with post.store.writing() as session:
    for number in range(3):
        log.append(session, NOW, "a", f"act{number}", "x", {}, training=True)
        if sys.argv[2] == str(number):
            os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "after":
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("moment", "entries"), [("0", 0), ("2", 0), ("after", 3)])
def test_that_an_act_cut_by_kill_nine_is_whole_or_not_there(folder: Path, moment: str, entries: int) -> None:
    home = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), moment], cwd=home, check=False)
    assert done.returncode == -signal.SIGKILL
    post = open_post(folder)
    with post.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == entries
    assert post.faults == ()
    post.close()


FULL = """
import resource, sys
from pathlib import Path
from tests.factory import NOW
from workstation.accountability import log
from workstation.errors import OperatorError
from workstation.post.post import open_post
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
post = open_post(Path(sys.argv[1]))
size = (post.folder / "store.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20000, size + 20000))
try:
    with post.store.writing() as session:
        log.append(session, NOW, "a", "act", "x", {"long": "x" * 400000}, training=True)
except OperatorError as error:
    print(error)
    sys.exit(2)
"""


def test_that_a_full_disk_is_a_sentence_and_leaves_nothing(folder: Path) -> None:
    home = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", FULL, str(folder)], cwd=home, check=False, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert re.search("Nothing of the last act was saved", done.stdout)
    post = open_post(folder)
    with post.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 0
    post.close()


def test_that_a_writer_that_raises_leaves_nothing(post: Post) -> None:
    with pytest.raises(ZeroDivisionError), post.store.writing() as session:
        log.append(session, NOW, "a", "act", "x", {}, training=True)
        _ = 1 / 0
    with post.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 0
