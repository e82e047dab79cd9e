"""Good files of every form, damaged in every way that disks, spreadsheets, mail and malice damage them; seeded."""

import random
from collections.abc import Callable, Iterator

from tests.deliveries import HEADER, cells, entities, entity, nist, notice, notices, table, workbook

_ROWS = [
    cells(reference="R-1", surname="Noor", other_names="Nur|نور", photos="7.png", taken="2024-03-17", ages="9"),
    cells(reference="R-2", surname="Osei", document_number="35202-1234567-1", birth_date="17.3.1980"),
    cells(reference="R-3", surname='O"Neill, the elder', document_number="QA3", action="Call\nthe unit"),
]
GOOD: tuple[tuple[str, bytes], ...] = (
    ("a.csv", table(*_ROWS).encode()),
    ("b.csv", b"sep=;\r\n" + table(*_ROWS, separator=";", end="\r\n").encode()),
    ("c.csv", table(*_ROWS, separator="\t", end="\r").encode("utf-16")),
    ("d.csv", table(cells(surname="طارق"), cells(surname="نور", document_number="QA9")).encode("cp1256")),
    ("e.xlsx", workbook(HEADER, *_ROWS)),
    ("f.json", notices(notice(), notice(entity_id="2020/2", name=None, forename=None)).encode()),
    ("g.json", entities(entity("Q1", name=["Ivan Angelov"], birthDate=["1979"]), entity("s", "Sanction", entity=["Q1"])).encode()),
    ("h.csv", b"report_id,child_name,age,missing_since,status\nZ-1,Sana Bibi,9,2024-05-01,open\nZ-2,Ali,,,found\n"),
    ("i.nist", nist(bytes(range(200)), f18="NOOR, AMINA", f22="19800317", f24="F")),
)  # fmt: skip # a table
_SPITE = (
    b"\0", b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"=cmd|' /C calc'!A0", b"@SUM(1)", b"../../etc/passwd",
    b"/dev/zero", "\u202e".encode(), "\u200f".encode(), b"9" * 400, b"A" * 30_000, b"3.52021E+12", b"#N/A", b"{" * 3000, b"[" * 3000, b"\x1a", b"\x1c\x1d\x1e\x1f",
    b"1359-12-26", b"2980-01-01", b"99999999999999999999", b"NaN", b"1e999", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"PK\x03\x04", b"%s%n{0}{field}", b"\xed\xa0\x80", b"|||||",
)  # fmt: skip # a table


def _flipped(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 4, 40))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def _holed(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.choice((1, 3, 20, 200))]


def _spited(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 2, 5))):
        place = dice.randrange(len(data) + 1)
        data[place:place] = dice.choice(_SPITE)


def _doubled(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    piece = data[start : start + dice.choice((10, 100, 1000))]
    data[start:start] = piece * dice.choice((1, 3))


def _zeroed(data: bytearray, dice: random.Random) -> None:
    """A block of zeros, as a torn write leaves it."""
    start = dice.randrange(len(data))
    length = min(dice.choice((1, 16, 512)), len(data) - start)
    data[start : start + length] = bytes(length)


def _swapped_lines(data: bytearray, dice: random.Random) -> None:
    lines = data.split(b"\n")
    dice.shuffle(lines)
    data[:] = b"\n".join(lines)


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flipped,
    _cut,
    _holed,
    _spited,
    _doubled,
    _zeroed,
    _swapped_lines,
)


def damaged(count: int, seed: int = 20261128) -> Iterator[tuple[str, bytes]]:
    """So many files: name and content. Some damage harms nothing; such a file is as good as it was."""
    dice = random.Random(seed)  # noqa: S311 - the same damage in every run
    for number in range(count):
        name, good = GOOD[number % len(GOOD)]
        data = bytearray(good)
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            if data:
                dice.choice(_WAYS)(data, dice)
        yield f"{number}-{name}", bytes(data)
