"""A change is a new version; nothing is overwritten; a wrong change leaves nothing behind."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factory import NOW, particulars, photo
from watchlists.records.changes import add_portrait, add_record, add_watchlist, amend, withdraw
from watchlists.records.purposes import Purpose
from watchlists.records.reading import entries, find, record, watchlists
from watchlists.records.records import ACTIVE, WITHDRAWN, RecordRefused
from watchlists.records.schema import RecordVersionRow


def test_that_an_amended_record_keeps_what_it_said_before(session: Session, missing: int) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo()], "reported today")
    amend(session, NOW + timedelta(hours=1), "other", added, particulars("Noori"), "name as on the certificate")
    view = record(session, added)
    assert view.particulars.surname == "Noori"
    assert [(each.version, each.changed_by, each.reason) for each in view.history] == [
        (2, "other", "name as on the certificate"),
        (1, "admin", "reported today"),
    ]
    first = session.get_one(RecordVersionRow, (added, 1))
    assert first.surname == "Noor"


def test_that_a_withdrawn_record_is_no_longer_searched(session: Session, missing: int) -> None:
    kept = add_record(session, NOW, "admin", missing, particulars("Kept"), [photo(1)], "test")
    gone = add_record(session, NOW, "admin", missing, particulars("Gone"), [photo(2)], "test")
    withdraw(session, NOW, "admin", gone, "found and safe")
    assert [entry.record_id for entry in entries(session)] == [kept]
    assert [line.record_id for line in find(session)] == [kept]
    assert [line.status for line in find(session, "gone", withdrawn=True)] == [WITHDRAWN]


def test_that_every_change_raises_the_version_of_the_list(session: Session, missing: int) -> None:
    def version() -> int:
        return watchlists(session)[0].version

    seen = [version()]
    added = add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    seen.append(version())
    amend(session, NOW, "admin", added, particulars("Noori"), "name")
    seen.append(version())
    add_portrait(session, NOW, "admin", added, photo(3))
    seen.append(version())
    withdraw(session, NOW, "admin", added, "safe")
    seen.append(version())
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("act", ["amend", "withdraw", "add_portrait"])
def test_that_a_withdrawn_record_cannot_be_changed(session: Session, missing: int, act: str) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    withdraw(session, NOW, "admin", added, "safe")
    with pytest.raises(RecordRefused, match=f"Record {added}"):
        if act == "amend":
            amend(session, NOW, "admin", added, particulars(), "again")
        elif act == "withdraw":
            withdraw(session, NOW, "admin", added, "again")
        else:
            add_portrait(session, NOW, "admin", added, photo(2))


def test_that_the_same_photograph_twice_is_refused_and_nothing_is_left(session: Session, missing: int) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    with pytest.raises(RecordRefused, match="on the record already"):
        add_portrait(session, NOW, "admin", added, photo())
    assert len(record(session, added).portraits) == 1


def test_that_a_face_record_needs_a_photograph_and_a_document_record_a_number(
    session: Session, missing: int, documents: int
) -> None:
    with pytest.raises(RecordRefused, match="at least one photograph"):
        add_record(session, NOW, "admin", missing, particulars(), [], "test")
    with pytest.raises(RecordRefused, match="at least one photograph"):
        add_record(session, NOW, "admin", documents, particulars(), [], "test")
    assert session.scalar(select(func.count()).select_from(RecordVersionRow)) == 0
    lost = add_record(session, NOW, "admin", documents, particulars(document_number="UT1234567"), [], "test")
    assert record(session, lost).status == ACTIVE


def test_that_why_is_always_asked(session: Session, missing: int) -> None:
    added = add_record(session, NOW, "admin", missing, particulars(), [photo()], "test")
    with pytest.raises(RecordRefused, match="why the record is added"):
        add_record(session, NOW, "admin", missing, particulars(), [photo()], " ")
    with pytest.raises(RecordRefused, match="why the record is amended"):
        amend(session, NOW, "admin", added, particulars("Noori"), " ")
    with pytest.raises(RecordRefused, match="why the record is withdrawn"):
        withdraw(session, NOW, "admin", added, "")


def test_that_a_list_needs_owner_and_contact_and_a_name_of_its_own(session: Session, missing: int) -> None:
    assert missing == 1
    for name, owner, contact, field in (("", "o", "c", "name"), ("n", "", "c", "owner"), ("n", "o", "", "contact")):
        with pytest.raises(RecordRefused) as refused:
            add_watchlist(session, NOW, name, Purpose.REFER, owner, contact)
        assert refused.value.field == field
    with pytest.raises(RecordRefused, match="already"):
        add_watchlist(session, NOW, "Missing children", Purpose.PROTECT, "o", "c")


def test_that_an_unknown_list_or_record_is_a_sentence(session: Session) -> None:
    with pytest.raises(RecordRefused, match="no list 9"):
        add_record(session, NOW, "admin", 9, particulars(), [photo()], "test")
    with pytest.raises(RecordRefused, match="no record 9"):
        withdraw(session, NOW, "admin", 9, "why")
