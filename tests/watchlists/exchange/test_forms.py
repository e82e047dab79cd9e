"""Workbooks, notices, entities, reports and ANSI/NIST files become records as their standards mean them."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.deliveries import HEADER, TODAY, cells, entities, entity, faults, nist, notice, notices, read, workbook
from watchlists.exchange.incoming import Delivery, Incoming
from watchlists.exchange.reading import read_delivery
from watchlists.exchange.remarks import FileRefused
from watchlists.exchange.usual import Usual
from watchlists.records.purposes import Purpose


def only(delivery: Delivery) -> Incoming:
    (row,) = delivery.rows
    assert row.incoming is not None, [str(each) for each in row.faults]
    return row.incoming


def told(delivery: Delivery) -> str:
    return " ".join(str(each) for each in (*delivery.remarks, *(one for row in delivery.rows for one in row.remarks)))


# Workbooks


def test_that_a_workbook_is_read_as_a_table_is(tmp_path: Path) -> None:
    row: list[object] = [*cells(document_number="")]
    row[HEADER.index("document_number")] = 3520212345671
    read_as = only(read(tmp_path, workbook(HEADER, row), "records.xlsx"))
    assert (read_as.particulars.surname, read_as.particulars.document_number) == ("Noor", "3520212345671")
    assert read(tmp_path, workbook([], HEADER, cells()), "records.xlsx").rows[0].line == 3


def test_that_a_workbook_that_unpacks_to_far_more_is_not_opened(tmp_path: Path) -> None:
    bomb = workbook(HEADER, cells(), extra={"xl/media/zeros.bin": bytes(300 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(FileRefused, match="unpacks to"):
        read(tmp_path, bomb, "records.xlsx")


def test_that_other_archives_and_cut_workbooks_are_named(tmp_path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(FileRefused, match=r"not an \.xlsx"):
        read(tmp_path, other.getvalue(), "records.xlsx")
    for cut in (30, 400, 900):
        with pytest.raises(FileRefused, match="damaged"):
            read(tmp_path, workbook(HEADER, cells())[:cut], "records.xlsx")


def test_that_a_cell_far_away_does_not_cost_the_memory_of_all_between(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(HEADER, cells()))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    parts["xl/worksheets/sheet1.xml"] = xml
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    with pytest.raises(FileRefused, match=r"empty rows|more than"):
        read(tmp_path, whole.getvalue(), "records.xlsx")


# INTERPOL


def test_that_a_red_notice_is_a_referral_with_its_warrant_and_picture(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for name in ("62312101.jpg", "other.jpg"):
        (tmp_path / "images" / name).write_bytes(b"x")
    pictured = notice(_embedded={"images": [{"picture_id": "62312101"}]})
    delivery = read(tmp_path, notices(pictured), "red.json", list_name="Wanted")
    found = only(delivery)
    given = found.particulars
    assert (given.surname, given.given_names, given.other_names) == ("ANGELOV", "IVAN", ("STOYANOV",))
    assert (given.birth_date, given.sex, given.nationality) == ("1979-01-17", "M", "BGR")
    assert given.legal_basis == "INTERPOL red notice 2021/75051 (BGR: Fraud)"
    assert (found.reference, found.purpose) == ("INTERPOL 2021/75051", Purpose.REFER)
    assert [each.name for each in found.photos] == ["images/62312101.jpg"]
    assert "SYR" in told(delivery)
    assert "height" in told(delivery)


@pytest.mark.parametrize(
    ("date_of_birth", "born"), [("1975/00/00", "1975"), ("1985/03/00", "1985-03"), ("0000/00/00", ""), (None, "")]
)
def test_that_a_birth_date_known_in_part_stays_so(tmp_path: Path, date_of_birth: str | None, born: str) -> None:
    assert only(read(tmp_path, notices(notice(date_of_birth=date_of_birth)), "n.json")).particulars.birth_date == born


def test_that_a_yellow_notice_without_a_name_is_kept_for_protection(tmp_path: Path) -> None:
    (tmp_path / "2020-1.jpg").write_bytes(b"x")
    yellow = {"entity_id": "2020-1", "name": "-", "forename": None, "date_of_event": "2019/05/01", "nationalities": None}
    delivery = read(tmp_path, json.dumps(yellow), "notice.json", list_name="Missing")
    found = only(delivery)
    assert (found.purpose, found.particulars.surname, [each.name for each in found.photos]) == (
        Purpose.PROTECT,
        "UNKNOWN",
        ["2020-1.jpg"],
    )
    assert "Never an arrest" in found.particulars.action
    assert "only the photograph" in told(delivery)


def test_that_a_notice_of_no_colour_is_asked_about_and_may_be_named(tmp_path: Path) -> None:
    bare = notice(_links={}, arrest_warrants=None)
    assert "of which colour" in faults(read(tmp_path, notices(bare), "n.json"))[0]
    assert only(read(tmp_path, notices(bare), "n.json", kind="blue")).purpose is Purpose.INFORM
    assert only(read(tmp_path, notices(bare), "black-2026.json")).purpose is Purpose.INFORM


# FollowTheMoney


def test_that_a_person_comes_with_its_sanctions_and_passports(tmp_path: Path) -> None:
    text = entities(
        entity(
            "Q1",
            name=["Ivan Angelov"],
            alias=["Иван Ангелов"],
            birthDate=["1979", "1979-01-17"],
            gender=["male"],
            nationality=["bg"],
            topics=["wanted"],
            height=["1.78"],
        ),
        entity("s1", "Sanction", entity=["Q1"], authority=["UNSC"], program=["1267"]),
        entity("p1", "Passport", holder=["Q1"], number=["AB1234567"], country=["bg"]),
        entity("c1", "Company", name=["Ltd"]),
    )
    delivery = read(tmp_path, text, "entities.ftm.json", list_name="Wanted")
    found = only(delivery)
    assert (found.reference, found.purpose, found.particulars.birth_date, found.particulars.sex) == (
        "Q1",
        Purpose.REFER,
        "1979-01-17",
        "M",
    )
    assert (found.particulars.document_number, found.particulars.legal_basis) == ("AB1234567 (BGR)", "UNSC, 1267")
    assert found.particulars.other_names == ("Иван Ангелов",)
    assert "1 Company" in told(delivery)
    assert "height" in told(delivery)


def test_that_contradicting_birth_dates_and_names_that_do_not_fit_are_said(tmp_path: Path) -> None:
    aliases = [f"Alias Number {number:03}" for number in range(60)]
    delivery = read(tmp_path, entities(entity(name=["A B"], birthDate=["1979-01-17", "1981"], alias=aliases)), "e.json")
    assert "1981" in told(delivery)
    assert "further names do not fit" in told(delivery)


def test_that_a_line_that_is_not_whole_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="Line 2"):
        read(tmp_path, entities(entity(name=["A"])) + '{"id": "Q2", "schema": "Person", "prop\n', "e.json")
    deep = entities(entity(name=["A"])) + "[" * 200_000 + "\n"
    with pytest.raises(FileRefused, match="Line 2"):
        read(tmp_path, deep, "e.json")


# Reports of missing children

REPORT = {
    "report_id": "Z-17", "child_name": "Sana Bibi", "father_name": "Akram", "gender": "female", "age": "9", "missing_since": "2024-05-01",
    "police_station": "Saddar", "fir_no": "12/24", "complainant_name": "Akram", "complainant_phone": "0300", "photo": "sana.jpg", "status": "open",
}  # fmt: skip # a table


@pytest.mark.parametrize("as_json", [True, False])
def test_that_a_report_is_for_protection_and_its_reporter_stays_with_the_agency(tmp_path: Path, as_json: bool) -> None:
    text = json.dumps([REPORT]) if as_json else f"{','.join(REPORT)}\n{','.join(REPORT.values())}\n"
    delivery = read(tmp_path, text, "reports.json" if as_json else "reports.csv", list_name="Missing")
    found = only(delivery)
    assert (found.purpose, found.reference, found.withdrawn) == (Purpose.PROTECT, "Z-17", False)
    assert (found.particulars.surname, found.particulars.given_names, found.particulars.sex) == ("Bibi", "Sana", "F")
    assert found.particulars.birth_date == "", "an age names two years, and none is guessed"
    assert "born in 2014 or 2015" in told(delivery)
    assert "complainant_name, complainant_phone" in told(delivery)
    assert "0300" not in told(delivery)
    assert [each.name for each in found.photos] == ["sana.jpg"]


def test_that_a_child_that_was_found_is_withdrawn(tmp_path: Path) -> None:
    assert only(read(tmp_path, json.dumps([REPORT | {"status": "Recovered"}]), "r.json")).withdrawn
    assert "not a status" in faults(read(tmp_path, json.dumps([REPORT | {"status": "perhaps"}]), "r.json"))[0]


# ANSI/NIST


def test_that_a_type_2_and_a_type_10_record_are_a_person_and_a_face(tmp_path: Path) -> None:
    image = bytes(range(256)) * 40
    data = nist(image, f18="NOOR, AMINA", f19="NUR, AMINA", f22="19800317", f24="F", f21="PK", f16="QA1000001", f20="XX")
    delivery = read(tmp_path, data, "person.nist", list_name="Wanted")
    found = only(delivery)
    given = found.particulars
    assert (given.surname, given.given_names, given.birth_date, given.sex, given.nationality) == (
        "NOOR",
        "AMINA",
        "1980-03-17",
        "F",
        "PAK",
    )
    assert given.document_number == "QA1000001"
    assert [(each.data, each.taken_on) for each in found.photos] == [(image, "2024-03-17")]


def test_that_a_cut_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    whole = nist(bytes(2000), f18="NOOR, AMINA")
    for cut in (20, 90, len(whole) - 1):
        with pytest.raises(FileRefused, match="damaged"):
            read(tmp_path, whole[:cut], "person.nist")


# Everything else


@pytest.mark.parametrize("name", ["missing.csv", "folder", "pipe"])
def test_that_what_is_no_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileRefused, match=name.split(".", maxsplit=1)[0]):
        read_delivery(tmp_path / name, Usual(), TODAY)


def test_that_a_folder_of_notices_is_read_together(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.json").write_text(json.dumps(notice(entity_id=f"2021/{number}")))
    delivery = read_delivery(tmp_path, Usual("Wanted"), TODAY)
    assert [(row.line, row.incoming and row.incoming.reference) for row in delivery.rows] == [
        (1, "INTERPOL 2021/1"),
        (2, "INTERPOL 2021/2"),
    ]


@pytest.mark.parametrize("text", ['{"a": 1}', "[]", "[1, 2]", '["a"]', "{", '{"entity_id": ', "null"])
def test_that_json_of_no_known_form_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused):
        read(tmp_path, text, "x.json")
