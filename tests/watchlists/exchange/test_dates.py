"""A date with one reading is read, a date with two is asked about."""

import pytest

from tests.deliveries import TODAY
from watchlists.exchange.dates import read_date
from watchlists.records.days import check_birth, check_review
from watchlists.records.records import RecordRefused


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1980-03-17", "1980-03-17"), ("1980/03/17", "1980-03-17"), ("1980.3.17", "1980-03-17"), ("19800317", "1980-03-17"),
        ("17.3.1980", "1980-03-17"), ("3.4.1980", "1980-04-03"), ("17/03/1980", "1980-03-17"), ("03/17/1980", "1980-03-17"),
        ("17-03-1980", "1980-03-17"), ("5/5/1980", "1980-05-05"), ("17 March 1980", "1980-03-17"), ("March 17, 1980", "1980-03-17"),
        ("17-Mar-1980", "1980-03-17"), ("17th of March 1980", "1980-03-17"), ("17 mars 1980", "1980-03-17"), ("17. März 1980", "1980-03-17"),
        ("17 مارچ 1980", "1980-03-17"), ("۱۷ مارچ ۱۹۸۰", "1980-03-17"), ("17 آذار 1980", "1980-03-17"), ("1 كانون الثاني 1980", "1980-01-01"),
        ("1980-03-17T00:00:00", "1980-03-17"), ("1980-03-17 00:00:00", "1980-03-17"), ("1980-03-17T00:00:00Z", "1980-03-17"),
        ("1980-03", "1980-03"), ("1980/03", "1980-03"), ("03/1980", "1980-03"), ("March 1980", "1980-03"), ("1980", "1980"),
        ("1975/00/00", "1975"), ("1985/03/00", "1985-03"), ("19800000", "1980"), ("0000/00/00", ""), ("", ""), ("  1980  ", "1980"), ("٢٠٠١-٠٢-٠٣", "2001-02-03"),
    ],
)  # fmt: skip # a table
def test_that_a_date_with_one_reading_is_read(text: str, read: str) -> None:
    assert read_date(text, "birth_date", TODAY) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/1980", "which is the day and which the month"), ("3-4-1980", "which is the day"), ("17.3.80", "century"), ("17/03/80", "century"),
        ("1359-12-26", "Solar Hijri"), ("1400-04-30", "(Hijri)"), ("1359", "Solar Hijri"), ("17.3.1359", "another calendar"), ("۱۳۵۹/۱۲/۲۶", "another calendar"),
        ("17 Ramadan 1400", "Hijri"), ("26 اسفند 1359", "Hijri"), ("3 محرم 1400", "Hijri"), ("2523-03-17", "Buddhist"),
        ("29297", "day number of a spreadsheet (it would be 1980-03-17)"), ("29297.0", "day number"), ("1980-02-30", "the calendar does not have"),
        ("1980-13-01", "the calendar does not have"), ("1980-13", "not a date"), ("31.4.1980", "the calendar does not have"), ("unknown", "not a date"),
        ("1980-03-17 14:30", "not a date"), ("c. 1980", "not a date"), ("17 Marchember 1980", "not a date"), ("#N/A", "not a date"), ("1980-1990", "not a date"),
    ],
)  # fmt: skip # a table
def test_that_a_date_with_two_readings_or_none_is_asked_about(text: str, said: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        read_date(text, "birth_date", TODAY)
    assert said in str(refused.value)
    assert refused.value.field == "birth_date"


@pytest.mark.parametrize("born", ["2980-03-17", "2027", "2026-11-24", "2026-12", "1890-01-01"])
def test_that_nobody_is_born_tomorrow_or_before_anybody_alive(born: str) -> None:
    with pytest.raises(RecordRefused):
        check_birth(born, TODAY)


@pytest.mark.parametrize("born", ["", "2026", "2026-11", "2026-11-23", "1906-01-01"])
def test_that_today_and_the_oldest_may_be_born(born: str) -> None:
    check_birth(born, TODAY)


def test_that_a_review_lies_ahead_and_not_beyond_all_reckoning() -> None:
    check_review("2026-11-23", TODAY)
    for day in ("2026-11-22", "2020-01-01", "2099-01-01"):
        with pytest.raises(RecordRefused):
            check_review(day, TODAY)
