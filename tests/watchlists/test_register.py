"""The register compares every record that counts, says what it left out, and keeps in step with the store."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factory import NOW, particulars, photo
from watchlists import register
from watchlists.records import changes
from watchlists.records.records import GRACE, OVERDUE
from watchlists.register import LOST, NO_NAME, NO_NUMBER, Found, Register, Traveller
from watchlists.traits.name_rule import written
from watchlists.traits.numbers import Asked, Which

TODAY = NOW.date()
AMINA = Traveller((Asked(Which.DOCUMENT, "AB1"),), (written("Noor", "Amina"),), "2015-03-17", "F")


def add(session: Session, watchlist: int, seed: int, **known: object) -> int:
    described = particulars(**({"birth_date": "2015-03-17", "document_number": "ab-1"} | known))  # type: ignore[arg-type] # named
    return changes.add_record(session, NOW, "a", watchlist, described, [photo(seed)], "test")


def both(known: Register, traveller: Traveller = AMINA) -> tuple[Found, Found]:
    return known.find_numbers(traveller), known.find_names(traveller)


def test_that_everything_is_compared_or_left_out_with_a_reason(session: Session, missing: int, documents: int) -> None:
    first = add(session, missing, 1)
    add(session, missing, 2, document_number="")
    changes.add_record(session, NOW, "a", documents, particulars("", given_names="", document_number="X9"), [], "lost")
    late = TODAY + timedelta(days=10)
    add(session, missing, 3, review_date=late.isoformat())
    numbers, names = both(register.load(session, late + GRACE + timedelta(days=1)))
    assert (numbers.eligible, numbers.compared, dict(numbers.excluded)) == (4, 2, {NO_NUMBER: 1, OVERDUE: 1})
    assert (names.eligible, names.compared, dict(names.excluded)) == (4, 2, {NO_NAME: 1, OVERDUE: 1})
    assert (numbers.faults, names.faults) == ((), ())
    assert (set(numbers.numbers), set(names.names)) == ({first}, {first, first + 1})


def test_that_changes_count_from_the_next_search_on(session: Session, missing: int) -> None:
    kept, other = add(session, missing, 1), add(session, missing, 2)
    known = register.load(session, TODAY)
    assert [set(each.numbers) | set(each.names) for each in both(known)] == [{kept, other}] * 2
    changes.amend(session, NOW, "a", other, particulars("Butt", given_names="Bilal", document_number="zz 9"), "wrong")
    added = add(session, missing, 3)
    known.update(session, [other, added])
    for found in both(known):
        assert set(found.numbers) | set(found.names) == {kept, added}
        assert (found.eligible, found.compared, found.faults) == (3, 3, ())
    changes.withdraw(session, NOW, "a", added, "safe")
    known.update(session, [added])
    for found, anew in zip(both(known), both(register.load(session, TODAY)), strict=True):
        assert found == anew


def test_that_a_record_leaves_on_the_day_on_which_its_grace_ends(session: Session, missing: int) -> None:
    add(session, missing, 1, review_date=TODAY.isoformat())
    known = register.load(session, TODAY)
    known.begin_day(TODAY + GRACE)
    assert [found.compared for found in both(known)] == [1, 1]
    known.begin_day(TODAY + GRACE + timedelta(days=1))
    for found in both(known):
        assert (found.compared, dict(found.excluded), found.faults) == (0, {OVERDUE: 1}, ())
    known.begin_day(TODAY)
    assert [found.compared for found in both(known)] == [1, 1]


def test_that_an_index_that_lost_its_made_up_entry_says_so(session: Session, missing: int) -> None:
    add(session, missing, 1)
    known = register.load(session, TODAY)
    known._base.numbers._alike[:] = 0
    known._base.numbers._bare[:] = 0
    known._base.names._by_key.clear()
    assert [found.faults for found in both(known)] == [(LOST,), (LOST,)]


def test_that_other_names_are_searched_too(session: Session, missing: int) -> None:
    record = add(session, missing, 1, other_names=("Zehra Batool", "زہرا بتول"))
    known = register.load(session, TODAY)
    alias = Traveller((), (written("Batul", "Zahra"),), "2015-03-17", "F")
    assert set(known.find_names(alias).names) == {record}
