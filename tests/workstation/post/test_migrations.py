"""Each migration takes a store with rows in it up, down and up again, and what the earlier program knew stays as it was."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from matching.faces.images import png
from tests.deliveries import cells, table
from tests.factory import particulars, passport_zone, typed
from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.schema import RecordVersionRow, Stored
from workstation.desk.desk import Desk
from workstation.exchange.importing import Asked
from workstation.post import store
from workstation.post.post import Post
from workstation.schema import CandidateRow


@pytest.fixture
def screened(desk: Desk) -> Desk:
    """Alerts by a face, and by a number alone; a companion."""
    sign_in(desk, "admin")
    lost = desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00").value
    desk.records.add_record(lost, particulars("", given_names="", document_number="lp-777 888 9 (PAK)"), [], "lost")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    desk.records.add_record(missing, particulars(), [png(picture(7))], "missing")
    sign_in(desk, "officer")
    first = desk.counter.screen(picture(7, moment=2), source="t").value.screening_id
    desk.counter.screen(
        picture(500), source="t", document=typed(passport_zone("Butt", "Bilal", number="LP7778889")), with_companions=first
    )
    return desk


def rows(desk: Desk, table: str) -> list[tuple[object, ...]]:
    with desk.post.store.reading() as session:
        return [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))]  # named by the test


def test_that_the_schema_is_the_one_that_the_program_describes(post: Post) -> None:
    with post.store.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Stored.metadata) == []


def test_that_travel_documents_go_down_and_up_with_data(screened: Desk, post: Post, faces: NumberedFaces, clock: Clock) -> None:
    before = rows(screened, "candidates")
    assert [json.loads(str(row[-1]))["face"] for row in before] == [True, False]
    store.upgrade(post.store, "0002")
    assert rows(screened, "candidates") == [row[:-1] for row in before[:1]], "what the earlier program can show stays"
    assert len(rows(screened, "alerts")) == 2
    store.upgrade(post.store)
    with post.store.reading() as session:
        assert session.scalar(select(RecordVersionRow.folded_numbers).where(RecordVersionRow.record_id == 1)) == " LP7778889 "
        assert [row.grounds for row in session.scalars(select(CandidateRow))] == [""]
    again = Desk(post, faces, clock)
    assert [each.alert_id for each in sign_in(again, "second").second_line.alerts()] == [1]
    assert again.second_line.alert(1).candidates[0].bases == ("face",)


@pytest.mark.parametrize("table", ["candidates", "companions", "travel_groups", "record_versions"])
def test_that_what_was_stated_stays_append_only_after_a_migration(screened: Desk, post: Post, table: str) -> None:
    store.upgrade(post.store, "0002")
    store.upgrade(post.store)
    sign_in(screened, "officer")
    first = screened.counter.screen(picture(7, moment=3), source="t").value.screening_id
    screened.counter.screen(picture(501), source="t", with_companions=first)
    assert rows(screened, table)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid"):  # named by the test
        with pytest.raises(DatabaseError, match="append-only"), post.store.writing() as session:
            session.execute(text(statement))


def test_that_what_sources_call_records_goes_down_and_up(desk: Desk, post: Post, tmp_path: Path) -> None:
    sign_in(desk, "admin").records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00")
    (tmp_path / "records.csv").write_text(table(cells(reference="R-1")))
    desk.importing.begin(Asked(tmp_path / "records.csv"))
    desk.importing.take("weekly list")
    before = rows(desk, "record_versions")
    assert [row[2] for row in rows(desk, "source_references")] == ["R-1"]
    store.upgrade(post.store, "0003")
    assert rows(desk, "record_versions") == before, "records stay; what their source calls them goes"
    store.upgrade(post.store)
    assert rows(desk, "source_references") == []
    desk.importing.begin(Asked(tmp_path / "records.csv"))
    assert desk.importing.plan().rows[0].fields == ("reference",), "the next delivery names them again"
