"""Photographs of a record after they were added."""

import pytest

from matching.faces.images import png
from tests.factory import particulars
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.records import RecordRefused
from workstation.desk.desk import Desk
from workstation.screening.screening import Answer


def two_photographs(desk: Desk) -> tuple[int, int, int]:
    """A record of persons 7 and 8 (of the numbered faces), and its photographs."""
    sign_in(desk, "admin")
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Court", "+00").value
    record = desk.records.add_record(wanted, particulars(), [png(picture(7)), png(picture(8))], "test").value
    first, second = (each.portrait_id for each in desk.records.record(record).portraits)
    return record, first, second


def acts(desk: Desk) -> list[str]:
    sign_in(desk, "auditor")
    return [each.act for each in desk.log.entries()]


def test_that_a_removed_photograph_is_compared_no_more(desk: Desk) -> None:
    record, _, second = two_photographs(desk)
    before = sign_in(desk, "officer").counter.screen(picture(8, moment=2), source="t").value
    assert before.answer is Answer.REFER
    sign_in(desk, "admin")
    assert desk.records.remove_portrait(second, "it shows somebody else").value == record
    assert len(desk.records.record(record).portraits) == 1
    assert [each.portraits for each in desk.records.find_records()] == [1]
    after = sign_in(desk, "officer").counter.screen(picture(8, moment=3), source="t").value
    assert after.answer is Answer.NO_LEAD
    assert after.receipt is not None
    assert after.receipt.complete
    assert desk.counter.screen(picture(7, moment=3), source="t").value.answer is Answer.REFER
    assert "portrait.removed" in acts(desk)


def test_that_an_alert_goes_on_showing_the_photograph_it_was_raised_with(desk: Desk) -> None:
    _, _, second = two_photographs(desk)
    alert = sign_in(desk, "officer").counter.screen(picture(8, moment=2), source="t").value.alert_id
    assert alert is not None
    sign_in(desk, "admin").records.remove_portrait(second, "it shows somebody else")
    assert sign_in(desk, "second").second_line.alert(alert).candidates[0].reference == png(picture(8))


def test_that_a_photograph_stays_without_a_reason_or_when_it_is_the_last(desk: Desk) -> None:
    record, first, second = two_photographs(desk)
    with pytest.raises(RecordRefused, match="why the photograph is removed"):
        desk.records.remove_portrait(second, " ")
    desk.records.remove_portrait(second, "blurred")
    with pytest.raises(RecordRefused, match="only photograph"):
        desk.records.remove_portrait(first, "blurred too")
    with pytest.raises(RecordRefused, match="no photograph"):
        desk.records.remove_portrait(second, "again")
    with pytest.raises(RecordRefused, match="was removed from the record: blurred"):
        desk.records.add_portrait(record, png(picture(8)), "once more")
    assert [each.portrait_id for each in desk.records.record(record).portraits] == [first]


def test_that_the_photograph_set_first_is_shown_first(desk: Desk) -> None:
    record, first, second = two_photographs(desk)
    desk.records.set_portrait_first(second)
    assert [each.portrait_id for each in desk.records.record(record).portraits] == [second, first]
    desk.records.set_portrait_first(first)
    assert [each.portrait_id for each in desk.records.record(record).portraits] == [first, second]
    assert acts(desk).count("portrait.set.first") == 2


def test_that_photographs_of_a_withdrawn_record_stay(desk: Desk) -> None:
    record, first, _ = two_photographs(desk)
    desk.records.withdraw_record(record, "found")
    with pytest.raises(RecordRefused, match="withdrawn"):
        desk.records.remove_portrait(first, "not needed")
