"""What a record form asks the desk, and what was begun in one, as it is kept for the person who began it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.records.photo_tray import TrayDraft
from watchlists.records.records import Particulars, Watchlist
from workstation.desk.desk import Desk, Done
from workstation.search.enrolment import taken


def add_record(
    watchlist_id: int,
    particulars: Particulars,
    photos: Sequence[bytes],
    when: Sequence[tuple[str, str]],
    reason: str,
    desk: Desk,
) -> Done[int]:
    return desk.records.add_record(watchlist_id, particulars, photos, reason, [taken(*each) for each in when])


def amend_record(record_id: int, particulars: Particulars, reason: str, desk: Desk) -> Done[int]:
    """The value is the record's id, as when it is added."""
    return Done(record_id, desk.records.amend_record(record_id, particulars, reason).changed)


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A record that was begun, or an amendment of one."""

    record_id: int | None
    title: str
    watchlists: tuple[Watchlist, ...]
    watchlist_id: int | None
    particulars: Particulars
    reason: str
    before: str
    photos: TrayDraft
