"""`amaan mrz IMAGE`: the whole path from a file to an answer or a sentence."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from matching.faces.images import jpeg
from workstation.__main__ import main
from workstation.documents.mrz.mrz import TD3
from workstation.training_post.drawn.documents import document, page
from workstation.training_post.drawn.photographing import Shot, photograph


@pytest.mark.slow
def test_that_a_picture_of_a_page_is_answered_from_the_command_line(tmp_path: Path) -> None:
    made = document(8, TD3, misprinted=True)
    picture = tmp_path / "page.jpg"
    picture.write_bytes(jpeg(photograph(page(made, 200.0), Shot(dpi=200.0, tilt=6.0, turn=5.0)).image))
    done = CliRunner().invoke(main, ["mrz", str(picture), "--json"])
    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (answer["format"], answer["lines"]) == ("TD3", list(made.lines))
    assert answer["as_read"] == answer["lines"], "a wrong print is not repaired"
    assert answer["checks_agree"] is False
    assert len(answer["quads"]) == 2
    assert len(answer["page_corners"]) == 4
    assert {each["field"]: each["agreement"] for each in answer["printed"]}["surname"] == "agrees"
    assert answer["timings_ms"]["all"] > 0
    assert answer["quality"]["mean_certainty"] > 0.9


@pytest.mark.slow
def test_that_a_picture_without_a_page_is_a_sentence(tmp_path: Path) -> None:
    picture = tmp_path / "desk.jpg"
    picture.write_bytes(jpeg(np.full((300, 400, 3), 180, dtype=np.uint8)))
    done = CliRunner().invoke(main, ["mrz", str(picture), "--json"])
    assert done.exit_code == 2
    assert "Lay the document" in json.loads(done.stdout)["refused"]


@pytest.mark.parametrize("arguments", [[], ["--text", "P<"]])
def test_that_a_picture_or_lines_are_asked_for(arguments: list[str], tmp_path: Path) -> None:
    if arguments:
        (tmp_path / "page.jpg").write_bytes(b"")
        arguments = [str(tmp_path / "page.jpg"), *arguments]
    done = CliRunner().invoke(main, ["mrz", *arguments])
    assert (done.exit_code, "Give the picture of a page, or the lines" in done.output) == (2, True)


def test_that_a_file_that_is_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(b"P<UTOERIKSSON")
    done = CliRunner().invoke(main, ["mrz", str(tmp_path / "page.jpg")])
    assert done.exit_code == 2
    assert len(done.output) > 20
