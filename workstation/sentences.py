"""What the program says to a person: an English template and its values, so that ui can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What a sentence is about, where the program itself has to know it: words may change, a code may not."""

    PLAIN = ""
    CUT_SHORT = "the name may be cut short"
    EXPIRED = "the document has expired"
    BORN_AHEAD = "born after today by this clock"
    SCREEN_GRID = "the grid of a screen"
    SEVERAL_PORTRAITS = "several portraits"
    FOREHEAD_COVERED = "forehead covered"
    STATED = "as the traveller says"
    UNCOVERED = "no check digit covers it"
    NO_BIRTH = "a name without a date of birth"


@dataclass(frozen=True, slots=True)
class Sentence:
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    code: Code = Code.PLAIN

    def __str__(self) -> str:
        return self.template.format(**self.values)


def frozen(sentence: Sentence) -> list[object]:
    """Template, values and code as JSON holds them, so that it can be read in another language later."""
    values = {name: value if isinstance(value, int | float) else str(value) for name, value in sentence.values.items()}
    return [sentence.template, values, *([str(sentence.code)] if sentence.code else [])]


def thawed(parts: object) -> Sentence:
    """What `frozen` gave. TypeError when it is something else."""
    if not isinstance(parts, list) or len(parts) not in {2, 3} or not isinstance(parts[1], dict):
        raise TypeError(f"not a sentence: {parts!r}")
    known = len(parts) == 3 and parts[2] in set(Code)
    return Sentence(str(parts[0]), parts[1], Code(parts[2]) if known else Code.PLAIN)
