"""A file or folder of another system as rows: which form it has is seen from its content, never from its name alone."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from watchlists.exchange import encodings, follow_the_money, interpol, missing_reports, nist_files, table_rows, tables
from watchlists.exchange.incoming import DeliveredRow, Delivery
from watchlists.exchange.json_text import read_json
from watchlists.exchange.remarks import FileRefused, Remark, remark
from watchlists.exchange.tables import Table
from watchlists.exchange.usual import Usual

MOST_BYTES = 500 * 1024 * 1024
MOST_BESIDE = 200_000
_IN_FOLDER = ("records.csv", "records.xlsx", "records.tsv")
_FILES = {".json", ".nist", ".an2", ".eft", ".nst"}
"""Endings of files that a folder without a table is read for, all of them together."""
_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_delivery(path: Path, usual: Usual, today: date, encoding: str = "", kind: str = "") -> Delivery:
    """What a file, or a folder with `records.csv`, `records.xlsx`, notices or ANSI/NIST files, brings.

    `encoding`: of a text, where a person named it. `kind`: colour of notices that do not say theirs. FileRefused when the
    whole cannot be read.
    """
    if not path.is_dir():
        return _one(path, path.parent, usual, today, encoding, kind)
    table = next((path / name for name in _IN_FOLDER if (path / name).is_file()), None)
    if table is not None:
        return _one(table, path, usual, today, encoding, kind)
    try:
        files = sorted(each for each in path.iterdir() if each.suffix.lower() in _FILES)
    except OSError as error:
        raise FileRefused("{path} cannot be read: {why}.", path=path.name, why=error.strerror) from error
    if not files:
        raise FileRefused("{path} holds no records.csv, records.xlsx, notices or ANSI/NIST files.", path=path.name)
    return _together([_one(each, path, usual, today, encoding, kind) for each in files])


def folder_of(path: Path) -> Path:
    """The folder below which photographs of this file or folder lie."""
    return path if path.is_dir() else path.parent


def read_bytes(path: Path) -> bytes:
    """An ordinary file of a bearable size. FileRefused for a folder, a device, a pipe, or what cannot be read."""
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            raise FileRefused("{path} is not an ordinary file.", path=path.name)
        if known.st_size > MOST_BYTES:
            raise FileRefused("{path} is larger than {most} MB. Part it.", path=path.name, most=MOST_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise FileRefused("{path} cannot be read: {why}.", path=path.name, why=error.strerror) from error


def _one(path: Path, folder: Path, usual: Usual, today: date, encoding: str, kind: str) -> Delivery:
    data = read_bytes(path)
    if data.startswith(_ZIP):
        from watchlists.exchange.workbook import from_workbook  # noqa: PLC0415 - a large library that few imports need

        return _table(from_workbook(data), usual, today)
    if data.startswith(_OLD_WORKBOOK):
        raise FileRefused("{path} is a workbook of an old or locked form. Save it as .xlsx without a password.", path=path.name)
    if nist_files.is_nist(data):
        return nist_files.from_nist(data, usual, today, path.name)
    decoded = encodings.decoded(data, encoding)
    text = decoded.text
    if "\0" not in text and text.lstrip()[:1] in {"{", "["}:
        delivery = _json(text, path, folder, usual, today, kind)
    else:
        known = table_rows.KNOWN | frozenset(missing_reports.CALLED)
        delivery = _table(tables.from_text(text, known), usual, today)
    if not decoded.guess:
        return delivery
    said = remark(
        "The file is not UTF-8. It was read as {encoding}, which is a guess: “{sample}”. Name the encoding if that is right,"
        " or save it as CSV UTF-8.",
        encoding=encodings.NAMED[decoded.guess], sample=decoded.sample,
    )  # fmt: skip # the values of one sentence
    return replace(delivery, remarks=(said, *delivery.remarks), encoding_guess=decoded.guess)


def _table(table: Table, usual: Usual, today: date) -> Delivery:
    if missing_reports.is_reports(table.header):
        return missing_reports.from_table(table, usual, today)
    rows = table_rows.rows_of(table, today, list_named=bool(usual.list_name))
    return Delivery("a table", rows, table.remarks)


def _json(text: str, path: Path, folder: Path, usual: Usual, today: date, kind: str) -> Delivery:
    if follow_the_money.is_entities(text):
        return follow_the_money.from_entities(text, usual, today)
    parsed = read_json(text, path.name)
    if interpol.is_notices(parsed):
        colour = kind or next((each for each in interpol.KINDS if each in {*path.stem.casefold().split("-"), folder.name}), "")
        return interpol.from_notices(parsed, list(_beside(folder)), usual, today, colour)
    listed = parsed if isinstance(parsed, list) else parsed.get("reports", [parsed])
    objects = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if objects and missing_reports.is_reports([str(name) for each in objects for name in each]):
        return missing_reports.from_objects(objects, usual, today)
    raise FileRefused(
        "{path} is JSON of no form that is known here: INTERPOL notices, FollowTheMoney entities or missing children.",
        path=path.name,
    )


def _beside(folder: Path) -> Iterator[str]:
    """Names of the files below the folder, relative to it; links to folders are not followed."""
    count = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            count += 1
            if count > MOST_BESIDE:
                raise FileRefused("More than {most} files lie beside the file. Part the folder.", most=MOST_BESIDE)
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _together(parts: list[Delivery]) -> Delivery:
    """Several files as one; the rows are numbered through."""
    rows: list[DeliveredRow] = []
    for part in parts:
        rows += [replace(row, line=len(rows) + place) for place, row in enumerate(part.rows, start=1)]
    remarks: dict[str, Remark] = {str(each): each for part in parts for each in part.remarks}
    guess = next((part.encoding_guess for part in parts if part.encoding_guess), "")
    return Delivery(parts[0].kind, tuple(rows), tuple(remarks.values()), guess)
