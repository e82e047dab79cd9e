"""Small real values that tests build on: records, photographs as bytes, moments."""

import hashlib
from datetime import UTC, datetime

from watchlists.records import NewPortrait, Particulars
from workstation.mrz_check import digit

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def particulars(surname: str = "Noor", **others: object) -> Particulars:
    known: dict[str, object] = {
        "given_names": "Amina",
        "legal_basis": "Protection order 12",
        "action": "Speak with the child alone; call the unit",
        "review_date": "2027-05-01",
    }
    return Particulars(surname=surname, **(known | others))  # type: ignore[arg-type] # the fields are named by each test


def photo(seed: int = 1, encoder: str = "unit") -> NewPortrait:
    image = bytes([seed]) * 10
    vector = bytes([seed]) * 512
    return NewPortrait(
        image=image,
        digest=hashlib.sha256(image).hexdigest(),
        face="{}",
        vector=vector,
        vector_digest=hashlib.sha256(vector).hexdigest(),
        encoder=encoder,
    )


def passport(
    surname: str = "ERIKSSON",
    given: str = "ANNA MARIA",
    number: str = "L898902C3",
    born: str = "740812",
    expires: str = "320415",
) -> tuple[str, str]:
    """The two lines of a passport of Utopia whose check digits agree."""
    names = f"{surname}<<{given}".replace(" ", "<")
    filled, optional = number.ljust(9, "<"), "<" * 14
    parts = f"{filled}{digit(filled)}", f"{born}{digit(born)}", f"{expires}{digit(expires)}", f"{optional}{digit(optional)}"
    covered = "".join(parts)
    return f"P<UTO{names}".ljust(44, "<"), f"{parts[0]}UTO{parts[1]}F{parts[2]}{parts[3]}{digit(covered)}"
