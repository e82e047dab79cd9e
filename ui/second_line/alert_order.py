"""In which order alerts stand: those of one traveller and of travellers who came together stay side by side, whatever the order."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from watchlists.records.purposes import Purpose
from workstation.alerts.raising import AlertLine

Group = tuple[str, int]
_PURPOSES = tuple(Purpose)


class Order(StrEnum):
    WAITING = "longest waiting first"
    NEWEST = "newest first"
    PURPOSE = "protection first"
    LANE = "by lane"
    FREE = "taken by nobody first"


def group_of(line: AlertLine) -> Group:
    """The party of the traveller, or the traveller alone."""
    return ("party", line.whom.party) if line.whom.party is not None else ("traveller", line.whom.traveller)


def ordered(lines: Sequence[AlertLine], order: Order) -> tuple[AlertLine, ...]:
    """Each group stands where its first alert belongs; within it the same order holds."""
    key = _KEYS[order]
    best: dict[Group, tuple[object, ...]] = {}
    for line in lines:
        own = key(line)
        known = best.get(group_of(line))
        if known is None or own < known:
            best[group_of(line)] = own
    return tuple(sorted(lines, key=lambda line: (best[group_of(line)], group_of(line), key(line))))


def kept(lines: Sequence[AlertLine], text: str, told: Callable[[AlertLine], str]) -> tuple[AlertLine, ...]:
    """The lines of which `text` is told as it is typed (“lane 2”); where there are none, those with every word of it."""
    words = text.casefold().split()
    phrase = " ".join(words)
    as_typed = tuple(line for line in lines if phrase in told(line).casefold())
    return as_typed or tuple(line for line in lines if all(word in told(line).casefold() for word in words))


_KEYS: dict[Order, Callable[[AlertLine], tuple[object, ...]]] = {
    Order.WAITING: lambda line: (line.raised_at, line.alert_id),
    Order.NEWEST: lambda line: (-line.raised_at.timestamp(), -line.alert_id),
    Order.PURPOSE: lambda line: (_purpose(line), line.raised_at, line.alert_id),
    Order.LANE: lambda line: (line.lane, line.raised_at, line.alert_id),
    Order.FREE: lambda line: (bool(line.taken_by), line.raised_at, line.alert_id),
}


def _purpose(line: AlertLine) -> int:
    return min((_PURPOSES.index(each) for each in line.whom.purposes), default=len(_PURPOSES))
