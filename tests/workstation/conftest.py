"""A training post on disk with one person per role, a clock that the test turns, and numbered faces."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from matching.faces.images import png
from tests.factory import NOW, particulars
from tests.fakes import NumberedFaces, picture
from watchlists.records.purposes import Purpose
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import Post, create_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = create_post(tmp_path / "post", "Test post", training=True, now=NOW)
    with made.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, NOW, each.login, each.name, each.role, each.password)
    yield made
    made.close()


@pytest.fixture
def faces() -> NumberedFaces:
    return NumberedFaces()


@pytest.fixture
def desk(post: Post, faces: NumberedFaces, clock: Clock) -> Desk:
    return Desk(post, faces, clock)


def sign_in(desk: Desk, login: str) -> Desk:
    desk.people.sign_out()
    desk.people.sign_in(login, password_of(login) or "")
    return desk


@pytest.fixture
def listed(desk: Desk) -> int:
    """Record of person 7, on a list of missing children; others are on it too."""
    sign_in(desk, "admin")
    watchlist = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    record = desk.records.add_record(watchlist, particulars(), [png(picture(7))], "test").value
    for person in (20, 21, 22):
        desk.records.add_record(watchlist, particulars(f"Other{person}"), [png(picture(person))], "test")
    desk.people.sign_out()
    return record
