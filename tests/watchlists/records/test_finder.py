"""Records are found while somebody types, in any script, as searches fold names."""

import pytest
from sqlalchemy.orm import Session

from tests.factory import NOW, particulars, photo
from watchlists.records import changes
from watchlists.records.finder import Finder
from watchlists.records.reading import find


def add(session: Session, watchlist: int, seed: int, surname: str, **others: object) -> int:
    return changes.add_record(session, NOW, "a", watchlist, particulars(surname, **others), [photo(seed)], "test")


@pytest.mark.parametrize(
    ("record", "typed"),
    [
        ("قریشی", "قريشي"), ("كريم", "کریم"), ("قریشی", "qureshi"), ("قریشی", "Qure"), ("علی‌زاده", "علیزاده"), ("علی‌زاده", "alizadeh"),
        ("Qureshi", "قریشی"), ("Müller", "muller"), ("Noor Ullah", "noorullah"), ("Noorullah", "noor ullah"), ("张伟", "zhang"),
        ("शर्मा", "sharma"), ("Иванов", "ivanov"), ("Ivanov", "ИВАН"), ("Muhammad", "mohamed"), ("O'Brien", "obrien"),
        ("Khan\u200f", "khan"), ("Yousafzai", "yousafzai tari"),
    ],
)  # fmt: skip # a table
def test_that_a_record_is_found_by_how_its_name_may_be_typed(session: Session, missing: int, record: str, typed: str) -> None:
    wanted = add(session, missing, 1, record, given_names="Tariq")
    add(session, missing, 2, "Zzyxq", given_names="Vvkwj")
    assert [each.record_id for each in find(session, typed)] == [wanted]


def test_that_a_number_is_found_by_its_beginning(session: Session, missing: int) -> None:
    wanted = add(session, missing, 1, "Noor", document_number="AB-123 4567 (PK)")
    add(session, missing, 2, "Noor", document_number="XY7654321")
    assert [each.record_id for each in find(session, "ab12")] == [wanted]


def test_that_a_finder_keeps_up_with_what_changed(session: Session, missing: int) -> None:
    finder = Finder()
    first = add(session, missing, 1, "Qureshi")
    assert [each.record_id for each in find(session, "qureshi", finder=finder)] == [first]
    changes.amend(session, NOW, "a", first, particulars("Bhatti"), "wrong")
    second = add(session, missing, 2, "Bhatti")
    assert find(session, "qureshi", finder=finder) == ()
    assert [each.record_id for each in find(session, "bhat", finder=finder)] == [first, second]
    changes.withdraw(session, NOW, "a", second, "safe")
    assert [each.record_id for each in find(session, "bhat", finder=finder)] == [first]
    assert len(find(session, "bhat", withdrawn=True, finder=finder)) == 2
    assert find(session, "bhat", missing + 1, finder=finder) == ()


def test_that_signs_alone_find_nothing(session: Session, missing: int) -> None:
    add(session, missing, 1, "Qureshi")
    assert find(session, "???") == ()
    assert len(find(session, "  ")) == 1
