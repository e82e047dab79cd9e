"""The records of the training post never go stale: those whose review date is past get a new one when the post is opened.

A real post leaves that to the lists' owners. Here nobody owns them, and a training that says "no lead" of a listed person
because the post lay in a cupboard for a year would teach the wrong thing.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from watchlists.records import changes, reading
from watchlists.traits.calendar_day import day_of
from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.accountability.steady_clock import SteadyClock
from workstation.post.acting import PROGRAM
from workstation.post.post import Post

SOONEST, SPREAD = 60, 330
"""Days until the new review dates: no two records next to each other fall due together."""


def believe_clock(post: Post, now: datetime) -> bool:
    """Whether the clock had jumped since the post was open last: an exercise post may lie in a cupboard for a year."""
    if not post.facts.training:
        raise ValueError("only a training post believes its clock by itself")
    with post.store.writing() as session:
        jumped = SteadyClock.of_log(session).day(now).doubt is not None
        if jumped:
            told = {"shown": day_of(now).isoformat(), "why": "a training post was opened again"}
            log.append(session, now, PROGRAM, Deed.CLOCK_CONFIRMED, "post", told, training=True)
    return jumped


def renew(post: Post, now: datetime) -> tuple[int, ...]:
    """The records that got a new review date, each with an entry in the log."""
    if not post.facts.training:
        raise ValueError("only a training post renews its records by itself")
    with post.store.writing() as session:
        due = tuple(reading.reviewed_between(session, date.min, day_of(now) - timedelta(days=1)))
        for record in due:
            until = day_of(now) + timedelta(days=SOONEST + record * 7 % SPREAD)
            _, current = reading.current_version(session, record)
            particulars = replace(reading.particulars_of(current), review_date=until.isoformat())
            reason = "The review date of a training record was past; the training post gave it a new one"
            version = changes.amend(session, now, PROGRAM, record, particulars, reason)
            log.append(
                session,
                now,
                PROGRAM,
                Deed.RECORD_AMENDED,
                f"record:{record}",
                {"version": version, "reason": reason},
                training=True,
            )
    return due
