"""What the frame of the window says of the post at every moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workstation.operating_point.thresholds import Points


@dataclass(frozen=True, slots=True)
class PostStatus:
    post: str
    training: bool
    lane: str
    officer: str
    entries: int
    """Templates that a search compares."""
    not_searched: Mapping[str, int]
    """Entries that cannot be searched, by reason."""
    lists_changed_at: datetime | None
    points: Points
    drift: float | None
    """How many times closer strangers have looked lately, when that is certain."""
    open_alerts: int
    faults: tuple[str, ...]
    """What was found wrong with the store or the log when the post was opened."""
    answered_by: str
    """The supervisor under whose name the counter goes on in spite of them; empty when nobody answers for them."""
    checked: tuple[int, int] | None
    """While a long log is still being verified: how many entries of how many. None once it was."""
    copy_fault: str
    """Why checkpoints cannot be written outside the store just now; empty when they can."""
    search_fault: str
    """Why no search can be relied upon, when that is so."""
    search_loops: str
    """How searches run: compiled, being prepared, or, for good, through numpy and why."""
    clock_doubt: str = ""
    """Why records lapse by another day than the clock shows, when that is so."""
