"""The words that are known beforehand, from the files of `name_words`, each of which names its source in its first lines."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("name_words")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a file of words, without comments."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Every word of a file, parted by spaces."""
    return frozenset(word for line in lines(name) for word in line.casefold().split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Every phrase of a file: parted by bars, or by spaces in lines that have no bar. The longest come first."""
    found = (each for line in lines(name) for each in (line.split("|") if "|" in line else line.split()))
    return tuple(sorted({each.strip().casefold() for each in found if each.strip()}, key=lambda each: (-len(each), each)))
