"""Tables of any system are read, or refused by a sentence that names the place; nothing of them is dropped in silence."""

from pathlib import Path

import pytest

from tests.deliveries import HEADER, cells, faults, read, table
from watchlists.exchange.remarks import FileRefused
from watchlists.exchange.tables import LONGEST_CELL


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_that_every_separator_and_line_end_gives_the_same_rows(tmp_path: Path, separator: str, end: str) -> None:
    delivery = read(tmp_path, table(cells(), cells(surname="Osei, the elder"), separator=separator, end=end))
    assert [(row.line, row.incoming and row.incoming.particulars.surname) for row in delivery.rows] == [
        (2, "Noor"),
        (3, "Osei, the elder"),
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32", b"")],
)
def test_that_an_encoding_that_proves_itself_is_read_without_a_question(tmp_path: Path, encoding: str, mark: bytes) -> None:
    delivery = read(tmp_path, mark + table(cells(surname="نور")).encode(encoding))
    assert delivery.encoding_guess == ""
    assert delivery.rows[0].incoming is not None
    assert delivery.rows[0].incoming.particulars.surname == "نور"


@pytest.mark.parametrize(("encoding", "surname"), [("cp1256", "طارق"), ("cp1252", "Müller")])
def test_that_a_guessed_encoding_is_said_and_a_named_one_is_not_a_guess(tmp_path: Path, encoding: str, surname: str) -> None:
    data = table(cells(surname=surname)).encode(encoding)
    guessed = read(tmp_path, data)
    assert guessed.encoding_guess == encoding
    assert surname in str(guessed.remarks[0])
    named = read(tmp_path, data, encoding=encoding)
    assert (named.encoding_guess, named.rows[0].name) == ("", f"{surname} Amina")


@pytest.mark.parametrize(("line", "sign"), [("sep=;", ";"), ("sep=|", "|"), ('"sep=;"', ";"), ("SEP=\t", "\t")])
def test_that_a_separator_line_is_followed_and_counted(tmp_path: Path, line: str, sign: str) -> None:
    delivery = read(tmp_path, f"{line}\n" + table(cells(), separator=sign))
    assert [(row.line, row.faults) for row in delivery.rows] == [(3, ())]


def test_that_blank_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    blank = "," * (len(HEADER) - 1)
    delivery = read(tmp_path, table(cells()) + f"{blank}\n\n{blank}\n" + ",".join(cells(surname="Osei")) + "\n")
    assert [row.line for row in delivery.rows] == [2, 6]
    assert str(delivery.remarks[0]) == "3 empty rows were left out."


@pytest.mark.parametrize(
    "header", [[f" {name} " for name in HEADER], [name.upper() for name in HEADER], [name.replace("_", " ") for name in HEADER]]
)
def test_that_spaces_and_case_of_a_header_do_not_matter(tmp_path: Path, header: list[str]) -> None:
    assert not faults(read(tmp_path, table(cells(), header=header)))


def test_that_unknown_doubled_missing_and_nameless_columns_are_named(tmp_path: Path) -> None:
    for header, named in (
        ([*HEADER[:5], "date_of_birth", *HEADER[6:]], "date_of_birth"),
        ([*HEADER[:5], "surname", *HEADER[6:]], "surname"),
        ([*HEADER[:9], "taken2", *HEADER[10:]], "taken2"),
        ([*HEADER[:5], "", *HEADER[6:]], "Column 6"),
    ):
        with pytest.raises(FileRefused, match=named):
            read(tmp_path, table(cells(), header=header))
    with pytest.raises(FileRefused, match="no column legal_basis, action, review_date"):
        read(tmp_path, "list,surname\nLost,Noor\n")


def test_that_extra_and_missing_cells_are_told_by_line(tmp_path: Path) -> None:
    extra = read(tmp_path, table(cells()).rstrip("\n") + ",left over\n")
    assert faults(extra) == ["line 2 has 16 cells, the header 15. “left over” stands in no column."]
    short = read(tmp_path, table(cells()[:-2], cells(surname="Osei")))
    assert faults(short) == ["line 2 has 13 cells, the header 15. “taken” and what follows are missing."]
    assert not faults(read(tmp_path, table(cells()).rstrip("\n") + ",,\n")), "empty cells at the end harm nothing"


def test_that_an_open_quote_a_nul_and_an_endless_field_are_told_by_line(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="opens on line 3 is never closed"):
        read(tmp_path, table(cells()) + 'Lost,"never closed\nand on\n')
    with pytest.raises(FileRefused, match="Line 2 holds a NUL"):
        read(tmp_path, table(cells(surname="No\0or")))
    with pytest.raises(FileRefused, match="Line 2 has a field of more"):
        read(tmp_path, table(cells(action="x" * (LONGEST_CELL + 1))))
    with pytest.raises(FileRefused, match="Line 2 has a field of more"):
        read(tmp_path, table(cells(action="x" * 200_000)))


def test_that_a_field_over_several_lines_is_one_row(tmp_path: Path) -> None:
    delivery = read(tmp_path, table(cells(action="Call\nthe unit"), cells(surname="Osei")))
    assert [row.line for row in delivery.rows] == [2, 4]
    assert delivery.rows[0].incoming is not None
    assert delivery.rows[0].incoming.particulars.action == "Call the unit"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x1b"])
def test_that_a_sign_that_nobody_sees_refuses_its_row(tmp_path: Path, sign: str) -> None:
    (fault,) = faults(read(tmp_path, table(cells(surname=f"No{sign}or"))))
    assert "surname" in fault
    assert f"U+{ord(sign):04X}" in fault


def test_that_marks_without_width_are_taken_off_and_said(tmp_path: Path) -> None:
    (row,) = read(tmp_path, table(cells(surname="\u200fنور\u200e", given_names="مي\u200cخواهم"))).rows
    assert row.incoming is not None
    assert row.incoming.particulars.surname == "نور"
    assert row.incoming.particulars.given_names == "مي\u200cخواهم", "a joiner is a part of a Persian word"
    assert "2 signs" in str(row.remarks[0])


def test_that_a_formula_is_refused_and_our_own_mark_before_one_is_taken_off(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, table(cells(surname='=HYPERLINK("x")'))))
    assert "formula" in fault
    (row,) = read(tmp_path, table(cells(surname="'-Noor"))).rows
    assert row.incoming is not None
    assert row.incoming.particulars.surname == "-Noor"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"   "])
def test_that_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FileRefused, match="empty"):
        read(tmp_path, data)


def test_that_more_dates_or_ages_than_photographs_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, table(cells(photos="a.jpg", taken="2024|2025"))))
    assert "more taken than photographs" in fault
    (row,) = read(tmp_path, table(cells(photos="a.jpg|b.jpg", taken="|17.3.2024", ages="4|"))).rows
    assert row.incoming is not None
    assert [(each.name, each.taken_on, each.age) for each in row.incoming.photos] == [
        ("a.jpg", "", 4),
        ("b.jpg", "2024-03-17", None),
    ]
