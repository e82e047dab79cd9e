"""What a record and its list are, and what a record must say before it can stand."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from watchlists.records.purposes import Purpose
from watchlists.records.schema import RecordVersionRow
from watchlists.traits import number_fields
from watchlists.traits.states import named

ACTIVE = "active"
WITHDRAWN = "withdrawn"
OLDEST = 120
OVERDUE = "review of the record overdue"
GRACE = timedelta(days=30)
"""How long after its review date a record still raises candidates."""
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SEXES = ("", "F", "M", "X")


class RecordRefused(ValueError):
    """A list or record cannot be saved or found as asked; the sentence names the field and the remedy."""

    def __init__(self, template: str, field: str = "", **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values
        self.field = field

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Unsearched:
    """Why searches do not find a record by something, as a sentence with its values."""

    short: str
    """A word or two for a row."""
    template: str
    named: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> dict[str, object]:
        return dict(self.named)

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of the person, and what the officer is asked to do."""

    surname: str
    given_names: str = ""
    other_names: tuple[str, ...] = ()
    birth_date: str = ""
    """ISO 8601, as much as is known: 1980, 1980-03, 1980-03-17, or empty."""
    sex: str = ""
    """F, M, X, or empty when unknown."""
    nationality: str = ""
    """Three letters as in ICAO Doc 9303, or empty."""
    document_number: str = ""
    legal_basis: str = ""
    action: str = ""
    review_date: str = ""
    """ISO 8601 date by which the owner looks at the record again."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    id: int
    name: str
    purpose: Purpose
    owner: str
    contact: str
    version: int
    records: int
    """Records on it that count today."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    record_id: int
    watchlist: str
    purpose: Purpose
    name: str
    birth_date: str
    document_number: str
    status: str
    portraits: int
    changed_at: datetime
    not_searched: tuple[Unsearched, ...] = ()
    """By what no search finds it, or hardly any."""


@dataclass(frozen=True, slots=True)
class Portrait:
    portrait_id: int
    image: bytes
    face: str
    """Box and quality, as JSON."""
    added_at: datetime
    taken_on: str = ""
    """ISO 8601, as much as is known, or empty."""
    age: int | None = None
    """Of the person on it, in years, as stated."""


@dataclass(frozen=True, slots=True)
class Change:
    version: int
    status: str
    changed_at: datetime
    changed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordView:
    record_id: int
    version: int
    watchlist: Watchlist
    particulars: Particulars
    status: str
    portraits: tuple[Portrait, ...]
    history: tuple[Change, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class NewPortrait:
    """A photograph that was looked at and found usable. `vector`: raw little-endian float32 of the named encoder."""

    image: bytes
    digest: str
    face: str
    vector: bytes
    vector_digest: str
    encoder: str
    cohort: str = ""
    """Digest of the cohort of `normaliser`."""
    normaliser: float = 0.0
    taken_on: str = ""
    age: int | None = None


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that is to be added."""

    watchlist_id: int
    particulars: Particulars
    portraits: Sequence[NewPortrait]


def check(particulars: Particulars, purpose: Purpose) -> Particulars:
    """The particulars with outer spaces removed. Raises RecordRefused with the first field that cannot stand."""
    clean = Particulars(
        surname=particulars.surname.strip(),
        given_names=particulars.given_names.strip(),
        other_names=tuple(name.strip() for name in particulars.other_names if name.strip()),
        birth_date=particulars.birth_date.strip(),
        sex=particulars.sex.strip(),
        nationality=named(particulars.nationality) or particulars.nationality.strip().upper(),
        document_number=_checked_numbers(particulars.document_number),
        legal_basis=particulars.legal_basis.strip(),
        action=particulars.action.strip(),
        review_date=particulars.review_date.strip(),
    )
    if not clean.surname and not (purpose is Purpose.DOCUMENT and clean.document_number):
        raise RecordRefused("Enter the surname, or the only name that is known.", "surname")
    if clean.sex not in _SEXES:
        raise RecordRefused("Enter the sex as F, M or X, or leave it empty when it is not known.", "sex")
    if clean.nationality and not re.fullmatch(r"[A-Z]{1,3}", clean.nationality):
        raise RecordRefused("Enter the nationality as its code in the passport, for example PAK.", "nationality")
    if not _is_date(clean.birth_date):
        raise RecordRefused(
            "“{text}” is not a date of birth. Write it as 1980-03-17, or 1980-03 or 1980 when the rest is not known.",
            "birth_date",
            text=clean.birth_date,
        )
    if not clean.legal_basis:
        raise RecordRefused("Enter the legal basis on which this person is looked for.", "legal_basis")
    if not clean.action:
        raise RecordRefused("Enter what the officer is asked to do.", "action")
    if not _is_date(clean.review_date) or len(clean.review_date) != len("2027-01-31"):
        raise RecordRefused("Enter the day on which the owner looks at this record again, as 2027-01-31.", "review_date")
    _check_lengths(clean)
    return clean


def _checked_numbers(text: str) -> str:
    try:
        return number_fields.checked(text)
    except number_fields.NumberRefused as refusal:
        raise RecordRefused(refusal.template, "document_number", **refusal.values) from refusal


def check_taken_on(text: str, now: datetime) -> str:
    """The day a photograph was taken, as far as it is known. RecordRefused when it is not a date or lies ahead."""
    clean = text.strip()
    if not _is_date(clean):
        raise RecordRefused(
            "“{text}” is not the date of a photograph. Write it as 2024-03-17, or 2024-03 or 2024.", "taken_on", text=clean
        )
    if clean > now.date().isoformat()[: len(clean)]:
        raise RecordRefused("The photograph cannot have been taken after today ({text}).", "taken_on", text=clean)
    return clean


def check_age(age: int | None) -> int | None:
    """The age of the person on a photograph, in years. RecordRefused for one that nobody has."""
    if age is not None and not 0 <= age <= OLDEST:
        raise RecordRefused("The age on the photograph takes 0 to {oldest} years.", "age", oldest=OLDEST)
    return age


def _check_lengths(clean: Particulars) -> None:
    columns = RecordVersionRow.__table__.columns
    for name, value in (asdict(clean) | {"other_names": "\n".join(clean.other_names)}).items():
        longest: int = columns[name].type.length  # type: ignore[attr-defined] # every one of these columns is a String
        if len(value) > longest:
            raise RecordRefused(
                "The field “{words}” takes {longest} characters and holds {length}. Shorten it.",
                name,
                words=name.replace("_", " "),
                length=len(value),
                longest=longest,
            )


def _is_date(text: str) -> bool:
    """Whether it is empty or a whole or partial ISO 8601 date that the calendar has."""
    if not text:
        return True
    if not _PARTIAL_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[: len("2027-01-31")])
    except ValueError:
        return False
    return True
