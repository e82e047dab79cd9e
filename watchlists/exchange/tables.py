"""A table out of text or a workbook: a header and rows, each with the line on which it stands in the file.

Nothing is dropped in silence: what cannot be read refuses the file by line, what is left out (blank rows) is counted.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watchlists.exchange.remarks import FileRefused, Remark, remark

SEPARATORS = ",;\t"
MOST_ROWS = 1_000_000
LONGEST_CELL = 20_000
"""Characters; no field of a record takes more than a few hundred."""


@dataclass(frozen=True, slots=True)
class TableRow:
    line: int
    """Counted from 1 as an editor or a spreadsheet counts them; of a row over several lines the first."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[Remark, ...] = field(default=())


def from_text(text: str, known: frozenset[str]) -> Table:
    """A table of separated values. `known`: folded names of columns, by which the separator is found.

    FileRefused for an open quote, a NUL or an over-long field, each by its line, and for a file without rows.
    """
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileRefused(
            "Line {line} holds a NUL byte: the file is damaged, or not a table. Save it again as CSV UTF-8.", line=line
        )
    whole = io.StringIO(text, newline=None).read()
    told, skipped = _told_separator(whole)
    whole = whole.split("\n", skipped)[-1] if skipped else whole
    separator = told or _separator(whole, known)
    return collected(_rows(whole, separator, skipped))


def collected(rows: Iterator[TableRow]) -> Table:
    """The first row with anything in it as the header, the others below; blank ones are left out and counted."""
    header: TableRow | None = None
    kept: list[TableRow] = []
    blank = 0
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            blank += 1
        elif header is None:
            header, blank = row, 0
        else:
            kept.append(row)
            if len(kept) > MOST_ROWS:
                raise FileRefused("The table has more than {most} rows. Part it into several.", most=MOST_ROWS)
    if header is None:
        raise FileRefused("The file is empty. Its first line names the columns.")
    told = (remark("{count} empty rows were left out.", count=blank),) if blank else ()
    return Table(header.cells, tuple(kept), told)


def fold(name: str) -> str:
    """A column's name without case, outer spaces and the difference between spaces, hyphens and underscores."""
    return "_".join(name.replace("\ufeff", "").replace("-", " ").replace("_", " ").casefold().split())


def _told_separator(text: str) -> tuple[str, int]:
    """The separator of a first line `sep=;`, as spreadsheets write it, and how many lines that takes."""
    first = text.split("\n", 1)[0].strip().strip('"')
    if first[:4].casefold() != "sep=":
        return "", 0
    sign = first[4:] or "\t"
    if len(sign) != 1 or sign.isalnum() or sign in "\"'":
        raise FileRefused("The first line names the separator “{sign}”. Write sep=; or leave the line out.", sign=sign)
    return sign, 1


def _separator(text: str, known: frozenset[str]) -> str:
    """The one under which the header holds most known columns; of equals the one that parts most."""
    head = text.lstrip("\n").split("\n", 1)[0]

    def worth(sign: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([head], delimiter=sign), [])
        except csv.Error:
            cells = head.split(sign)
        return sum(fold(cell) in known for cell in cells), len(cells)

    return max(SEPARATORS, key=worth)


def _rows(text: str, separator: str, skipped: int) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = skipped + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _refused(str(error), line) from error
        if cells is None:
            return
        long = next((each for each in cells if len(each) > LONGEST_CELL), None)
        if long is not None:
            raise _too_long(line)
        yield TableRow(line, tuple(cells))
        line = skipped + reader.line_num + 1


def _refused(why: str, line: int) -> FileRefused:
    if "field larger" in why:
        return _too_long(line)
    if "unexpected end" in why:
        return FileRefused("A quotation mark that opens on line {line} is never closed. Close it, or remove it.", line=line)
    return FileRefused("Line {line} has a quotation mark inside a quoted field. Double it, or remove it.", line=line)


def _too_long(line: int) -> FileRefused:
    return FileRefused(
        "Line {line} has a field of more than {longest} characters. A quotation mark may be missing; look at that line.",
        line=line,
        longest=LONGEST_CELL,
    )


def same_width(row: TableRow, header: Sequence[str]) -> Remark | None:
    """Why the cells of a row cannot be given to columns: there are too many or too few. Empty ones at the end are no harm."""
    if len(row.cells) > len(header) and any(cell.strip() for cell in row.cells[len(header) :]):
        extra = next(cell for cell in row.cells[len(header) :] if cell.strip())
        return remark(
            "line {line} has {cells} cells, the header {columns}. “{text}” stands in no column.",
            line=row.line, cells=len(row.cells), columns=len(header), text=extra.strip()[:40],
        )  # fmt: skip # the values of one sentence
    if len(row.cells) < len(header):
        return remark(
            "line {line} has {cells} cells, the header {columns}. “{field_name}” and what follows are missing.",
            line=row.line, cells=len(row.cells), columns=len(header), field_name=header[len(row.cells)].strip(),
        )  # fmt: skip # the same
    return None
