"""Which days a record may carry: nobody is born tomorrow, and a review that lies behind suspends what was just entered."""

from datetime import date

from watchlists.records.records import OLDEST, Particulars, RecordRefused

FARTHEST_REVIEW = 10
"""Years until which a review may be put off."""


def check_days(particulars: Particulars, today: date) -> None:
    """RecordRefused when the birth date or the review date of a record cannot stand today. Both are valid ISO 8601 dates."""
    check_birth(particulars.birth_date, today)
    check_review(particulars.review_date, today)


def check_birth(text: str, today: date) -> None:
    """A date known in part counts from its first day on."""
    if not text:
        return
    if text > today.isoformat()[: len(text)]:
        raise RecordRefused("The date of birth {text} lies in the future. Look at it again.", "birth_date", text=text)
    if int(text[:4]) < today.year - OLDEST:
        raise RecordRefused(
            "Born in {year}, the person would be older than {oldest}. Look at the date of birth again, and at its calendar.",
            "birth_date",
            year=text[:4],
            oldest=OLDEST,
        )


def check_review(text: str, today: date) -> None:
    if text < today.isoformat():
        raise RecordRefused(
            "The review date {text} lies in the past: no search would compare the record. Enter a day that is to come.",
            "review_date",
            text=text,
        )
    if int(text[:4]) > today.year + FARTHEST_REVIEW:
        raise RecordRefused(
            "The review date {text} lies more than {years} years ahead. Enter an earlier day.",
            "review_date",
            text=text,
            years=FARTHEST_REVIEW,
        )
