"""Budgets from the command line: the same checks and the same two people as on the screen."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matching.faces.images import png
from tests import onnx_file
from tests.factory import NOW, particulars
from tests.fakes import NumberedFaces, picture
from watchlists.records.purposes import Purpose
from workstation.__main__ import main
from workstation.commands import speaking
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import create_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of


class Started(NumberedFaces):
    def start(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A training post with one listed person, and numbered faces behind the commands."""
    made = create_post(tmp_path / "post", "Test post", training=True, now=NOW)
    with made.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, NOW, each.login, each.name, each.role, each.password)
    desk = Desk(made, NumberedFaces(), lambda: NOW)
    desk.people.sign_in("admin", password_of("admin") or "")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    desk.records.add_record(missing, particulars(), [png(picture(7))], "test")
    desk.people.sign_out()
    made.close()
    monkeypatch.setattr(speaking, "FaceProcess", Started)
    return str(tmp_path / "post")


def amaan(*words: str, code: int = 0) -> dict[str, object]:
    done = CliRunner().invoke(main, [*words, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout.splitlines()[0])  # type: ignore[no-any-return] # JSON


def test_that_a_budget_is_shown_foreseen_asked_for_and_confirmed(post: str) -> None:
    before = amaan("budgets", "show", "--post", post)
    assert before["points"]["points"]["PROTECT"]["entries"] == 1  # type: ignore[index] # an object
    foreseen = amaan("budgets", "forecast", "--post", post, "--protect", "4")
    assert foreseen["purposes"]["PROTECT"]["budget"] == 4  # type: ignore[index] # an object
    asked = amaan("budgets", "ask", "--post", post, "--protect", "4", "--reason", "children were missed")
    again = amaan("budgets", "confirm", str(asked["proposal"]), "--post", post, "--as", "supervisor", code=2)
    assert "second person" in str(again["refused"])
    shown = CliRunner().invoke(main, ["budgets", "show", "--post", post]).stdout
    assert "children were missed" in shown
    assert amaan("budgets", "confirm", str(asked["proposal"]), "--post", post)["confirmed"] is True
    after = amaan("budgets", "show", "--post", post)
    assert after["points"]["points"]["PROTECT"]["budget"] == 4  # type: ignore[index] # an object
    assert after["history"][0]["why"] == "the budgets changed"  # type: ignore[index] # a list


def test_that_nothing_to_change_and_a_wrong_budget_are_sentences(post: str) -> None:
    assert "at least one budget" in str(amaan("budgets", "forecast", "--post", post, code=2)["refused"])
    assert "at most 50" in str(amaan("budgets", "forecast", "--post", post, "--refer", "60", code=2)["refused"])


def test_that_a_photograph_is_weighed_from_the_command_line(post: str, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(png(picture(7, moment=4)))
    weighed = amaan("records", "weigh", str(tmp_path / "photo.png"), "--post", post)
    assert (weighed["grade"], weighed["looks_like"]) == ("A", [1])
    (tmp_path / "nobody.png").write_bytes(png(picture()))
    assert "No face was found" in str(
        amaan("records", "weigh", str(tmp_path / "nobody.png"), "--post", post, code=2)["refused"]
    )


def test_that_missing_children_are_looked_for_from_the_command_line(post: str, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(png(picture(8)))
    added = (
        "records",
        "add",
        str(tmp_path / "photo.png"),
        "--post",
        post,
        "--list",
        "Missing",
        "--surname",
        "Child",
        "--age",
        "9",
    )
    rest = ("--taken", "2022-05", "--legal-basis", "Order", "--action", "Call", "--review-date", "2027-01-31", "--reason", "r")
    record = amaan(*added, *rest)["record"]
    (tmp_path / "seen.png").write_bytes(png(picture(8, moment=3)))
    found = amaan("investigate", str(tmp_path / "seen.png"), "--post", post)
    candidate = found["candidates"][0]  # type: ignore[index] # a list
    assert (candidate["record"], candidate["within_threshold"], candidate["age_then"]) == (record, True, 9)
    assert "low power" in candidate["warning"]
    plain = CliRunner().invoke(main, ["investigate", str(tmp_path / "seen.png"), "--post", post]).stdout
    assert "never a decision" in plain
    wrong = amaan(*added, "--taken", "2022", "--taken", "2023", *rest[2:], code=2)
    assert "more dates or ages than photographs" in str(wrong["refused"])


def test_that_a_second_network_is_kept_with_its_licence(post: str, tmp_path: Path) -> None:
    (tmp_path / "arc.onnx").write_bytes(onnx_file.network())
    kept = amaan("post", "network", str(tmp_path / "arc.onnx"), "--post", post, "--licence", "own work")
    assert kept["licence"] == "own work"
    assert len(str(kept["sha256"])) == 64
