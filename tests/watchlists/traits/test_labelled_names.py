"""The rule finds people of the labelled set and leaves their look-alikes alone, on the part it was tuned with and on the other."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from watchlists.traits.births import Birth, Sex
from watchlists.traits.name_rule import comparing, score
from watchlists.traits.person_names import read_names

PAIRS = Path(__file__).with_name("labelled") / "pairs.csv"


@cache
def measured() -> dict[tuple[str, str], float]:
    """Shares of pairs that the rule takes, by part (tuned or kept aside) and by what they are."""
    taken: dict[tuple[str, str], list[bool]] = defaultdict(list)
    compare = comparing()
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed = read_names(row["record_surname"], row["record_given"]).names
            asked = read_names(row["surname"], row["given"], cut_short=row["cut"] == "1").names
            found = any(score(a, b, Birth.SAME, Sex.AGREES, compare) is not None for a in asked for b in listed)
            what = ("other", "same")[int(row["same"])] + (", one script", ", two scripts")[int(row["across"])]
            taken[("tuned", "kept aside")[int(row["kept"])], what].append(found)
    return {each: sum(found) / len(found) for each, found in taken.items()}


def test_that_the_set_is_as_large_as_promised_and_a_third_is_kept_aside() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        kept = [int(row["kept"]) for row in csv.DictReader(file)]
    assert len(kept) >= 1500
    assert 0.28 <= sum(kept) / len(kept) <= 0.38


@pytest.mark.parametrize("part", ["tuned", "kept aside"])
def test_that_people_are_found_and_their_look_alikes_are_not(part: str) -> None:
    share = measured()
    assert share[part, "same, one script"] >= 0.97
    assert share[part, "same, two scripts"] >= 0.93
    assert share[part, "other, one script"] <= 0.05
    assert share[part, "other, two scripts"] <= 0.02
