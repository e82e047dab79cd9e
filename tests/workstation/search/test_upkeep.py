"""The searched lists at a post: kept in step with the store, tested with canaries, and never trusted when in doubt."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import select, text

from matching.faces.images import png
from matching.search.live import LiveGallery
from tests.factory import NOW, particulars
from tests.fakes import SCALE, UNIT, NumberedFaces, picture
from tests.kept_up import status
from tests.workstation.conftest import Clock, sign_in
from tests.workstation.desk.test_desk import acts
from watchlists.records.purposes import Purpose
from watchlists.records.records import GRACE, OVERDUE
from watchlists.records.schema import TemplateRow
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.post import Post
from workstation.screening.screening import Answer
from workstation.search import lists as searchable
from workstation.search.lists import NO_TEMPLATE
from workstation.search.upkeep import DAMAGED, INDEX, LOST
from workstation.settings import Settings


def read(desk: Desk) -> None:
    """Have the lists read and tested."""
    desk.keep_up()


def never_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        pytest.fail("the lists were read again")

    monkeypatch.setattr(searchable, "load", fail)


def test_that_changes_take_effect_without_reading_the_lists_again(
    desk: Desk, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(desk)
    never_reading(monkeypatch)
    sign_in(desk, "admin")
    other = desk.records.add_watchlist("Wanted", Purpose.REFER, "o", "c").value
    added = desk.records.add_record(other, particulars("New"), [png(picture(300))], "test").value
    desk.records.add_portrait(listed, png(picture(301)), "another photograph")
    desk.records.withdraw_record(listed, "found and safe")
    desk.records.amend_record(added, particulars("Newer"), "spelling")
    sign_in(desk, "officer")
    for person, answer in ((300, Answer.REFER), (7, Answer.NO_LEAD), (301, Answer.NO_LEAD), (20, Answer.REFER)):
        answered = desk.counter.screen(picture(person), source="test").value
        assert answered.answer is answer
        assert answered.receipt is not None
        assert answered.receipt.complete
        assert answered.receipt.eligible == 4
    monkeypatch.undo()
    with desk.post.store.reading() as session:
        anew = searchable.load(session, UNIT, SCALE, NOW.date())
    assert desk.lists.current().live.gallery.digest == anew.live.gallery.digest


def test_that_a_damaged_portrait_is_counted_however_the_lists_are_read(
    desk: Desk, listed: int, faces: NumberedFaces, clock: Clock
) -> None:
    sign_in(desk, "admin")
    for moment in (2, 3):
        desk.records.add_portrait(listed, png(picture(7, moment=moment)), "more")
    assert status(desk).entries == 4
    with desk.post.store.writing() as session:
        first = session.scalars(select(TemplateRow).order_by(TemplateRow.id)).first()
        assert first is not None
        first.vector = bytes(len(first.vector))
    again = Desk(desk.post, faces, clock)
    assert (status(again).entries, status(again).not_searched) == (5, {searchable.DAMAGED: 1}), "the other two stay apart"
    with desk.post.store.reading() as session:
        gallery = again.lists.current().live.gallery
        kept = searchable.from_gallery(session, gallery, UNIT, SCALE, NOW.date())
    assert kept.excluded == {searchable.DAMAGED: 1}


def test_that_what_is_not_searched_is_counted_by_reason(desk: Desk, listed: int, clock: Clock) -> None:
    desk.keep_up()  # what is found at the start is renewed; this comes later
    with desk.post.store.writing() as session:
        session.execute(text("DELETE FROM templates WHERE id = 2"))
    desk.lists.forget()
    sign_in(desk, "admin").records.amend_record(listed + 2, particulars("Old", review_date="2026-12-01"), "as it came")
    clock.at += timedelta(days=60)
    sign_in(desk, "supervisor").lists.confirm_clock()
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="test").value
    assert answered.receipt is not None
    assert answered.receipt.excluded == {NO_TEMPLATE: 1, OVERDUE: 1}
    assert (answered.receipt.eligible, answered.receipt.compared) == (2, 2)
    assert status(desk).not_searched == {NO_TEMPLATE: 1, OVERDUE: 1}
    sign_in(desk, "admin").records.withdraw_record(listed + 1, "no longer")
    assert status(desk).not_searched == {OVERDUE: 1}


def test_that_a_record_becomes_overdue_when_its_day_comes(
    desk: Desk, listed: int, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listed
    sign_in(desk, "officer")
    read(desk)
    never_reading(monkeypatch)
    last = date.fromisoformat(particulars().review_date) + GRACE
    while clock.at.date() < last:  # the post is open every few days, so that its clock is believed
        clock.at += timedelta(days=min(5, (last - clock.at.date()).days))
        read(desk)
    assert desk.counter.screen(picture(7), source="test").value.answer is Answer.REFER
    clock.at += timedelta(days=1)
    answered = desk.counter.screen(picture(7), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True), "nobody was compared with anybody"
    assert "All 4 photographs of the lists are left out of the search" in str(answered.reasons[0])
    assert answered.receipt is not None
    assert answered.receipt.excluded == {OVERDUE: 4}


@pytest.mark.parametrize("days", [200, -200])
def test_that_a_clock_that_jumps_lets_no_record_lapse_until_a_supervisor_looks(
    desk: Desk, listed: int, clock: Clock, faces: NumberedFaces, days: int
) -> None:
    assert listed
    sign_in(desk, "officer")
    clock.at += timedelta(days=days)
    for used in (desk, Desk(desk.post, faces, clock)):
        answered = sign_in(used, "officer").counter.screen(picture(7), source="test").value
        assert answered.answer is Answer.REFER
        assert any("No record lapses until a supervisor" in str(each) for each in answered.reasons)
    with pytest.raises(OperatorError, match="may not"):
        desk.lists.confirm_clock()
    sign_in(desk, "supervisor").lists.confirm_clock()
    answered = sign_in(desk, "officer").counter.screen(picture(7), source="test").value
    assert answered.answer is (Answer.LOOK_AGAIN if days > 0 else Answer.REFER)
    assert not any("No record lapses" in str(each) for each in answered.reasons)
    again = Desk(desk.post, faces, clock)
    assert again.lists.day().doubt is None, "what was confirmed stands in the log"


def test_that_a_damaged_template_of_a_listed_person_makes_every_search_incomplete(desk: Desk, listed: int) -> None:
    assert listed
    desk.keep_up()
    with desk.post.store.writing() as session:
        first = session.scalars(select(TemplateRow).order_by(TemplateRow.id)).first()
        assert first is not None
        first.vector = bytes(len(first.vector))
    desk.lists.forget()
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert answered.receipt is not None
    assert not answered.receipt.complete
    kept = desk.lists.kept
    desk.counter.screen(picture(500), source="test")
    assert desk.lists.kept is kept, "it would be damaged after another reading too"


def test_that_canaries_are_searched_at_start_after_changes_and_every_quarter_of_an_hour(
    desk: Desk, listed: int, clock: Clock
) -> None:
    def tests() -> int:
        read(desk)
        return acts(desk).count("search.tested")

    assert listed
    first = tests()
    assert first >= 1
    assert tests() == first
    clock.at += timedelta(minutes=16)
    assert tests() == first + 1
    sign_in(desk, "admin").records.withdraw_record(listed, "found")
    assert tests() == first + 2
    clock.at -= timedelta(hours=1)
    assert tests() == first + 3, "a clock set back tests again"


def test_that_a_lost_canary_makes_every_search_incomplete_until_the_lists_are_read_again(
    desk: Desk, listed: int, clock: Clock
) -> None:
    assert listed
    sign_in(desk, "officer")
    read(desk)
    lists = desk.lists.current()
    gallery = lists.live.gallery
    lists.live = LiveGallery(gallery.without([each for each in gallery.ids.tolist() if each >= 1 << 62]))
    clock.at += timedelta(minutes=16)
    assert status(desk).search_fault == LOST
    answered = desk.counter.screen(picture(500), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert answered.receipt is not None
    assert answered.receipt.faults == (LOST,)
    assert status(desk).search_fault == ""
    assert desk.counter.screen(picture(500), source="test").value.answer is Answer.NO_LEAD


def test_that_damaged_memory_is_found_by_the_quarterly_reading(desk: Desk, listed: int, clock: Clock) -> None:
    assert listed
    read(desk)
    vectors = desk.lists.current().live.gallery.segments[0].vectors
    vectors.setflags(write=True)
    vectors[1, 2] = np.nan
    clock.at += timedelta(minutes=16)
    assert status(desk).search_fault == DAMAGED


def test_that_canaries_are_never_people(desk: Desk, listed: int) -> None:
    assert listed
    assert status(desk).entries == 4
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="test").value
    assert answered.receipt is not None
    assert len(answered.receipt.nearest) == 4
    faces = NumberedFaces()
    template = faces.encode(picture(7), faces.look(picture(7))[0].face)
    assert desk.lists.current().search(template, 99.0).ids.max() < 1 << 62


def test_that_records_that_look_alike_are_named_once_and_the_comparison_is_logged(desk: Desk, listed: int) -> None:
    sign_in(desk, "admin")
    other = desk.records.add_watchlist("Wanted", Purpose.REFER, "o", "c").value
    twin = desk.records.add_record(
        other, particulars("Twin"), [png(picture(7, moment=2)), png(picture(7, moment=5))], "test"
    ).value
    desk.records.add_portrait(listed, png(picture(7, moment=9)), "another one")
    found = desk.records.look_alikes()
    assert [(each.record_id, each.other_id) for each in found] == [(listed, twin)]
    assert found[0].distance < status(desk).points.largest
    assert acts(desk)[-1] == "records.compared"
    with pytest.raises(OperatorError):
        sign_in(desk, "officer").records.look_alikes()


def test_that_a_post_without_lists_answers_nothing(desk: Desk) -> None:
    answered = sign_in(desk, "officer").counter.screen(picture(7), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert "nothing to compare with" in str(answered.reasons[0])
    assert answered.receipt is not None
    assert (answered.receipt.eligible, answered.receipt.complete) == (0, True)


@pytest.fixture
def long_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four entries are many."""
    monkeypatch.setattr("matching.search.segments.PLAIN_MOST", 2)


@pytest.mark.usefixtures("long_lists")
def test_that_the_index_file_is_made_used_refused_when_old_and_removed(
    desk: Desk, listed: int, faces: NumberedFaces, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(desk, "supervisor").change_settings(Settings(index_file=True))
    read(desk)
    path = desk.post.folder / INDEX
    assert path.exists()
    first = path.read_bytes()
    again = Desk(desk.post, faces, clock)
    with monkeypatch.context() as patched:
        never_reading(patched)
        sign_in(again, "officer")
        assert again.counter.screen(picture(7), source="test").value.answer is Answer.REFER
        assert isinstance(again.lists.current().live.gallery.segments[0].vectors.base, np.memmap)
    sign_in(again, "admin").records.withdraw_record(listed, "found")
    assert sign_in(again, "officer").counter.screen(picture(7), source="test").value.answer is Answer.NO_LEAD
    another = Desk(desk.post, faces, clock)
    assert sign_in(another, "officer").counter.screen(picture(7), source="test").value.answer is Answer.NO_LEAD
    assert path.read_bytes() != first
    sign_in(another, "supervisor").change_settings(Settings(index_file=False))
    read(another)
    assert not path.exists()


@pytest.mark.usefixtures("long_lists")
def test_that_a_forged_index_file_is_not_searched(
    desk: Desk, listed: int, post: Post, faces: NumberedFaces, clock: Clock
) -> None:
    assert listed
    sign_in(desk, "supervisor").change_settings(Settings(index_file=True))
    read(desk)
    path = post.folder / INDEX
    head, seal, rest = path.read_bytes().split(b"\n", 2)
    path.write_bytes(head + b"\n" + seal[::-1] + b"\n" + rest)
    again = Desk(post, faces, clock)
    assert sign_in(again, "officer").counter.screen(picture(7), source="test").value.answer is Answer.REFER
    assert path.read_bytes().split(b"\n", 2)[1] == seal


@pytest.mark.usefixtures("long_lists")
def test_that_a_full_disk_keeps_the_lists_in_memory_and_the_counter_working(
    desk: Desk, listed: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert listed

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    sign_in(desk, "supervisor").change_settings(Settings(index_file=True))
    monkeypatch.setattr("matching.search.index_file.save", full)
    assert sign_in(desk, "officer").counter.screen(picture(7), source="test").value.answer is Answer.REFER
    assert not (desk.post.folder / INDEX).exists()
    assert "No space left" in caplog.text
    caplog.clear()
