"""What a record must say before it can stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars, RecordRefused, check

WHOLE = Particulars(
    surname=" Noor ",
    given_names="Amina",
    other_names=("", " Amna "),
    birth_date="2015-02",
    sex="F",
    nationality="uto",
    document_number="x123",
    legal_basis="Protection order 12",
    action="Call the unit",
    review_date="2027-05-01",
)


def with_field(name: str, value: object) -> Particulars:
    return Particulars(**({field: getattr(WHOLE, field) for field in Particulars.__slots__} | {name: value}))


def test_that_outer_spaces_and_case_of_codes_are_tidied() -> None:
    clean = check(WHOLE, Purpose.PROTECT)
    assert (clean.surname, clean.other_names) == ("Noor", ("Amna",))
    assert (clean.nationality, clean.document_number) == ("UTO", "X123")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("surname", " "),
        ("sex", "W"),
        ("nationality", "UTOPIA"),
        ("birth_date", "2015-13"),
        ("birth_date", "2015-02-30"),
        ("birth_date", "15-02-01"),
        ("birth_date", "0000"),
        ("legal_basis", ""),
        ("action", ""),
        ("review_date", ""),
        ("review_date", "2027-05"),
        ("review_date", "soon"),
        ("surname", "n" * 121),
        ("other_names", ("n" * 200, "m" * 201)),
    ],
)
def test_that_a_field_that_cannot_stand_is_named(field: str, value: object) -> None:
    with pytest.raises(RecordRefused) as refused:
        check(with_field(field, value), Purpose.PROTECT)
    assert refused.value.field == field
    assert str(refused.value).endswith(".")


def test_that_a_document_record_may_do_without_a_name() -> None:
    assert check(with_field("surname", ""), Purpose.DOCUMENT).document_number == "X123"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_that_every_day_of_the_calendar_is_a_birth_date(day: date) -> None:
    assert check(with_field("birth_date", str(day)), Purpose.REFER).birth_date == str(day)
