"""A field for numbers takes numbers as people write them, and names what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.traits.number_fields import NumberRefused, as_searched, checked, fold


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ab-1 (pak); 35202-1234567-1;; ab-1 (PAK)", "AB-1 (PAK); 35202-1234567-1"),
        ("C01X00T47 (D)", "C01X00T47 (DEU)"),
        ("ZQ8888888 (Pakistan)", "ZQ8888888 (PAK)"),
        ("ZQ8888888 Pakistan", "ZQ8888888 (PAK)"),
        ("Romania 123456", "123456 (ROU)"),
        ("AB1234567/PAK", "AB1234567 (PAK)"),
        ("ZQ1111111, ZQ2222222", "ZQ1111111; ZQ2222222"),
        ("AB1234567 / 3520212345671", "AB1234567; 3520212345671"),
        ("Passport No. ZQ7777777", "ZQ7777777"),
        ("CNIC: 35202-1234567-1", "35202-1234567-1"),
        ("پاسپورٹ نمبر ZQ7777777", "ZQ7777777"),
        ("NO123456", "NO123456"),
        ("ZQ\u200b123", "ZQ123"),
        ("", ""),
    ],
)
def test_that_numbers_are_kept_with_their_states_and_without_labels(text: str, kept: str) -> None:
    assert checked(text) == kept
    assert checked(checked(text)) == kept


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("3.52021E+12", "a spreadsheet changed"),
        ("3520212345671.0", "a spreadsheet changed"),
        ("#N/A", "error of a spreadsheet"),
        ("########", "error of a spreadsheet"),
        ("2021-03-05", "is a date"),
        ("05/03/2021", "is a date"),
        ("12-Mar", "is a date"),
        ("АВ7654399", "cyrillic capital letter a"),
        ("ΑB7654399", "greek capital letter alpha"),
        ("AB12?45", "“?”"),
        ("AB1234567 (Pakistn)", "“Pakistn” is no State"),
        ("N/A", "Leave the field empty"),
        ("unknown", "Leave the field empty"),
        ("0000000", "Leave the field empty"),
        ("passport", "no figure"),
        ("1234567890123456789012345678901", "too long"),
    ],
)
def test_that_what_is_no_number_is_refused_by_its_name(text: str, named: str) -> None:
    with pytest.raises(NumberRefused) as refusal:
        checked(text)
    assert named in str(refusal.value)


def test_that_the_field_says_what_is_searched() -> None:
    assert as_searched("passport no ab-1 (pk), ۳۵۲") == ("AB1 (PAK)", "352")


@given(st.text(max_size=30))
def test_that_any_text_is_kept_or_refused_with_a_sentence(text: str) -> None:
    try:
        kept = checked(text)
    except NumberRefused as refusal:
        kept = str(refusal)
        assert kept
    else:
        assert all(fold(each) for each in kept.split(";")) or not kept
