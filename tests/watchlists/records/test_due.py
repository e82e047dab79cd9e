"""Which records wait for their owners, and which may be one person twice."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factory import NOW, particulars, photo
from watchlists.records.changes import add_record, withdraw
from watchlists.records.due import Review, due
from watchlists.records.duplicates import duplicates
from watchlists.records.standing import standing


def added(session: Session, watchlist: int, number: int, **told: object) -> int:
    return add_record(session, NOW, "t", watchlist, particulars(**({"surname": f"N{number}"} | told)), [photo(number)], "r")  # type: ignore[arg-type] # named by each test


def test_that_records_are_due_then_overdue_then_not_searched(session: Session, missing: int) -> None:
    near = added(session, missing, 1, review_date="2026-12-01")
    added(session, missing, 2, review_date="2027-05-01")
    gone = added(session, missing, 3, review_date="2026-11-30")
    withdraw(session, NOW, "t", gone, "found")
    days = {0: Review.DUE, 8: Review.DUE, 9: Review.OVERDUE, 38: Review.OVERDUE, 39: Review.SUSPENDED}
    for after, review in days.items():
        found = due(session, NOW.date() + timedelta(days=after))
        assert [(each.record_id, each.review) for each in found] == [(near, review)], after
    assert [each.record_id for each in due(session, NOW.date() - timedelta(days=30))] == []


def test_that_pairs_share_a_number_or_all_names_and_a_birth_date(session: Session, missing: int, documents: int) -> None:
    first = added(
        session, missing, 1, surname="Noor", given_names="Amina", birth_date="2014-03-05", document_number="ab-123 (PAK)"
    )
    number = added(session, documents, 2, document_number="AB123")
    turned = added(session, documents, 3, surname="AMINA", given_names="noor", birth_date="2014-03-05")
    added(session, missing, 4, surname="Noor", given_names="Amina", birth_date="2015-03-05")
    alias = added(session, missing, 5, other_names=("Amina Noor",), birth_date="2014-03-05", document_number="AB 123")
    pairs = {(each.record_id, each.other_id): each.why for each in duplicates(standing(session))}
    assert pairs == {
        (first, number): ("number",),
        (first, turned): ("name",),
        (first, alias): ("name", "number"),
        (number, alias): ("number",),
        (turned, alias): ("name",),
    }
    withdraw(session, NOW, "t", first, "found")
    assert {(each.record_id, each.other_id) for each in duplicates(standing(session))} == {(number, alias), (turned, alias)}
