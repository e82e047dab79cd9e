"""Every State is called by one code, whatever a document or a list calls it."""

import pytest

from watchlists.traits.states import ADDITIONS, ISO, TWO_LETTERS, is_known, named, state


def test_that_the_table_is_that_of_iso_and_9303() -> None:
    assert len(ISO) == len(set(TWO_LETTERS.values())) == 249
    assert {"D", "RKS", "XXA", "XXB", "XXC", "XXX", "UTO", "EUE", "UNO", "XOM"} <= ADDITIONS
    assert not ISO & ADDITIONS


@pytest.mark.parametrize(
    ("text", "code"),
    [("D", "DEU"), ("de", "DEU"), ("PK", "PAK"), ("ROM", "ROU"), ("Romania", "ROU"), ("the Netherlands", "NLD"), ("پاکستان", "PAK"),
     ("Russia", "RUS"), ("Iran", "IRN"), ("UK", "GBR"), ("RKS", "RKS"), ("Atlantis", "")],
)  # fmt: skip # a table
def test_that_codes_and_names_are_read(text: str, code: str) -> None:
    assert named(text) == code


def test_that_a_zone_knows_its_own_codes_alone() -> None:
    assert is_known("D<<")
    assert not is_known("PK")
    assert state("QQQ") == "QQQ"
