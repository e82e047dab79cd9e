"""What leaves a post: the fields that may, with a reason and an entry, in a file that only its maker reads."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from matching.faces.images import decode, png
from tests.deliveries import cells
from tests.factory import particulars
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from tests.workstation.exchange.test_importing import content, looked_at, office, outcomes, written
from watchlists.exchange.comparing import Outcome
from watchlists.exchange.leaving import COLUMNS, harmless
from watchlists.exchange.usual import Usual
from watchlists.records.records import RecordRefused
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.exchange.exporting import Form

__all__ = ["office"]


@pytest.fixture
def filled(office: Desk, tmp_path: Path) -> Desk:
    """Two documents, one of them withdrawn, and a missing child with a photograph."""
    rows = [
        cells(reference="R-1", surname="@Noor", action="+Call"),
        cells(reference="R-2", surname="Osei", document_number="QA2 (PAK)", birth_date=""),
    ]
    looked_at(office, written(tmp_path, *rows))
    first, _ = office.importing.take("r").value.records
    office.records.withdraw_record(first, "found")
    missing = next(each.id for each in office.records.watchlists() if each.name == "Missing")
    office.records.add_record(
        missing, particulars("Haddad", birth_date="2014-03", nationality="SYR"), [png(picture(8))], "asked"
    )
    return office


def test_that_a_table_holds_what_may_leave_withdrawn_ones_first(filled: Desk, tmp_path: Path) -> None:
    done = filled.exporting.export(tmp_path / "out.csv", Form.CSV, "asked by the office").value
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(done.path.read_text(encoding="utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [(each["surname"], each["status"]) for each in rows] == [
        ("'@Noor", "withdrawn"),
        ("Osei", "active"),
        ("Haddad", "active"),
    ]
    assert rows[0]["action"] == "'+Call"
    entry = sign_in(filled, "auditor").log.entries(text="records.exported")[0]
    assert (entry.details["digest"], entry.details["reason"]) == (done.digest, "asked by the office")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "'=1", "|x", "%x", "''"])
def test_that_no_cell_begins_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless("Noor") == "Noor"


def test_that_an_exported_table_comes_in_again_as_it_stands(filled: Desk, tmp_path: Path) -> None:
    filled.exporting.export(tmp_path / "out.csv", Form.CSV, "r", list_name="Lost")
    plan = looked_at(filled, tmp_path / "out.csv")
    assert outcomes(plan) == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_that_entities_are_people_with_their_documents_and_grounds(filled: Desk, tmp_path: Path) -> None:
    filled.exporting.export(tmp_path / "out.json", Form.ENTITIES, "r")
    entities = [json.loads(line) for line in (tmp_path / "out.json").read_text().splitlines()]
    assert [each["schema"] for each in entities] == [
        "Person",
        "Sanction",
        "Person",
        "Passport",
        "Sanction",
        "Person",
        "Sanction",
    ]
    child = entities[5]["properties"]
    assert (child["lastName"], child["birthDate"], child["nationality"]) == (["Haddad"], ["2014-03"], ["sy"])
    assert "topics" not in child, "a missing child is never marked as wanted"
    assert entities[0]["withdrawn"] is True
    assert entities[3]["properties"] == {"holder": [entities[2]["id"]], "number": ["QA2"], "country": ["pk"]}
    plan = looked_at(filled, tmp_path / "out.json", usual=Usual("Missing"))
    assert len(plan.rows) == 3


def test_that_one_person_leaves_as_an_ansi_nist_file_and_comes_in_again(filled: Desk, tmp_path: Path) -> None:
    record = next(each.record_id for each in filled.records.find_records() if "HADDAD" in each.name)
    with pytest.raises(OperatorError, match="one person"):
        filled.exporting.export(tmp_path / "all.nist", Form.NIST, "r")
    filled.exporting.export(tmp_path / "one.nist", Form.NIST, "r", record_id=record)
    plan = looked_at(filled, tmp_path / "one.nist", usual=Usual("Missing", action="Call"))
    incoming = plan.rows[0].incoming
    assert incoming is not None
    assert (incoming.particulars.surname, incoming.particulars.birth_date) == ("Haddad", "2014-03")
    assert (decode(incoming.photos[0].data) == picture(8)).all(), "the picture is whole to the last point"


def test_that_a_file_that_is_there_a_missing_reason_and_an_unknown_list_are_refused(filled: Desk, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("mine")
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    before = content(filled)
    for name in ("there.csv", "link.csv"):
        with pytest.raises(OperatorError, match="there already"):
            filled.exporting.export(tmp_path / name, Form.CSV, "r")
    with pytest.raises(RecordRefused, match="why"):
        filled.exporting.export(tmp_path / "new.csv", Form.CSV, " ")
    with pytest.raises(RecordRefused, match="no list"):
        filled.exporting.export(tmp_path / "new.csv", Form.CSV, "r", list_name="Nowhere")
    assert content(filled) == before
    assert not (tmp_path / "new.csv").exists()


def test_that_an_export_that_failed_is_in_the_log_as_such(filled: Desk, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="Nothing left the post"):
        filled.exporting.export(tmp_path / "nowhere" / "out.csv", Form.CSV, "r")
    acts = [each.act for each in sign_in(filled, "auditor").log.entries()]
    assert acts.index("export.failed") < acts.index("records.exported")
