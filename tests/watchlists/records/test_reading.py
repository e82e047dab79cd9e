"""Finding by the beginning of any name or of the document number, and what a search may compare."""

import pytest
from sqlalchemy.orm import Session

from tests.factory import NOW, particulars, photo
from watchlists.records.changes import add_record
from watchlists.records.reading import changed_at, entries, find, full_name, portraits_without_template, watchlists
from watchlists.records.schema import TemplateRow


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noo", True),
        ("AMINA noor", True),
        ("noor ami", True),
        ("oor", False),
        ("pérez", True),
        ("ut12", True),
        ("", True),
    ],
)
def test_that_a_record_is_found_by_the_beginning_of_its_names_and_number(
    session: Session, missing: int, text: str, found: bool
) -> None:
    given = particulars(other_names=("Perez",), document_number="UT1234567")
    add_record(session, NOW, "admin", missing, given, [photo()], "test")
    assert bool(find(session, text)) is found


def test_that_a_percent_sign_is_a_letter_like_any_other(session: Session, missing: int) -> None:
    add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    assert find(session, "U%") == ()


def test_that_find_keeps_to_one_list(session: Session, missing: int, documents: int) -> None:
    add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    assert [line.watchlist for line in find(session, watchlist_id=missing)] == ["Missing children"]
    assert find(session, watchlist_id=documents) == ()


def test_that_a_list_counts_only_records_that_stand(session: Session, missing: int, documents: int) -> None:
    add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    assert {each.id: each.records for each in watchlists(session)} == {missing: 1, documents: 0}


def test_that_entries_carry_the_bytes_and_digest_of_their_template(session: Session, missing: int) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo(1), photo(2)], "test")
    first, second = entries(session)
    assert (first.record_id, second.record_id) == (added, added)
    assert first.vector == photo(1).vector
    assert first.digest == photo(1).vector_digest
    assert first.entry_id < second.entry_id


def test_that_a_portrait_without_a_template_is_counted(session: Session, missing: int) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo(1), photo(2)], "test")
    assert portraits_without_template(session) == []
    session.delete(session.get_one(TemplateRow, 1))
    session.flush()
    assert portraits_without_template(session) == [(1, added)]
    assert portraits_without_template(session, [added + 1]) == []


def test_that_the_last_change_of_any_record_is_known(session: Session, missing: int) -> None:
    assert changed_at(session) is None
    add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    assert changed_at(session) == NOW


def test_that_a_record_without_a_name_is_called_by_its_document() -> None:
    assert full_name(particulars("", given_names="", document_number="UT1")) == "UT1"
    assert full_name(particulars("Noor")) == "NOOR, Amina"
