"""From the rows of a table to records: which columns there are, and what is wrong with each field of each row."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

from watchlists.exchange import signs, tables
from watchlists.exchange.dates import read_date
from watchlists.exchange.incoming import DeliveredRow, Incoming, IncomingPhoto
from watchlists.exchange.remarks import FileRefused, Remark, of, remark
from watchlists.exchange.tables import Table, TableRow
from watchlists.records.records import OLDEST, Particulars, RecordRefused

TEXTS = tuple(each.name for each in fields(Particulars) if each.name != "other_names")
COLUMNS = ("list", "reference", *TEXTS, "other_names", "photos", "taken", "ages", "status")
KNOWN = frozenset(COLUMNS)
NEEDED = ("surname", "legal_basis", "action", "review_date")
_DATES = {"birth_date", "review_date"}
_STATUS = {"": False, "active": False, "withdrawn": True}
LONGEST_REFERENCE = 80


def columns_of(header: Sequence[str], *, list_named: bool) -> tuple[str, ...]:
    """The folded names of the columns, in their order. FileRefused names those that are unknown, doubled or missing.

    `list_named`: whoever imports has named the list for every row, so that the file needs no column for it.
    """
    names = [tables.fold(each) for each in header]
    while names and not names[-1]:
        names.pop()
    if "" in names:
        raise FileRefused("Column {place} has no name. Name it in the header, or remove it.", place=names.index("") + 1)
    unknown = [given.strip() for given, name in zip(header, names, strict=False) if name not in KNOWN]
    if unknown:
        raise FileRefused(
            "The column {columns} is not known. Rename or remove it; the columns are: {known}.",
            columns=", ".join(f"“{each[:60]}”" for each in unknown[:10]),
            known=", ".join(COLUMNS),
        )
    doubled = [name for name, count in Counter(names).items() if count > 1]
    if doubled:
        raise FileRefused("The column {columns} stands twice. Keep one of them.", columns=", ".join(doubled))
    missing = [each for each in (*(() if list_named else ("list",)), *NEEDED) if each not in names]
    if missing:
        raise FileRefused("There is no column {columns}. Add it to the header.", columns=", ".join(missing))
    return tuple(names)


def rows_of(table: Table, today: date, *, list_named: bool) -> tuple[DeliveredRow, ...]:
    """Every row with its record or its faults. FileRefused for a header that cannot stand."""
    columns = columns_of(table.header, list_named=list_named)
    return tuple(_row(each, columns, today) for each in table.rows)


def _row(row: TableRow, columns: tuple[str, ...], today: date) -> DeliveredRow:
    width = tables.same_width(row, columns)
    if width is not None:
        return DeliveredRow(row.line, None, (width,))
    cells = dict(zip(columns, row.cells, strict=False))
    faults: list[Remark] = []
    clean: dict[str, str] = {}
    taken_off = 0
    for name, cell in cells.items():
        try:
            several = name in {"other_names", "photos"}
            done = [signs.cleaned(each, name) for each in (_parted(cell) if several else [cell])]
            clean[name] = "|".join(each.text for each in done if each.text or not several)
            taken_off += sum(each.taken_off for each in done)
            if name in _DATES:
                clean[name] = read_date(clean[name], name, today)
        except RecordRefused as refusal:
            faults.append(of(refusal))
    incoming = None if faults else _incoming(clean, faults, today)
    told = (remark("{count} signs that nobody sees were taken off.", count=taken_off),) if taken_off else ()
    called = " ".join(filter(None, (clean.get("surname", ""), clean.get("given_names", "")))) or clean.get(
        "document_number", ""
    )
    return DeliveredRow(row.line, None if faults else incoming, tuple(faults), told, called[:120])


def _incoming(cell: Mapping[str, str], faults: list[Remark], today: date) -> Incoming | None:
    reference, status = cell.get("reference", ""), cell.get("status", "").casefold()
    if len(reference) > LONGEST_REFERENCE:
        faults.append(remark("The reference takes {longest} characters. Shorten it.", "reference", longest=LONGEST_REFERENCE))
    if status not in _STATUS:
        faults.append(remark("The status is “active”, “withdrawn” or empty, not “{text}”.", "status", text=status[:40]))
    try:
        photos = _photos(cell, today)
    except RecordRefused as refusal:
        faults.append(of(refusal))
    if faults:
        return None
    particulars = Particulars(
        other_names=tuple(filter(None, cell.get("other_names", "").split("|"))),
        **{name: cell.get(name, "") for name in TEXTS},
    )
    return Incoming(cell.get("list", ""), particulars, reference, photos, _STATUS[status])


def _photos(cell: Mapping[str, str], today: date) -> tuple[IncomingPhoto, ...]:
    """Photographs with their dates and ages in the same order. RecordRefused when there are more of these than of those."""
    names = [each for each in cell.get("photos", "").split("|") if each]
    dates, ages = ([each.strip() for each in cell.get(name, "").split("|")] for name in ("taken", "ages"))
    for told, field in ((dates, "taken"), (ages, "ages")):
        if len([each for each in told if each]) > len(names):
            raise RecordRefused(
                "There are more {named} than photographs. Give one for each, in their order.", field, named=field
            )
    found = []
    for name, taken, age in itertools.zip_longest(names, dates, ages, fillvalue=""):
        if not name:
            break
        day = read_date(taken, "taken", today)
        if day > today.isoformat()[: len(day)]:
            raise RecordRefused("The photograph cannot have been taken after today ({text}).", "taken", text=day)
        if age and not (age.isascii() and age.isdecimal() and int(age[:4]) <= OLDEST and len(age) <= 3):
            raise RecordRefused("The age on a photograph is a number of years, not “{text}”.", "ages", text=age[:20])
        found.append(IncomingPhoto(name, day, int(age) if age else None))
    return tuple(found)


def _parted(cell: str) -> list[str]:
    return cell.replace("\n", "|").split("|")
