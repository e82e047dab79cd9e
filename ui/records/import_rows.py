"""The rows of a dry run as a table shows them, and the words for what each would do."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.words.plain import said
from watchlists.exchange.comparing import Outcome, PlannedRow
from watchlists.exchange.encodings import NAMED


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of the file; `number` is its place, since lines of several files may repeat."""

    number: int
    row: PlannedRow


def rows_table() -> DenseTable[ImportRow]:
    columns = (
        Column[ImportRow](_tr("Line"), _line, 64, figures=True),
        Column[ImportRow](_tr("Would be"), _outcome, 116),
        Column[ImportRow](_tr("Name"), _name, 220),
        Column[ImportRow](_tr("What is said"), sentence),
    )
    return DenseTable(Rows(columns, _number, spoken=spoken), _tr("Rows of the file"))


def outcome_words(outcome: Outcome) -> str:
    words = {
        Outcome.ADDED: _tr("Added"),
        Outcome.CHANGED: _tr("Changed"),
        Outcome.UNCHANGED: _tr("Unchanged"),
        Outcome.DOUBLED: _tr("Doubled"),
        Outcome.WITHDRAWN: _tr("Withdrawn"),
        Outcome.REFUSED: _tr("Refused"),
    }
    return words[outcome]


def encoding_words(name: str) -> str:
    """What a person may choose for a text that is not UTF-8."""
    return QCoreApplication.translate("Sentence", NAMED[name])


def sentence(each: ImportRow) -> str:
    """Everything that is said of the row, and which fields a change would change."""
    told = [said(one) for one in each.row.remarks]
    if each.row.fields:
        told.append(_tr("Changes: {fields}").format(fields=", ".join(each.row.fields)))
    return " ".join(told)


def spoken(each: ImportRow) -> str:
    return _tr("Line {line}, {name}: {outcome}. {said}").format(
        line=each.row.line, name=each.row.name, outcome=outcome_words(each.row.outcome), said=sentence(each)
    )


def _number(each: ImportRow) -> int:
    return each.number


def _line(each: ImportRow) -> str:
    return str(each.row.line)


def _outcome(each: ImportRow) -> str:
    return outcome_words(each.row.outcome)


def _name(each: ImportRow) -> str:
    return each.row.name


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportPanel", words)
