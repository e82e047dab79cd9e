from datetime import timedelta

from tests.fakes import picture
from tests.workstation.conftest import Clock, sign_in
from workstation.desk.desk import Desk


def test_that_the_day_is_counted_by_lane_and_each_traveller_once(desk: Desk, listed: int, clock: Clock) -> None:
    assert listed
    counter = sign_in(desk, "officer").counter
    first = counter.screen(picture(7, moment=2), source="t").value
    counter.screen(picture(7, moment=3), source="t", after=first.screening_id)
    counter.screen(picture(500), source="t")
    counter.screen(picture(), source="t")
    (lane,) = sign_in(desk, "supervisor").second_line.day_so_far()
    assert (lane.lane, lane.screenings, lane.referred, lane.look_again) == ("1", 3, 1, 1)
    clock.at += timedelta(days=1)
    assert desk.second_line.day_so_far() == ()
