"""The training travellers in a terminal: drawn ahead, read again when the page reader stopped, and told to whoever waits."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matching.faces.images import Image
from tests.factory import NOW
from tests.fakes import NumberedFaces, NumberedPages, picture
from tests.workstation.conftest import Clock, sign_in
from workstation.commands.progressing import Telling
from workstation.desk.desk import Desk
from workstation.documents.watching.page_process import PageProcessDied
from workstation.documents.zone_reader.reading import PageRead
from workstation.errors import OperatorError
from workstation.training_post.opening import check_place, open_training_post
from workstation.training_post.script import TRAVELLERS, traveller_frame, traveller_frames
from workstation.training_post.terminal import draw, read_document, screen_travellers


class DyingPages(NumberedPages):
    """Stops at so many calls, then reads."""

    def __init__(self, deaths: int) -> None:
        super().__init__()
        self.deaths = deaths

    def read(self, image: Image, *, texts: bool = False) -> PageRead:
        if self.deaths:
            self.deaths -= 1
            raise PageProcessDied
        return super().read(image, texts=texts)


@pytest.mark.parametrize(("deaths", "read"), [(0, True), (1, True), (2, False)])
def test_that_a_page_is_given_once_more_and_then_the_traveller_goes_on_without(desk: Desk, deaths: int, read: bool) -> None:
    sign_in(desk, "officer")
    assert (read_document(desk, DyingPages(deaths), (picture(),)) is not None) == read


def test_that_a_traveller_is_drawn_as_the_camera_plays_it() -> None:
    coming = draw(TRAVELLERS[1], NOW.date())
    frames = list(traveller_frames(TRAVELLERS[1]))
    assert len(coming.pictures) == len(TRAVELLERS[1].looks) + 1
    assert (coming.pictures[-1] == frames[-1]).all()
    assert (traveller_frame(TRAVELLERS[1], 3) == frames[3]).all()
    assert len(coming.sides) == 1


@pytest.mark.parametrize("most", [1, 3])
def test_that_so_many_travellers_come_one_after_the_other(desk: Desk, most: int) -> None:
    sign_in(desk, "officer")
    outcomes = list(screen_travellers(desk, NumberedFaces(), NumberedPages(), most))
    assert [each.traveller.number for each in outcomes] == list(range(1, most + 1))


def test_that_a_log_is_told_ten_times_at_most_and_a_terminal_sees_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with Telling("travellers") as bar:
        task = bar.add_task("Screening", total=40)
        for _ in range(40):
            bar.update(task, advance=1)
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Screening: 4 of 40 travellers"
    assert told[-1] == "Screening: 40 of 40 travellers"
    assert len(told) == 10


def test_that_what_a_killed_first_start_left_is_removed_and_a_running_one_is_not(tmp_path: Path, clock: Clock) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    left, running = tmp_path / f".post.{int(gone.stdout)}", tmp_path / f".post.{os.getppid()}"
    for folder in (left, running):
        folder.mkdir()
        (folder / "store.db").touch()

    with pytest.raises(OperatorError, match="No face"):  # these faces find nobody in drawn pictures
        open_training_post(tmp_path / "post", NumberedFaces(), clock)
    assert [each.name for each in tmp_path.iterdir()] == [running.name]


@pytest.mark.parametrize("folder", ["/dev/null/post", "/proc/nowhere/post"])
def test_that_a_place_where_no_post_can_be_is_refused_in_a_sentence(folder: str) -> None:
    with pytest.raises(OperatorError, match=r"cannot be kept in .*: .*--post FOLDER"):
        check_place(Path(folder))


def test_that_a_place_below_what_is_not_there_yet_is_taken(tmp_path: Path) -> None:
    check_place(tmp_path / "not" / "yet" / "post")
    assert np.all([(tmp_path / "not" / "yet").is_dir(), not (tmp_path / "not" / "yet" / "post").exists()])
