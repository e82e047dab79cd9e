"""The day is the post's, not that of UTC."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from watchlists.traits.calendar_day import day_of


@contextmanager
def zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize(
    ("place", "moment", "day"),
    [
        ("Asia/Karachi", datetime(2026, 11, 28, 21, 0, tzinfo=UTC), date(2026, 11, 29)),
        ("Asia/Karachi", datetime(2026, 11, 28, 18, 59, tzinfo=UTC), date(2026, 11, 28)),
        ("America/Lima", datetime(2026, 11, 28, 3, 0, tzinfo=UTC), date(2026, 11, 27)),
        ("Europe/London", datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_that_a_day_is_the_one_on_the_wall_of_the_place(place: str, moment: datetime, day: date) -> None:
    with zone(place):
        assert day_of(moment) == day


def test_that_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 11, 28))  # noqa: DTZ001 - that it has none is the point
