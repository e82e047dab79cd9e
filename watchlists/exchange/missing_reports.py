"""Reports of missing children, as alert agencies of the ZARRA kind hold them: a table or JSON of one child a row.

They are for protection and nothing else. Who reported a child is the agency's to know: such columns are not taken over, and
that is said. A child that was found is withdrawn.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from watchlists.exchange import signs, tables
from watchlists.exchange.dates import read_date
from watchlists.exchange.incoming import DeliveredRow, Delivery, Incoming, IncomingPhoto
from watchlists.exchange.json_text import text_of
from watchlists.exchange.remarks import FileRefused, Remark, remark
from watchlists.exchange.tables import Table
from watchlists.exchange.usual import Usual, delivered, not_kept, review_said
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, RecordRefused

_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": ("report_id", "report_no", "report_number", "case_id", "case_no", "alert_id", "alert_no"),
    "name": ("child_name", "name_of_child", "missing_child", "name_of_missing_child", "full_name"),
    "father": ("father_name", "fathers_name", "father's_name", "guardian_name", "father_guardian_name"),
    "born": ("date_of_birth", "dob", "birth_date"),
    "age": ("age", "age_years", "age_in_years"),
    "sex": ("gender", "sex"),
    "missing": ("missing_since", "missing_date", "date_missing", "date_of_missing", "last_seen", "last_seen_date"),
    "number": ("b_form", "b_form_no", "crc_no", "cnic", "identity_number", "document_number"),
    "fir": ("fir_no", "fir", "fir_number", "dd_no"),
    "station": ("police_station", "ps", "unit"),
    "photos": ("photo", "photos", "picture", "photograph", "photographs"),
    "status": ("status", "case_status", "alert_status"),
}
"""What a field may be called, folded."""
SEALED = ("complainant", "reporter", "informant", "reported_by", "contact", "phone", "mobile", "relation", "suspect")
"""Beginnings of columns about whoever reported the child, or is suspected: they stay with the agency."""
_FOUND = {"found", "recovered", "closed", "reunited", "reunified", "withdrawn", "cancelled", "resolved"}
_OPEN = {"", "open", "active", "missing", "pending", "under_investigation"}
ACTION = "Speak with the child alone and calmly. Call the child protection unit. Never an arrest."
CALLED = {called: field for field, several in _NAMES.items() for called in several}


def is_reports(header: Sequence[str]) -> bool:
    """Whether these columns are those of reports: a child's name, and a number of the report or the day it went missing."""
    fields = {CALLED.get(tables.fold(each), "") for each in header}
    return "name" in fields and bool(fields & {"reference", "missing"})


def from_table(table: Table, usual: Usual, today: date) -> Delivery:
    names = [tables.fold(each) for each in table.header]
    fields = [CALLED.get(each, "") for each in names]
    doubled = {each for each in fields if each and fields.count(each) > 1}
    if doubled:
        raise FileRefused("Two columns say the same: {columns}. Keep one of them.", columns=", ".join(sorted(doubled)))
    rows, lost = [], _lost(names, fields)
    for row in table.rows:
        width = tables.same_width(row, table.header)
        if width is not None:
            rows.append(DeliveredRow(row.line, None, (width,)))
            continue
        said = {field: cell for field, cell in zip(fields, row.cells, strict=False) if field}
        rows.append(_row(row.line, said, usual, today))
    return Delivery("reports of missing children", tuple(rows), (*table.remarks, *review_said(usual, today), *lost))


def from_objects(parsed: Sequence[Mapping[str, Any]], usual: Usual, today: date) -> Delivery:
    """The same out of JSON objects, each with the fields of one report."""
    rows, names, fields = [], list[str](), list[str]()
    for line, each in enumerate(parsed, start=1):
        called = {tables.fold(str(name)): value for name, value in each.items()}
        names += called
        fields += [CALLED.get(name, "") for name in called]
        said = {
            CALLED[name]: "|".join(map(text_of, value)) if isinstance(value, list) else text_of(value)
            for name, value in called.items()
            if name in CALLED
        }
        rows.append(_row(line, said, usual, today))
    told = (*review_said(usual, today), *_lost(names, fields))
    return Delivery("reports of missing children", tuple(rows), told)


def _lost(names: Sequence[str], fields: Sequence[str]) -> tuple[Remark, ...]:
    lost = {name for name, field in zip(names, fields, strict=True) if not field and name}
    sealed = {each for each in lost if each.startswith(SEALED)}
    said = remark("Not taken over, since it stays with the agency: {columns}.", columns=", ".join(sorted(sealed))[:200])
    return (*((said,) if sealed else ()), *not_kept(lost - sealed))


def _row(line: int, said: Mapping[str, str], usual: Usual, today: date) -> DeliveredRow:
    told: list[Remark] = []
    try:
        clean = {field: signs.cleaned(value.replace("\n", "|"), field).text for field, value in said.items()}
        build: Incoming | RecordRefused = _incoming(clean, usual, today, told)
    except RecordRefused as refusal:
        build = refusal
    return delivered(line, said.get("name", "").strip(), build, tuple(told))


def _incoming(said: Mapping[str, str], usual: Usual, today: date, told: list[Remark]) -> Incoming:
    reference, name = said.get("reference", "")[:80], said.get("name", "")
    status = tables.fold(said.get("status", ""))
    if status not in _FOUND | _OPEN:
        raise RecordRefused("“{text}” is not a status of a report: open, or found.", "status", text=status[:40])
    if not name:
        raise RecordRefused("The report has no name of the child.", "surname")
    missing = read_date(said.get("missing", ""), "missing", today)
    born = read_date(said.get("born", ""), "birth_date", today)
    age = _age(said.get("age", ""))
    if not born and age is not None and missing:
        told.append(_aged(missing, age))
    given, surname = _parted(name)
    basis = ", ".join(
        filter(
            None,
            (
                f"Report {reference}" if reference else "Report",
                said.get("fir", "") and f"FIR {said['fir']}",
                said.get("station", ""),
            ),
        )
    )
    if said.get("father"):
        told.append(remark("The father's name is not kept: {name}.", "father_name", name=said["father"][:80]))
    photos = tuple(IncomingPhoto(each.strip()) for each in said.get("photos", "").split("|") if each.strip())
    particulars = Particulars(
        surname=surname,
        given_names=given,
        birth_date=born,
        sex=_sex(said.get("sex", "")),
        document_number=said.get("number", ""),
        legal_basis=basis[:200],
        action=ACTION,
    )
    return Incoming(
        usual.list_name, usual.over(particulars, today), reference, photos, status in _FOUND, purpose=Purpose.PROTECT
    )


def _parted(name: str) -> tuple[str, str]:
    """Given names and the last word; a name of one word is the only name known."""
    words = name.split()
    return " ".join(words[:-1]), words[-1]


def _sex(text: str) -> str:
    known = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F", "x": "X", "transgender": "X", "": ""}
    if text.casefold() not in known:
        raise RecordRefused("“{text}” is not a sex: male, female, or empty.", "sex", text=text[:40])
    return known[text.casefold()]


def _age(text: str) -> int | None:
    if not text:
        return None
    figure = text.split(maxsplit=1)[0]
    if not (figure.isascii() and figure.isdecimal() and int(figure[:4]) < 18):
        raise RecordRefused("“{text}” is not the age of a child in years.", "age", text=text[:40])
    return int(figure) if "month" not in text.casefold() else 0


def _aged(missing: str, age: int) -> Remark:
    """No year of birth is guessed: an age names two, and a search by name needs the one that is right."""
    year = int(missing[:4]) - age
    return remark(
        "Aged {age} when missing, born in {first} or {last}: enter the year when it is known.",
        "birth_date", age=age, first=year - 1, last=year,
    )  # fmt: skip # the values of one sentence
