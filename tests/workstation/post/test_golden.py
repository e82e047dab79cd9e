"""A store of each released schema is read by today's program: nobody's records are lost by an upgrade."""

import shutil
from pathlib import Path

import pytest

from tests.fakes import NumberedFaces, picture
from tests.kept_up import status
from tests.workstation.conftest import Clock, sign_in
from workstation.desk.desk import Desk
from workstation.post.post import open_post
from workstation.screening.screening import Answer

GOLDEN = Path(__file__).parents[2] / "golden"
RELEASED = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir() and (path / "post.json").exists())


@pytest.mark.parametrize("revision", RELEASED)
def test_that_a_released_store_is_upgraded_and_searched(revision: str, tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "post"
    shutil.copytree(GOLDEN / revision, folder)
    post = open_post(folder)
    desk = Desk(post, NumberedFaces(), clock)
    try:
        assert post.faults == ()
        assert status(desk).entries == 1, "two photographs of one person are one entry"
        admin = sign_in(desk, "admin")
        assert [each.name for each in admin.records.watchlists()] == ["Lost documents", "Missing"]
        child = next(each for each in admin.records.find_records() if each.name.startswith("NOOR"))
        assert admin.records.record(child.record_id).particulars.other_names == ("Nuri",)
        answered = sign_in(desk, "officer").counter.screen(picture(7, moment=4), source="t").value
        assert answered.answer is Answer.REFER
        alerts = sign_in(desk, "second").second_line.alerts(everything=True)
        assert len(alerts) == 3, "two of before, one of now"
        assert sign_in(desk, "auditor").log.verify().value.ok
    finally:
        desk.close()


def test_that_there_is_a_golden_store() -> None:
    assert "0003" in RELEASED
