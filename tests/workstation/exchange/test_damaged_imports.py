"""A damaged file says one sentence or is imported as it was said to be; nothing of it is ever half written."""

from pathlib import Path

import pytest

from matching.faces.images import png
from tests.damaged_deliveries import GOOD, damaged
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from tests.workstation.exchange.test_importing import content
from watchlists.exchange.comparing import Outcome, Plan
from watchlists.exchange.usual import Usual
from watchlists.records.purposes import Purpose
from watchlists.records.records import RecordRefused
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.exchange.importing import Asked

COUNT = 1200
SAVED = {Outcome.ADDED, Outcome.CHANGED, Outcome.WITHDRAWN}


@pytest.fixture
def office(desk: Desk) -> Desk:
    sign_in(desk, "admin")
    desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00")
    desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00")
    return desk


def one_sentence(refusal: Exception) -> None:
    said = str(refusal)
    assert said.strip(), "a refusal says something"
    assert said.isprintable(), said


def tried(desk: Desk, path: Path, usual: Usual) -> Plan | None:
    """Everything that a person may do with the file; None when it was refused as a whole."""
    before = content(desk)
    try:
        plan = desk.importing.begin(Asked(path, usual))
        while not desk.importing.go_on().finished:
            pass
        plan = desk.importing.plan()
    except RecordRefused as refusal:
        one_sentence(refusal)
        assert content(desk)["records"] == before["records"]
        return None
    for row in plan.rows:
        assert row.outcome is not Outcome.REFUSED or row.remarks, f"row {row.line} is refused without a reason"
        assert all(str(each).isprintable() for each in row.remarks), row.remarks
        assert row.name.isprintable() or any("\u200c" in part for part in row.name), row.name
    before = content(desk)
    wanted = [row for row in plan.rows if row.outcome in SAVED]
    stopped = any(row.stops_all for row in plan.rows)
    try:
        done = desk.importing.take("test", accepted_only=stopped).value
    except OperatorError as refusal:
        one_sentence(refusal)
        assert plan.encoding_guess, "only a guess keeps accepted rows out"
        assert content(desk) == before
        return plan
    after = content(desk)
    added = sum(row.outcome is Outcome.ADDED for row in wanted)
    assert len(done.records) == len(wanted)
    assert after["records"] - before["records"] == added
    assert after["record_versions"] - before["record_versions"] == len(wanted)
    assert after["audit_entries"] - before["audit_entries"] == len(wanted) + 1
    return plan


def test_that_the_good_files_are_good(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "7.png").write_bytes(png(picture(7)))
    for name, data in GOOD:
        (tmp_path / name).write_bytes(data)
        plan = tried(
            office, tmp_path / name, Usual("Missing", "Order", "Call") if name[0] in "fgh" else Usual("Lost", "Order", "Call")
        )
        assert plan is not None, name
        assert any(row.outcome in SAVED or row.outcome is Outcome.UNCHANGED for row in plan.rows) or name[0] in "fhi", name


@pytest.mark.slow
def test_that_no_damage_writes_half_or_ends_the_program(office: Desk, tmp_path: Path) -> None:
    refused = 0
    for name, data in damaged(COUNT):
        path = tmp_path / name
        path.write_bytes(data)
        refused += tried(office, path, Usual("Lost", "Order", "Call")) is None
        path.unlink()
    assert 100 < refused < COUNT, "some damage refuses the whole file, and some does not"
    assert sign_in(office, "auditor").log.verify().value.ok
