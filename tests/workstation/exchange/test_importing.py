"""An import at a desk: what the dry run says happens, whole or not at all, with the entry that says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from matching.faces.images import png
from tests.deliveries import HEADER, cells, notice, notices, table
from tests.fakes import picture
from tests.workstation.conftest import sign_in
from watchlists.exchange.comparing import Outcome, Plan
from watchlists.exchange.usual import Usual
from watchlists.records.purposes import Purpose
from watchlists.records.records import ACTIVE, WITHDRAWN, RecordRefused
from watchlists.records.schema import ReadPhotographRow
from workstation.desk.desk import Changed, Desk
from workstation.errors import OperatorError
from workstation.exchange.importing import Asked

TABLES = ("records", "record_versions", "portraits", "templates", "source_references")


@pytest.fixture
def office(desk: Desk) -> Iterator[Desk]:
    """An administrator at a post with a list of documents and one of missing children."""
    sign_in(desk, "admin")
    desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00")
    desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00")
    yield desk
    desk.importing.stop()


def looked_at(desk: Desk, path: Path, **asked: object) -> Plan:
    desk.importing.begin(Asked(path, **asked))  # type: ignore[arg-type] # named by each test
    while not desk.importing.go_on().finished:
        pass
    return desk.importing.plan()


def written(folder: Path, *rows: list[str], name: str = "records.csv") -> Path:
    path = folder / name
    path.write_text(table(*rows), encoding="utf-8")
    return path


def content(desk: Desk) -> dict[str, int]:
    with desk.post.store.reading() as session:
        names = {row[0] for row in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
        return {
            name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar() or 0
            for name in names
            if not name.startswith("sqlite")
        }


def outcomes(plan: Plan) -> list[Outcome]:
    return [row.outcome for row in plan.rows]


def photo(folder: Path, person: int, *, poor: bool = False) -> str:
    (folder / f"{person}.png").write_bytes(png(picture(person, poor=poor)))
    return f"{person}.png"


def test_that_a_dry_run_saves_nothing(office: Desk, tmp_path: Path) -> None:
    before = content(office)
    plan = looked_at(office, written(tmp_path, cells(), cells(surname="Osei", document_number="")))
    assert outcomes(plan) == [Outcome.ADDED, Outcome.ADDED]
    assert content(office) == before


def test_that_an_import_is_searched_by_face_and_number_and_told_in_the_log(office: Desk, tmp_path: Path) -> None:
    rows = [
        cells(list="Missing", photos=photo(tmp_path, 7), taken="2024-03-17", ages="9"),
        cells(surname="Osei", document_number="QA77", birth_date=""),
    ]
    looked_at(office, written(tmp_path, *rows))
    done = office.importing.take("weekly list")
    assert done.changed == Changed.RECORDS | Changed.AUDIT
    one, other = done.value.records
    (portrait,) = office.records.record(one).portraits
    assert (portrait.taken_on, portrait.age) == ("2024-03-17", 9)
    assert office.records.record(other).particulars.document_number == "QA77"
    found = sign_in(office, "officer").counter.screen(picture(7, moment=2), source="test").value
    assert [each.record_id for each in found.candidates] == [one]
    entries = sign_in(office, "auditor").log.entries(text="weekly")
    assert [entry.act for entry in entries] == ["record.added", "record.added", "records.imported"]
    assert entries[-1].details["rows"] == {"added": 2}
    assert office.log.verify().value.ok


def test_that_one_refused_row_saves_nothing_and_the_accepted_ones_can_be_chosen(office: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, cells(), cells(surname="Osei", document_number="QA2", review_date="2020-01-01"))
    looked_at(office, path)
    before = content(office)
    with pytest.raises(OperatorError, match="Line 3: The review date 2020-01-01 lies in the past"):
        office.importing.take("r")
    assert content(office) == before
    done = office.importing.take("r", accepted_only=True).value
    assert (len(done.records), done.left_out) == (1, 1)


def test_that_the_same_file_again_is_unchanged_with_its_photographs(office: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, cells(list="Missing", photos=photo(tmp_path, 7)), cells(surname="Osei", document_number="QA2"))
    looked_at(office, path)
    office.importing.take("r")
    before = content(office)
    assert outcomes(looked_at(office, path)) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert office.importing.take("again").value.records == ()
    after = content(office)
    assert {name: after[name] for name in TABLES} == {name: before[name] for name in TABLES}


def test_that_a_changed_row_is_a_new_version_and_a_new_photograph_joins_the_record(office: Desk, tmp_path: Path) -> None:
    looked_at(office, written(tmp_path, cells(reference="R", list="Missing", photos=photo(tmp_path, 7))))
    (record,) = office.importing.take("r").value.records
    again = cells(reference="R", list="Missing", action="Ask", photos=f"7.png|{photo(tmp_path, 8)}")
    plan = looked_at(office, written(tmp_path, again))
    assert (outcomes(plan), plan.rows[0].fields) == ([Outcome.CHANGED], ("action", "photos"))
    office.importing.take("r")
    view = office.records.record(record)
    assert (view.version, view.particulars.action, len(view.portraits)) == (2, "Ask", 2)


def test_that_a_withdrawn_row_withdraws_its_record(office: Desk, tmp_path: Path) -> None:
    looked_at(office, written(tmp_path, cells(reference="R")))
    (record,) = office.importing.take("r").value.records
    path = tmp_path / "gone.csv"
    path.write_text(table([*cells(reference="R"), "withdrawn"], header=[*HEADER, "status"]))
    assert outcomes(looked_at(office, path)) == [Outcome.WITHDRAWN]
    office.importing.take("found")
    assert office.records.record(record).status == WITHDRAWN


def test_that_photographs_that_cannot_be_searched_refuse_their_row(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    (tmp_path / "empty.png").write_bytes(png(picture()))
    names = [photo(tmp_path, 9, poor=True), "bad.png", "empty.png", "missing.png", "../outside.png"]
    rows = [
        cells(list="Missing", surname=f"N{number}", document_number=f"QA{number}", photos=name)
        for number, name in enumerate(names)
    ]
    plan = looked_at(office, written(tmp_path, *rows))
    assert outcomes(plan) == [Outcome.REFUSED] * 5
    said = [str(row.remarks[-1]) for row in plan.rows]
    assert all(name.rsplit("/", maxsplit=1)[-1] in sentence for name, sentence in zip(names, said, strict=True)), said
    before = content(office)
    with pytest.raises(OperatorError):
        office.importing.take("r")
    assert content(office) == before


def test_that_a_stopped_import_goes_on_where_it_was(office: Desk, tmp_path: Path) -> None:
    names = [photo(tmp_path, number) for number in range(30, 42)]
    rows = [cells(list="Missing", surname=f"N{name}", document_number=f"QA{name[:2]}", photos=name) for name in names]
    path = written(tmp_path, *rows)
    office.importing.begin(Asked(path))
    while office.importing.go_on().done < 4:
        pass
    office.importing.stop()
    with office.post.store.reading() as session:
        kept = session.query(ReadPhotographRow).count()
    assert kept >= 4
    assert outcomes(looked_at(office, path)) == [Outcome.ADDED] * 12
    done = office.importing.take("r").value
    assert len(done.records) == 12
    with office.post.store.reading() as session:
        assert session.query(ReadPhotographRow).count() == 0, "nothing of a face stays beside the records"
    found = sign_in(office, "officer").counter.screen(picture(35, moment=1), source="test").value
    assert [each.record_id for each in found.candidates] == [done.records[5]]


def test_that_a_photograph_that_changed_meanwhile_saves_nothing(office: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, cells(list="Missing", photos=photo(tmp_path, 7)), cells(surname="Osei", document_number="QA2"))
    looked_at(office, path)
    (tmp_path / "7.png").write_bytes(png(picture(8)))
    before = content(office)
    with pytest.raises(OperatorError, match=r"7\.png changed"):
        office.importing.take("r")
    assert content(office) == before


def test_that_what_changed_since_the_dry_run_is_looked_at_again(office: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, cells(reference="R"))
    looked_at(office, path)
    (record,) = office.importing.take("r").value.records
    path = written(tmp_path, cells(reference="R", action="Ask"))
    assert outcomes(looked_at(office, path)) == [Outcome.CHANGED]
    office.records.withdraw_record(record, "found")
    with pytest.raises(OperatorError, match="changed since the dry run"):
        office.importing.take("r")
    with pytest.raises(OperatorError, match="does not bring it back"):
        office.importing.take("r")


def test_that_a_guessed_encoding_saves_nothing_before_it_is_named(office: Desk, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(table(cells(surname="طارق")).encode("cp1256"))
    looked_at(office, path)
    with pytest.raises(OperatorError, match="Windows Arabic"):
        office.importing.take("r")
    looked_at(office, path, encoding="cp1256")
    (record,) = office.importing.take("r").value.records
    assert office.records.record(record).particulars.surname == "طارق"


def test_that_a_missing_person_never_joins_a_list_of_suspects(office: Desk, tmp_path: Path) -> None:
    yellow = notice(_links={"self": {"href": "/notices/v1/yellow/2021-75051"}}, arrest_warrants=None)
    (tmp_path / "n.json").write_text(notices(yellow))
    plan = looked_at(office, tmp_path / "n.json", usual=Usual("Lost"))
    assert outcomes(plan) == [Outcome.REFUSED]
    assert "for PROTECT" in str(plan.rows[0].remarks[-1])
    assert outcomes(looked_at(office, tmp_path / "n.json", usual=Usual("Missing"))) == [Outcome.ADDED]


def test_that_an_import_belongs_to_whoever_began_it(office: Desk, tmp_path: Path) -> None:
    looked_at(office, written(tmp_path, cells()))
    sign_in(office, "admin")
    with pytest.raises(OperatorError, match="No import is under way"):
        office.importing.take("r")
    sign_in(office, "officer")
    with pytest.raises(OperatorError, match="may not"):
        office.importing.begin(Asked(tmp_path / "records.csv"))


def test_that_a_reason_is_asked_and_an_unfinished_reading_is_said(office: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, cells(list="Missing", photos=photo(tmp_path, 7)))
    office.importing.begin(Asked(path))
    with pytest.raises(OperatorError, match="still being read"):
        office.importing.take("r")
    while not office.importing.go_on().finished:
        pass
    with pytest.raises(RecordRefused, match="why"):
        office.importing.take("  ")


def test_that_records_of_one_import_follow_each_other_without_a_gap(office: Desk, tmp_path: Path) -> None:
    rows = [
        cells(reference=f"R{number}", surname=f"N{number}", document_number=f"QA{number}", birth_date="")
        for number in range(1203)
    ]
    looked_at(office, written(tmp_path, *rows))
    told: list[tuple[int, int]] = []
    done = office.importing.take("r", progress=lambda count, every: told.append((count, every))).value
    assert told == [(500, 1203), (1000, 1203), (1203, 1203)]
    assert [
        office.records.record(record).particulars.surname for record in (done.records[0], done.records[499], done.records[1202])
    ] == ["N0", "N499", "N1202"]
    assert {office.records.record(record).status for record in done.records[:3]} == {ACTIVE}
    assert office.records.watchlists()[0].records == 1203


def test_that_the_log_of_an_import_holds_what_was_asked(office: Desk, tmp_path: Path) -> None:
    looked_at(office, written(tmp_path, cells(), cells()))
    office.importing.take("r")
    entry = sign_in(office, "auditor").log.entries(text="records.imported")[0]
    assert entry.details["rows"] == {"added": 1, "doubled": 1}
    assert entry.details["file"] == "records.csv"
