"""One sentence about a file, a row or a field: a template that is translated where it is shown, and its values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchlists.records.records import RecordRefused


@dataclass(frozen=True, slots=True)
class Remark:
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    """Name of the column that it is about, or empty when it is about the whole row."""

    def __str__(self) -> str:
        return self.template.format(**self.values)


def remark(template: str, field: str = "", **values: object) -> Remark:
    return Remark(template, values, field)


def of(refusal: RecordRefused) -> Remark:
    """The sentence of a refusal, to be told beside others instead of being raised."""
    return Remark(refusal.template, dict(refusal.values), refusal.field)


class FileRefused(RecordRefused):
    """A file that cannot be read as a whole; the sentence names the place in it and the remedy."""
