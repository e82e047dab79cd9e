"""JSON of others, read without trusting it: no depth, size, number or type ends the program."""

import json
from collections.abc import Mapping
from typing import Any

from watchlists.exchange.remarks import FileRefused

MOST_NAMES = 200
"""Values of one kind that one entry may have."""


def read_json(text: str, where: str) -> Any:
    """FileRefused when it is not JSON. `where` names the file or the line for the sentence."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise FileRefused(
            "{where} is not whole JSON: line {line}, column {column}. Save the file again from where it came.",
            where=where,
            line=error.lineno,
            column=error.colno,
        ) from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise FileRefused("{where} is nested too deeply, or holds a number without end.", where=where) from error


def text_of(value: object) -> str:
    """A value as one line of text; empty for nothing and for what is no text or number."""
    if isinstance(value, bool) or value is None:
        return ""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def texts_of(value: object) -> list[str]:
    """One value or a list of them as texts, each once, empty ones left out."""
    several = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(found for each in several[:MOST_NAMES] if (found := text_of(each))))


def mapping_of(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
