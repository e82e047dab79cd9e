"""Missing children: a short list beside the threshold, the time since each photograph, and what that time means."""

import pytest

from matching.faces.images import png
from tests.factory import particulars
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.records import RecordRefused
from workstation.alerts.closeness import Doubt, time_warning
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.search.enrolment import Taken, taken


@pytest.fixture
def children(desk: Desk) -> list[int]:
    sign_in(desk, "admin")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Court", "+00").value
    records = [
        desk.records.add_record(missing, particulars("A", birth_date="2016"), [png(picture(1))], "t", [Taken("2026-08")]).value,
        desk.records.add_record(missing, particulars("B", birth_date="2015"), [png(picture(2))], "t", [Taken("2026-01")]).value,
        desk.records.add_record(missing, particulars("C", birth_date=""), [png(picture(3))], "t", [Taken("2022-05", 8)]).value,
    ]
    desk.records.add_record(missing, particulars("Adult", birth_date="1970"), [png(picture(4))], "t")
    desk.records.add_record(wanted, particulars("Young", birth_date="2014"), [png(picture(5))], "t")
    return records


def test_that_the_nearest_children_come_whether_within_the_threshold_or_not(desk: Desk, children: list[int]) -> None:
    sign_in(desk, "second")
    found = desk.second_line.investigate(picture(2, moment=4)).value
    assert {each.record_id for each in found.candidates} == set(children), "no adult, and nobody of another purpose"
    first, *others = found.candidates
    assert first.record_id == children[1]
    assert first.within
    assert not any(each.within for each in others)
    assert [each.rank for each in found.candidates] == [1, 2, 3]
    assert found.children == 3
    assert all(Doubt.CHILD in each.closeness.doubts for each in found.candidates)


def test_that_the_time_since_the_photograph_is_told_with_its_warning(desk: Desk, children: list[int]) -> None:
    sign_in(desk, "second")
    found = {each.record_id: each for each in desk.second_line.investigate(picture(1)).value.candidates}
    months = [found[record].closeness.months for record in children]
    assert months == [3, 10, 54]
    assert [time_warning(each)[:9] for each in months] == ["", "a child's", "low power"]
    assert "not known" in time_warning(None)
    assert found[children[2]].age_then == 8


def test_that_nothing_is_raised_or_kept_and_the_look_is_logged(desk: Desk, children: list[int]) -> None:
    sign_in(desk, "second")
    desk.second_line.investigate(picture(1))
    assert desk.second_line.alerts(everything=True) == ()
    sign_in(desk, "auditor")
    entry = next(each for each in desk.log.entries() if each.act == "investigated")
    assert set(entry.details["records"]) == set(children)  # type: ignore[call-overload] # a list in the log


def test_that_an_officer_at_the_counter_may_not(desk: Desk, children: list[int]) -> None:
    del children
    sign_in(desk, "officer")
    with pytest.raises(OperatorError, match="may not review alerts"):
        desk.second_line.investigate(picture(1))


def test_that_a_picture_without_a_face_says_so(desk: Desk) -> None:
    sign_in(desk, "second")
    with pytest.raises(OperatorError, match="No face was found"):
        desk.second_line.investigate(picture())


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Taken("2027-01"), "after today"),
        (Taken("Spring 2020"), "not the date of a photograph"),
        (Taken("", 130), "0 to 120"),
    ],
)
def test_that_a_wrong_date_or_age_is_refused_and_nothing_is_added(desk: Desk, when: Taken, said: str) -> None:
    sign_in(desk, "admin")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    with pytest.raises(RecordRefused, match=said):
        desk.records.add_record(missing, particulars(), [png(picture(1))], "t", [when])
    assert desk.records.find_records() == ()


def test_that_what_is_typed_becomes_a_date_and_an_age() -> None:
    assert taken(" 2024-03 ", "7") == Taken("2024-03", 7)
    assert taken("", " ") == Taken()
    with pytest.raises(RecordRefused, match="number of years"):
        taken("", "seven")
