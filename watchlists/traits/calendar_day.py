"""The day on the calendar of the place where the machine stands: the day by which people are born, photographed and reviewed.

Moments are kept in UTC. Between midnight here and midnight in Greenwich the two days differ, for five hours of every night
in Karachi: whoever needs a day asks here, and nobody takes the date of a moment by itself.
"""

from datetime import date, datetime


def day_of(at: datetime) -> date:
    """The day of a moment in the time zone of the machine. ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone().date()
