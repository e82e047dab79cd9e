"""What the face code refuses, as a sentence that a screen can translate: a template and the values that fill it."""


class Refusal(ValueError):
    """Something given cannot be used; the sentence names it and says what to do."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)
