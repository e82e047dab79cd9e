"""The life of a store, in any order: records come, change and go, travellers pass, people judge, the program ends and starts again.

A plain model beside it knows what must be true: whom a search finds, whom it does not, and that the log stands.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings, strategies
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from matching.faces.images import png
from tests.factory import NOW, particulars
from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.records import RecordRefused
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import create_post, open_post
from workstation.screening.screening import Answer
from workstation.training_post.sign_ins import TRAINING_PEOPLE

PERSONS = strategies.integers(1, 12)


class StoreStates(RuleBasedStateMachine):
    records = Bundle("records")
    alerts = Bundle("alerts")

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.clock = Clock()
        post = create_post(self.base / "post", "States", training=True, now=NOW)
        with post.store.writing() as session:
            for each in TRAINING_PEOPLE:
                access.add_person(session, NOW, each.login, each.name, each.role, each.password)
        self.desk = Desk(post, NumberedFaces(), self.clock)
        self.active: dict[int, set[int]] = {}
        """Persons on the photographs of each record that counts."""
        self.names: dict[int, str] = {}
        self.judged: dict[int, int] = {}

    @initialize()
    def a_list(self) -> None:
        self.missing = sign_in(self.desk, "admin").records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value

    @rule(target=records, person=PERSONS)
    def add(self, person: int) -> int:
        name = f"Record{len(self.names)}"
        record = (
            sign_in(self.desk, "admin")
            .records.add_record(
                self.missing, particulars(name), [png(picture(person, moment=len(self.names) % 60))], "reported"
            )
            .value
        )
        self.active[record], self.names[record] = {person}, name
        return record

    @rule(record=records)
    def withdraw(self, record: int) -> None:
        admin = sign_in(self.desk, "admin").records
        if record in self.active:
            admin.withdraw_record(record, "found")
            del self.active[record]
        else:
            with pytest.raises(RecordRefused):
                admin.withdraw_record(record, "again")

    @rule(record=records)
    def amend(self, record: int) -> None:
        admin = sign_in(self.desk, "admin").records
        if record in self.active:
            self.names[record] += "X"
            admin.amend_record(record, particulars(self.names[record]), "corrected")
        else:
            with pytest.raises(RecordRefused):
                admin.amend_record(record, particulars("No"), "too late")

    @rule(target=alerts, person=PERSONS)
    def screen(self, person: int) -> int:
        """Exactly the people on records that count are referred."""
        answered = sign_in(self.desk, "officer").counter.screen(picture(person, moment=61), source="states").value
        listed = {record for record, persons in self.active.items() if person in persons}
        if not self.active:
            assert answered.answer is not Answer.REFER
        else:
            assert (answered.answer is Answer.REFER) == bool(listed)
        assert listed == {each.record_id for each in answered.candidates}
        return answered.alert_id or multiple()  # type: ignore[return-value] # nothing joins the bundle without an alert

    @rule(alert=alerts, view=strategies.sampled_from(sorted(View)))
    def judge(self, alert: int, view: View) -> None:
        second = sign_in(self.desk, "second").second_line
        second.judge(alert, 1, view, ["eyes: alike"], "seen calmly")
        self.judged[alert] = self.judged.get(alert, 0) + 1

    @rule()
    def start_again(self) -> None:
        self.desk.close()
        self.desk = Desk(open_post(self.base / "post"), NumberedFaces(), self.clock)
        assert self.desk.post.faults == ()

    @rule(days=strategies.integers(0, 2))
    def days_pass(self, days: int) -> None:
        self.clock.at += timedelta(days=days)

    @invariant()
    def the_finder_knows_what_counts(self) -> None:
        found = sign_in(self.desk, "admin").records.find_records()
        assert {each.record_id for each in found} == set(self.active)

    def teardown(self) -> None:
        assert sign_in(self.desk, "auditor").log.verify().value.ok
        self.desk.close()
        shutil.rmtree(self.base)


TestStoreStates = StoreStates.TestCase
TestStoreStates.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
