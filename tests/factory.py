"""Small real values that tests build on: records, photographs as bytes, moments."""

import hashlib
from datetime import UTC, datetime

from watchlists.records import NewPortrait, Particulars

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
