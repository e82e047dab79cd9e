"""An alert is taken, given back and taken over; the list says who has it, whom it is about and who came together."""

import pytest

from matching.faces.images import png
from tests.factory import particulars
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from workstation.alerts.grounds import Basis
from workstation.desk.desk import Desk
from workstation.errors import OperatorError


def raised(desk: Desk, person: int, **more: int) -> tuple[int, int]:
    """Screening and alert of a person on a list."""
    done = sign_in(desk, "officer").counter.screen(picture(person, moment=2), source="t", **more).value  # type: ignore[arg-type] # names of screenings
    assert done.alert_id is not None
    return done.screening_id, done.alert_id


def test_that_a_taken_alert_says_who_has_it_until_it_is_given_back(desk: Desk, listed: int) -> None:
    assert listed
    _, alert = raised(desk, 7)
    assert sign_in(desk, "second").second_line.take(alert).value == ""
    assert [line.taken_by for line in desk.second_line.alerts()] == ["second"]
    with pytest.raises(OperatorError, match="already"):
        desk.second_line.take(alert)
    desk.second_line.give_back(alert)
    assert [line.taken_by for line in desk.second_line.alerts()] == [""]
    with pytest.raises(OperatorError, match="not taken"):
        desk.second_line.give_back(alert)


def test_that_an_alert_is_taken_over_and_the_log_says_from_whom(desk: Desk, listed: int) -> None:
    assert listed
    _, alert = raised(desk, 7)
    sign_in(desk, "second").second_line.take(alert)
    assert sign_in(desk, "supervisor").second_line.take(alert).value == "second"
    with pytest.raises(OperatorError, match="not taken"):
        sign_in(desk, "second").second_line.give_back(alert)
    sign_in(desk, "auditor")
    assert [each.details["from"] for each in desk.log.entries() if each.act == "alert.taken"] == ["second", ""]


def test_that_nobody_takes_an_alert_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(OperatorError, match="no alert 5"):
        sign_in(desk, "second").second_line.take(5)


def test_that_the_list_says_who_came_together_and_what_speaks_for_each(desk: Desk, listed: int) -> None:
    assert listed
    first, _ = raised(desk, 7)
    _, other = raised(desk, 20, with_companions=first)
    _, alone = raised(desk, 21)
    lines = {line.alert_id: line.whom for line in sign_in(desk, "second").second_line.alerts()}
    assert len({each.party for each in lines.values()}) == 2
    assert lines[alone].party is None
    assert lines[other].party is not None
    assert {each.bases for each in lines.values()} == {(Basis.FACE,)}
    assert {each.purposes for each in lines.values()} == {(Purpose.PROTECT,)}


def test_that_alerts_on_one_traveller_are_known_as_such(desk: Desk, listed: int) -> None:
    assert listed
    first, _ = raised(desk, 7)
    sign_in(desk, "admin")
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Court", "+00").value
    desk.records.add_record(wanted, particulars("Noor"), [png(picture(7, moment=9))], "court order")
    raised(desk, 7, after=first)
    lines = sign_in(desk, "second").second_line.alerts(everything=True)
    assert len(lines) == 2
    assert {line.whom.traveller for line in lines} == {first}
    assert lines[1].whom.purposes == (Purpose.PROTECT, Purpose.REFER)


def test_that_the_list_gives_a_picture_of_each_traveller(desk: Desk, listed: int) -> None:
    assert listed
    _, alert = raised(desk, 7)
    ((image, face),) = sign_in(desk, "second").second_line.probes([alert]).values()
    assert image.startswith(b"\x89PNG")
    assert "box" in face
