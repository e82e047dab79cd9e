"""A real SQLite store of the tables, in memory."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.factory import NOW
from watchlists.records.changes import add_watchlist
from watchlists.records.purposes import Purpose
from watchlists.records.schema import Stored


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Stored.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


@pytest.fixture
def missing(session: Session) -> int:
    return add_watchlist(session, NOW, "Missing children", Purpose.PROTECT, "Child protection unit", "+00 1")


@pytest.fixture
def documents(session: Session) -> int:
    return add_watchlist(session, NOW, "Lost passports", Purpose.DOCUMENT, "Passport office", "+00 2")
