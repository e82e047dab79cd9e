"""Dates of birth agree as far as both are known; 1 January is a year whose rest was not known."""

import pytest

from watchlists.traits.births import Birth, Sex, births, parts, sexes


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("1980-03-17", "1980-03-17", Birth.SAME),
        ("1980-03-07", "1980-07-03", Birth.SWAPPED),
        ("1980-03-17", "1981-03-17", Birth.NEAR),
        ("1980-03-17", "1982-03-17", Birth.DIFFERS),
        ("1980-03-17", "1980-03-18", Birth.DIFFERS),
        ("1980", "1980-03-17", Birth.PART),
        ("1980-03", "1980-03-17", Birth.PART),
        ("1980-04", "1980-03-17", Birth.DIFFERS),
        ("1981", "1980-03-17", Birth.DIFFERS),
        ("1980-01-01", "1980-03-17", Birth.PART),
        ("1980-01-01", "1981-01-01", Birth.DIFFERS),
        ("", "1980-03-17", Birth.UNKNOWN),
    ],
)
def test_that_dates_agree_as_far_as_they_are_known(one: str, other: str, how: Birth) -> None:
    assert births(parts(one), parts(other)) is how
    assert births(parts(other), parts(one)) is how


def test_that_an_unspecified_sex_contradicts_nobody() -> None:
    assert (sexes("F", "M"), sexes("X", "M"), sexes("", "F"), sexes("F", "F")) == (
        Sex.DIFFERS, Sex.UNKNOWN, Sex.UNKNOWN, Sex.AGREES,
    )  # fmt: skip # one line for the answers
