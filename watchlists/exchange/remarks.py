"""One sentence about a file, a row or a field: a template that is translated where it is shown, and its values."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from watchlists.records.records import RecordRefused

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Remark:
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    """Name of the column that it is about, or empty when it is about the whole row."""

    def __str__(self) -> str:
        return self.template.format(**self.values)


def remark(template: str, field: str = "", **values: object) -> Remark:
    return Remark(template, _shown(values), field)


def of(refusal: RecordRefused) -> Remark:
    """The sentence of a refusal, to be told beside others instead of being raised."""
    return Remark(refusal.template, _shown(refusal.values), refusal.field)


class FileRefused(RecordRefused):
    """A file that cannot be read as a whole; the sentence names the place in it and the remedy."""

    def __init__(self, template: str, field: str = "", **values: object) -> None:
        super().__init__(template, field, **_shown(values))


def shown(text: str) -> str:
    """Text of a stranger's file as it may stand in a sentence: nothing that steers a terminal or turns the line round."""
    if text.isprintable():
        return text
    kinds = ((each, unicodedata.category(each)) for each in text)
    return "".join(" " if kind == "Zs" else "\N{MIDDLE DOT}" if kind in _HIDDEN else each for each, kind in kinds)


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
