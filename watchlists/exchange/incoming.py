"""What a file says, row by row, before it is compared with what the store holds."""

from dataclasses import dataclass, field

from watchlists.exchange.remarks import Remark
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars


@dataclass(frozen=True, slots=True)
class IncomingPhoto:
    name: str
    """As the file names it: a path below the folder of the table. Of a photograph inside the file, a name for it."""
    taken_on: str = ""
    """ISO 8601, as much as is known, or empty."""
    age: int | None = None
    data: bytes = field(default=b"", repr=False)
    """The photograph itself, where the file holds it; otherwise empty."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as a file brings it."""

    list_name: str
    """Empty when the file does not say: then whoever imports names the list."""
    particulars: Particulars
    reference: str = ""
    """The source's own key of the record, or empty."""
    photos: tuple[IncomingPhoto, ...] = ()
    withdrawn: bool = False
    """The source no longer looks for the person."""
    purpose: Purpose | None = None
    """Why the source looks for the person, where its form says so: a missing child is never put on a list of suspects."""


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    line: int
    incoming: Incoming | None
    """None when it could not be read."""
    faults: tuple[Remark, ...] = ()
    """Why it is refused, field by field."""
    remarks: tuple[Remark, ...] = ()
    """What whoever imports should know of a row that can be read."""
    name: str = ""
    """What the row calls the person, as far as it can be read."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A whole file."""

    kind: str
    """Words for the form it has: a table, an INTERPOL notice and so on."""
    rows: tuple[DeliveredRow, ...]
    remarks: tuple[Remark, ...] = ()
    encoding_guess: str = ""
    """Name of an encoding that was only guessed: nothing is saved before a person names it."""
