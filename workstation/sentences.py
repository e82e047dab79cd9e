"""What the program says to a person: an English template and its values, so that ui can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentence:
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def frozen(sentence: Sentence) -> list[object]:
    """Template and values as JSON holds them, so that it can be read in another language later."""
    values = {name: value if isinstance(value, int | float) else str(value) for name, value in sentence.values.items()}
    return [sentence.template, values]


def thawed(parts: object) -> Sentence:
    """What `frozen` gave. TypeError when it is something else."""
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[1], dict):
        raise TypeError(f"not a sentence: {parts!r}")
    return Sentence(str(parts[0]), parts[1])
