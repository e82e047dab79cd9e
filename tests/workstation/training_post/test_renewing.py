"""A training post that lay in a cupboard: its records are searched all the same, and the log says why."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factory import NOW
from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from workstation.desk.desk import Desk
from workstation.post.post import Post, create_post
from workstation.training_post.renewing import believe_clock, renew


def _renewed_in_log(desk: Desk) -> list[str]:
    sign_in(desk, "auditor")
    lines = desk.log.entries(text="record.amended")
    return [each.subject for each in lines]


def test_that_a_listed_person_is_a_lead_after_400_days(desk: Desk, post: Post, clock: Clock, listed: int) -> None:
    clock.at += timedelta(days=400)
    sign_in(desk, "supervisor").lists.confirm_clock()
    sign_in(desk, "officer")
    assert desk.counter.screen(picture(7), source="test").value.answer != "refer"
    desk.people.sign_out()
    assert listed in renew(post, clock())
    again = Desk(post, NumberedFaces(), clock)
    sign_in(again, "officer")
    screened = again.counter.screen(picture(7), source="test").value
    assert screened.answer == "refer"
    assert f"record:{listed}" in _renewed_in_log(again)


def test_that_records_in_date_and_withdrawn_ones_are_left_alone(desk: Desk, post: Post, clock: Clock, listed: int) -> None:
    assert renew(post, clock()) == ()
    sign_in(desk, "admin")
    desk.records.withdraw_record(listed, "found")
    clock.at += timedelta(days=400)
    renewed = renew(post, clock())
    assert renewed
    assert listed not in renewed
    assert renew(post, clock()) == ()
    assert post.verify_audit().ok


def test_that_a_real_post_never_renews_by_itself(tmp_path: Path) -> None:
    real = create_post(tmp_path / "real", "North gate", training=False, now=NOW, passphrase="a passphrase of the north gate")
    with closing(real), pytest.raises(ValueError, match="only a training post"):
        renew(real, NOW)


def test_that_a_training_post_believes_its_clock_again_when_it_is_opened(
    desk: Desk, post: Post, clock: Clock, listed: int
) -> None:
    assert listed
    assert not believe_clock(post, clock())
    clock.at += timedelta(days=400)
    assert believe_clock(post, clock())
    assert desk.lists.day().doubt is None
