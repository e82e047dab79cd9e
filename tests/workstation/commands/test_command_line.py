"""The `amaan` command as a person types it: real processes, one JSON object, a sentence and exit code 2 for a refusal."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matching.faces.images import png
from tests.factory import passport_zone
from watchlists.records.purposes import Purpose
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import create_post
from workstation.training_post.cast import RECORD_SEEDS, STRANGER_SEEDS
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person
from workstation.training_post.opening import CALIBRATION
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of

HOME = Path(__file__).parents[3]
MADE = datetime.now(UTC)
"""The commands run by the clock on the wall, which is not believed when it is far from the log's."""


def amaan(*arguments: str, code: int = 0, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "workstation", *arguments],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training post with one list, and photographs beside it."""
    home = tmp_path_factory.mktemp("command")
    post = create_post(home / "post", "Test post", training=True, now=MADE)
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, MADE, each.login, each.name, each.role, each.password)
    shutil.copytree(CALIBRATION, home / "post" / "calibration")  # drawn people lie nearer to each other than photographed ones
    faces = FaceProcess()
    desk = Desk(post, faces, lambda: MADE)
    desk.people.sign_in("admin", password_of("admin") or "")
    desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00")
    desk.close()
    faces.close()
    (home / "listed.png").write_bytes(png(frame([(person(RECORD_SEEDS[0]), View())], moment=1)))
    (home / "again.png").write_bytes(png(frame([(person(RECORD_SEEDS[0]), View(yaw=5, light_from=-10))], moment=2)))
    (home / "stranger.png").write_bytes(png(frame([(person(STRANGER_SEEDS[0]), View())], moment=3)))
    (home / "empty.png").write_bytes(png(frame([], moment=4)))
    (home / "bad.png").write_bytes(b"not a picture")
    return home


PARTICULARS = (
    "--list",
    "Missing",
    "--surname",
    "Noor",
    "--legal-basis",
    "Order 1",
    "--action",
    "Call",
    "--review-date",
    "2027-01-31",
    "--reason",
    "reported today",
)


def test_that_a_record_is_added_searched_found_by_name_and_withdrawn(folder: Path) -> None:
    post = ("--post", str(folder / "post"))
    added = json.loads(amaan("records", "add", str(folder / "listed.png"), *post, *PARTICULARS, "--json")[0])
    found = json.loads(amaan("screen", str(folder / "again.png"), *post, "--json")[0])
    assert found["answer"] == "refer"
    assert found["alert"] == 1
    assert (found["searched"][0]["compared"], found["searched"][0]["eligible"]) == (1, 1)
    assert set(found["receipt"]) == {"at", "complete", "signature"}
    assert found["receipt"]["complete"] is True
    assert not any(word in json.dumps(found) for word in ("Missing", "PROTECT", '"distance"', "threshold", "nearest"))
    assert found["face"]["quality"]["good"] is True
    assert set(found["timings_ms"]) == {"look", "encode", "search"}
    stranger = json.loads(amaan("screen", str(folder / "stranger.png"), *post, "--json")[0])
    assert (stranger["answer"], stranger["alert"]) == ("no lead", None)
    lines = [part for line in passport_zone().lines for part in ("--mrz", line)]
    with_document = json.loads(amaan("screen", str(folder / "stranger.png"), *post, *lines, "--json")[0])
    assert (with_document["answer"], with_document["document"]["format"]) == ("no lead", "TD3")
    assert [(each["what"], each["complete"]) for each in with_document["searched"]] == [
        ("face", True),
        ("names", True),
        ("numbers", True),
    ]
    unseen = json.loads(amaan("screen", *post, "--no-photo", "a bandage", *lines, "--json")[0])
    assert (unseen["answer"], unseen["reasons"]) == ("no lead", ["The face was not searched: a bandage."])
    plain, _ = amaan("screen", str(folder / "again.png"), *post)
    assert "refer" in plain
    assert not any(word in plain for word in ("Missing", "PROTECT", "distance"))
    listed = json.loads(amaan("records", "list", *post, "--find", "noo", "--json")[0])
    assert [each["name"] for each in listed["records"]] == ["NOOR"]
    amaan("records", "withdraw", str(added["record"]), *post, "--reason", "safe")
    empty = json.loads(amaan("screen", str(folder / "again.png"), *post, "--json", code=3)[0])
    assert (empty["answer"], empty["fault"]) == ("look again", True), "a post with nothing to compare with is never an answer"
    verified = json.loads(amaan("audit", "verify", *post, "--json")[0])
    assert verified["ok"]
    assert json.loads(amaan("audit", "show", *post, "--find", "withdrawn", "--json")[0])["entries"][0]["actor"] == "admin"


def test_that_a_picture_without_a_face_is_looked_at_again(folder: Path) -> None:
    answered = json.loads(amaan("screen", str(folder / "empty.png"), "--post", str(folder / "post"), "--json")[0])
    assert (answered["answer"], answered["face"], answered["receipt"]) == ("look again", None, None)
    seen = json.loads(amaan("faces", str(folder / "stranger.png"), "--json")[0])
    assert len(seen["faces"]) == 1


def test_that_a_table_with_a_wrong_row_imports_nothing(folder: Path) -> None:
    post = ("--post", str(folder / "post"))
    head = "list;surname;given_names;legal_basis;action;review_date;photos\n"
    table = folder / "table.csv"
    table.write_text(head + "Missing;Osei;Ama;Order 2;Call;2027-01-31;listed.png\nMissing;;X;Order;Call;2027-01-31;bad.png\n")
    _, said = amaan("records", "import", str(table), *post, "--reason", "r", code=2)
    assert "Line 3: Enter the surname" in said
    table.write_text(head + "Missing;Osei;Ama;Order 2;Call;2027-01-31;bad.png\n")
    _, said = amaan("records", "import", str(table), *post, "--reason", "r", code=2)
    assert "Line 2: bad.png" in said
    assert json.loads(amaan("records", "list", *post, "--json")[0])["records"] == []
    table.write_text(head + "Missing;Osei;Ama;Order 2;Call;2027-01-31;stranger.png\n")
    amaan("records", "import", str(table), *post, "--reason", "r")
    (record,) = json.loads(amaan("records", "list", *post, "--json")[0])["records"]
    assert json.loads(amaan("records", "look-alikes", *post, "--json")[0]) == {"pairs": []}
    amaan("records", "withdraw", str(record["record"]), *post, "--reason", "end of the test")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screen", "bad.png", "--post", "post"), "not a picture"),
        (("screen", "none.png", "--post", "post"), "cannot be read"),
        (("screen", "listed.png", "--post", "nowhere"), "amaan post create"),
        (("screen", "listed.png", "--post", "post", "--as", "auditor"), "may not screen"),
        (("records", "withdraw", "99", "--post", "post", "--reason", "x"), "no record 99"),
    ],
)
def test_that_a_refusal_is_one_sentence_and_exit_code_two(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    paths = [str(folder / each) if each.endswith(".png") or each in {"post", "nowhere"} else each for each in arguments]
    answer, error = amaan(*paths, "--json", code=2)
    assert said in error
    assert said in json.loads(answer)["refused"]


def test_that_a_real_post_is_made_under_a_passphrase_and_has_no_default_password(tmp_path: Path) -> None:
    made = json.loads(
        amaan("post", "create", str(tmp_path / "p"), "--name", "North gate", "--json", AMAAN_PASSPHRASE="long enough words")[0]
    )
    assert made["public_key"].startswith("amaan/")
    _, said = amaan("records", "list", "--post", str(tmp_path / "p"), code=2, AMAAN_PASSPHRASE="long enough words")
    assert "--as" in said
    _, said = amaan(
        "records", "list", "--post", str(tmp_path / "p"), "--as", "admin", code=2, AMAAN_PASSPHRASE="other words here"
    )
    assert "passphrase is wrong" in said


def test_that_records_are_tried_imported_shown_amended_reviewed_compared_and_exported(folder: Path) -> None:
    post = ("--post", str(folder / "post"))
    table = folder / "list.csv"
    head = "list,reference,surname,birth_date,legal_basis,action,review_date\n"
    row = "Missing,{ref},{name},{born},Order 3,Call,{review}\n"
    soon = (datetime.now(UTC).date() + timedelta(days=5)).isoformat()
    rows = [("A", "Adeyemi", "1980-03-17", soon), ("B", "Adeyemi", "1980-03-17", "2020-01-01")]
    table.write_text(head + "".join(row.format(ref=ref, name=name, born=born, review=day) for ref, name, born, day in rows))
    tried = json.loads(amaan("records", "import", str(table), *post, "--dry-run", "--json")[0])
    assert (tried["rows"]["added"], tried["rows"]["refused"], tried["records"]) == (1, 1, [])
    assert tried["lines"][1]["said"][-1]["field"] == "review_date"
    done = json.loads(amaan("records", "import", str(table), *post, "--accepted-only", "--reason", "r", "--json")[0])
    (record,) = done["records"]
    again = json.loads(amaan("records", "import", str(table), *post, "--dry-run", "--json")[0])
    assert again["rows"]["unchanged"] == 1
    due = json.loads(amaan("records", "due", *post, "--json")[0])["records"]
    assert [(each["record"], each["review"]) for each in due] == [(record, "due")]
    assert (
        json.loads(amaan("records", "amend", str(record), *post, "--action", "Ask", "--reason", "r", "--json")[0])["version"]
        == 2
    )
    shown = json.loads(amaan("records", "show", str(record), *post, "--json")[0])
    assert (shown["action"], shown["surname"], len(shown["history"])) == ("Ask", "Adeyemi", 2)
    assert json.loads(amaan("records", "duplicates", *post, "--json")[0]) == {"pairs": []}
    out = folder / "out.csv"
    left = json.loads(amaan("records", "export", str(out), *post, "--list", "Missing", "--reason", "r", "--json")[0])
    assert "Adeyemi" in out.read_text(encoding="utf-8-sig")
    assert left["records"] >= 1
    amaan("records", "withdraw", str(record), *post, "--reason", "end of the test")


def test_that_people_are_kept_from_the_terminal(folder: Path) -> None:
    post = ("--post", str(folder / "post"))
    amaan("people", "add", "n.khan", *post, "--name", "N Khan", "--role", "officer", AMAAN_NEW_PASSWORD="first of them all")
    amaan("people", "role", "n.khan", *post, "--role", "second line")
    amaan("people", "reset", "n.khan", *post, AMAAN_NEW_PASSWORD="told by telephone")
    out, _ = amaan("people", "list", *post, "--json")
    person_line = next(each for each in json.loads(out)["people"] if each["login"] == "n.khan")
    assert (person_line["role"], person_line["must_change_password"], person_line["last_sign_in"]) == (
        "second line",
        True,
        None,
    )
    as_khan = (*post, "--as", "n.khan")
    _, why = amaan("people", "list", *as_khan, code=2, AMAAN_PASSWORD="told by telephone")
    assert "amaan people password" in why
    amaan("people", "password", *as_khan, AMAAN_PASSWORD="told by telephone", AMAAN_NEW_PASSWORD="only mine from now")
    _, why = amaan("people", "list", *as_khan, code=2, AMAAN_PASSWORD="only mine from now")
    assert "may not unlock logins" in why
    _, why = amaan("people", "unlock", "n.khan", *post, code=2)
    assert "is not locked" in why
    amaan("people", "let-go", "n.khan", *post)
    _, why = amaan("people", "let-go", "n.khan", *post, code=2)
    assert "nobody with the login" in why
