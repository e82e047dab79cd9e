"""The post's clock: the moment, and the day on the wall of the post."""

from datetime import UTC, date, datetime

from watchlists.traits.calendar_day import day_of


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """By which documents expire, records are reviewed and travellers are born; not the day of UTC."""
    return day_of(now())
