"""A workbook (.xlsx) as a table: the first sheet with anything in it, cell by cell, guarded before it is unpacked.

A workbook is a ZIP of XML. What it declares to unpack to is bounded before anything is read, and its cells are streamed.
"""

import io
import math
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from watchlists.exchange.remarks import FileRefused
from watchlists.exchange.tables import LONGEST_CELL, MOST_ROWS, Table, TableRow, collected

MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
"""Bytes out of one byte, above which nothing is a table; sheets of equal rows reach about 40."""
_SMALL = 1024 * 1024
MOST_FILES = 2_000
MOST_COLUMNS = 200
MOST_BLANK = 10_000
_WHOLE = 15
"""Significant digits that a spreadsheet keeps of a number; the rest it makes zeros."""


def from_workbook(data: bytes) -> Table:
    """FileRefused for what is no workbook, unpacks to too much, or is damaged."""
    _guard(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not concern the cells
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
                for sheet in sheets:
                    table = _table(sheet)
                    if table is not None:
                        return table
            finally:
                book.close()
    except FileRefused:
        raise
    except Exception as error:  # the library raises whatever its parsers meet in a damaged file
        raise FileRefused("The workbook is damaged. Save it again, or save the sheet as CSV UTF-8.") from error
    raise FileRefused("The workbook is empty. Its first row names the columns.")


def _guard(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FileRefused("The workbook is damaged. Save it again, or save the sheet as CSV UTF-8.") from error
    if "[Content_Types].xml" not in {each.filename for each in parts}:
        raise FileRefused("The file is not an .xlsx workbook. Save the sheet as .xlsx or CSV UTF-8.")
    whole = sum(each.file_size for each in parts)
    bomb = any(each.file_size > max(_SMALL, MOST_RATIO * each.compress_size) for each in parts)
    if whole > MOST_UNPACKED or bomb or len(parts) > MOST_FILES:
        raise FileRefused("The workbook unpacks to {size} MB, far more than a table. It is not opened.", size=whole >> 20)
    if any(each.flag_bits & 1 for each in parts):
        raise FileRefused("The workbook is locked with a password. Save it without one.")


def _table(sheet: Any) -> Table | None:
    try:
        return collected(_rows(sheet))
    except FileRefused as refusal:
        if refusal.template.startswith("The file is empty"):
            return None
        raise


def _rows(sheet: Any) -> Iterator[TableRow]:
    blank = header = 0
    for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > MOST_ROWS + 1:
            raise FileRefused("The table has more than {most} rows. Part it into several.", most=MOST_ROWS)
        texts = [_text(each, line) for each in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise FileRefused("Row {line} has more than {most} cells.", line=line, most=MOST_COLUMNS)
        blank = 0 if texts else blank + 1
        if blank > MOST_BLANK:
            raise FileRefused("The sheet has {most} empty rows one after the other. Remove them.", most=MOST_BLANK)
        header = header or len(texts)
        yield TableRow(line, tuple(texts + [""] * (header - len(texts))))


def _text(cell: object, line: int) -> str:
    """A cell as a person would type it. A number with more digits than a spreadsheet keeps stays recognisable as changed."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        whole = math.isfinite(cell) and cell == int(cell)
        return f"{cell:.0f}" if whole and abs(cell) < 10**_WHOLE else f"{cell:.5E}" if whole else repr(cell)
    text = "" if cell is None else str(cell)
    if len(text) > LONGEST_CELL:
        raise FileRefused(
            "Row {line} has a field of more than {longest} characters. Shorten it.", line=line, longest=LONGEST_CELL
        )
    return text
