"""A post that was proved altered says so everywhere, and its counter goes on only under a supervisor's name, for a shift."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.post import STORE, Post, open_post


def alter(post: Post) -> None:
    with post.store.reading() as session:
        session.execute(text("DROP TRIGGER record_versions_update"))
        session.execute(text("UPDATE record_versions SET surname = 'Else'"))
        session.commit()


@pytest.fixture
def altered(desk: Desk, post: Post, clock: Clock, listed: int) -> Iterator[Desk]:
    """The post opened again after somebody changed a record by plain SQL."""
    assert listed
    alter(post)
    desk.close()
    again = Desk(open_post(post.folder), NumberedFaces(), clock)
    yield again
    again.post.close()


def test_that_a_sound_post_asks_nobody(desk: Desk) -> None:
    assert desk.status().faults == ()
    sign_in(desk, "supervisor")
    with pytest.raises(OperatorError, match="Nothing was found altered"):
        desk.log.answer_for_faults("to be sure")


def test_that_nothing_is_screened_until_a_supervisor_answers(altered: Desk, clock: Clock) -> None:
    officer = sign_in(altered, "officer")
    with pytest.raises(OperatorError, match=r"was altered.*a supervisor answers"):
        officer.counter.screen(picture(500), source="t")
    with pytest.raises(OperatorError, match="may not answer"):
        officer.log.answer_for_faults("let me")
    supervisor = sign_in(altered, "supervisor")
    with pytest.raises(OperatorError, match="Enter why"):
        supervisor.log.answer_for_faults(" ")
    supervisor.log.answer_for_faults("The queue is long; the auditor is called")
    assert altered.status().answered_by == "supervisor"
    answered = sign_in(altered, "officer").counter.screen(picture(500), source="t").value
    with altered.post.store.reading() as session:
        (entry,) = log.entries(session, limit=1)
        found = log.entries(session, text=Deed.FAULT_FOUND)
    assert entry.subject == f"screening:{answered.screening_id}"
    assert entry.details["answered_for_by"] == "supervisor"
    assert len(found) == 1
    clock.at += timedelta(hours=12)
    with pytest.raises(OperatorError, match="was altered"):
        altered.counter.screen(picture(500), source="t")


def test_that_what_was_found_stays_until_somebody_answers_even_when_it_is_put_back(altered: Desk, clock: Clock) -> None:
    folder = altered.post.folder
    with altered.post.store.reading() as session:
        session.execute(text("UPDATE record_versions SET surname = 'Noor' WHERE record_id = 1"))
        session.commit()
    altered.close()
    again = Desk(open_post(folder), NumberedFaces(), clock)
    assert any("Record version 1/1" in fault for fault in again.status().faults)
    again.close()


def test_that_a_new_fault_asks_anew(altered: Desk, clock: Clock, tmp_path: Path) -> None:
    assert tmp_path
    sign_in(altered, "supervisor").log.answer_for_faults("for now")
    with altered.post.store.reading() as session:
        session.execute(text("UPDATE watchlists SET purpose = 'REFER'"))
        session.commit()
    folder = altered.post.folder
    altered.close()
    again = Desk(open_post(folder), NumberedFaces(), clock)
    assert again.status().answered_by == ""
    again.close()


def test_that_a_post_that_had_people_never_has_a_first_start(desk: Desk, post: Post, clock: Clock, listed: int) -> None:
    assert listed
    with post.store.reading() as session:
        session.execute(text("DELETE FROM people"))
        session.commit()
    desk.close()
    again = Desk(open_post(post.folder), NumberedFaces(), clock)
    assert not again.people.first_start()
    with pytest.raises(OperatorError, match="has people already"):
        again.people.make_first_administrator("thief", "Thief", "a password of a thief")
    again.post.close()


def test_that_a_lost_end_is_accepted_by_a_supervisor_and_the_post_goes_on(
    desk: Desk, post: Post, clock: Clock, listed: int, tmp_path: Path
) -> None:
    """A backup of the store is restored: what came after it is gone, and stays told."""
    assert listed
    desk.close()
    shutil.copy(post.folder / STORE, tmp_path / "backup")
    later = Desk(open_post(post.folder), NumberedFaces(), clock)
    sign_in(later, "officer").counter.screen(picture(500), source="t")
    later.close()
    shutil.copy(tmp_path / "backup", post.folder / STORE)
    with pytest.raises(OperatorError, match="accept-loss"):
        open_post(post.folder)
    again = Desk(open_post(post.folder, after_a_loss=True), NumberedFaces(), clock)
    with pytest.raises(OperatorError, match="may not answer"):
        sign_in(again, "officer").log.accept_loss("I did it")
    with pytest.raises(OperatorError, match="Enter why"):
        sign_in(again, "supervisor").log.accept_loss("")
    again.log.accept_loss("The disk broke; the backup of the morning was restored")
    again.close()
    sound = open_post(post.folder)
    assert sound.faults == ()
    assert [path.name for path in sound.folder.glob("checkpoints.txt.until-*")]
    with sound.store.reading() as session:
        (entry,) = log.entries(session, text=Deed.LOSS_ACCEPTED)
    assert entry.details["found"] < entry.details["signed"]  # type: ignore[operator] # two counts
    sound.close()
