"""From a picture to an audited decision, on a real store, through the one face of the post."""

import json

import pytest
from sqlalchemy import select, text

from matching.faces.images import png
from tests.factory import particulars
from tests.fakes import NumberedFaces, picture
from tests.kept_up import status
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.records import NewRecord, RecordRefused
from workstation.alerts.verdicts import View
from workstation.desk.desk import Changed, Desk
from workstation.errors import OperatorError
from workstation.post.access import MAY, MOST_FAILURES, Act, Role
from workstation.schema import AuditRow, CandidateRow, ScreeningRow, VerdictRow
from workstation.screening.screening import Answer
from workstation.search import receipts
from workstation.search.lists import OTHER_ENCODER
from workstation.settings import Settings
from workstation.training_post.sign_ins import password_of


def acts(desk: Desk) -> list[str]:
    with desk.post.store.reading() as session:
        return [json.loads(row.body)["act"] for row in session.scalars(select(AuditRow).order_by(AuditRow.number))]


def test_that_a_listed_person_is_referred_and_the_alert_frozen(desk: Desk, listed: int) -> None:
    done = sign_in(desk, "officer").counter.screen(picture(7, moment=3), source="test")
    assert done.value.answer is Answer.REFER
    assert Changed.ALERTS in done.changed
    with desk.post.store.reading() as session:
        row = session.get_one(CandidateRow, (done.value.alert_id, 1))
        assert (row.record_id, row.record_version, row.purpose) == (listed, 1, "PROTECT")
        assert row.distance is not None
        assert row.threshold is not None
        assert row.distance <= row.threshold
        screening = session.get_one(ScreeningRow, done.value.screening_id)
        assert screening.probe is not None
    assert acts(desk)[-1] == "screened"


def test_that_a_stranger_is_no_lead_and_leaves_no_picture_behind(desk: Desk, listed: int) -> None:
    assert listed
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="test").value
    assert (answered.answer, answered.candidates, answered.fault) == (Answer.NO_LEAD, (), False)
    with desk.post.store.reading() as session:
        row = session.get_one(ScreeningRow, answered.screening_id)
        assert (row.probe, row.template) == (None, None)


def test_that_the_receipt_counts_everything_and_is_signed_by_the_post(desk: Desk, listed: int) -> None:
    assert listed
    answered = sign_in(desk, "officer").counter.screen(picture(500), source="test").value
    assert answered.receipt is not None
    assert (answered.receipt.eligible, answered.receipt.compared, answered.receipt.complete) == (4, 4, True)
    with desk.post.store.reading() as session:
        kept = receipts.read(session.get_one(ScreeningRow, answered.screening_id).receipt)
    assert receipts.is_genuine(kept, desk.post.signing_key.public_key())
    forged = receipts.Receipt(**(kept.parts() | {"compared": 5}))  # type: ignore[arg-type] # the parts of a receipt
    assert not receipts.is_genuine(forged, desk.post.signing_key.public_key())


@pytest.mark.parametrize(("people", "poor"), [((), False), ((500, 501), False), ((500,), True)])
def test_that_an_unfit_picture_is_to_be_looked_at_again(desk: Desk, listed: int, people: tuple[int, ...], poor: bool) -> None:
    assert listed
    answered = sign_in(desk, "officer").counter.screen(picture(*people, poor=poor), source="test").value
    assert answered.answer is Answer.LOOK_AGAIN
    assert answered.reasons
    assert not answered.fault


def test_that_the_officer_can_pick_one_of_several(desk: Desk, listed: int) -> None:
    assert listed
    image = picture(500, 7)
    second = sign_in(desk, "officer").counter.look(image)[1].face
    assert desk.counter.screen(image, face=second, source="test").value.answer is Answer.REFER


def test_that_a_poor_picture_taken_by_hand_never_answers_no_lead(desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer")
    assert desk.counter.screen(picture(500, poor=True), source="t", taken_by_hand=True).value.answer is Answer.LOOK_AGAIN
    assert desk.counter.screen(picture(7, poor=True), source="t", taken_by_hand=True).value.answer is Answer.REFER


def test_that_a_killed_face_process_fails_the_screening_aloud_and_on_record(
    desk: Desk, listed: int, faces: NumberedFaces
) -> None:
    assert listed
    sign_in(desk, "officer")
    faces.dies = True
    answered = desk.counter.screen(picture(7), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert acts(desk)[-1] == "screened"
    assert desk.counter.screen(picture(7), source="test").value.answer is Answer.REFER


def test_that_damaged_memory_is_a_fault_and_never_no_lead(desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(500), source="test")
    vectors = desk.lists.current().live.gallery.segments[0].vectors
    vectors.setflags(write=True)
    vectors[0] = 0
    answered = desk.counter.screen(picture(500), source="test").value
    assert (answered.answer, answered.fault) == (Answer.LOOK_AGAIN, True)
    assert answered.receipt is not None
    assert not answered.receipt.complete


def test_that_a_snapshot_out_of_step_with_the_lists_is_incomplete(desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(500), source="test")
    with desk.post.store.writing() as session:
        session.execute(text("UPDATE watchlists SET version = version + 1"))
    assert desk.counter.screen(picture(500), source="test").value.fault


def test_that_templates_of_another_encoder_are_counted_and_not_compared(desk: Desk, listed: int) -> None:
    assert listed
    desk.keep_up()  # what is found at the start is renewed; this comes later
    with desk.post.store.writing() as session:
        session.execute(text("UPDATE templates SET encoder = 'older' WHERE id = 1"))
    desk.lists.forget()
    answered = sign_in(desk, "officer").counter.screen(picture(7), source="test").value
    assert answered.answer is Answer.NO_LEAD
    assert answered.receipt is not None
    assert answered.receipt.excluded == {OTHER_ENCODER: 1}
    assert status(desk).not_searched == {OTHER_ENCODER: 1}


def test_that_a_withdrawn_record_is_no_longer_a_candidate(desk: Desk, listed: int) -> None:
    sign_in(desk, "admin").records.withdraw_record(listed, "found and safe")
    assert sign_in(desk, "officer").counter.screen(picture(7), source="test").value.answer is Answer.NO_LEAD


def test_that_distance_and_record_open_only_after_the_own_verdict(desk: Desk, listed: int) -> None:
    assert listed
    alert = sign_in(desk, "officer").counter.screen(picture(7), source="test").value.alert_id
    assert alert is not None
    before = sign_in(desk, "second").second_line.alert(alert)
    assert (before.candidates[0].distance, before.candidates[0].record) == (None, None)
    desk.second_line.judge(alert, 1, View.LEAD, ["eyes: alike"])
    after = desk.second_line.alert(alert)
    assert after.candidates[0].distance is not None
    assert after.candidates[0].record is not None
    other = sign_in(desk, "supervisor").second_line.alert(alert)
    assert (other.candidates[0].distance, other.verdicts) == (None, ())
    assert acts(desk).count("alert.opened") == 3


def test_that_a_later_verdict_replaces_and_the_earlier_one_stays(desk: Desk, listed: int) -> None:
    assert listed
    alert = sign_in(desk, "officer").counter.screen(picture(7), source="test").value.alert_id
    assert alert is not None
    sign_in(desk, "second").second_line.judge(alert, 1, View.LEAD, ["eyes: alike"])
    desk.second_line.judge(alert, 1, View.NOT_THIS_PERSON, ["ears: differs"], "looked longer")
    with desk.post.store.reading() as session:
        assert [row.view for row in session.scalars(select(VerdictRow))] == [View.LEAD, View.NOT_THIS_PERSON]
    assert desk.second_line.alerts() == ()
    assert [line.status for line in desk.second_line.alerts(everything=True)] == ["seen"]


@pytest.mark.parametrize(
    ("rank", "reasons", "note"), [(9, ["eyes: alike"], ""), (1, [], ""), (1, ["hat: alike"], ""), (1, [], "n" * 1001)]
)
def test_that_a_verdict_that_cannot_stand_is_refused(desk: Desk, listed: int, rank: int, reasons: list[str], note: str) -> None:
    assert listed
    alert = sign_in(desk, "officer").counter.screen(picture(7), source="test").value.alert_id
    assert alert is not None
    with pytest.raises(OperatorError):
        sign_in(desk, "second").second_line.judge(alert, rank, View.LEAD, reasons, note)
    assert acts(desk)[-1] == "signed.in"


def attempts(desk: Desk) -> dict[Act, object]:
    return {
        Act.SCREEN: lambda: desk.counter.screen(picture(), source="t"),
        Act.REVIEW: desk.second_line.alerts,
        Act.READ_RECORDS: desk.records.find_records,
        Act.CHANGE_RECORDS: lambda: desk.records.check_photo(png(picture(7))),
        Act.CHANGE_LISTS: lambda: desk.records.add_watchlist("New", Purpose.REFER, "o", "c"),
        Act.CHANGE_PEOPLE: lambda: desk.people.add_person("n.khan", "N Khan", Role.OFFICER, "twelve and more"),
        Act.UNLOCK_PEOPLE: desk.people.everybody,
        Act.CHANGE_SETTINGS: lambda: desk.change_settings(Settings(lane="2")),
        Act.READ_AUDIT: desk.log.entries,
        Act.VERIFY_AUDIT: desk.log.verify,
    }


@pytest.mark.parametrize(
    ("login", "role"),
    [
        ("officer", Role.OFFICER),
        ("second", Role.SECOND_LINE),
        ("supervisor", Role.SUPERVISOR),
        ("admin", Role.ADMINISTRATOR),
        ("auditor", Role.AUDITOR),
    ],
)
def test_that_each_role_may_do_what_the_table_says_and_nothing_else(desk: Desk, login: str, role: Role) -> None:
    sign_in(desk, login)
    for act, attempt in attempts(desk).items():
        assert callable(attempt)
        if act in MAY[role]:
            attempt()
        else:
            with pytest.raises(OperatorError, match="may not"):
                attempt()


def test_that_nobody_may_do_anything_before_signing_in(desk: Desk) -> None:
    for attempt in attempts(desk).values():
        assert callable(attempt)
        with pytest.raises(OperatorError, match="Sign in"):
            attempt()


def test_that_a_refused_sign_in_is_on_record(desk: Desk) -> None:
    with pytest.raises(OperatorError, match="wrong"):
        desk.people.sign_in("officer", "a wrong password")
    assert acts(desk)[-1] == "sign.in.refused"
    assert desk.person is None


def test_that_a_photo_is_explained_before_it_is_saved(desk: Desk) -> None:
    sign_in(desk, "admin")
    assert desk.records.check_photo(png(picture(7))).ok
    for photo, said in (
        (png(picture()), "No face"),
        (png(picture(1, 2)), "2 faces"),
        (png(picture(1, poor=True)), "too poor"),
        (b"x", "not a picture"),
    ):
        checked = desk.records.check_photo(photo)
        assert not checked.ok
        assert said in str(checked.remark)


def test_that_a_record_that_is_refused_leaves_nothing_behind(desk: Desk) -> None:
    sign_in(desk, "admin")
    watchlist = desk.records.add_watchlist("Wanted", Purpose.REFER, "o", "c").value
    with pytest.raises(OperatorError, match="No face"):
        desk.records.add_record(watchlist, particulars(), [png(picture(7)), png(picture())], "test")
    with pytest.raises(RecordRefused):
        desk.records.add_record(watchlist, particulars(""), [b"not a picture: the name is asked for first"], "test")
    usable = [desk.records.portrait(png(picture(7)))]
    with pytest.raises(RecordRefused, match="on the record already"):
        desk.records.add_records(
            [NewRecord(watchlist, particulars(), usable), NewRecord(watchlist, particulars(), usable * 2)], "test"
        )
    assert desk.records.find_records() == ()
    assert "record.added" not in acts(desk)


def test_that_a_change_of_settings_says_what_changed(desk: Desk) -> None:
    sign_in(desk, "admin").change_settings(Settings(lane="4"))
    assert desk.settings().lane == "4"
    with pytest.raises(OperatorError, match="1 to 60"):
        desk.change_settings(Settings(idle_lock_minutes=0))
    assert desk.settings().lane == "4"


def test_that_every_entry_of_training_says_so(desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(7), source="t")
    with desk.post.store.reading() as session:
        assert all(json.loads(row.body)["training"] for row in session.scalars(select(AuditRow)))


def test_that_a_person_whose_password_was_reset_chooses_one_before_anything_else(desk: Desk) -> None:
    officer = next(each for each in sign_in(desk, "admin").people.everybody() if each.login == "officer")
    desk.people.reset_password(officer.id, "told by telephone")
    desk.people.sign_out()
    assert desk.people.sign_in("officer", "told by telephone").value.must_change_password
    with pytest.raises(OperatorError, match="Choose a new one first"):
        desk.counter.screen(picture(), source="t")
    desk.people.change_password("told by telephone", "only mine from now")
    assert desk.counter.screen(picture(), source="t").value.screening_id == 1
    assert [act for act in acts(desk) if "password" in act] == ["password.reset", "password.changed"]


def test_that_a_supervisor_unlocks_a_login(desk: Desk) -> None:
    for _ in range(MOST_FAILURES):
        with pytest.raises(OperatorError, match="is wrong"):
            desk.people.sign_in("officer", "a wrong password")
    with pytest.raises(OperatorError, match="A supervisor can unlock it"):
        desk.people.sign_in("officer", password_of("officer") or "")
    officer = next(each for each in sign_in(desk, "supervisor").people.everybody() if each.login == "officer")
    desk.people.unlock(officer.id)
    sign_in(desk, "officer")
    assert "login.unlocked" in acts(desk)


def test_that_an_empty_password_is_neither_counted_nor_logged(desk: Desk) -> None:
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(OperatorError, match="Type your password"):
            desk.people.sign_in("officer", "")
    sign_in(desk, "officer")
    told = acts(desk)
    assert told[-1] == "signed.in"
    assert "sign.in.refused" not in told


def test_that_a_desk_whose_store_cannot_be_written_signs_out_all_the_same(desk: Desk) -> None:
    sign_in(desk, "officer")
    with desk.post.store.writing() as session:
        full = "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        session.execute(text(full))
    desk.people.sign_out("locked")
    assert desk.person is None
    with desk.post.store.writing() as session:
        session.execute(text("DROP TRIGGER full"))
    sign_in(desk, "auditor")
    entries = desk.log.entries(limit=3)
    assert [each.act for each in entries] == ["signed.in", "signed.out", "signed.in"]
    assert entries[1].details["reason"] == "locked"
    assert "happened" in entries[1].details
    assert desk.log.verify().value.ok
