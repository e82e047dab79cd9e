"""Whatever no search finds by name, face or number is said of a record, in one sentence each."""

import pytest

from tests.factory import particulars
from watchlists.records import not_searched as why
from watchlists.records.not_searched import not_searched, searched_as


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"surname": "UNKNOWN", "given_names": "LNU"}, why.NO_NAME),
        ({"surname": "Zerakpur", "given_names": ""}, why.ONE_WORD),
        ({"surname": "Khan", "given_names": "Muhammad", "birth_date": "1980"}, why.COMMON),
        ({"surname": "Bhatti", "given_names": "Tariq"}, why.FREQUENT),
        ({"surname": "Ibrahim", "given_names": "", "birth_date": "1980-05-06"}, why.ALONE),
        ({"surname": "Kh\U00018b00n", "given_names": "Zerak", "birth_date": "1980-05-06"}, why.UNREADABLE),
        ({"surname": "Karim S/O Daud", "given_names": "Zerak", "birth_date": "1980-05-06"}, why.RELATIVE),
    ],
)
def test_that_a_name_that_searches_do_not_find_says_why(known: dict[str, str], sentence: str) -> None:
    told = not_searched(particulars(document_number="AB1", **known), 1)
    assert [each.template for each in told] == [sentence]
    assert "{" not in str(told[0])


def test_that_a_record_that_everything_finds_says_nothing() -> None:
    known = particulars("Bhatti", given_names="Tariq", birth_date="1980-05-06", document_number="AB1")
    assert not_searched(known, 1) == ()
    assert not_searched(particulars("Zerakpur", given_names="Palwosh Tandar", document_number="AB1"), 1) == ()


def test_that_a_record_without_photograph_or_number_says_so() -> None:
    told = not_searched(particulars("Bhatti", given_names="Tariq", birth_date="1980-05-06"), 0)
    assert [each.template for each in told] == [why.NO_FACE, why.NO_NUMBER]
    assert not_searched(particulars("Bhatti", given_names="Tariq", birth_date="not yet"), None)


def test_that_a_record_says_as_what_it_is_searched() -> None:
    known = particulars("Wazir", given_names="Haji Noor Ullah", other_names=("Noora alias Kala",))
    assert searched_as(known) == ("WAZIR, NOOR ULLAH", "NOORA", "KALA")
