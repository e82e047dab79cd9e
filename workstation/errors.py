"""Two families only: a sentence for the officer, or a bug that stays loud. This is the sentence."""

from typing import Protocol


class Refusal(Protocol):
    """What every refusal carries, here and in the packages below: a template that ui translates, and its values."""

    template: str
    values: dict[str, object]


class OperatorError(Exception):
    """What happened, why, and what to do, in one or two sentences. `template` is English with {named} values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)
