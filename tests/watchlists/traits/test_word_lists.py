"""Files of known words name their source and hold what the rule asks them for."""

from pathlib import Path

import pytest

from watchlists.traits import word_lists
from watchlists.traits.word_lists import lines, phrases, words

FILES = sorted((Path(word_lists.__file__).parent / "name_words").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_that_each_file_names_its_source(file: Path) -> None:
    head = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any("Source:" in line for line in head)
    assert lines(file.stem)


def test_that_phrases_are_parted_by_bars_and_the_longest_come_first() -> None:
    assert {"son of", "s/o"} <= set(phrases("kin_markers"))
    assert phrases("number_labels").index("passport number") < phrases("number_labels").index("passport")
    assert {"haji", "mr"} <= words("titles")
