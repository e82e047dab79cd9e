"""What whoever imports says once for all records of a file, where the source says nothing of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from watchlists.exchange.incoming import DeliveredRow, Incoming
from watchlists.exchange.remarks import Remark, of, remark, shown
from watchlists.records.records import Particulars, RecordRefused

REVIEWED_AFTER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Usual:
    """Empty where it was not said."""

    list_name: str = ""
    legal_basis: str = ""
    action: str = ""
    review_date: str = ""

    def over(self, particulars: Particulars, today: date) -> Particulars:
        """Legal basis, action and review date of the source, and these where it has none."""
        return replace(
            particulars,
            legal_basis=particulars.legal_basis or self.legal_basis,
            action=self.action or particulars.action,
            review_date=particulars.review_date or self.review_date or (today + REVIEWED_AFTER).isoformat(),
        )


def delivered(line: int, name: str, build: "Incoming | RecordRefused", told: tuple[Remark, ...] = ()) -> DeliveredRow:
    """A row out of what a reader made of one entry."""
    if isinstance(build, RecordRefused):
        return DeliveredRow(line, None, (of(build),), told, shown(name[:120]))
    return DeliveredRow(line, build, (), told, shown(name[:120]))


def review_said(usual: Usual, today: date) -> tuple[Remark, ...]:
    """That the review date was chosen here, where nobody chose one."""
    if usual.review_date:
        return ()
    day = (today + REVIEWED_AFTER).isoformat()
    return (remark("The source has no review dates; {day} is taken. Name another day when you import.", day=day),)


def not_kept(fields: set[str]) -> tuple[Remark, ...]:
    """Which parts of the source have no place in a record."""
    if not fields:
        return ()
    return (remark("Not kept here: {fields}.", fields=", ".join(sorted(fields))[:400]),)
