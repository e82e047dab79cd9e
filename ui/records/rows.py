"""What the tables of lists and records say in each row."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.words.dates import day
from ui.words.plain import purpose_words
from ui.words.searched import row_words
from watchlists.records.records import ACTIVE, RecordLine

ALL_LISTS = 0
RecordsDraft = tuple[tuple[object | None, ...], int, tuple[int, str] | None]
PAUSE_MS = 80
"""A person who goes through rows with a key held down reads none of them; reading is logged."""


@dataclass(frozen=True, slots=True)
class ListLine:
    list_id: int
    name: str
    records: int


def list_name_words(line: ListLine) -> str:
    return line.name


def list_count_words(line: ListLine) -> str:
    return str(line.records)


def name_words(line: RecordLine) -> str:
    return line.name if line.status == ACTIVE else _tr("{name} (withdrawn)").format(name=line.name)


def born_words(line: RecordLine) -> str:
    return day(line.birth_date)


def document_words(line: RecordLine) -> str:
    return line.document_number


def why_words(line: RecordLine) -> str:
    return purpose_words(line.purpose)


def photos_words(line: RecordLine) -> str:
    return str(line.portraits)


def searched_words(line: RecordLine) -> str:
    return row_words(line.not_searched)


def spoken_words(line: RecordLine) -> str:
    return _tr("{name}, {purpose}, on {list}").format(
        name=name_words(line), purpose=purpose_words(line.purpose), list=line.watchlist
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("RecordsPanel", words)
