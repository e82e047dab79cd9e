"""Budgets decide the thresholds; two people change a budget; what travellers show is followed with care."""

import json
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from matching.faces.images import png
from matching.rates.calibration import GRID
from matching.rates.pairs import Rate
from tests.factory import NOW, particulars
from tests.fakes import SCALE, picture
from tests.kept_up import status
from tests.workstation.conftest import Clock, sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.schema import PortraitRow
from workstation.alerts import closeness
from workstation.alerts.closeness import Doubt
from workstation.alerts.verdicts import View
from workstation.desk.desk import Changed, Desk
from workstation.errors import OperatorError
from workstation.operating_point import own_travellers, thresholds
from workstation.operating_point.budgets import DEFAULT
from workstation.operating_point.thresholds import derive
from workstation.schema import NearestDistanceRow, ThresholdRow

CALIBRATION = SCALE.calibration
WANTED = {**DEFAULT, Purpose.PROTECT: 3.0}


def counts(**entries: int) -> dict[Purpose, int]:
    return {purpose: entries.get(purpose.value, 0) for purpose in Purpose}


def acts(desk: Desk) -> list[str]:
    sign_in(desk, "auditor")
    return [entry.act for entry in desk.log.entries(limit=500)]


# Thresholds


def test_that_a_larger_budget_gives_a_larger_distance_for_its_purpose_alone() -> None:
    before = derive(CALIBRATION, counts(PROTECT=50, REFER=50), DEFAULT, 1.0)
    after = derive(CALIBRATION, counts(PROTECT=50, REFER=50), WANTED, 1.0)
    assert after.distance(Purpose.PROTECT) > before.distance(Purpose.PROTECT)
    assert after.distance(Purpose.REFER) == before.distance(Purpose.REFER)
    assert after.largest == after.distance(Purpose.PROTECT)
    assert before.false_alerts.value <= 1.5, "two purposes of four have entries"


def test_that_a_purpose_without_entries_costs_nothing_and_is_no_fault() -> None:
    points = derive(CALIBRATION, counts(), DEFAULT, 1.0)
    assert points.false_alerts == Rate(0, 0, 0)
    assert points.within_budget


def test_that_each_change_of_the_lists_is_derived_kept_and_logged(desk: Desk, listed: int) -> None:
    sign_in(desk, "supervisor")
    first = status(desk).points
    sign_in(desk, "admin")
    desk.records.withdraw_record(listed, "found")
    desk.keep_up()
    assert acts(desk).count("threshold.changed") == 2, "when the lists were first asked for, and when a record went"
    with desk.post.store.reading() as session:
        changes = thresholds.history(session)
    assert changes[0].why == "the lists changed"
    assert changes[0].points["PROTECT"]["entries"] == first.by_purpose[Purpose.PROTECT].entries - 1


def test_that_the_history_of_thresholds_cannot_be_changed(desk: Desk, listed: int) -> None:
    del listed
    desk.keep_up()
    with pytest.raises(DBAPIError, match="append-only"), desk.post.store.writing() as session:
        session.execute(update(ThresholdRow).values(why="nothing"))


def test_that_a_candidate_is_raised_within_the_distance_of_its_own_purpose(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(desk, "admin")
    lists = {p: desk.records.add_watchlist(p.value, p, "o", "c").value for p in (Purpose.PROTECT, Purpose.REFER)}
    for watchlist in lists.values():
        desk.records.add_record(watchlist, particulars(), [png(picture(7))], "test")
    sign_in(desk, "officer")
    probe = picture(7, moment=3)
    both = desk.counter.screen(probe, source="test").value
    assert {each.purpose for each in both.candidates} == set(lists)
    real = derive(CALIBRATION, counts(PROTECT=1, REFER=1), DEFAULT, 1.0)
    away = both.candidates[0].distance
    assert away is not None
    strict = {
        purpose: thresholds.Point(purpose, 1, 1.0, type(point.operating)(away + change, point.operating.false_alerts, True))
        for (purpose, point), change in zip(real.by_purpose.items(), (0.1, -0.1, 0, 0), strict=True)
    }
    monkeypatch.setattr(desk.operating, "points", lambda _: thresholds.Points(strict, 1.0))
    one = desk.counter.screen(probe, source="test").value
    assert [each.purpose for each in one.candidates] == [Purpose.PROTECT]
    assert one.candidates[0].threshold == pytest.approx(away + 0.1)


# Two people


def test_that_a_budget_changes_only_when_a_second_person_confirms(desk: Desk, listed: int) -> None:
    del listed
    sign_in(desk, "supervisor")
    before = desk.operating.view()
    proposal = desk.operating.propose(WANTED, "Two children were missed")
    assert Changed.OPERATING in proposal.changed
    assert desk.operating.view().points.by_purpose == before.points.by_purpose
    with pytest.raises(OperatorError, match="second person"):
        desk.operating.decide(proposal.value, confirmed=True)
    sign_in(desk, "admin")
    desk.operating.decide(proposal.value, confirmed=True)
    after = desk.operating.view()
    assert after.budgets == WANTED
    assert after.waiting is None
    assert after.points.distance(Purpose.PROTECT) > before.points.distance(Purpose.PROTECT)
    assert [act for act in acts(desk) if act.startswith("budget")] == ["budget.confirmed", "budget.asked"]


def test_that_a_change_can_be_taken_back_and_waits_for_no_other(desk: Desk) -> None:
    sign_in(desk, "supervisor")
    proposal = desk.operating.propose(WANTED, "why").value
    with pytest.raises(OperatorError, match="has asked for a change already"):
        desk.operating.propose({**DEFAULT, Purpose.REFER: 2.0}, "another")
    desk.operating.decide(proposal, confirmed=False)
    assert desk.operating.view().budgets == DEFAULT
    with pytest.raises(OperatorError, match="not waiting any more"):
        desk.operating.decide(proposal, confirmed=False)


@pytest.mark.parametrize(
    ("wanted", "reason", "said"),
    [
        ({**DEFAULT, Purpose.REFER: 0.0}, "why", "budget for REFER"),
        ({**DEFAULT, Purpose.REFER: 51.0}, "why", "at most 50"),
        (WANTED, "  ", "Enter why"),
        (dict(DEFAULT), "why", "count already"),
    ],
)
def test_that_what_cannot_be_asked_is_said(desk: Desk, wanted: dict[Purpose, float], reason: str, said: str) -> None:
    sign_in(desk, "supervisor")
    with pytest.raises(OperatorError, match=said):
        desk.operating.propose(wanted, reason)


def test_that_an_officer_may_neither_read_nor_change_budgets(desk: Desk) -> None:
    sign_in(desk, "officer")
    for act in (desk.operating.view, lambda: desk.operating.propose(WANTED, "why")):
        with pytest.raises(OperatorError, match="may not change settings"):
            act()


def test_that_the_forecast_tells_both_sides_before_anything_is_saved(desk: Desk, listed: int) -> None:
    del listed
    sign_in(desk, "supervisor")
    forecast = desk.operating.forecast(WANTED)
    protect = next(each for each in forecast.purposes if each.purpose is Purpose.PROTECT)
    assert protect.wanted.alerts_a_day.value > protect.now.alerts_a_day.value
    assert protect.wanted.missed is not None
    assert protect.now.missed is not None
    assert protect.wanted.missed.value <= protect.now.missed.value
    assert protect.wanted.alerts_a_day.low <= protect.wanted.alerts_a_day.value <= protect.wanted.alerts_a_day.high
    assert not forecast.measured
    alerts = [point[0] for point in forecast.curve]
    assert alerts == sorted(alerts)
    assert desk.operating.view().budgets == DEFAULT


# Local correction


def keep(desk: Desk, distances: list[float], days_ago: int = 1, entries: int = 400) -> None:
    with desk.post.store.writing() as session:
        session.add_all(
            NearestDistanceRow(
                day=(NOW - timedelta(days=days_ago)).date().isoformat(),
                lane="1",
                entries=entries,
                distance=each,
                calibration=SCALE.digest,
            )
            for each in distances
        )


def drawn(times: float, count: int, entries: int = 400, seed: int = 1) -> list[float]:
    """Nearest distances of strangers who look this close `times` as often as in the calibration."""
    random = np.random.default_rng(seed)
    found = []
    for share in random.random(count):
        affordable = -np.expm1(np.log1p(-share) / entries) / times
        found.append(float(np.interp(affordable, CALIBRATION.fmr.value, GRID, left=-0.3)))
    return found


@pytest.mark.parametrize("times", [0.4, 1.0, 3.0])
def test_that_the_factor_is_found_from_distances_alone(desk: Desk, times: float) -> None:
    keep(desk, drawn(times, 4000))
    with desk.post.store.reading() as session:
        found = own_travellers.factor(session, CALIBRATION, SCALE.digest, NOW.date())
    assert found.measured == pytest.approx(times, rel=0.5), "drawn towards 1 by the belief that it is here as elsewhere"
    assert found.low < found.measured < found.high
    assert found.value == found.measured


def test_that_few_travellers_tighten_and_never_loosen(desk: Desk) -> None:
    keep(desk, drawn(0.1, 900))
    with desk.post.store.reading() as session:
        quiet = own_travellers.factor(session, CALIBRATION, SCALE.digest, NOW.date())
    assert quiet.measured < 1
    assert quiet.value == 1.0
    keep(desk, drawn(8.0, 900, seed=2))
    with desk.post.store.reading() as session:
        assert own_travellers.factor(session, CALIBRATION, SCALE.digest, NOW.date()).value > 1


def test_that_numbers_of_another_scale_or_of_long_ago_do_not_count(desk: Desk) -> None:
    keep(desk, drawn(5.0, 500), days_ago=40)
    with desk.post.store.reading() as session:
        assert own_travellers.factor(session, CALIBRATION, SCALE.digest, NOW.date()) == own_travellers.UNKNOWN
        assert own_travellers.factor(session, CALIBRATION, "another", NOW.date()) == own_travellers.UNKNOWN


def test_that_a_week_that_differs_is_reported_as_drift(desk: Desk, clock: Clock) -> None:
    keep(desk, drawn(1.0, 4000), days_ago=20)
    assert status(desk).drift is None
    keep(desk, drawn(6.0, 2000, seed=3), days_ago=2)
    assert status(desk).drift is None, "asked for once an hour"
    clock.at += timedelta(hours=1)
    assert status(desk).drift == pytest.approx(6.0, rel=0.5)


def test_that_a_no_lead_leaves_one_number_and_old_ones_go(desk: Desk, listed: int, clock: Clock) -> None:
    del listed
    sign_in(desk, "officer")
    desk.counter.screen(picture(9), source="test")
    with desk.post.store.reading() as session:
        (row,) = session.scalars(select(NearestDistanceRow)).all()
    assert (row.lane, row.entries, row.calibration) == ("1", 4, SCALE.digest)
    clock.at += timedelta(days=70)
    desk.counter.screen(picture(10), source="test")
    with desk.post.store.reading() as session:
        assert len(session.scalars(select(NearestDistanceRow)).all()) == 1


def test_that_a_confirmed_lead_is_no_stranger(desk: Desk, listed: int) -> None:
    del listed
    sign_in(desk, "officer")
    alert = desk.counter.screen(picture(7, moment=4), source="test").value.alert_id
    assert alert is not None

    def travellers() -> int:
        with desk.post.store.reading() as session:
            return own_travellers.factor(session, CALIBRATION, SCALE.digest, NOW.date()).travellers

    assert travellers() == 1
    sign_in(desk, "second")
    desk.second_line.judge(alert, 1, View.LEAD, ["nose: alike"])
    assert travellers() == 0


# What the second line reads


def test_that_the_frozen_numbers_are_shown_after_the_own_verdict(desk: Desk, listed: int) -> None:
    del listed
    sign_in(desk, "officer")
    alert = desk.counter.screen(picture(7, moment=4), source="test").value.alert_id or 0
    sign_in(desk, "second")
    assert desk.second_line.alert(alert).candidates[0].closeness is None
    desk.second_line.judge(alert, 1, View.LEAD, ["nose: alike"])
    close = desk.second_line.alert(alert).candidates[0].closeness
    assert close is not None
    assert close.entries == 4
    assert close.at_least, "nearer than any pair of strangers that was measured"
    assert close.one_in.value > 1000


def test_that_one_in_so_many_strangers_is_the_share_of_the_calibration() -> None:
    distance = float(CALIBRATION.levels()[10])
    close = closeness.of(CALIBRATION, "s", distance, 400, 1.0, 1e-4, (), None)
    assert close.one_in.value == pytest.approx(1 / CALIBRATION.false_alerts(distance, 400).value)
    assert close.one_in.low < close.one_in.value < close.one_in.high
    assert not close.at_least
    near = closeness.of(CALIBRATION, "s", distance - 0.04, 400, 1.0, 1e-4, (), None)
    assert near.alerts_per_person.value < close.alerts_per_person.value


def test_that_what_is_not_known_widens_the_bands() -> None:
    distance = float(CALIBRATION.levels()[10])
    sure = closeness.of(CALIBRATION, "s", distance, 400, 1.0, 1e-4, (), None)
    child = closeness.of(CALIBRATION, "s", distance, 400, 1.0, 1e-4, (Doubt.CHILD,), 8)
    assert child.one_in.value == sure.one_in.value
    assert child.one_in.low < sure.one_in.low
    assert child.one_in.high > sure.one_in.high
    assert closeness.read(child.text()) == child


@pytest.mark.parametrize(
    ("birth", "taken", "age", "score", "expected"),
    [
        ("2015-03", "2026-01", None, 90, (Doubt.CHILD,)),
        ("", "2026", 9, 90, (Doubt.CHILD,)),
        ("1990", "2010", None, 90, (Doubt.OLD_PHOTO,)),
        ("1990", "", None, 30, (Doubt.LOW_QUALITY,)),
        ("2000", "2012-05-01", None, 90, (Doubt.CHILD, Doubt.OLD_PHOTO)),
        ("1990", "2025", None, 90, ()),
    ],
)
def test_that_each_doubt_is_found(birth: str, taken: str, age: int | None, score: int, expected: tuple[Doubt, ...]) -> None:
    face = {"quality": {"score": score}}
    found, months = closeness.doubts(particulars(birth_date=birth), face, taken, age, {}, NOW.date())
    assert found == expected
    assert (months is None) == (not taken)


# Entries that cause alerts


def test_that_a_portrait_of_several_false_leads_is_named(desk: Desk, listed: int) -> None:
    for moment in range(3, 7):
        sign_in(desk, "officer")
        alert = desk.counter.screen(picture(7, moment=moment), source="test").value.alert_id or 0
        sign_in(desk, "second")
        desk.second_line.judge(alert, 1, View.NOT_THIS_PERSON, ["nose: differs"])
    sign_in(desk, "supervisor")
    (cause,) = desk.operating.view().false_leads
    assert (cause.record_id, cause.count, cause.of_all, cause.replace) == (listed, 4, 4, True)


def test_that_an_entry_too_poor_to_be_found_is_named(desk: Desk, listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.post.store.writing() as session:
        row = session.scalars(select(PortraitRow).where(PortraitRow.record_id == listed)).one()
        face = json.loads(row.face)
        face["quality"]["score"] = 12
        row.face = json.dumps(face)
    monkeypatch.setattr("workstation.operating_point.causes._LOST", 0.001)
    sign_in(desk, "supervisor")
    named = {each.record_id: each.grade for each in desk.operating.view().unfindable}
    assert named[listed] == "D"


def test_that_a_photograph_is_weighed_before_it_is_saved(desk: Desk, listed: int) -> None:
    sign_in(desk, "admin")
    outlook = desk.records.check_photo(png(picture(7, moment=2))).outlook
    assert outlook is not None
    assert outlook.grade == "A"
    assert outlook.look_alikes == (listed,)
    assert desk.records.check_photo(png(picture(900))).outlook.look_alikes == ()  # type: ignore[union-attr] # it is usable
    assert desk.records.check_photo(png(picture())).outlook is None


# Several pictures of one person


def test_that_portraits_that_look_alike_are_one_row_and_others_stay_apart(desk: Desk, listed: int) -> None:
    sign_in(desk, "admin")
    before = status(desk).entries
    desk.records.add_portrait(listed, png(picture(7, moment=2)), "another")
    assert status(desk).entries == before
    desk.records.add_portrait(listed, png(picture(50)), "another person by mistake")
    assert status(desk).entries == before + 2
    sign_in(desk, "officer")
    assert desk.counter.screen(picture(7, moment=8), source="t").value.candidates[0].record_id == listed
    assert desk.counter.screen(picture(50, moment=8), source="t").value.candidates[0].record_id == listed


def test_that_further_frames_are_used_together_and_a_strangers_frame_is_not(desk: Desk, listed: int) -> None:
    sign_in(desk, "officer")
    first, second, stranger = picture(7, moment=3), picture(7, moment=4), picture(800)
    face = desk.counter.look(first)[0].face
    alone = desk.counter.screen(first, source="t").value
    both = desk.counter.screen(first, source="t", others=[(second, face)]).value
    mixed = desk.counter.screen(first, source="t", others=[(stranger, face)]).value
    assert alone.receipt is not None
    assert both.receipt is not None
    assert mixed.receipt is not None
    assert both.receipt.probe != alone.receipt.probe
    assert mixed.receipt.probe == alone.receipt.probe
    assert both.candidates[0].record_id == listed


def test_that_the_store_names_no_purpose_beside_a_travellers_number(desk: Desk) -> None:
    with desk.post.store.reading() as session:
        columns = {row[1] for row in session.execute(text("SELECT * FROM pragma_table_info('nearest_distances')"))}
    assert columns == {"id", "day", "lane", "entries", "distance", "calibration"}
